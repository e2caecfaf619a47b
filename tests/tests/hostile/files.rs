//! What the service keeps is its owner's alone.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::Place;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(below(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn nobody_else_may_read_anything_whatever_the_folder_was_like() {
    let place = Place::new();
    let data = place.file("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    drop(place.program.serve_through("sh", &["-c", "umask 000; exec \"$@\"", "sh"]));
    let files = below(&data);
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        assert_eq!(mode(&file) & 0o077, 0, "{}: {:o}", file.display(), mode(&file));
    }
}

#[test]
fn a_filled_folder_that_is_open_to_others_is_refused_with_the_command_that_mends_it() {
    let place = Place::new();
    place.office();
    let data = place.file("data");
    for others in [0o750, 0o705, 0o711] {
        fs::set_permissions(&data, Permissions::from_mode(others)).unwrap();
        let refused = place.program.run(&["token", "list"]);
        assert_eq!(refused.status.code(), Some(3));
        assert_eq!(mode(&data), others, "nothing was changed");
    }
    let mended = std::process::Command::new("chmod").args(["-R", "go="]).arg(&data).status();
    assert!(mended.unwrap().success());
    place.program.succeed(&["token", "list"]);
}
