//! The habits of the house, read from the tree: where tests lie, and how long a file is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::circles::house::House;
use crate::circles::{rooms, root};

/// No source file is longer.
const LONGEST: usize = 400;
/// A file that is shorter joins its only user.
const SHORTEST: usize = 40;

/// Short files with a single user, or none that an arrow shows, or folders of such, and why they stand alone.
const ALONE: &[(&str, &str)] = &[
    ("api/src/routes/", "a file for each thing that has addresses"),
    ("application/src/commands/", "a file for each aggregate"),
    ("application/src/imports/carry/", "a file for each table"),
    ("application/src/queries/", "a file for each read model"),
    ("domain/src/ledger_key/events.rs", "what may happen stands apart from the rules"),
    ("domain/src/privacy/redacted.rs", "a method of `Event`, which is taken by no path"),
    ("projections/src/models/", "a file each for rows, fold and query of a read model"),
    ("replay-tool/src/cli/", "a file for each command"),
    ("replay-tool/src/explain/", "a file for each aggregate"),
    ("replay-tool/src/show/", "a file for each read model"),
    ("yuanfa/src/cli/", "a file for each command"),
];

/// Every Rust file of the workspace, tests included, as a path from its root.
fn sources() -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = rooms().map(|room| root().join(room)).collect();
    folders.push(root().join("tests"));
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(root()).unwrap().to_owned(), text);
            }
        }
    }
    assert!(found.len() > 500, "{} files", found.len());
    found
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn unit_tests_lie_in_files_of_their_own() {
    let inline = ["mod tests", " {"].concat();
    let wrong = sources().into_iter().filter(|(path, text)| {
        let named_after = path.iter().any(|part| part.to_str().unwrap().ends_with("_tests.rs"));
        named_after || text.lines().any(|line| line.trim_end() == inline)
    });
    let wrong: Vec<_> = wrong.map(|(path, _)| path).collect();
    assert!(wrong.is_empty(), "unit tests of x.rs lie in x/tests.rs: {wrong:?}");
}

#[test]
fn no_file_is_too_long() {
    let long = sources().into_iter().map(|(path, text)| (path, text.lines().count()));
    let long: Vec<_> = long.filter(|(_, lines)| *lines > LONGEST).collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:?}");
}

#[test]
fn a_short_file_has_more_than_one_user() {
    let mut alone = Vec::new();
    for room in rooms() {
        let src = Path::new(room).join("src");
        let house = House::read(&root().join(&src));
        let arrows = house.arrows();
        for file in arrows.keys() {
            let text = std::fs::read_to_string(root().join(&src).join(file)).unwrap();
            let users = arrows.values().filter(|to| to.contains(file)).count();
            let sign = matches!(name_of(file), "mod.rs" | "lib.rs" | "main.rs");
            if text.lines().count() < SHORTEST && users < 2 && !sign {
                alone.push(src.join(file).to_str().unwrap().to_owned());
            }
        }
    }
    let listed = |path: &String| ALONE.iter().any(|(alone, _)| path.starts_with(alone));
    let new: Vec<_> = alone.iter().filter(|path| !listed(path)).collect();
    assert!(new.is_empty(), "shorter than {SHORTEST} lines, and one user at most: {new:#?}");
    for (listed, why) in ALONE {
        let is_alone = listed.ends_with('/') || alone.iter().any(|path| path == listed);
        assert!(!why.is_empty() && is_alone, "{listed} is listed for nothing");
    }
}
