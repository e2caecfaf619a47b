//! 删除: after it no byte of what sealed a person is left in any file of the service, in an export, or in a vault restored from
//! before; what follows from the history stays as it was.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::{PersonId, Role};
use serde_json::json;
use tests::county::TOWN;
use tests::replay::replay;

use super::{each_file, verify};
use crate::http::Service;
use crate::http::play;

/// Pieces of the key, the identity's hash and the sections of a person: 8 random bytes do not come about twice.
fn pieces(data: &Path, person: &str) -> HashSet<[u8; 8]> {
    let person: PersonId = person.parse().unwrap();
    let vault = rusqlite::Connection::open(data.join("vault.sqlite")).unwrap();
    let mut query = vault
        .prepare(
            "SELECT wrapped_key FROM persons WHERE person = ?1
             UNION ALL SELECT identity FROM persons WHERE person = ?1
             UNION ALL SELECT sealed FROM sections WHERE person = ?1",
        )
        .unwrap();
    let found = query.query_map([person.bits().cast_signed()], |row| row.get::<_, Vec<u8>>(0));
    found.unwrap().flat_map(|bytes| bytes.unwrap().as_chunks().0.to_vec()).collect()
}

/// How many of the pieces stand in some file, at any offset.
fn found(folder: &Path, pieces: &HashSet<[u8; 8]>) -> usize {
    let mut there = HashSet::new();
    each_file(folder, |_, bytes| {
        let windows = bytes.windows(8).filter_map(|window| window.as_array::<8>());
        there.extend(windows.filter(|window| pieces.contains(*window)).copied());
    });
    there.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_erased_is_in_no_file_no_export_and_no_restored_vault() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let service = Service::start(&data).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let volunteer = office.post("volunteers", play::adult(1)).await.made();
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let attester = service.account(Role::Attester, Some(TOWN));
    let activity = service.held(&office, 12, &[&volunteer]).await;
    service.served([&recorder, &attester], &volunteer, &activity, 12).await;
    let points = format!("points-bank/{volunteer}");
    let balance = office.get(&points).await.done().json()["balance"].clone();
    service.stop().await;

    let secrets = pieces(&data, &volunteer);
    assert!(secrets.len() > 10 && found(&data, &secrets) == secrets.len(), "the search finds them");
    let before = folder.path().join("before.sqlite");
    fs::copy(data.join("vault.sqlite"), &before).unwrap();

    let service = Service::start(&data).await;
    let office = service.account(Role::CountyOffice, None);
    let past = "quota?as_of=2021-11-12T01:00:00Z";
    office.get(past).await.done();
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    office.post(&format!("volunteers/{volunteer}/erasure"), erasure).await.done();
    assert_eq!(found(&data, &secrets), 0, "also while the service runs");
    assert_eq!(office.get(&points).await.done().json()["balance"], balance);
    service.stop().await;
    assert_eq!(found(&data, &secrets), 0);

    let out = folder.path().join("out");
    let (at, to) = (data.to_str().unwrap().to_owned(), out.to_str().unwrap().to_owned());
    let exported = move || replay(&["--data", &at, "export", "--dir", &to]);
    let exported = tokio::task::spawn_blocking(exported).await.unwrap();
    assert_eq!(exported.code, 0, "{}", exported.said());
    assert_eq!(found(&out, &secrets), 0);

    // A backup made before the erasure is put back.
    for suffix in ["", "-wal", "-shm"] {
        drop(fs::remove_file(data.join(format!("vault.sqlite{suffix}"))));
    }
    fs::copy(&before, data.join("vault.sqlite")).unwrap();
    assert_eq!(found(&data, &secrets), secrets.len());
    let service = Service::start(&data).await;
    let begun = Instant::now();
    while found(&data, &secrets) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(120), "the restored vault was not seen to");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    service.stop().await;
    assert_eq!(found(&data, &secrets), 0);
    let verdict = verify(&data).await;
    assert_eq!(verdict.code, 0, "{}", verdict.said());
}
