//! What a look costs. Nothing is asserted of times: `-- --nocapture` shows them.

use crate::family::Family;
use std::time::Instant;

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
    let mut microseconds = |afresh: bool| {
        let mut best = f64::MAX;
        for _ in 0..20 {
            let start = Instant::now();
            if afresh {
                let mut sockets = tracer::look::Sockets::default();
                tracer::look::Snapshot::look(pids.iter().copied(), None, &mut sockets);
            } else {
                family
                    .lookout
                    .look(pids.iter().copied(), &Default::default(), &mut |_, _| None);
            }
            best = best.min(start.elapsed().as_secs_f64() * 1e6);
        }
        best
    };
    let (first, again) = (microseconds(true), microseconds(false));
    println!(
        "{} processes: {first:.0} µs at first, {again:.0} µs again",
        children + 1
    );
    assert_eq!(family.look().deadlock.unwrap().stuck.len(), children + 1);
}

#[test]
fn a_look_at_three_and_at_two_hundred() {
    cost_of(2);
    cost_of(199);
}
