//! An error of the disk, or want of room on it: commands are refused and say why, reads go on, nothing acknowledged is lost.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Role;
use event_store::{FaultPoint, Faults, SqliteOptions};
use serde_json::json;
use tests::county::{COUNTY, TOWN};

use super::{Service, after};

/// Fails to write while told to.
struct Disk {
    error: ErrorKind,
    broken: AtomicBool,
}

impl Disk {
    fn new(error: ErrorKind) -> Arc<Self> {
        Arc::new(Self { error, broken: AtomicBool::new(false) })
    }
}

impl Faults for Disk {
    fn at(&self, point: FaultPoint) -> io::Result<()> {
        if point == FaultPoint::BeforeWrite && self.broken.load(Ordering::SeqCst) {
            return Err(self.error.into());
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_disk_halts_commands_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(ErrorKind::Other);
    let options =
        SqliteOptions { faults: Some(Arc::clone(&disk) as _), ..SqliteOptions::default() };
    let service = Service::start_with(folder.path(), options).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    service.county(&office).await;
    let path = format!("units/{TOWN}/headcount");
    let acknowledged = office.post_once(&path, "before", json!({"headcount": 40})).await.done();
    office.get(&after("quota", acknowledged.position())).await.done();
    assert_eq!(anybody.get("/healthz").await.done().body, "ok\n");
    assert_eq!(anybody.get("/readyz").await.done().json(), json!({"ready": true, "reasons": []}));

    disk.broken.store(true, Ordering::SeqCst);
    let refused = office.post_once(&path, "during", json!({"headcount": 41})).await;
    refused.refused(503, "store.halted");
    assert!(
        refused.body.contains("磁盘写入失败") && refused.body.contains("writing to disk failed"),
        "{}",
        refused.body
    );
    assert!(refused.headers.contains_key("retry-after"));
    // That it writes again does not heal it: what was in flight must be read back first.
    disk.broken.store(false, Ordering::SeqCst);
    office.post_once(&path, "during", json!({"headcount": 41})).await.refused(503, "store.halted");
    let ready = anybody.get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (503, &json!(false)));
    let reasons = ready.json()["reasons"].clone();
    assert_eq!(reasons[0]["code"], "store.halted", "{reasons}");
    assert!(reasons[0]["zh"].as_str().unwrap().contains("磁盘写入失败"), "{reasons}");
    anybody.get("/healthz").await.done();
    let row = office.get(&format!("quota/{TOWN}")).await.done().json();
    assert_eq!(row["headcount"], 40, "reads go on");
    anybody.get("notices").await.done();
    let head = service.head().await;
    service.stop().await;

    let service = Service::start(folder.path()).await;
    let office = service.again(&office);
    assert_eq!(service.head().await, head);
    let facts = office.get(&format!("streams/unit-{TOWN}")).await.done().json();
    let last = facts["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["kind"], &last["data"]["headcount"]),
        (&json!("HeadcountDeclared"), &json!(40))
    );
    let done = office.post_once(&path, "during", json!({"headcount": 41})).await.done();
    assert_eq!(done.json()["repeated"], json!(false), "it had not been done");
    let county =
        office.get(&after(&format!("quota/{COUNTY}"), done.position())).await.done().json();
    assert_eq!(county["headcount_total"], 41);
    assert_eq!(service.anybody().get("/readyz").await.done().json()["ready"], json!(true));
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_pauses_commands_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(ErrorKind::StorageFull);
    let options =
        SqliteOptions { faults: Some(Arc::clone(&disk) as _), ..SqliteOptions::default() };
    let service = Service::start_with(folder.path(), options).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    service.county(&office).await;
    let path = format!("units/{TOWN}/headcount");
    disk.broken.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        let refused = office.post_once(&path, "during", json!({"headcount": 41})).await;
        refused.refused(503, "store.full");
        assert!(refused.headers.contains_key("retry-after"));
    }
    let ready = anybody.get("/readyz").await;
    assert_eq!((ready.status, &ready.json()["reasons"][0]["code"]), (503, &json!("store.paused")));
    office.get("quota").await.done();
    disk.broken.store(false, Ordering::SeqCst);
    let done = office.post_once(&path, "during", json!({"headcount": 41})).await.done();
    assert_eq!(done.json()["repeated"], json!(false), "it had not been done");
    service.shown(&office, &format!("quota/{TOWN}"), |row| row["headcount"] == 41).await;
    assert_eq!(anybody.get("/readyz").await.done().json()["ready"], json!(true));
    service.stop().await;
}
