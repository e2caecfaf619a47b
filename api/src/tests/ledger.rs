//! The ledger as anybody reads it: from checkpoint, key and tiles alone.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use event_store::Position;
use keeper::witness::{Witness, serve};
use ledger::{Checkpoint, Hash, KeyKind, Note, Policy, SigningKey, Tile, Tree, VerifyingKey};
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use super::{Options, Service, until};

impl Service {
    async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_checks_checkpoint_and_tiles_against_what_the_log_holds() {
    let service = Service::start().await;
    service.county().await;
    for headcount in 1..=300 {
        let declared = json!({"headcount": headcount});
        let done = service.post("/api/v1/units/330225/headcount", declared).await;
        assert!(done.status.is_success(), "{}", done.text);
    }
    let events = service.state.app.store.read_all(Position::START, 1000).await.unwrap();
    let size = events.len() as u64;
    until(service.state.ledger.published(), |one| one.as_ref().is_some_and(|one| one.size == size))
        .await;

    let note: Note = service.get_as("/ledger/checkpoint", None).await.text.parse().unwrap();
    let key: VerifyingKey =
        service.get_as("/ledger/key", None).await.text.trim_end().parse().unwrap();
    note.signed_by(&key).unwrap();
    let checkpoint = Checkpoint::of(&note).unwrap();
    assert_eq!((&*checkpoint.origin, checkpoint.size), (key.name(), size));
    let mut tree = Tree::default();
    for tile in Tile::all(size).filter(|tile| tile.level() == 0) {
        let bytes = service.bytes(&format!("/ledger/{tile}")).await;
        bytes.as_chunks().0.iter().for_each(|leaf| tree.append(Hash(*leaf), |_, _, _| ()));
    }
    assert_eq!((tree.size(), tree.root()), (size, checkpoint.root));
    let mut log = Tree::default();
    events.iter().for_each(|event| log.append(keeper::leaf(event), |_, _, _| ()));
    assert_eq!(log.root(), checkpoint.root);

    let absent = service.get_as("/ledger/tile/0/001.p/255", None).await;
    absent.refused(404, "ledger.no_tile");
    for name in ["0/1", "entries/000", "64/000", "0/000.p/256", "0/../key"] {
        let unknown = service.get_as(&format!("/ledger/tile/{name}"), None).await;
        unknown.refused(404, "ledger.no_tile_name");
    }
    let status = service.get_as("/ledger/status", None).await.json();
    let expected = json!({
        "health": "following", "signed": size, "published": size, "pending": 0, "witnesses": []
    });
    assert_eq!(status, expected);
    let figures = service.figures().await;
    assert!(figures.contains("yuanfa_ledger_leaves"), "{figures}");
}

/// A ledger whose key is known beforehand, and a witness of it at an address where nobody listens yet.
async fn witnessed(folder: &TempDir) -> (Policy, Arc<Witness>, TcpListener) {
    let key = SigningKey::new("county.example.invalid", KeyKind::Log, &[1; 32]).unwrap();
    fs::create_dir(folder.path().join("ledger")).unwrap();
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600);
    let mut file = file.open(folder.path().join("ledger/key")).unwrap();
    file.write_all(key.reveal().as_bytes()).unwrap();
    let logs = format!("log {}\n", key.public());
    let accepts = format!("{logs}quorum none\n").parse().unwrap();
    let witness =
        Witness::open(&folder.path().join("witness"), accepts, Some("court.invalid")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let policy = format!("{logs}witness court {} http://{address}\nquorum court\n", witness.key());
    (policy.parse().unwrap(), Arc::new(witness), listener)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_published_before_the_policy_is_met_and_the_status_says_so() {
    let folder = TempDir::new().unwrap();
    let (policy, witness, listener) = witnessed(&folder).await;
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut options = Options::default();
    options.service.ledger.policy = Some(policy.clone());
    let service = Service::start_in(folder, options).await;
    service.county().await;
    until(service.state.ledger.signed(), |one| one.as_ref().is_some_and(|one| one.size == 1)).await;
    until(service.state.ledger.witnesses(), |one| {
        one.states.iter().any(|one| one.trouble.is_some())
    })
    .await;
    service.get_as("/ledger/checkpoint", None).await.refused(503, "ledger.unsigned");
    service.get_as("/ledger/tile/0/000.p/1", None).await.refused(404, "ledger.no_tile");
    let status = service.get_as("/ledger/status", None).await.json();
    let expected = json!({
        "health": "following", "signed": 1, "published": 0, "pending": 1,
        "witnesses": [{"name": "court", "cosigned": null, "trouble": "failing"}]
    });
    assert_eq!(status, expected);
    let ready = service.get_as("/readyz", None).await.text;
    assert!(!ready.contains("ledger."), "a silent witness stops nobody: {ready}");

    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(serve(witness, listener, std::future::pending()));
    until(service.state.ledger.published(), |one| one.as_ref().is_some_and(|one| one.size == 1))
        .await;
    let note: Note = service.get_as("/ledger/checkpoint", None).await.text.parse().unwrap();
    assert!(policy.accept(&note).unwrap().witnesses.contains_key("court"));
    let status = service.get_as("/ledger/status", None).await.json();
    assert_eq!((&status["published"], &status["pending"]), (&json!(1), &json!(0)));
    let figures = service.figures().await;
    assert!(figures.contains("yuanfa_ledger_witnesses_contradicting"), "{figures}");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn witnesses_of_another_history_make_the_service_not_ready() {
    let folder = TempDir::new().unwrap();
    let (policy, witness, listener) = witnessed(&folder).await;
    // The same key has signed another history.
    let key: SigningKey =
        fs::read_to_string(folder.path().join("ledger/key")).unwrap().parse().unwrap();
    let origin = key.public().name().into();
    let mut checkpoint = Checkpoint { origin, size: 9, root: Hash([9; 32]) }.note().unwrap();
    checkpoint.sign(&key);
    witness.cosign(&ledger::Submission { old: 0, proof: Vec::new(), checkpoint }, 1).unwrap();
    tokio::spawn(serve(witness, listener, std::future::pending()));
    let mut options = Options::default();
    options.service.ledger.policy = Some(policy);
    let service = Service::start_in(folder, options).await;
    until(service.state.ledger.witnesses(), |one| one.contradicted).await;
    let ready = service.get_as("/readyz", None).await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.text.contains("ledger.contradicted"), "{}", ready.text);
    let status = service.get_as("/ledger/status", None).await.json();
    assert_eq!(status["witnesses"][0]["trouble"], "contradicts");
    service.state.stop().await;
}
