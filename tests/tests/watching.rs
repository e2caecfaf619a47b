//! Somebody keeps an eye on a county's ledger with the auditors' program, over HTTP and with a policy alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::Role;
use ledger::{Checkpoint, Note};
use serde_json::json;
use tests::county::COUNTY;

use crate::http::{Account, Service};

/// The watcher's own files.
struct Watcher {
    policy: PathBuf,
    mirror: PathBuf,
}

impl Watcher {
    async fn look(&self, service: &Service) -> (u8, String) {
        let url = format!("{}/ledger", service.base());
        let [policy, mirror] = [&self.policy, &self.mirror].map(|path| path.display().to_string());
        replay(vec![
            "watch".into(),
            url,
            "--once".into(),
            "--policy".into(),
            policy,
            "--folder".into(),
            mirror,
        ])
        .await
    }
}

async fn replay(args: Vec<String>) -> (u8, String) {
    let run = move || tests::replay::replay(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let answer = tokio::task::spawn_blocking(run).await.unwrap();
    (answer.code, answer.said())
}

/// Waits until the published checkpoint covers the log; gives its size.
async fn published(service: &Service, anybody: &Account) -> u64 {
    let head = service.app.store.head().await.unwrap().0;
    let begun = Instant::now();
    loop {
        let reply = anybody.get("/ledger/checkpoint").await;
        if let Ok(note) = reply.body.parse::<Note>()
            && let Ok(Checkpoint { size, .. }) = Checkpoint::of(&note)
            && size >= head
        {
            return size;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "no checkpoint over {head} events");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn declare(office: &Account, headcount: u32) {
    let declared = json!({"headcount": headcount});
    office.post(&format!("units/{COUNTY}/headcount"), declared).await.done();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_put_back_and_gone_on_with_raises_an_alarm_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (data, before) = (folder.path().join("data"), folder.path().join("before"));
    fs::create_dir(&data).unwrap();
    let watcher =
        Watcher { policy: folder.path().join("policy"), mirror: folder.path().join("mirror") };
    let service = Service::start(&data).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    service.county(&office).await;
    let seen = published(&service, &anybody).await;
    let key = anybody.get("/ledger/key").await.done().body;
    fs::write(&watcher.policy, format!("log {key}quorum none\n")).unwrap();
    let (code, said) = watcher.look(&service).await;
    assert!(code == 0 && said.contains(&format!("{seen} events")), "{said}");
    service.stop().await;
    copy(&data, &before);

    let service = Service::start(&data).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    for headcount in [311, 312] {
        declare(&office, headcount).await;
    }
    let grown = published(&service, &anybody).await;
    assert!(grown > seen);
    let (code, said) = watcher.look(&service).await;
    assert!(code == 0 && said.contains(&format!("{grown} events")), "{said}");
    let (code, said) = watcher.look(&service).await;
    assert!(code == 0 && !said.contains("events"), "nothing new: {said}");
    service.stop().await;

    // The office puts the older state back and lets another history follow, with its own key.
    fs::remove_dir_all(&data).unwrap();
    copy(&before, &data);
    let service = Service::start(&data).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    published(&service, &anybody).await;
    let (code, said) = watcher.look(&service).await;
    assert!(
        code == 1
            && said.contains("ALARM")
            && said.contains(&format!("where it had stated {grown}")),
        "{said}"
    );
    for headcount in [411, 412, 413] {
        declare(&office, headcount).await;
    }
    published(&service, &anybody).await;
    let (code, said) = watcher.look(&service).await;
    assert!(code == 1 && said.contains("ALARM") && said.contains("are not those"), "{said}");
    service.stop().await;

    let verify = |ledger: &Path| {
        let [data, ledger, policy] =
            [&data, ledger, &watcher.policy].map(|it| it.display().to_string());
        vec![
            "verify".into(),
            "--data".into(),
            data,
            "--policy".into(),
            policy,
            "--ledger".into(),
            ledger,
        ]
    };
    let (code, said) = replay(verify(&data.join("ledger"))).await;
    assert_eq!(code, 0, "it agrees with itself: {said}");
    let (code, said) = replay(verify(&watcher.mirror)).await;
    let named = format!("[ledger.leaf] position {} stream unit-{COUNTY}", seen + 1);
    assert!(
        code == 1 && said.contains(&named) && said.contains("[ledger.root]"),
        "{named}: {said}"
    );
}
