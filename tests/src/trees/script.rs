//! Shell scripts with pipes, background jobs, subshells and signals. What such a
//! script starts, and how each of that ends, is the same in every run.

use super::plan::Plan;
use crate::chance::Chance;

/// The variable by which a script finds the actor.
pub const ACTOR: &str = "TREE_ACTOR";

/// A script, and how many processes it starts at least.
pub struct Script {
    pub text: String,
    pub processes: usize,
}

/// A statement, and how many processes it starts.
type Statement = (&'static str, usize);

/// Names the last background job to the tree's account.
const TELL_JOB: &str = "p=$!; echo \"spawned $$ $p fork\" >>\"$TREE_ACCOUNT\"\n";

/// Waits for a job in the background until it is the program that it shall be.
/// Only builtins, so the number of processes does not depend on time.
const UNTIL_SLEEPS: &str =
    "until read c </proc/$p/comm && [ \"$c\" = sleep ]; do :; done 2>/dev/null\n";

const STATEMENTS: &[Statement] = &[
    ("/bin/true\n", 1),
    ("/bin/false || :\n", 1),
    ("/bin/echo words | /bin/cat >/dev/null\n", 2),
    (
        "/bin/echo a | /bin/cat | while read x; do /bin/true; done\n",
        4,
    ),
    ("( exit 3 )\n", 1),
    ("( : ; /bin/true ; exit 4 )\n", 2),
    ("x=$(/bin/echo hi; :)\n", 2),
    ("( /bin/true & )\n", 2),
    ("/no/such/program 2>/dev/null || :\n", 1),
    ("yes | head -n1 >/dev/null\n", 2),
    ("sh -c 'kill -KILL $$' 2>/dev/null || :\n", 1),
    ("sh -c 'trap \"\" TERM; kill -TERM $$; exit 4'\n", 1),
    (
        "sh -c 'trap \"exit 5\" USR1; kill -USR1 $$; while :; do :; done'\n",
        1,
    ),
    ("sh -c 'kill -34 $$' 2>/dev/null || :\n", 1),
    ("sh -c 'exec sh -c \"exec /bin/true\"'\n", 1),
];

/// Jobs in the background, each with what is done to it.
const JOBS: &[Statement] = &[
    (
        "wait $p; echo \"reaped $$ $p code $?\" >>\"$TREE_ACCOUNT\"\n",
        1,
    ),
    (
        "kill -TERM $p; wait $p 2>/dev/null\necho \"reaped $$ $p signal 15\" >>\"$TREE_ACCOUNT\"\n",
        1,
    ),
    (
        "kill -STOP $p
until read a b c d </proc/$p/stat && [ \"$c\" = T -o \"$c\" = t ]; do :; done
kill -CONT $p; kill -HUP $p; wait $p 2>/dev/null
echo \"reaped $$ $p signal 1\" >>\"$TREE_ACCOUNT\"\n",
        1,
    ),
];

/// A script of so many statements. `actors` are run by it, too.
pub fn script(chance: &mut Chance, statements: usize, actors: &[Plan]) -> Script {
    let mut script = Script {
        text: String::new(),
        processes: 0,
    };
    for _ in 0..statements {
        match chance.below(4) {
            0 => job(chance, &mut script),
            _ => {
                let (text, processes) = STATEMENTS[chance.below(STATEMENTS.len())];
                script.text += text;
                script.processes += processes;
            }
        }
    }
    for actor in actors {
        script.text += &format!("\"$TREE_ACTOR\" '{actor}'\n");
        script.processes += 1;
    }
    script.text += match chance.below(5) {
        0 => "exec /bin/true\n",
        1 => "kill -TERM $$\n",
        2 => "( /bin/sleep 0.02 & )\nexit 0\n",
        _ => "exit 6\n",
    };
    script
}

fn job(chance: &mut Chance, script: &mut Script) {
    let which = chance.below(JOBS.len());
    let (ending, processes) = JOBS[which];
    script.text += match which {
        0 => "/bin/true &\n",
        _ => "/bin/sleep 60 &\n",
    };
    script.text += TELL_JOB;
    if which > 0 {
        script.text += UNTIL_SLEEPS;
    }
    script.text += ending;
    script.processes += processes;
}
