//! History cannot be changed with a database tool by accident.

use rusqlite::Connection;

use super::*;

#[tokio::test]
async fn the_database_itself_refuses_to_change_history() {
    let place = Place::new();
    let store = place.open();
    for version in 0..3 {
        add(&store, "a", version).await;
    }
    let before = store.read_all(Position::START, 10).await.unwrap();
    drop(store);

    let tool = Connection::open(place.path()).unwrap();
    let copy = |change: &str| {
        format!("INSERT OR REPLACE INTO events SELECT {change} FROM events WHERE position = 2")
    };
    let careless = [
        "UPDATE events SET data = x'00' WHERE position = 1".to_owned(),
        "UPDATE events SET recorded_at = recorded_at + 1".to_owned(),
        "DELETE FROM events WHERE position = 3".to_owned(),
        "DELETE FROM events".to_owned(),
        "DELETE FROM streams".to_owned(),
        "UPDATE streams SET name = 'b'".to_owned(),
        copy("position, stream, version, id, 'other', recorded_at, data, metadata"),
        copy("9, stream, 9, id, kind, recorded_at, data, metadata"),
        copy("9, stream, version, randomblob(16), kind, recorded_at, data, metadata"),
        copy("2, stream, 9, randomblob(16), kind, recorded_at, data, metadata"),
    ];
    for statement in careless {
        let refusal = tool.execute(&statement, []).expect_err(&statement).to_string();
        assert!(refusal.contains("append") || refusal.contains("stream"), "{statement}: {refusal}");
    }
    drop(tool);
    let store = place.open();
    assert_eq!(store.read_all(Position::START, 10).await.unwrap(), before);
    assert_eq!(add(&store, "a", 3).await.last_version, Version(4));
}

#[tokio::test]
async fn damage_is_an_error_and_not_an_end() {
    let place = Place::new();
    let store = place.open();
    for version in 0..3 {
        add(&store, "a", version).await;
    }
    drop(store);
    let tool = Connection::open(place.path()).unwrap();
    tool.execute_batch(
        "DROP TRIGGER events_never_change; UPDATE events SET recorded_at = 9223372036854775807 WHERE position = 2",
    )
    .unwrap();
    drop(tool);
    let store = place.open();
    let answer = store.read_all(Position::START, 10).await;
    assert!(matches!(answer, Err(crate::StoreError::Corrupt(_))), "{answer:?}");
    assert_eq!(store.read_all(Position(2), 10).await.unwrap().len(), 1);
}
