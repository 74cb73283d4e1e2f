//! What else of tokio is cancelled: a wait, and a copy whose writer is slow.

use super::in_tokio::half_and_half;
use anyhow::{Context, ensure};
use std::process::Stdio;
use tokio::io::{AsyncReadExt, copy, duplex};
use tokio::process::Command;
use tokio::runtime::Builder;

/// `wait` can be called again.
///
/// # Errors
/// It is not so.
pub fn a_wait_may_be_called_again() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut cat = Command::new("cat").stdin(Stdio::piped()).spawn()?;
        let stdin = cat.stdin.take();
        tokio::select! {
            biased;
            status = cat.wait() => panic!("{status:?}, with its stdin open"),
            () = std::future::ready(()) => {}
        }
        drop(stdin);
        ensure!(cat.wait().await?.success());
        Ok(())
    })
}

/// A copy that is dropped takes along what its writer had no room for.
///
/// # Errors
/// It is not so.
pub fn a_copy_loses_what_it_has_not_written() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (mut child, taken) = half_and_half()?;
        let mut stdout = child.stdout.take().context("a pipe")?;
        let (mut narrow, mut other) = duplex(2);
        tokio::select! {
            biased;
            copied = copy(&mut stdout, &mut narrow) => panic!("copied {copied:?}"),
            ready = taken.readable() => ready?,
        }
        drop(child.stdin.take());
        let mut came = String::new();
        let rest = async {
            let copied = copy(&mut stdout, &mut narrow).await;
            drop(narrow);
            copied
        };
        let (copied, read) = tokio::join!(rest, other.read_to_string(&mut came));
        copied?;
        read?;
        ensure!(came == "haand half\n", came);
        child.wait().await?;
        Ok(())
    })
}
