//! A chapter for the tests: one listing does well, and the others fail in
//! their own ways.

use listing::{Chapter, Listing};
use std::process::{Command, ExitCode, abort};
use std::{env, fs, io, io::Read};

fn main() -> ExitCode {
    let listings = vec![
        Listing::rust("well", "do well", || {
            println!("well done");
            Ok(())
        }),
        Listing::rust("fails", "fail with a cause", || {
            Err(anyhow::anyhow!("the pan is hot").context("frying"))
        }),
        Listing::rust("aborts", "abort", || abort()),
        Listing::rust("surroundings", "show the environment", surroundings),
        Listing::rust("heeds", "show which signals end it", heeds),
        Listing::rust("writes", "leave a file", || {
            Ok(fs::write("dish.txt", "butter chicken")?)
        }),
        Listing::rust("waits", "leave a file, and wait", waits),
        Listing::python("dish.py", "be a Python file"),
        Listing::rust("tool", "use a tool", || Ok(())).needs(&["no-such-tool"]),
    ];
    Chapter::new("chapter0", "A chapter for tests", listings)
        .child("helper", || {
            println!("helped");
            Ok(())
        })
        .next("Next: a real chapter")
        .main()
}

/// Waits for the end of stdin, then looks whether its file is still there.
fn waits() -> anyhow::Result<()> {
    fs::write("dish.txt", "butter chicken")?;
    println!("ready");
    io::stdin().read_to_end(&mut Vec::new())?;
    if fs::exists("dish.txt")? {
        println!("it is still there");
    }
    Ok(())
}

fn heeds() -> anyhow::Result<()> {
    for signal in ["INT", "QUIT"] {
        let itself = "ulimit -c 0; kill -$0 $$";
        let status = Command::new("sh").args(["-c", itself, signal]).status()?;
        println!("{status}");
    }
    Ok(())
}

fn surroundings() -> anyhow::Result<()> {
    let odd = |name: &str| name.starts_with("CARGO") || name == "RUST_BACKTRACE";
    let odd: Vec<_> = env::vars().filter(|(name, _)| odd(name)).collect();
    println!("LC_ALL={} {odd:?}", env::var("LC_ALL")?);
    println!("{} files", fs::read_dir(".")?.count());
    println!(
        "{}",
        env::var("PWD")? == env::current_dir()?.to_string_lossy()
    );
    Ok(())
}
