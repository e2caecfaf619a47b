//! `yuanfa doctor` finds what is wrong and names what mends it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Instant;

use super::{PATIENCE, Place, client};

/// Exit code and words.
fn doctor(place: &Place, more: &[&str]) -> (Option<i32>, String) {
    let output = place.program.run(&[&["doctor"], more].concat());
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[track_caller]
fn finds(place: &Place, wanted: &[&str]) {
    let (code, said) = doctor(place, &[]);
    assert_eq!(code, Some(1), "{said}");
    for word in wanted {
        assert!(said.contains(word), "not {word:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_found_with_what_mends_it_and_what_is_well_is_not_complained_of() {
    let place = Place::new();
    finds(&place, &["数据目录", "--data DIR"]);
    place.office();
    let data = place.file("data");
    {
        let (_serving, address) = place.program.serve();
        let begun = Instant::now();
        while client().get(format!("{address}/readyz")).send().await.unwrap().status() != 200 {
            assert!(begun.elapsed() < PATIENCE);
        }
        let listen = address.trim_start_matches("http://").to_owned();
        let (code, said) = doctor(&place, &["--listen", &listen]);
        assert!(code == Some(0) && said.contains("The service is ready."), "{said}");
    }
    let (code, said) = doctor(&place, &["--trusted-proxy", "127.0.0.1"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("wrong]"), "{said}");
    assert!(said.contains("yuanfa backup DIR"), "{said}");

    let (code, said) = doctor(&place, &["--listen", "0.0.0.0:0"]);
    assert!(code == Some(1) && said.contains("travel in clear"), "{said}");

    fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    finds(&place, &["chmod -R go="]);
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();

    let ledger = data.join("ledger");
    fs::write(ledger.join("halted"), "a file of the ledger failed\n").unwrap();
    finds(&place, &["a file of the ledger failed", "yuanfa ledger repair"]);
    let mended = place.program.succeed(&["ledger", "repair"]);
    assert!(mended.contains("the halt is lifted"), "{mended}");
    assert_eq!(doctor(&place, &[]).0, Some(0));

    fs::rename(ledger.join("key"), place.file("key")).unwrap();
    finds(&place, &["账本密钥缺失", "§9"]);
    fs::rename(place.file("key"), ledger.join("key")).unwrap();
    fs::rename(data.join("vault.key"), place.file("vault.key")).unwrap();
    finds(&place, &["主密钥缺失", "§9"]);
    fs::rename(place.file("vault.key"), data.join("vault.key")).unwrap();

    place.program.succeed(&["backup", place.file("backup").to_str().unwrap()]);
    let (code, said) = doctor(&place, &[]);
    assert!(code == Some(0) && said.contains("The last backup was made"), "{said}");
}
