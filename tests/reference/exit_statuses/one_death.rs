//! "Who says what of one death".

use super::page::PAGE;
use crate::loopback::{self, Ssh};
use crate::table;
use anyhow::{Context, ensure};
use duct::cmd;
use libtest_mimic::Trial;
use run::missing_tools;
use std::fmt::Debug;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use tests::harness;

const HEADING: &str = "Who says what of one death";

const EXITS: &str = "exit 3";
const DIES: &str = "kill -9 $$";

/// How a row's two cells come about: from the script of the child.
type Says = fn(&str) -> anyhow::Result<String>;

/// The beginning of a row's first cell, what it needs, and what it says.
const SAY: [(&str, &[&str], Says); 9] = [
    ("Rust: `ExitStatus` printed", &[], |script| {
        Ok(status(&["sh", "-c", script])?.to_string())
    }),
    ("Rust: `code()`", &[], |script| {
        let status = status(&["sh", "-c", script])?;
        Ok(shown(&[&status.code(), &status.signal()]))
    }),
    ("duct's error", &[], |script| {
        let error = cmd!("sh", "-c", script).run().err().context("no error")?;
        let error = error.to_string();
        let at = error.find("exited").context(error.clone())?;
        Ok(error[at..].to_owned())
    }),
    ("Python: `returncode`", &["python3"], |script| {
        python(
            "print(subprocess.run(['sh', '-c', script]).returncode)",
            script,
        )
    }),
    ("Python: `CalledProcessError`", &["python3"], |script| {
        let text = python(
            "try: subprocess.run(['sh', '-c', script], check=True)\n\
             except subprocess.CalledProcessError as it: print(it)",
            script,
        )?;
        let (_, text) = text.rsplit_once("]' ").context(text.clone())?;
        Ok(text.to_owned())
    }),
    ("Python: `os.system`", &["python3"], |script| {
        let system = python("print(os.system(script))", script)?;
        let wait = "pid = os.spawnlp(os.P_NOWAIT, 'sh', 'sh', '-c', script)\n\
                    print(os.waitpid(pid, 0)[1])";
        ensure!(python(wait, script)? == system, "wait says another number");
        Ok(system)
    }),
    ("node: `spawnSync`", &["node"], |script| {
        let program = "const it = require('child_process').spawnSync('sh', ['-c', \
                       process.argv[1]]); console.log(it.status, it.signal)";
        Ok(cmd!("node", "-e", program, script).read()?)
    }),
    ("bash: `$?`", &["bash"], |script| of_shell("bash", script)),
    ("sh (dash): `$?`", &["dash"], |script| {
        of_shell("dash", script)
    }),
];

/// The beginning of a row's first cell, and how its programs start another one. What
/// begins with `$` is the script itself.
const BETWEEN: [(&str, &[&[&str]]); 11] = [
    (
        "`exec`, `env`",
        &[
            &["bash", "-c", "exec \"$@\"", "bash"],
            &["env"],
            &["nice"],
            &["nohup"],
            &["setsid"],
            &["setpriv"],
            &["stdbuf", "-oL"],
        ],
    ),
    (
        "`timeout`, `strace`",
        &[&["timeout", "60"], &["strace", "-qq", "-o", "/dev/null"]],
    ),
    (
        "`flock`, `script -e`",
        &[
            &["flock", "/dev/null"],
            &["script", "-qec", "$", "/dev/null"],
        ],
    ),
    (
        "git, running an alias",
        &[&["git", "-c", "alias.it=!$", "it"]],
    ),
    (
        "`find -exec … ;`",
        &[&["find", "/", "-maxdepth", "0", "-exec", "sh", "-c", "$", ";"]],
    ),
    (
        "`find -exec … {} +`",
        &[&[
            "find",
            "/",
            "-maxdepth",
            "0",
            "-exec",
            "sh",
            "-c",
            "$",
            "{}",
            "+",
        ]],
    ),
    ("`xargs`", &[&["xargs"]]),
    ("make, which", &[&["make", "-f", "-", "it"]]),
    ("`ssh`", &[&["ssh"]]),
    ("`sudo`", &[&["sudo", "-n"]]),
    ("`cargo run`", &[&["cargo", "run"]]),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![harness::test(
        "one death: no row is neither run nor cited",
        every_row,
    )];
    for (words, needs, says) in SAY {
        let name = format!("one death: {words}");
        tests.push(harness::needing(name, &missing_tools(needs), move || {
            compare(words, &says(EXITS)?, &says(DIES)?)
        }));
    }
    for (words, programs) in BETWEEN {
        let needs: Vec<_> = programs.iter().map(|it| it[0]).collect();
        let mut missing = loopback::missing(&needs);
        if needs[0] == "sudo" && missing.is_empty() && !may_sudo() {
            missing.push("sudo without a password");
        }
        let name = format!("one death: {words}");
        tests.push(harness::needing(name, &missing, move || {
            for program in programs {
                let exits = between(program, EXITS)?.to_string();
                let dies = between(program, DIES)?.to_string();
                compare(words, &exits, &dies).context(program[0])?;
            }
            Ok(())
        }));
    }
    tests
}

