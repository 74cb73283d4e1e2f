use duct::cmd;
use std::{env, hint::black_box, process::exit, thread};

fn deeper(n: u64) -> u64 {
    if n == 0 { 0 } else { 1 + deeper(black_box(n)) }
}

pub fn kitchen() -> anyhow::Result<()> {
    let cook = match env::var("ACCIDENT")?.as_str() {
        "panic" => thread::spawn(|| panic!("burnt")),
        "exit" => thread::spawn(|| exit(7)),
        _ => thread::spawn(|| deeper(1)),
    };
    println!("the others go on: {}", cook.join().is_err());
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    let kitchen = cmd!(env::current_exe()?, "child", "kitchen");
    for accident in ["panic", "exit", "overflow"] {
        let child = kitchen.env("ACCIDENT", accident).stderr_null();
        println!("{accident}: {}", child.unchecked().run()?.status);
    }
    Ok(())
}
