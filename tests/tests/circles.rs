//! No two files of a room reach each other: who reads one file has an end in sight.

pub mod house;

use std::path::{Path, PathBuf};

use house::House;

use crate::workspace::ARROWS;

/// The catalogue of events names every aggregate, and what an aggregate's events are is for the catalogue to say: the
/// rules are one piece by design.
const ONE_PIECE: &str = "domain";

#[test]
fn no_files_of_a_room_reach_each_other() {
    let mut circles = Vec::new();
    for room in rooms().filter(|room| *room != ONE_PIECE) {
        let house = House::read(&root().join(room).join("src"));
        circles.extend(house.circles().into_iter().map(|files| format!("{room}: {files}")));
    }
    assert!(circles.is_empty(), "circles of files:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_seen_through_re_exports_and_paths() {
    let house = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned()));
        House::of(files.collect()).circles()
    };
    let lib = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::B;");
    let a = ("a.rs", "use crate::B; pub struct A(B);");
    assert_eq!(house(&[lib, a, ("b.rs", "pub struct B;")]), [] as [String; 0]);
    let through_lib = house(&[lib, a, ("b.rs", "use crate::A; pub struct B(A);")]);
    assert_eq!(through_lib, ["a.rs -> b.rs -> a.rs"]);
    let by_path = house(&[lib, a, ("b.rs", "pub struct B; fn f() { let _ = crate::a::A; }")]);
    assert_eq!(by_path, ["a.rs -> b.rs -> a.rs"]);
    let parent = [
        ("lib.rs", "mod m;"),
        ("m/mod.rs", "mod child; use child::C; pub struct M(C);"),
        ("m/child.rs", "use super::M; pub struct C; impl C { fn of(_: M) {} }"),
    ];
    assert_eq!(house(&parent), ["m/child.rs -> m/mod.rs -> m/child.rs"]);
    let by_glob = [
        ("lib.rs", "mod a; mod b; pub use a::*; pub use b::*;"),
        ("a.rs", "use crate::B; pub struct A(B);"),
        ("b.rs", "use crate::A; pub struct B(A);"),
    ];
    assert_eq!(house(&by_glob), ["a.rs -> b.rs -> a.rs"]);
}

/// The rooms with code of their own: every crate but those of the tests, and the one that holds features alone.
pub fn rooms() -> impl Iterator<Item = &'static str> {
    let has_code = |room: &&str| !["kurrentdb-stand-in", "shared-features", "tests"].contains(room);
    ARROWS.iter().map(|(room, _)| *room).filter(has_code)
}

/// The folder of the whole workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
