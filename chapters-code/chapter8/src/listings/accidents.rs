use duct::cmd;
use std::{env, hint::black_box, process::exit, thread};

// Calls itself with the same `n`, which `black_box` hides from the compiler.
fn deeper(n: u64) -> u64 {
    if n == 0 { 0 } else { 1 + deeper(black_box(n)) }
}

pub fn kitchen() -> anyhow::Result<()> {
    let cook = match env::var("ACCIDENT")?.as_str() {
        // `panic!` and `exit` never return, so Rust takes them for a `u64`.
        "panic" => thread::spawn(|| panic!("burnt")),
        "exit" => thread::spawn(|| exit(7)),
        _ => thread::spawn(|| deeper(1)),
    };
    println!("the others go on: {}", cook.join().is_err());
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    // This program again. With these arguments it calls `kitchen`.
    let kitchen = cmd!(env::current_exe()?, "child", "kitchen");
    for accident in ["panic", "exit", "overflow"] {
        // Throw the child's error messages away: they go to stderr.
        let child = kitchen.env("ACCIDENT", accident).stderr_null();
        // With `unchecked()`, a child that failed is no error of `run`.
        println!("{accident}: {}", child.unchecked().run()?.status);
    }
    Ok(())
}
