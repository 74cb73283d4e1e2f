//! Small crates, made up to have a circle or none.

use crate::circles::circles;
use crate::source::Crate;
use std::fs;
use std::path::Path;

/// What is said of a crate of these files. The root is `lib.rs`.
fn said_of(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let read = Crate::read(&folder.path().join("lib.rs")).unwrap();
    circles(&read, folder.path()).join("\n")
}

/// Asserts that `a` and `b` are found to take from each other: `b` takes by
/// this code, and `a` by a plain `use`.
#[track_caller]
fn is_a_circle(code: &str) {
    let said = said_of(&[
        ("lib.rs", "mod a; mod b; mod c; pub use a::A;"),
        (
            "a.rs",
            "use crate::b::B; pub struct A(B); macro_rules! m { () => {} } pub(crate) use m;",
        ),
        ("b.rs", &format!("pub struct B;\n{code}")),
        ("c.rs", "pub use crate::a::A as C;"),
    ]);
    let way = "b takes from a:\n    b.rs:2: ";
    assert!(
        said.contains(way) && said.contains(" of a.rs\n"),
        "{code}: {said:?}"
    );
}

#[track_caller]
fn is_no_circle(code: &str) {
    let said = said_of(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B; pub struct A(B);"),
        ("b.rs", &format!("pub struct B;\n{code}")),
    ]);
    assert_eq!(said, "", "{code}");
}

#[test]
fn whatever_way_a_name_is_taken_it_is_seen() {
    for code in [
        "use crate::a::A;",
        "use super::a::A;",
        "use crate::{a::{self}, b}; fn f() { a::A::new() }",
        "use crate::{a::{A as Other}};",
        "use crate::a as other; fn f(_: &other::A) {}",
        "use crate::a::*;",
        "use super::*; fn f(_: A) {}",
        "use self::inner::A; mod inner { pub use super::super::a::A; }",
        "mod inner { fn f() -> crate::a::A {} }",
        "fn f() { use crate::a::A; }",
        "fn f() { crate::a::A::new() }",
        "fn f() -> Vec<super::a::A> {}",
        "fn f() { 0..crate::a::A }",
        "impl From<crate::a::A> for B {}",
        "fn f() { println!(\"{}\", crate::a::A); }",
        "macro_rules! n { () => { $crate::a::A } }",
        "#[derive(crate::a::A)] struct C;",
        "struct C { #[serde(default = \"crate::a::A\")] c: u8 }",
        "crate::a::m!();",
        "const C: C = C { c: crate::a::A }; fn g() {}",
    ] {
        is_a_circle(code);
    }
}

#[test]
fn a_re_export_leads_to_where_the_name_is_defined() {
    for code in [
        "use crate::A;",
        "use super::A;",
        "fn f() -> crate::A {}",
        "use crate::c::C;",
        "pub(crate) use crate::c::C as Third;",
    ] {
        is_a_circle(code);
    }
}

#[test]
fn what_takes_nothing_is_no_tie() {
    for code in [
        "#[cfg(test)] mod tests { use crate::a::A; }",
        "#[cfg(all(test, unix))] use crate::a::{A};",
        "impl B { #[cfg(test)] fn f() { crate::a::A } #[cfg(test)] pub fn g<T, U>(_: crate::a::A) {} }",
        "struct C { #[cfg(test)] c: crate::a::A, d: u8 }",
        "pub(in crate::a) fn f() {}",
        "// use crate::a::A;",
        "/* use crate::a::A; */ /// [`crate::a::A`]\nfn f() {}",
        "fn f() { (\"crate::a::A\", r#\" \" crate::a::A \"#, b'\\'', '\"', 'a') }",
        "fn f<'a>(b: &'a B) { b.a.A; b.crate_a(); }",
        "use ::a::A; fn f() -> ::a::A {}",
        "use a::A; fn f() -> other::a::A {}",
        "use std::a::A;",
        "use crate::a;",
    ] {
        is_no_circle(code);
    }
}

