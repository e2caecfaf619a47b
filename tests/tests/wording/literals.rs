//! The text literals of Rust source, without its comments and tests.

use std::path::{Path, PathBuf};

/// Every source file below a folder but those of tests.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if matches!(name, "tests" | "tests.rs" | "testing" | "testing.rs") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The texts of a file, each with the line on which it begins.
pub fn of(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let line = || source[..source.len() - rest.len() + at].matches('\n').count() + 1;
        let here = &rest[at..];
        let length = if here.starts_with("//") {
            here.find('\n').unwrap_or(here.len())
        } else if let Some(text) = here.strip_prefix('"') {
            let end = end_of(text);
            found.push((line(), unescaped(&text[..end])));
            end + 2
        } else {
            character(here).unwrap_or(1)
        };
        rest = here.get(length..).unwrap_or_default();
    }
    found
}

/// Where the closing quotation mark stands.
fn end_of(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// The length of a character literal; none where the mark begins a lifetime.
fn character(here: &str) -> Option<usize> {
    let inner = here.strip_prefix('\'')?;
    let length = if inner.starts_with('\\') { 2 } else { inner.chars().next()?.len_utf8() };
    let end = inner.get(length..)?.find('\'')?;
    (end == 0 || inner.starts_with('\\')).then_some(1 + length + end + 1)
}

/// As it is told: joined over lines, with its quotation marks.
fn unescaped(text: &str) -> String {
    let mut told = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            ('\\', Some('\n')) => while characters.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n')) => {
                characters.next();
                told.push('\n');
            }
            ('\\', Some(_)) => told.extend(characters.next()),
            (c, _) => told.push(c),
        }
    }
    told
}
