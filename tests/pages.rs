//! What the pages claim about code that must not compile.

use tests::book::root;
use tests::new_project::NewProject;

#[test]
fn what_must_not_compile_does_not_and_for_the_reason_given() {
    let blocks = mdbook_listing::must_not_compile(&root()).expect("the pages can be read");
    let project = NewProject::named("must-not-compile").unwrap();
    for (number, block) in blocks.iter().enumerate() {
        let program = format!("block_{number}");
        project.add(&program, &block.code).unwrap();
        let check = project.cargo(&["check", "--quiet", "--bin", &program]);
        let check = check.stderr_capture().unchecked().run().unwrap();
        let messages = String::from_utf8_lossy(&check.stderr);
        let place = format!("{}:{}", block.page.display(), block.line);
        assert!(!check.status.success(), "{place} compiles");
        let code = format!("error[{}]", block.error_code);
        assert!(
            messages.contains(&code),
            "{place} has no {code}:\n{messages}"
        );
    }
}
