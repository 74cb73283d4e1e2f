use super::opened;
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process;
use trial::{same, trial};

const PAGE: &str = "chapter1-run/read-by-everybody.md";

/// Notes what others could have read, then does its work.
const VAULT: &str = r#"#!/bin/sh
{
    printf '%s\n' "$@"
    cat /proc/[0-9]*/cmdline
} >arguments 2>/dev/null
env >environment
password=$VAULT_PASSWORD
case $1 in
--password) password=$2 ;;
--password-stdin) IFS= read -r password ;;
esac
"#;

fn vault(end: &str) -> Result<()> {
    fs::write("vault", format!("{VAULT}{end}"))?;
    Ok(fs::set_permissions("vault", Permissions::from_mode(0o755))?)
}

/// One that no other trial uses: they look into each other's arguments.
fn password() -> String {
    format!("open-sesame & \"13\" 'seeds' {}", process::id())
}

fn holds_the_password(file: &str) -> Result<bool> {
    let bytes = fs::read(file).context("the vault was not started")?;
    let password = password();
    let mut pieces = bytes.windows(password.len());
    Ok(pieces.any(|piece| piece == password.as_bytes()))
}

#[test]
fn the_vault_gets_the_password_and_nobody_else() {
    trial("an open vault, and a password that nobody saw", || {
        vault("echo \"it is open for $password\"\n")?;
        let said = opened(&password())?;
        let expected = format!("it is open for {}", password());
        same("what the vault prints", &said.trim_end(), &&*expected)?;
        ensure!(
            !holds_the_password("arguments")?,
            "the password stands in the arguments of a process, \
             and everybody may read those"
        );
        ensure!(
            !holds_the_password("environment")?,
            "the password stands in the vault's environment, \
             and each program that it starts gets a copy"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn no_file_is_left() {
    trial("no file beside the vault's own", || {
        vault("echo open\n")?;
        opened(&password())?;
        for entry in fs::read_dir(".")? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let its_own = ["vault", "arguments", "environment"];
            ensure!(its_own.contains(&name.as_str()), "{name:?} is left");
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn an_error_does_not_tell_the_password() {
    trial("an error without the password", || {
        vault("exit 1\n")?;
        let Err(error) = opened(&password()) else {
            bail!("the vault exited with 1, and there was no error");
        };
        for text in [format!("{error:#}"), format!("{error:?}")] {
            ensure!(
                !text.contains("open-sesame"),
                "the error tells it: {text}"
            );
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}