fn may_sudo() -> bool {
    let tried = cmd!("sudo", "-n", "true").stderr_null().unchecked().run();
    tried.is_ok_and(|it| it.status.success())
}

/// Each row of the table is one of those above, or marked.
fn every_row() -> anyhow::Result<()> {
    let rows = table::rows(PAGE, HEADING)?;
    for row in &rows {
        let run = SAY
            .iter()
            .map(|it| it.0)
            .chain(BETWEEN.iter().map(|it| it.0));
        let run = run.filter(|it| row[0].starts_with(it)).count();
        let cited = usize::from(row[0].contains("*cited*, [") && row[0].contains("](https://"));
        ensure!(run + cited == 1, "{row:?}");
    }
    Ok(())
}

fn compare(words: &str, exits: &str, dies: &str) -> anyhow::Result<()> {
    let row =
        table::row(PAGE, HEADING, |first| first.starts_with(words)).context(words.to_owned())?;
    let said = |cell: &str| table::code(cell).join(", ");
    ensure!(said(&row[1]) == exits, "{words}: {exits}");
    ensure!(said(&row[2]) == dies, "{words}: {dies}");
    Ok(())
}

fn status(command: &[&str]) -> anyhow::Result<ExitStatus> {
    let mut started = Command::new(command[0]);
    started.args(&command[1..]).stdin(Stdio::null());
    started.stdout(Stdio::null()).stderr(Stdio::null());
    started.status().with_context(|| format!("{command:?}"))
}

/// How a program ends that starts a shell with this script.
fn between(program: &[&str], script: &str) -> anyhow::Result<ExitStatus> {
    match program[0] {
        "make" => of_make(script),
        "cargo" => of_cargo(script),
        "ssh" => Ssh::new()?.status(script),
        _ if program
            .iter()
            .any(|it| it.contains('$') && !it.contains("$@")) =>
        {
            let command: Vec<_> = program.iter().map(|it| it.replace('$', "\0")).collect();
            let command: Vec<_> = command.iter().map(|it| it.replace('\0', script)).collect();
            status(&command.iter().map(String::as_str).collect::<Vec<_>>())
        }
        _ => status(&[program, &["sh", "-c", script]].concat()),
    }
}

fn of_make(script: &str) -> anyhow::Result<ExitStatus> {
    let makefile = format!("it:\n\t@{}\n", script.replace('$', "$$"));
    let make = cmd!("make", "-f", "-").stdin_bytes(makefile).unchecked();
    let output = make.stderr_capture().run()?;
    let said = String::from_utf8(output.stderr)?;
    let wanted = if script == EXITS { "Error 3" } else { "Killed" };
    ensure!(said.contains(wanted), "{said}");
    Ok(output.status)
}

/// A package with a program that becomes this script.
fn of_cargo(script: &str) -> anyhow::Result<ExitStatus> {
    let folder = tempfile::tempdir()?;
    let manifest = "[package]\nname = \"it\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(folder.path().join("Cargo.toml"), manifest)?;
    fs::create_dir(folder.path().join("src"))?;
    let source = format!(
        "use std::os::unix::process::CommandExt;\n\
         fn main() {{ panic!(\"{{}}\", std::process::Command::new(\"sh\").args([\"-c\", {script:?}]).exec()); }}"
    );
    fs::write(folder.path().join("src/main.rs"), source)?;
    let run = cmd!("cargo", "run", "--quiet", "--offline").dir(folder.path());
    let run = run.env_remove("CARGO_TARGET_DIR").stderr_capture();
    Ok(run.unchecked().run()?.status)
}

fn of_shell(shell: &str, script: &str) -> anyhow::Result<String> {
    let watching = "sh -c \"$1\"; echo $?";
    Ok(cmd!(shell, "-c", watching, shell, script)
        .stderr_null()
        .read()?)
}

fn python(program: &str, script: &str) -> anyhow::Result<String> {
    let program = format!("import os, subprocess, sys\nscript = sys.argv[1]\n{program}");
    Ok(cmd!("python3", "-c", program, script).read()?)
}

fn shown(values: &[&dyn Debug]) -> String {
    let values: Vec<_> = values.iter().map(|it| format!("{it:?}")).collect();
    values.join(", ")
}
