//! The text literals of a source file: sentences and codes of rooms that `domain` does not know are read there.

use std::path::{Path, PathBuf};

use crate::sources::files;

/// Where a literal begins, and what it says.
pub type Literal = (usize, String);

/// The sources of a room below the root of the repository, without their tests.
pub fn room(folder: &str) -> Vec<(String, String)> {
    let is_test = |path: &Path| path.iter().any(|part| part == "tests" || part == "tests.rs");
    read(folder, |path| !is_test(path))
}

/// Files of a folder, by their path below the root of the repository.
pub fn read(folder: &str, wanted: impl Fn(&Path) -> bool) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut paths: Vec<PathBuf> = vec![];
    files(&root.join(folder), &mut paths);
    paths.retain(|path| path.extension().is_some_and(|it| it == "rs"));
    paths.sort();
    let below = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let wanted =
        paths.iter().map(|path| (below(path), path)).filter(|(it, _)| wanted(Path::new(it)));
    wanted.map(|(name, path)| (name, std::fs::read_to_string(path).unwrap())).collect()
}

/// The literals in their order; comments hold none.
pub fn literals(source: &str) -> Vec<Literal> {
    let mut found: Vec<Literal> = vec![];
    let (mut at, mut open) = (0, None::<Literal>);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at + c.len_utf8()..];
        let mut step = c.len_utf8();
        match (&mut open, c) {
            (None, '/') if rest.starts_with('/') => {
                step = rest.find('\n').map_or(rest.len(), |to| to + 1)
            }
            (None, '\'') if rest.starts_with("\"'") => step = 3,
            (None, '"') => open = Some((at, String::new())),
            (None, _) => {}
            (Some(_), '"') => found.extend(open.take()),
            (Some((_, text)), '\\') => {
                let escaped = rest.chars().next().unwrap();
                step += escaped.len_utf8();
                match escaped {
                    '\n' => step += rest.len() - 1 - rest[1..].trim_start().len(),
                    'n' => text.push(' '),
                    other => text.push(other),
                }
            }
            (Some((_, text)), other) => text.push(other),
        }
        at += step;
    }
    found
}

/// Whether it is written as codes of refusals are: `aggregate.rule`.
pub fn is_code(text: &str) -> bool {
    let word = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split_once('.').is_some_and(|(of, rule)| word(of) && word(rule))
}

pub fn is_chinese(text: &str) -> bool {
    text.contains(|c| ('一'..='龥').contains(&c))
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = "f('\"', \"a.b\"); // \"none\"\n\"two \\\n   lines\" \"a \\\"quote\\\"\"";
    let texts: Vec<_> = literals(source).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["a.b", "two lines", "a \"quote\""]);
    assert!(is_code("meeting.no_quorum") && !is_code("a") && !is_code("file.RS") && !is_code("a."));
}
