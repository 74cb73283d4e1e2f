use chapter8::{measure::milliseconds, plot};
use duct::cmd;

const MIB: [usize; 5] = [0, 128, 256, 384, 512];

pub fn main() -> anyhow::Result<()> {
    // Each of the two names gets a vector for its medians.
    let mut curves = ["true", "/bin/true"].map(|name| (name, Vec::new()));
    for mib in MIB {
        // mib mebibytes. Each byte is written, so the memory is really there.
        let memory = vec![1_u8; mib << 20];
        for (program, medians) in &mut curves {
            // program is a reference to the name, and *program is the name.
            let start = || Ok(cmd!(*program).run()?);
            let median = milliseconds(15, start)?;
            // The size of the vector, again in mebibytes.
            let mib = memory.len() >> 20;
            println!("{mib} MiB, {program}: {median:.1} ms");
            medians.push(median);
        }
    }
    let measure = "milliseconds to start a child and wait for its end";
    let steps = ("MiB that the parent holds", &MIB[..]);
    plot::curves("heavy_parent.svg", measure, steps, &curves)
}
