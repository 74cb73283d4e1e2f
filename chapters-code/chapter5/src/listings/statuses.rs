use duct::{Expression, cmd};

fn exit(code: u8) -> Expression {
    cmd!("sh", "-c", format!("exit {code}"))
}

fn show(pipeline: &str, result: std::io::Result<std::process::Output>) {
    match result {
        Ok(output) => println!("{pipeline}: Ok, {}", output.status),
        Err(error) => println!("{pipeline}: Err, {error}"),
    }
}

pub fn main() -> anyhow::Result<()> {
    show("3 | 0", exit(3).pipe(exit(0)).run());
    show("3 | 4", exit(3).pipe(exit(4)).run());
    show("3 | 4 unchecked", exit(3).pipe(exit(4).unchecked()).run());
    show("3 unchecked | 0", exit(3).unchecked().pipe(exit(0)).run());
    show("all unchecked", exit(3).pipe(exit(4)).unchecked().run());
    Ok(())
}
