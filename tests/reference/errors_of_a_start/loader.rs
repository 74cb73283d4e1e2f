//! "Its loader": what puts a compiled program and its libraries together.

use super::case::Case;
use super::process::with_memory;
use std::fs;
use tests::starting::Start;

pub const CASES: &[Case] = &[
    Case::new("The program is there", |folder| {
        folder.program("ld-linux", "ld-lemon")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("no program for this machine", |folder| {
        folder.script(
            "lemon",
            "no ELF file, and long enough for the head of one: 64 bytes and more\n",
        )?;
        folder.program_of_loader("./lemon")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("an empty file", |folder| {
        folder.script("lemon", "")?;
        folder.program_of_loader("./lemon")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("executable bit of the loader", |folder| {
        folder.script("lemon", "")?;
        folder.allow("lemon", 0o644)?;
        folder.program_of_loader("./lemon")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("is a directory", |folder| {
        folder.folder("lemon")?;
        folder.program_of_loader("./lemon")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("A library is missing", |folder| {
        folder.program("libc.so.6", "libc.so.9")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("half copied", |folder| {
        folder.program("libc.so.6", "libc.so.9")?;
        folder.script("libc.so.9", "")?;
        Ok(with_libraries_here(Start::new("./tool")))
    }),
    Case::new("no library at all", |folder| {
        folder.program("libc.so.6", "libc.so.9")?;
        folder.script(
            "libc.so.9",
            "a script of the linker, say, or a page of an error in HTML: longer than 64 bytes\n",
        )?;
        Ok(with_libraries_here(Start::new("./tool")))
    }),
    Case::new("for another processor", |folder| {
        folder.program_of_machine(83)?;
        fs::rename(folder.path().join("tool"), folder.path().join("libc.so.9"))?;
        folder.program("libc.so.6", "libc.so.9")?;
        Ok(with_libraries_here(Start::new("./tool")))
    }),
    Case::new("of 32 bits", |folder| {
        folder.library_of_other_class()?;
        Ok(with_libraries_here(Start::new("./tool")))
    }),
    Case::new("`ulimit -v`", |_| Ok(with_memory("1000"))),
    Case::new("newer library", |folder| {
        folder.program("GLIBC_2.34", "GLIBC_9.99")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("lacks a function", |folder| {
        folder.program("__libc_start_main", "__libc_start_lime")?;
        Ok(Start::new("./tool"))
    }),
    Case::new("It runs all the same", |_| {
        let environment = [("LD_PRELOAD".to_owned(), "lemon.so".to_owned())];
        Ok(Start {
            environment: environment.into(),
            ..Start::new("/bin/true")
        })
    }),
];

fn with_libraries_here(start: Start) -> Start {
    let environment = [("LD_LIBRARY_PATH".to_owned(), ".".to_owned())];
    Start {
        environment: environment.into(),
        ..start
    }
}
