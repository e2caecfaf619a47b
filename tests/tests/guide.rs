//! `docs/adding-an-aggregate.md` leads to files that are there.

use std::path::Path;

#[test]
fn every_file_that_the_guide_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = std::fs::read_to_string(root.join("docs/adding-an-aggregate.md")).unwrap();
    // Words in backquotes that are paths: with a folder, or a document beside the guide's own.
    let named: Vec<&str> = guide
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| !word.contains(' ') && (word.contains('/') || word.ends_with(".md")))
        .collect();
    let gone: Vec<_> = named.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(gone.is_empty(), "the guide names what is not there: {gone:?}");
    for room in ["domain", "projections", "application", "api", "replay-tool", "tests"] {
        let inside = format!("{room}/");
        assert!(named.iter().any(|path| path.starts_with(&inside)), "nothing of {room}");
    }
}
