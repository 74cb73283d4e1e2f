use duct::{Expression, cmd};

fn side(code: u8) -> Expression {
    cmd!("sh", "-c", format!("exit {code}"))
}

fn show(pipeline: &str, result: std::io::Result<std::process::Output>) {
    match result {
        Ok(output) => println!("{pipeline}: Ok, {}", output.status),
        Err(error) => println!("{pipeline}: Err, {error}"),
    }
}

pub fn main() -> anyhow::Result<()> {
    show("3 | 0", side(3).pipe(side(0)).run());
    show("3 | 4", side(3).pipe(side(4)).run());
    show("3 | (4 unchecked)", side(3).pipe(side(4).unchecked()).run());
    show("(3 unchecked) | 0", side(3).unchecked().pipe(side(0)).run());
    show("(3 | 4) unchecked", side(3).pipe(side(4)).unchecked().run());
    Ok(())
}
