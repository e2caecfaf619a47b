//! The house keeps its shape: which crate may know which, and what may come in from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Crate → the crates of ours that it may use.
pub const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("event-store", &[]),
    ("vault", &[]),
    ("evidence", &[]),
    ("ledger", &[]),
    ("serving", &[]),
    ("shared-features", &["event-store", "evidence", "keeper", "vault"]),
    ("keeper", &["event-store", "ledger", "serving"]),
    ("projections", &["domain", "event-store"]),
    (
        "application",
        &["domain", "event-store", "evidence", "keeper", "papers", "projections", "vault"],
    ),
    ("papers", &["ledger", "projections"]),
    (
        "api",
        &[
            "application",
            "domain",
            "event-store",
            "evidence",
            "keeper",
            "ledger",
            "papers",
            "projections",
            "serving",
            "vault",
        ],
    ),
    ("demo", &["application", "domain", "event-store", "projections", "vault"]),
    (
        "yuanfa",
        &[
            "api",
            "application",
            "demo",
            "domain",
            "event-store",
            "evidence",
            "keeper",
            "ledger",
            "papers",
            "projections",
            "serving",
            "vault",
        ],
    ),
    (
        "replay-tool",
        &[
            "domain",
            "event-store",
            "evidence",
            "keeper",
            "ledger",
            "papers",
            "projections",
            "shared-features",
            "vault",
        ],
    ),
    ("kurrentdb-stand-in", &[]),
    (
        "tests",
        &[
            "api",
            "application",
            "demo",
            "domain",
            "event-store",
            "evidence",
            "keeper",
            "kurrentdb-stand-in",
            "ledger",
            "projections",
            "replay-tool",
            "shared-features",
            "vault",
            "yuanfa",
        ],
    ),
];

/// Crate → the crates of ours that its own tests may use besides.
const TESTED_WITH: &[(&str, &[&str])] = &[
    ("api", &["shared-features"]),
    ("application", &["shared-features"]),
    ("demo", &["shared-features"]),
    ("event-store", &["event-store"]),
    ("evidence", &["serving"]),
    ("kurrentdb-stand-in", &["event-store"]),
    ("projections", &["shared-features"]),
    ("yuanfa", &["shared-features"]),
];

/// What `domain` may use: it has no way to IO, clocks, randomness or `async`.
const PURE: &[&str] =
    &["jiff", "serde", "serde_json", "thiserror", "unicode-normalization", "uuid"];

/// Licences that go together with ours.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MulanPSL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that must not come in, why, and the crates of others that may bring them along for themselves.
const BANNED: &[(&str, &str, &[&str])] = &[
    ("openssl-sys", "TLS is rustls' work; no C library of the machine", &[]),
    ("native-tls", "as openssl-sys", &[]),
    ("rsa", "open advisory on timing", &[]),
    ("chrono", "time is jiff's work", &["kurrentdb", "object_store", "shared-features"]),
    ("time", "time is jiff's work", &["rcgen", "x509-parser", "yasna", "asn1-rs"]),
    ("eventstore", "no further releases; its successor is kurrentdb", &[]),
];

fn metadata() -> Metadata {
    MetadataCommand::new().other_options(["--locked".into()]).exec().unwrap()
}

#[test]
fn arrows_between_our_crates_point_one_way() {
    let metadata = metadata();
    let ours: BTreeSet<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    assert_eq!(
        ours,
        ARROWS.iter().map(|(one, _)| *one).collect(),
        "every crate stands in the table"
    );
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if ours.contains(name) {
                let tests_only = dependency.kind == DependencyKind::Development;
                let may = knows(ARROWS, &package.name, name)
                    || tests_only && knows(TESTED_WITH, &package.name, name);
                assert!(may, "{} must not know {name}", package.name);
            }
        }
    }
}

fn knows(table: &[(&str, &[&str])], package: &str, name: &str) -> bool {
    table.iter().any(|(one, known)| *one == package && known.contains(&name))
}

