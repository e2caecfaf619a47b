use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{audit, on, verify};

/// What codes begin with.
const ABOUT: [&str; 19] = [
    "access",
    "bulletin",
    "decision",
    "event",
    "evidence",
    "expedited",
    "hours",
    "ledger",
    "log",
    "meeting",
    "points",
    "read_models",
    "service",
    "squad",
    "star",
    "stream",
    "supervision",
    "survey",
    "vault",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Every code in the sources of `verify` and `audit`.
fn codes() -> BTreeSet<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    ["audit", "verify"].iter().for_each(|folder| sources(&src.join(folder), &mut files));
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    let is_code = |text: &&str| {
        let part = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        };
        text.split_once('.').is_some_and(|(about, rest)| ABOUT.contains(&about) && part(rest))
    };
    texts
        .flat_map(|text| text.split('"').filter(is_code).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_finding_says_what_it_means_and_what_to_do_next() {
    let codes: BTreeSet<String> =
        codes().into_iter().filter(|code| !code.ends_with(".sqlite")).collect();
    assert!(codes.len() > 120, "{}", codes.len());
    let silent: Vec<_> = codes.iter().filter(|code| on(code).is_none()).collect();
    assert!(silent.is_empty(), "no advice on {silent:?}");
    let all = verify::ALL.iter().chain(audit::ALL);
    for advice in all {
        assert!(codes.contains(advice.code), "{} is never found", advice.code);
        assert!(
            advice.zh.ends_with('。') && advice.zh.contains(';'),
            "{}: {}",
            advice.code,
            advice.zh
        );
        assert!(advice.en.ends_with('.') && advice.en.len() > 40, "{}: {}", advice.code, advice.en);
    }
}
