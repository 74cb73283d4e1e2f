//! Which crate may use which. Cargo sees to it that there is no circle; this,
//! that the floors are the ones that were meant.

use cargo_metadata::{DependencyKind, Metadata};

/// Each crate, and those of ours that it may use.
const FLOORS: &[(&str, &[&str])] = &[
    ("exercise", &[]),
    ("listing", &[]),
    ("trial", &[]),
    ("recording", &[]),
    ("tracer", &["recording"]),
    ("xray", &["recording"]),
    ("run", &["recording", "xray"]),
    ("mdbook-listing", &["listing", "recording", "xray"]),
    ("study", &["recording", "run"]),
    (
        "server",
        &["mdbook-listing", "recording", "run", "study", "xray"],
    ),
    (
        "openbook",
        &[
            "listing",
            "mdbook-listing",
            "recording",
            "run",
            "server",
            "study",
            "xray",
        ],
    ),
];

/// What a chapter compiles with them, on a fresh clone: as little as this.
const FEW: &[(&str, &[&str])] = &[
    ("exercise", &[]),
    ("listing", &["anyhow", "strsim"]),
    ("trial", &["anyhow", "rustix", "tempfile"]),
];

/// The faults of a workspace.
pub fn faults(workspace: &Metadata) -> Vec<String> {
    let ours: Vec<_> = workspace
        .packages
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let mut faults = Vec::new();
    for package in &workspace.packages {
        let name = package.name.as_str();
        let folder = package
            .manifest_path
            .strip_prefix(&workspace.workspace_root);
        let may_use = match FLOORS.iter().find(|(known, _)| *known == name) {
            Some((_, may_use)) => *may_use,
            None if folder.is_ok_and(|it| it.starts_with("chapters-code")) => {
                &["exercise", "listing", "trial"]
            }
            None if name == "tests" => continue,
            None => {
                faults.push(format!(
                    "{name} has no floor: say in FLOORS what it may use"
                ));
                continue;
            }
        };
        // A chapter's checks are tests, and know no more than it does.
        for used in package
            .dependencies
            .iter()
            .filter(|it| ours.contains(&&*it.name))
        {
            if !may_use.contains(&&*used.name) {
                faults.push(format!(
                    "{name} uses {}, which it should not know",
                    used.name
                ));
            }
        }
        let few = FEW.iter().find(|(known, _)| *known == name);
        let compiled = package
            .dependencies
            .iter()
            .filter(|it| it.kind == DependencyKind::Normal);
        for used in compiled.filter(|it| few.is_some_and(|(_, few)| !few.contains(&&*it.name))) {
            faults.push(format!(
                "{name} uses {}, which each chapter compiles",
                used.name
            ));
        }
    }
    faults
}