#[test]
fn domain_is_pure() {
    let metadata = metadata();
    let domain = metadata
        .workspace_packages()
        .into_iter()
        .find(|package| package.name.as_str() == "domain")
        .unwrap();
    for dependency in domain.dependencies.iter().filter(|one| one.kind == DependencyKind::Normal) {
        assert!(
            PURE.contains(&dependency.name.as_str()),
            "domain must not use {}",
            dependency.name
        );
    }
}

#[test]
fn licences_go_together() {
    for package in metadata().packages {
        let licence = package.license.unwrap_or_default().replace('/', " OR ");
        assert!(fits(&licence), "{} is under {licence:?}", package.name);
    }
}

/// Whether an SPDX expression can be met from [`LICENCES`]: every `AND` part by one of its `OR` parts.
fn fits(expression: &str) -> bool {
    let parts = expression.replace(['(', ')'], " ").replace(" WITH LLVM-exception", "");
    parts
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn the_licence_check_can_fail() {
    assert!(fits("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(fits("MIT OR GPL-3.0"));
    assert!(!fits("GPL-3.0-only"));
    assert!(!fits("MIT AND AGPL-3.0"));
    assert!(!fits(""));
}

#[test]
fn banned_crates_stay_out() {
    let metadata = metadata();
    for node in &metadata.resolve.as_ref().unwrap().nodes {
        let user = metadata[&node.id].name.as_str();
        for used in &node.dependencies {
            let used = metadata[used].name.as_str();
            if let Some((name, why, brought_by)) = BANNED.iter().find(|(name, ..)| *name == used) {
                assert!(brought_by.contains(&user), "{user} brings in {name}, but {why}");
            }
        }
    }
}

#[test]
fn every_crate_of_ours_carries_the_licence() {
    for package in metadata().workspace_packages() {
        assert_eq!(
            package.license.as_deref(),
            Some("MulanPSL-2.0 OR Apache-2.0"),
            "{}",
            package.name
        );
    }
}

#[test]
fn replay_alone_is_built_of_what_both_programs_are_built_of() {
    let both = features(&["yuanfa", "replay-tool"], "normal,build");
    let replay = features(&["replay-tool"], "normal,build");
    assert_eq!(other_features(&replay, &both), Vec::<String>::new(), "shared-features lacks them");
}

#[test]
fn the_tests_of_a_room_are_built_of_what_the_scenarios_are_built_of() {
    let scenarios = features(&["tests"], "normal,build,dev");
    for room in ["api", "application", "demo", "projections", "replay-tool", "yuanfa"] {
        let room = features(&[room], "normal,build,dev");
        assert_eq!(
            other_features(&room, &scenarios),
            Vec::<String>::new(),
            "the feature `tests` of shared-features lacks them"
        );
    }
}

/// Crate → the sets of features with which a build of these packages compiles it.
type Features = BTreeMap<String, BTreeSet<String>>;

fn features(packages: &[&str], edges: &str) -> Features {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--edges", edges, "--prefix", "none", "--format", "{p}|{f}|"]);
    cargo.args(packages.iter().flat_map(|package| ["-p", package]));
    let tree = cargo.output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let mut features = Features::new();
    let tree = String::from_utf8(tree.stdout).unwrap();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        // A last part marks what stood there before.
        let mut parts = line.split('|').map(str::to_owned);
        let (package, set) = (parts.next().unwrap(), parts.next().unwrap());
        features.entry(package).or_default().insert(set);
    }
    assert!(features.len() > 200, "{features:?}");
    features
}

/// What `part` compiles otherwise than `whole`, which compiles the same crate too.
fn other_features(part: &Features, whole: &Features) -> Vec<String> {
    part.iter()
        .filter_map(|(package, sets)| Some((package, sets, whole.get(package)?)))
        .filter(|(_, sets, known)| !sets.is_subset(known))
        .map(|(package, sets, known)| format!("{package}: {sets:?}, not {known:?}"))
        .collect()
}
