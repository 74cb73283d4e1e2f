//! A tree from a seed.

use super::plan::{How, Plan, Step, Then};
use super::script::script;
use super::way::Way;
use crate::chance::Chance;

/// Every process of a tree, before it runs.
pub struct Tree {
    pub seed: u64,
    pub root: Plan,
    /// The shell's files, by name.
    pub scripts: Vec<(String, String)>,
    /// How many processes it has at least; more where a shell forks more.
    pub processes: usize,
}

/// How deep a tree grows.
const DEEPEST: usize = 5;

impl Tree {
    /// The tree of a seed, of about `size` processes.
    pub fn planted(seed: u64, size: usize) -> Tree {
        let mut gardener = Gardener {
            chance: Chance::new(seed),
            names: 0,
            scripts: Vec::new(),
            processes: 1,
            keeps_image: false,
            is_adopted: false,
        };
        // Nobody but the root's starter knows the root's siblings.
        let mut root = gardener.process(size.saturating_sub(1), 0, &[How::Sibling]);
        // A run is over when its root is, and who lives then is killed.
        root.steps.insert(0, Step::Witness);
        root.steps.insert(root.steps.len() - 1, Step::LastOneOut);
        Tree {
            seed,
            root,
            scripts: gardener.scripts,
            processes: gardener.processes,
        }
    }
}

struct Gardener {
    chance: Chance,
    names: usize,
    scripts: Vec<(String, String)>,
    processes: usize,
    /// An exec would have it want zombies again, and which of its children have ended by
    /// then is a matter of time.
    keeps_image: bool,
    /// There is a subreaper above. Whether that one, or the kernel, has the zombie of whom
    /// the parent does not want to know is a matter of time, too.
    is_adopted: bool,
}

const HOWS: [How; 7] = [
    How::Fork,
    How::Vfork,
    How::PosixSpawn,
    How::Clone,
    How::Silent,
    How::Clone3,
    How::Sibling,
];

/// Signals that end a process: two of the real-time ones among them.
const FATAL: [i32; 8] = [1, 2, 6, 9, 10, 15, 34, 64];

