//! The ledger as anybody reads it: from checkpoint, key and tiles alone.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use event_store::Position;
use ledger::{Checkpoint, Hash, Note, Tile, Tree, VerifyingKey};
use serde_json::json;
use tower::ServiceExt as _;

use super::Service;

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
    let mut published = service.state.ledger.published();
    let reached = published.wait_for(|one| one.as_ref().is_some_and(|one| one.size == size));
    drop(tokio::time::timeout(Duration::from_secs(20), reached).await.unwrap().unwrap());

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
    let figures = service.get_as("/metrics", None).await.text;
    assert!(figures.contains("yuanfa_ledger_leaves"), "{figures}");
}
