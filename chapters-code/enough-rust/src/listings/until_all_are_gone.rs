use duct::cmd;
use std::io::{BufRead, BufReader};
use std::sync::mpsc::channel;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (tell, heard) = channel();
    for dish in ["dal", "naan"] {
        let cook = BufReader::new(cmd!("echo", dish).reader()?);
        let tell = tell.clone();
        thread::spawn(move || {
            for line in cook.lines() {
                tell.send(line?)?;
            }
            anyhow::Ok(())
        });
    }
    let mut dishes: Vec<String> = heard.iter().take(2).collect();
    dishes.sort();
    println!("{dishes:?}");
    println!("{:?}", heard.recv_timeout(Duration::from_secs(1)));
    drop(tell);
    println!("{:?}", heard.recv());
    Ok(())
}