impl Gardener {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names - 1)
    }

    /// A process with so many descendants, made by none of `never`.
    fn process(&mut self, descendants: usize, depth: usize, never: &[How]) -> Plan {
        let name = self.name();
        let parents = (self.keeps_image, self.is_adopted);
        let steps = self.steps(descendants, depth, never);
        (self.keeps_image, self.is_adopted) = parents;
        Plan { name, steps }
    }

    fn steps(&mut self, descendants: usize, depth: usize, never: &[How]) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut left = descendants;
        match self.chance.below(24) {
            _ if self.is_adopted => {}
            0 | 1 => steps.push(Step::IgnoreChildren),
            2 | 3 => {
                self.keeps_image = true;
                steps.push(Step::NoZombies);
            }
            _ => {}
        }
        let adopts = self.one_in(12);
        if adopts {
            self.is_adopted = true;
            steps.push(Step::Subreaper);
        }
        if self.one_in(4) {
            steps.push(Step::WaitBy(Way::ALL[self.chance.below(Way::ALL.len())]));
        }
        if self.one_in(12) {
            steps.push(Step::Session);
        }
        while left > 0 {
            let share = 1 + self.chance.below(left.min(12));
            left -= share;
            match self.chance.below(10) {
                0 => steps.push(Step::Thread(vec![self.child(share, depth, never)])),
                1 => steps.push(self.signalled()),
                2 => steps.push(self.group(share.min(4))),
                3 | 4 => steps.push(self.shell(share, depth)),
                _ => steps.push(self.child(share, depth, never)),
            }
            match self.chance.below(14) {
                0 | 1 if self.keeps_image => {}
                0 => steps.push(Step::Exec),
                1 => steps.push(Step::ExecByThread),
                2 => steps.push(Step::Missing),
                3 => steps.push(Step::Collect),
                _ => {}
            }
        }
        // Which of its orphans had come would be a matter of time.
        if adopts || !self.one_in(3) {
            steps.push(Step::Collect);
        }
        steps.push(self.end());
        steps
    }

    /// A child with `share - 1` descendants.
    fn child(&mut self, share: usize, depth: usize, never: &[How]) -> Step {
        self.processes += 1;
        let how = self.how(never);
        let then = self.left_or_awaited(how, 3);
        let descendants = match depth < DEEPEST {
            true => share - 1,
            false => 0,
        };
        // A sibling ends as silently as its maker.
        let never: &[How] = match how {
            How::Silent => &[How::Sibling],
            _ => &[],
        };
        let mut child = self.process(descendants, depth + 1, never);
        if share == 1 {
            self.alter_leaf(&mut child);
        }
        Step::Spawn { how, then, child }
    }

    /// One of so many is left.
    fn left_or_awaited(&mut self, how: How, of: usize) -> Then {
        match how {
            How::Sibling => Then::Leave,
            // Whether it leaves a zombie may depend on whether its parent has become
            // another image by then.
            How::Silent => Then::Wait,
            _ if self.one_in(of) => Then::Leave,
            _ => Then::Wait,
        }
    }

    fn how(&mut self, never: &[How]) -> How {
        loop {
            let how = HOWS[self.chance.below(HOWS.len())];
            if !never.contains(&how) {
                return how;
            }
        }
    }

    /// A leaf is another program, or execs several times, or has a leader that
    /// leaves.
    fn alter_leaf(&mut self, leaf: &mut Plan) {
        match self.chance.below(6) {
            0 => leaf.steps = vec![Step::Program("/bin/true".to_owned())],
            1 => leaf.steps = vec![Step::Exec, Step::Missing, Step::Exec, self.end()],
            2 => leaf.steps = vec![Step::LeaderLeaves(8)],
            3 => leaf.steps = vec![Step::Missing, Step::Program("/bin/false".to_owned())],
            4 => leaf.steps = vec![Step::Exit(self.code())],
            _ => {}
        }
    }

    /// A child to which its parent sends a signal when it is ready.
    fn signalled(&mut self) -> Step {
        self.processes += 1;
        let name = self.name();
        let signal = FATAL[self.chance.below(FATAL.len())];
        let handled = [1, 10, 15, 34][self.chance.below(4)];
        if self.one_in(4) {
            return self.killed_at_once(name);
        }
        let (then, before) = match self.chance.below(4) {
            0 => (Then::Send(signal), None),
            1 => (Then::Send(handled), Some(Step::Handle(handled))),
            2 => (Then::SendInVain(handled), Some(Step::Ignore(handled))),
            _ => (Then::StopAndContinue, None),
        };
        let how = [How::Fork, How::Clone, How::Clone3, How::PosixSpawn][self.chance.below(4)];
        let mut steps: Vec<_> = before.into_iter().collect();
        // An exec keeps what is ignored, not what is handled.
        if self.one_in(3) && !matches!(steps.first(), Some(Step::Handle(_))) {
            steps.push(Step::Exec);
        }
        steps.extend([Step::Ready, Step::Hold, Step::Exit(self.code())]);
        Step::Spawn {
            how,
            then,
            child: Plan { name, steps },
        }
    }

    /// A child that gets no further.
    fn killed_at_once(&mut self, name: String) -> Step {
        let steps = vec![Step::Hold];
        Step::Spawn {
            how: [How::Fork, How::Clone, How::Silent, How::Clone3][self.chance.below(4)],
            then: Then::Kill,
            child: Plan { name, steps },
        }
    }

    /// A group of processes that one signal ends.
    fn group(&mut self, members: usize) -> Step {
        self.processes += members;
        let leader = self.name();
        let mut steps = vec![Step::Group];
        for _ in 1..members {
            let child = Plan {
                name: self.name(),
                steps: vec![Step::Ready, Step::Hold],
            };
            steps.push(Step::Spawn {
                how: [How::Fork, How::PosixSpawn][self.chance.below(2)],
                then: Then::Hear,
                child,
            });
        }
        steps.extend([Step::Ready, Step::Hold]);
        Step::Spawn {
            how: How::Fork,
            then: Then::SendGroup([2, 9, 15][self.chance.below(3)]),
            child: Plan {
                name: leader,
                steps,
            },
        }
    }

    /// A shell with a script, which may run an actor.
    fn shell(&mut self, share: usize, depth: usize) -> Step {
        self.processes += 1;
        let name = self.name();
        let mut actors = Vec::new();
        if share > 3 && depth < DEEPEST {
            // dash knows nobody whom it did not start.
            actors.push(self.process(share / 2, depth + 1, &[How::Sibling]));
        }
        let script = script(&mut self.chance, 1 + share / 4, &actors);
        self.processes += script.processes;
        let file = format!("{name}.sh");
        self.scripts.push((file.clone(), script.text));
        let how = self.how(&[How::Sibling]);
        Step::Spawn {
            how,
            then: self.left_or_awaited(how, 4),
            child: Plan {
                name,
                steps: vec![Step::Shell(file)],
            },
        }
    }

    fn end(&mut self) -> Step {
        match self.chance.below(5) {
            0 => Step::Die(FATAL[self.chance.below(FATAL.len())]),
            _ => Step::Exit(self.code()),
        }
    }

    fn code(&mut self) -> i32 {
        [0, 1, 3, 255][self.chance.below(4)]
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.chance.below(n) == 0
    }
}
