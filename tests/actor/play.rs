//! The steps of a plan, one after the other.

use crate::kernel::{self, Image};
use crate::{account, children, images, waiting};
use std::fs;
use std::thread;
use tests::trees::account::Line;
use tests::trees::plan::{Plan, Step};

/// A whole plan, to the end of the process.
pub fn plan(plan: &Plan) -> ! {
    steps(&plan.name, &plan.steps);
    kernel::end(0)
}

fn steps(name: &str, steps: &[Step]) {
    for (n, step) in steps.iter().enumerate() {
        let rest = &steps[n + 1..];
        match step {
            Step::Exec => images::actor(name, rest, None).run(),
            Step::ExecByThread => by_another_thread(name, rest),
            step => self::step(name, step),
        }
    }
}

fn step(name: &str, step: &Step) {
    match step {
        Step::Spawn { how, then, child } => children::spawn(*how, *then, child, plan),
        Step::Exec | Step::ExecByThread => unreachable!("these know what is left"),
        Step::Missing => images::missing(None).run(),
        Step::Thread(steps) => by_a_thread(name, steps),
        Step::Collect => children::collect(),
        Step::IgnoreChildren => kernel::ignore(libc::SIGCHLD),
        Step::NoZombies => kernel::want_no_zombies(),
        Step::WaitBy(way) => waiting::by(*way),
        Step::Subreaper => kernel::adopt_orphans(),
        Step::Restless => close_all_the_while(),
        Step::Shell(file) => become_foreign(&images::shell(file), "sh"),
        Step::Program(program) => become_foreign(&images::program(program), program),
        Step::Ignore(signal) => kernel::ignore(*signal),
        Step::Handle(signal) => kernel::handle(*signal),
        Step::Group => kernel::lead_group(),
        Step::Session => kernel::lead_session(),
        Step::Ready => kernel::tell_ready(),
        Step::Hold => kernel::hold(),
        Step::Witness => kernel::witness(),
        Step::LastOneOut => kernel::last_one_out(),
        Step::Exit(code) => kernel::end(*code),
        Step::Die(signal) => kernel::die(*signal),
        Step::LeaderLeaves(code) => leave_to_another(*code),
    }
}

fn by_a_thread(name: &str, steps: &[Step]) {
    let (name, steps) = (name.to_owned(), steps.to_vec());
    let thread = thread::spawn(move || self::steps(&name, &steps));
    thread.join().expect("a thread of a plan does not panic");
}

/// Until the process ends, or becomes another.
fn close_all_the_while() {
    thread::spawn(|| {
        loop {
            kernel::close_a_copy();
        }
    });
}

fn by_another_thread(name: &str, rest: &[Step]) {
    let (name, rest) = (name.to_owned(), rest.to_vec());
    let thread = thread::spawn(move || images::actor(&name, &rest, None).run());
    thread.join().expect("exec does not panic");
}

fn become_foreign(image: &Image, program: &str) {
    account::write(&Line::Becomes {
        pid: kernel::pid(),
        program: program.to_owned(),
    });
    image.run();
    panic!("{program} cannot be run");
}

/// The first thread ends; another sees it as a zombie, and ends the process.
fn leave_to_another(code: i32) {
    let stat = format!("/proc/self/task/{}/stat", kernel::pid());
    thread::spawn(move || {
        let stands = |stat: &str| {
            stat.rsplit(')')
                .next()
                .is_some_and(|it| it.starts_with(" Z"))
        };
        while !fs::read_to_string(&stat).is_ok_and(|it| stands(&it)) {
            thread::yield_now();
        }
        kernel::end(code)
    });
    kernel::end_thread()
}
