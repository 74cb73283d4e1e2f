//! Which line of its source a listing is at, with a listing of our own. It is in
//! this program, as a chapter's listings are in the chapter's: started with the
//! argument `listing`, the program runs it.

#![cfg_attr(target_os = "linux", expect(unsafe_code, reason = "ptrace"))]

mod inlined;
mod src {
    pub mod listings {
        pub mod waiting;
    }
}

#[cfg(target_os = "linux")]
mod started;
#[cfg(target_os = "linux")]
mod trials;

fn main() -> anyhow::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("listing") {
        return src::listings::waiting::main();
    }
    #[cfg(target_os = "linux")]
    trials::run();
    Ok(())
}
