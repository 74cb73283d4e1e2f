//! What a look costs, in a processor's time. Nothing is asserted of it:
//! `-- --nocapture` shows it.

use crate::family::Family;

fn cost_of(children: usize) {
    let mut family = Family::python(&format!(
        "import subprocess
children = [subprocess.Popen(['cat'], stdin=-1, stdout=-1) for _ in range({children})]
children[0].wait()"
    ));
    family.until(|names, seen| {
        names.sleeps(seen, "first", "wait4") && seen.asleep.len() == children + 1
    });
    let pids = family.pids();
    let mut cost = |afresh: bool| {
        let start = processor_ms();
        for _ in 0..50 {
            if afresh {
                let mut sockets = tracer::look::Sockets::default();
                tracer::look::Snapshot::look(pids.iter().copied(), None, &mut sockets);
            } else {
                let pids = pids.iter().copied();
                family
                    .lookout
                    .look(pids, &Default::default(), &mut |_, _| None);
            }
        }
        (processor_ms() - start) / 50.0
    };
    let (first, again) = (cost(true), cost(false));
    println!(
        "{} processes: {first:.2} ms at first, {again:.2} ms again",
        children + 1
    );
    assert_eq!(family.look().deadlock.unwrap().stuck.len(), children + 1);
}

#[test]
fn a_look_at_three_and_at_two_hundred() {
    cost_of(2);
    cost_of(199);
}

/// How long this thread has run, in ms (`/proc/PID/schedstat`).
fn processor_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = text.split_whitespace().next().unwrap();
    nanoseconds.parse::<f64>().unwrap() / 1e6
}
