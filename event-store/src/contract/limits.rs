//! Limits and hostile input.

use crate::{AppendError, Expected, MAX_BATCH, MAX_BATCH_BYTES, MAX_EVENT_BYTES, NewEvent};

use super::StoreFactory;
use super::support::*;

fn sized(data: usize, metadata: usize) -> NewEvent {
    NewEvent { data: vec![7; data], metadata: vec![8; metadata], ..event("") }
}

pub async fn an_event_holds_exactly_64_kib(factory: &dyn StoreFactory) {
    assert_eq!(MAX_EVENT_BYTES, 65_536);
    let store = factory.fresh().await;
    let fits = [(65_536, 0), (0, 65_536), (65_535, 1), (0, 0)];
    for (i, (data, metadata)) in fits.into_iter().enumerate() {
        let asked = sized(data, metadata);
        add(&*store, &stream(&format!("s-{i}")), vec![asked.clone()]).await;
        let stored = read_whole_stream(&*store, &stream(&format!("s-{i}"))).await;
        assert_eq!((&stored[0].data, &stored[0].metadata), (&asked.data, &asked.metadata));
    }
    for (data, metadata) in [(65_537, 0), (0, 65_537), (65_536, 1)] {
        let batch = vec![event("fits"), sized(data, metadata)];
        match store.append(&stream("large"), Expected::NoStream, batch).await {
            Err(AppendError::TooLarge { limit, got, kind }) => {
                assert_eq!((limit, got, kind.as_str()), (65_536, 65_537, "noted"));
            }
            other => panic!("expected too large, got {other:?}"),
        }
    }
}

pub async fn a_batch_has_bounds(factory: &dyn StoreFactory) {
    assert_eq!(MAX_BATCH, 1_000);
    let store = factory.fresh().await;
    let a = stream("a");
    let none = store.append(&a, Expected::NoStream, Vec::new()).await;
    assert!(matches!(none, Err(AppendError::Empty)), "{none:?}");
    let many = store.append(&a, Expected::NoStream, events(1_001)).await;
    assert!(matches!(many, Err(AppendError::TooMany { got: 1_001 })), "{many:?}");
    store.append(&a, Expected::NoStream, events(1_000)).await.unwrap();
}

pub async fn a_batch_holds_exactly_512_kib(factory: &dyn StoreFactory) {
    assert_eq!(MAX_BATCH_BYTES, 524_288);
    let store = factory.fresh().await;
    let (a, mut batch) = (stream("a"), vec![sized(65_000, 536); 8]);
    for event in &mut batch {
        event.id = uuid::Uuid::new_v4();
    }
    store.append(&a, Expected::NoStream, batch.clone()).await.unwrap();
    batch.push(sized(0, 1));
    match store.append(&stream("b"), Expected::NoStream, batch).await {
        Err(AppendError::BatchTooLarge { limit, got }) => {
            assert_eq!((limit, got), (524_288, 524_289));
        }
        other => panic!("expected a batch too large, got {other:?}"),
    }
    assert_eq!(read_whole(&*store).await.len(), 8);
}

pub async fn a_kind_has_bounds(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let named = |kind: String| vec![NewEvent { kind, ..event("") }];
    for chars in [0, 101] {
        let batch = named("援".repeat(chars));
        match store.append(&stream("a"), Expected::NoStream, batch).await {
            Err(AppendError::BadKind { chars: said }) => assert_eq!(said, chars),
            other => panic!("expected a bad kind, got {other:?}"),
        }
    }
    let longest = "援".repeat(100);
    add(&*store, &stream("a"), named(longest.clone())).await;
    add(&*store, &stream("a"), named("a\0'; DROP TABLE events; --\u{202e}".into())).await;
    let stored = read_whole(&*store).await;
    assert_eq!(stored[0].kind, longest);
    assert_eq!(stored[1].kind, "a\0'; DROP TABLE events; --\u{202e}");
}

pub async fn a_refused_batch_stores_nothing(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a");
    let mut watch = store.watch_head();
    watch.mark_unchanged();
    store.append(&a, Expected::NoStream, vec![event("x"), sized(65_537, 0)]).await.unwrap_err();
    assert!(read_whole(&*store).await.is_empty());
    assert!(!watch.has_changed().unwrap());
    store.append(&a, Expected::NoStream, events(1)).await.unwrap();
}

pub async fn hostile_stream_names_stay_apart(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let longest = "x".repeat(200);
    let nearly = format!("{}y", "x".repeat(199));
    let names = [
        "a",
        "A",
        "a-",
        "a--",
        "a-1",
        "a-10",
        "a-1.",
        "a_1",
        "a.1",
        "a..",
        "1",
        "01",
        "0",
        "null",
        "NULL",
        "events",
        "streams",
        "sqlite_schema",
        "select",
        "CON",
        "nan",
        "1e5",
        "0x1",
        &longest,
        &nearly,
    ];
    for name in names {
        add(&*store, &stream(name), vec![event(name)]).await;
    }
    for name in names {
        let stored = read_whole_stream(&*store, &stream(name)).await;
        assert_eq!(texts(&stored), [name]);
        assert_eq!(stored[0].stream.as_str(), name);
    }
    assert_eq!(texts(&read_whole(&*store).await), names);
}

pub async fn bytes_come_back_as_they_went_in(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let every_byte: Vec<u8> = (0..=255).collect();
    let payloads: [&[u8]; 8] = [
        b"",
        b"null",
        b" {}",
        b"\0",
        b"\xff\xfe\0\0",
        &every_byte,
        "人民调解".as_bytes(),
        b"{\"b\":1,  \"a\":2}\r\n",
    ];
    for data in payloads {
        for metadata in payloads {
            let asked = NewEvent { data: data.into(), metadata: metadata.into(), ..event("") };
            let id = asked.id;
            let before = store.head().await.unwrap();
            add(&*store, &stream("bytes"), vec![asked]).await;
            let stored = store.read_all(before, 1).await.unwrap().remove(0);
            assert_eq!((stored.id, &*stored.data, &*stored.metadata), (id, data, metadata));
        }
    }
}
