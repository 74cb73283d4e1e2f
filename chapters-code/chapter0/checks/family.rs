use super::{below, family};
use anyhow::Context;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use trial::{same, trial};

const PAGE: &str = "chapter0-kitchen/start-and-finish.md";

/// A shell with a shell that has a `cat`, which waits for the end of our
/// input. The pids of the second and the third come as lines.
const FAMILY: &str = r#"
    exec 3<&0
    sh -c 'cat <&3 >/dev/null & echo $!; wait' &
    echo $!
    wait"#;

fn sorted(mut pids: Vec<u32>) -> Vec<u32> {
    pids.sort_unstable();
    pids
}

#[test]
fn a_grandchild_belongs_to_the_family() {
    trial("the child and the grandchild of a shell", || {
        let mut shell = Command::new("sh")
            .args(["-c", FAMILY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = shell.stdout.take().context("stdout is piped")?;
        let mut lines = BufReader::new(stdout).lines();
        let mut expected = Vec::new();
        for line in lines.by_ref().take(2) {
            expected.push(line?.parse()?);
        }
        let found = family(shell.id());
        drop(shell.stdin.take());
        shell.wait()?;
        let found = sorted(found?);
        same("the shell's family", &found, &sorted(expected))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn it_finds_each_of_five_generations_once() {
    trial("all those under 50, once, and nobody else", || {
        // 50 and its child 51 have two children each; 1 and 7 do not count.
        let everybody = [
            (1, 0),
            (7, 1),
            (50, 7),
            (51, 50),
            (52, 50),
            (53, 51),
            (54, 51),
            (55, 53),
            (56, 55),
            (57, 56),
            (60, 7),
        ];
        let found = sorted(below(50, &everybody));
        same("the family of 50", &found, &(51..=57).collect())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_child_may_have_a_lower_number_than_its_parent() {
    trial("all those under 900, in whatever order they are", || {
        let everybody = [
            (1, 0),
            (301, 300),
            (302, 301),
            (300, 900),
            (303, 1),
            (900, 1),
            (299, 302),
        ];
        let found = sorted(below(900, &everybody));
        same("the family of 900", &found, &vec![299, 300, 301, 302])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_has_no_children_has_no_family() {
    trial("nobody under 12", || {
        let found = below(12, &[(1, 0), (12, 1), (13, 1)]);
        same("the family of 12", &found, &Vec::new())
    })
    .read(PAGE)
    .passes();
}
