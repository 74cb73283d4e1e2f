use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let orders = cmd!("sh", "-c", "cat orders.txt | wc -l").read()?;
    println!("the shell: {orders} orders today");

    match cmd!("cat", "orders.txt").pipe(cmd!("wc", "-l")).read() {
        Ok(orders) => println!("duct: {orders} orders today"),
        Err(error) => println!("duct: {error}"),
    }
    Ok(())
}
