#![allow(clippy::unwrap_used)]
use event_store::Position;

use super::*;

#[test]
fn every_trouble_has_its_code() {
    let stopped = ReadHealth::Stopped {
        projection: Some("quota"),
        position: Position(7),
        reason: "x".into(),
    };
    assert_eq!(read_models(&stopped).unwrap().code, "read_models.stopped");
    assert!(read_models(&ReadHealth::Running).is_none());
    let waiting = read_models(&ReadHealth::Waiting { reason: "x".into() }).unwrap();
    assert_eq!(waiting.code, "read_models.waiting");
    assert_eq!(policies(&policies::Health::Failing("x".into())).unwrap().code, "policies.failing");
    assert!(ledger(&keeper::Health::Following).is_none());
    let halted = ledger(&keeper::Health::Halted { reason: "x".into() }).unwrap();
    assert_eq!(halted.code, "ledger.halted");
    assert!(store(&StoreHealth::Writing).is_none());
    let unreachable = store(&StoreHealth::Unreachable("x".into())).unwrap();
    assert_eq!(unreachable.code, "store.unreachable");
}
