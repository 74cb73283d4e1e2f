//! Who is not asleep is not seen asleep.

use crate::as_without;
use anyhow::ensure;
use libtest_mimic::Trial;
use recording::Kind;
use recording::traced::Seen;
use run::missing_tools;
use tests::harness;

/// It asks for its child's end for a second, and never waits for it.
const ASKS: &str = "cat >p.py <<'END'
import os, time
r, w = os.pipe()
child = os.fork()
if child == 0:
    os.close(w)
    os.read(r, 1)
    os._exit(0)
print('begin', flush=True)
end = time.monotonic() + 1
while time.monotonic() < end:
    os.waitpid(child, os.WNOHANG)
print('end', flush=True)
os.close(w)
os.waitpid(child, 0)
END
exec python3 p.py";

/// The tracer hears of each call, and meanwhile the process looks asleep in it.
pub fn tests() -> Vec<Trial> {
    let needs = ["python3".to_owned()];
    let missing = missing_tools(&needs);
    let name = "who asks again and again for a child's end does not wait for it";
    vec![harness::needing(name, &missing, is_awake)]
}

fn is_awake() -> anyhow::Result<()> {
    let events = as_without::run(ASKS, true)?;
    let printed = |what: &str| {
        let mut events = events.iter();
        events.position(|event| match &event.kind {
            Kind::Stdout(bytes) => bytes.0.starts_with(what.as_bytes()),
            _ => false,
        })
    };
    let (begin, end) = (printed("begin"), printed("end"));
    let (Some(begin), Some(end)) = (begin, end) else {
        anyhow::bail!("it printed something else: {events:?}");
    };
    let seen: Vec<_> = events[begin..end]
        .iter()
        .filter_map(|event| match &event.kind {
            Kind::Seen(seen) => Some(seen),
            _ => None,
        })
        .collect();
    let waits = |seen: &&&Seen| {
        let threads = seen.asleep.iter().flat_map(|it| &it.threads);
        seen.deadlock.is_some() || threads.into_iter().any(|it| it.call == "wait4")
    };
    let wrong: Vec<_> = seen.iter().filter(waits).collect();
    ensure!(
        !seen.is_empty(),
        "nothing was seen of its child, which reads"
    );
    ensure!(
        wrong.is_empty(),
        "{} of {}: {wrong:?}",
        wrong.len(),
        seen.len()
    );
    Ok(())
}