#[test]
fn a_file_and_what_hangs_on_it_do_not_take_from_each_other() {
    let child = "use super::Room; pub struct Child(Room);";
    let takes = "mod child; pub struct Room; fn f(_: child::Child) {}";
    let said = said_of(&[
        ("lib.rs", "mod room;"),
        ("room.rs", takes),
        ("room/child.rs", child),
    ]);
    assert_eq!(
        said,
        "  room.rs takes from room::child:\n    \
             room.rs:1: child::Child of room/child.rs\n  \
           room::child takes from room.rs:\n    \
             room/child.rs:1: super::Room of room.rs\n"
    );
    let re_exports = "mod child; pub use child::Child; pub struct Room;";
    let said = said_of(&[("lib.rs", re_exports), ("child.rs", child)]);
    assert!(said.contains("lib.rs takes from child"), "{said:?}");
    let declares = "mod child; pub struct Room;";
    let said = said_of(&[
        ("lib.rs", "mod room;"),
        ("room.rs", declares),
        ("room/child.rs", child),
    ]);
    assert_eq!(said, "");
}

#[test]
fn a_macro_of_the_file_around_needs_no_use() {
    let root = "macro_rules! m { () => {} } mod a; pub use a::A;";
    let called = [("lib.rs", root), ("a.rs", "pub struct A; m!();")];
    assert!(said_of(&called).contains("a.rs:1: m! of lib.rs"));
    let named = [
        ("lib.rs", root),
        ("a.rs", "pub fn A(m: u8) -> bool { m != 1 }"),
    ];
    assert_eq!(said_of(&named), "");
}

#[test]
fn a_room_counts_with_all_that_lies_in_it() {
    let files = [
        ("lib.rs", "mod edits; mod runs;"),
        ("edits.rs", "use crate::runs::Run; pub struct Edits(Run);"),
        ("runs.rs", "mod queue; pub struct Run;"),
        (
            "runs/queue.rs",
            "use crate::edits::Edits; pub struct Queue(Edits);",
        ),
    ];
    let said = said_of(&files);
    let both = "  edits takes from runs:\n    edits.rs:1: crate::runs::Run of runs.rs\n  \
                  runs takes from edits:\n    runs/queue.rs:1: crate::edits::Edits of edits.rs\n";
    assert_eq!(said, both);
}

#[test]
fn rooms_in_a_room_have_floors_too() {
    let said = said_of(&[
        ("lib.rs", "mod room;"),
        ("room/mod.rs", "mod a; mod deep { pub mod b; }"),
        ("room/a.rs", "use super::deep::b::B; pub struct A(B);"),
        ("room/deep/b.rs", "\npub struct B(super::super::a::A);"),
    ]);
    assert!(said.contains("room::a takes from room::deep"), "{said:?}");
    assert!(
        said.contains("room/deep/b.rs:2: super::super::a::A of room/a.rs"),
        "{said:?}"
    );
}

#[test]
fn of_a_knot_the_shortest_circle_is_told() {
    let said = said_of(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "pub struct A(crate::b::B);"),
        ("b.rs", "pub struct B(crate::c::C);"),
        ("c.rs", "pub struct C(crate::d::D, crate::a::A);"),
        ("d.rs", "pub struct D(crate::c::C);"),
    ]);
    assert_eq!(said.matches("takes from").count(), 2, "{said}");
    assert!(
        said.contains("c takes from d") && said.contains("d takes from c"),
        "{said}"
    );
}

#[test]
fn a_module_may_have_its_file_elsewhere() {
    let said = said_of(&[
        (
            "lib.rs",
            "#[cfg_attr(unix, path = \"here/unix.rs\")] mod a; mod b;",
        ),
        ("here/unix.rs", "pub struct A(crate::b::B);"),
        ("b.rs", "pub struct B(crate::a::A);"),
    ]);
    assert!(
        said.contains("b.rs:1: crate::a::A of here/unix.rs"),
        "{said:?}"
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("lib.rs");
    fs::write(&root, "mod gone;").unwrap();
    let error = Crate::read(&root).err().unwrap().to_string();
    assert!(error.ends_with("gone.rs is not there"), "{error}");
    assert!(Crate::read(Path::new("nowhere.rs")).is_err());
}
