use super::said;
use trial::{same, trial};

const PAGE: &str = "chapter2-output-and-errors/the-65537th-byte.md";

#[test]
fn a_short_script_is_heard() {
    trial("what the script wrote to stdout and to stderr", || {
        let (stdout, stderr) = said("echo out; echo err >&2")?;
        same("stdout", &stdout.as_str(), &"out\n")?;
        same("stderr", &stderr.as_str(), &"err\n")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_megabyte_on_each_stream_comes_whole() {
    trial("1,000,000 bytes from each stream, and no hang", || {
        let write = "head -c 1000000 /dev/zero | tr '\\0'";
        let (stdout, stderr) =
            said(&format!("{write} o; {write} e >&2; {write} o"))?;
        same("the length of stdout", &stdout.len(), &2_000_000)?;
        same("the length of stderr", &stderr.len(), &1_000_000)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_script_that_fails_is_heard_too() {
    trial("both texts, though the script exits with 3", || {
        let (stdout, stderr) = said("echo out; echo err >&2; exit 3")?;
        same("stdout", &stdout.as_str(), &"out\n")?;
        same("stderr", &stderr.as_str(), &"err\n")
    })
    .read(PAGE)
    .passes();
}
