//! Small trees, made by hand, in which one thing is done again and again: a child
//! ends, and is waited for, in every way that there is.

use crate::growing;
use tests::trees::plan::Plan;
use tests::trees::planting::Tree;
use tests::trees::way::Way;

/// How often it is done.
const TIMES: usize = 50;

/// What is done, by name: how each child is made, and what is done around it.
pub struct Again {
    pub name: String,
    /// What the parent does first.
    first: String,
    /// A child, and what is done about it.
    each: &'static str,
    last: &'static str,
}

pub fn all() -> Vec<Again> {
    let mut all = Vec::new();
    for how in ["fork", "clone", "clone3"] {
        all.push(Again {
            name: format!("killed between its exec and its stop there, made by {how}"),
            first: String::new(),
            each: match how {
                "fork" => "spawn fork kill_at_exec ( program /bin/true )",
                "clone" => "spawn clone kill_at_exec ( program /bin/true )",
                _ => "spawn clone3 kill_at_exec ( program /bin/true )",
            },
            last: "",
        });
    }
    for way in Way::ALL {
        let by = format!("wait_by {}", way.name());
        let mut add = |what: &str, first: &str, each, last| {
            all.push(Again {
                name: format!("{what}, waited for by {}", way.name()),
                first: format!("{by} {first}"),
                each,
                last,
            });
        };
        add("killed at once", "", "spawn fork kill ( hold )", "");
        add(
            "killed at once, beside a busy thread",
            "restless",
            "spawn fork kill ( hold )",
            "",
        );
        add(
            "ends by itself",
            "restless",
            "spawn fork wait ( exit 3 )",
            "",
        );
        add(
            "collected by another thread",
            "restless",
            "thread ( spawn clone kill ( hold ) )",
            "",
        );
        add(
            "collected last",
            "restless",
            "spawn fork leave ( exit 3 )",
            "collect",
        );
        add(
            "children ignored",
            "ignore_children restless",
            "spawn fork kill ( hold )",
            "",
        );
        add(
            "no zombies wanted",
            "no_zombies restless",
            "spawn fork kill ( hold )",
            "",
        );
        add(
            "silent, with children ignored",
            "ignore_children restless",
            "spawn silent wait ( exit 3 )",
            "",
        );
        add(
            "left to nobody",
            "restless",
            "spawn fork leave ( exit 3 )",
            "",
        );
        add(
            "left by its parent",
            "restless",
            "spawn fork wait ( spawn fork leave ( exit 3 ) spawn fork kill ( hold ) )",
            "",
        );
        add(
            "left to a subreaper",
            "subreaper restless",
            "spawn fork wait ( spawn fork leave ( exit 3 ) )",
            "collect",
        );
        add(
            "left to a subreaper that waits",
            "subreaper",
            "spawn fork leave ( spawn fork leave ( exit 3 ) )",
            "collect",
        );
    }
    all
}

impl Again {
    /// # Errors
    /// It is told otherwise than the tree tells it itself.
    pub fn is_told(&self) -> anyhow::Result<()> {
        let tree = self.tree()?;
        let (grown, events) = growing::under_the_tracer(&tree)?;
        let faults = growing::faults(&grown, &events);
        growing::without(&faults, &tree)
    }

    fn tree(&self) -> anyhow::Result<Tree> {
        let mut names = 0;
        let mut line = format!("n0 {} ", self.first);
        for _ in 0..TIMES {
            for word in self.each.split(' ') {
                line += word;
                line += " ";
                // What a bracket behind these words opens is a process.
                let is_process = line.ends_with("( ") && !line.ends_with("thread ( ");
                if is_process {
                    names += 1;
                    line += &format!("n{names} ");
                }
            }
        }
        line += self.last;
        Ok(Tree {
            seed: 0,
            root: Plan::parse(&line)?,
            scripts: Vec::new(),
            processes: names + 1,
        })
    }
}
