use std::hint::black_box;
use tokio::{runtime::Builder, task::JoinSet};

async fn compute(name: &str) {
    println!("{name} begins");
    let mut sum = 0_u64;
    for number in 0..3_000_000 {
        // black_box keeps the compiler from leaving out an unused sum.
        sum = black_box(sum + number);
    }
    println!("{name} ends");
}

pub fn main() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        // spawn gives a job to the runtime, as a task.
        tasks.spawn(compute("rice"));
        tasks.spawn(compute("chicken"));
        println!("both are started");
        tasks.join_all().await;
    });
    Ok(())
}
