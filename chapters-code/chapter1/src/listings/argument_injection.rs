use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("-n", "a file with an odd name\n")?;
    fs::write("letter", "Dear reader\n")?;
    for names in ["-n letter", "-- -n letter", "./-n ./letter"] {
        println!("cat {names}");
        // `cmd`, without `!`, takes the arguments as one collection.
        cmd("cat", names.split(' ')).run()?;
    }

    cmd!("sort", "/dev/null", "--output=letter").run()?;
    println!("the letter has {} bytes", fs::metadata("letter")?.len());
    Ok(())
}
