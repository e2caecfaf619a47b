//! `docs/glossary.md` has a line for everything that may happen and everybody who may act.

use domain::catalogue::CATALOGUE;
use domain::{Actor, ActorId, Role};

fn glossary() -> String {
    let path = format!("{}/../docs/glossary.md", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_event_has_its_line() {
    let glossary = glossary();
    let named = |kind: &str| {
        glossary.lines().any(|line| line.starts_with("| ") && line.contains(&format!("`{kind}`")))
    };
    let missing: Vec<_> =
        CATALOGUE.iter().map(|entry| entry.name).filter(|kind| !named(kind)).collect();
    assert!(missing.is_empty(), "docs/glossary.md has no line for {missing:?}");
}

#[test]
fn every_role_has_its_line() {
    let glossary = glossary();
    let others = [Actor::system(ActorId::resident()).role, Actor::resident().role];
    for role in Role::FOR_TOKENS.into_iter().chain(others) {
        assert!(glossary.contains(&format!("`Role::{role:?}`")), "no line for {role:?}");
    }
}

#[test]
fn every_line_has_four_cells() {
    for line in glossary().lines().filter(|line| line.starts_with('|')) {
        let cells = line.split('|').filter(|cell| !cell.trim().is_empty()).count();
        assert_eq!(cells, 4, "{line}");
    }
}
