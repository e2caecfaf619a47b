//! Which events read models read: what they declare, what they do, and what is written of it.

use std::collections::BTreeSet;
use std::path::Path;

use domain::catalogue::CATALOGUE;
use domain::{Category, Event};
use event_store::{
    EventStore as _, Expected, MemoryStore, NewEvent, Position, Recorded, StreamId, Version,
};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::engine::rows::Tables;
use crate::models::service_timeliness;
use crate::models::survey_result::SurveyResults;
use crate::testing::{attested, entry, person, recorded, served, voided};
use crate::{
    ALL, Fact, Folded, Limits, ReadModel, ReadModels, UNREAD, Until, checkpoints, open_reader,
    rebuild_into,
};

/// Every key that some stream may have.
const KEYS: [&str; 6] = [
    "county",
    "V000000000001",
    "Y000000000001",
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-000000000001-1",
    "330225",
];

/// An event of each kind.
fn samples() -> Vec<Fact> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/catalogue");
    let sample = |kind: &str| {
        let data = std::fs::read(golden.join(format!("{kind}.json"))).unwrap();
        let event = Event::decode(kind, &data).unwrap();
        let category = event.category().as_str();
        let mut recorded = recorded(1, "unit-A", event);
        let fact = KEYS.iter().find_map(|key| {
            recorded.stream = StreamId::new(&format!("{category}-{key}")).unwrap();
            Fact::read(&recorded).ok()
        });
        fact.unwrap_or_else(|| panic!("no key fits a stream of {category}"))
    };
    CATALOGUE.iter().map(|line| sample(line.name)).collect()
}

/// Whether a fold looks at a row for this event or writes one.
fn reads(model: &ReadModel, fact: &Fact) -> bool {
    let conn = Connection::open_in_memory().unwrap();
    let mut no_tables = Tables::new(&[]);
    let mut rows = no_tables.rows(&conn);
    (model.apply)(fact, &mut rows);
    rows.failure().is_some()
}

#[test]
fn every_event_is_read_or_listed_as_unread() {
    let nobody_reads = |fact: &Fact| !ALL.iter().any(|model| reads(model, fact));
    let unread: BTreeSet<&str> = samples()
        .iter()
        .filter(|fact| nobody_reads(fact))
        .map(|fact| fact.event.kind().name)
        .collect();
    assert_eq!(unread, UNREAD.iter().map(|(kind, _)| *kind).collect());
    assert!(UNREAD.iter().all(|(_, why)| !why.is_empty()));
}

#[test]
fn what_a_read_model_declares_it_reads() {
    for model in ALL {
        let read: BTreeSet<Category> = samples()
            .iter()
            .filter(|fact| reads(model, fact))
            .map(|fact| fact.event.category())
            .collect();
        assert_eq!(read, model.reads.iter().copied().collect(), "{}", model.name);
    }
}

#[test]
fn the_documentation_says_what_the_code_says() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/read-models.md");
    let document = std::fs::read_to_string(document).unwrap();
    let models = ALL.iter().map(|model| {
        let read: Vec<&str> = model.reads.iter().map(|category| category.as_str()).collect();
        format!("| `{}` | {} |\n", model.name, read.join(", "))
    });
    let unread = UNREAD.iter().map(|(kind, why)| format!("| `{kind}` | {why} |\n"));
    for rows in [models.collect::<String>(), unread.collect()] {
        let table = format!("| --- | --- |\n{rows}\n");
        assert!(document.contains(&table), "docs/read-models.md lacks:\n{table}");
    }
}

/// A log of three events; the second is of a kind that nobody reads, and is damaged.
fn damaged(kind: &str) -> (Runtime, MemoryStore) {
    let runtime = Runtime::new().unwrap();
    let store = MemoryStore::new();
    let events = [
        recorded(1, "service-V000000000001", served(1, entry(1, "2021-12-01"), "2021-12-15")),
        Recorded {
            kind: kind.into(),
            data: b"{".to_vec(),
            ..recorded(2, "service-V000000000001", voided(1))
        },
        recorded(3, "service-V000000000001", attested(1, 120, "2021-12-01")),
    ];
    for (version, event) in (0..).zip(events) {
        let Recorded { stream, id, kind, recorded_at, data, metadata, .. } = event;
        let event = NewEvent { id, kind, recorded_at, data, metadata };
        let append = store.append(&stream, Expected::Exactly(Version(version)), vec![event]);
        runtime.block_on(append).unwrap();
    }
    (runtime, store)
}

#[test]
fn an_event_that_nobody_reads_is_counted_but_not_decoded() {
    let (runtime, store) = damaged("VotesCast");
    let folder = tempfile::tempdir().unwrap();
    let (live, rebuilt) = (folder.path().join("live.sqlite"), folder.path().join("rebuilt.sqlite"));
    let mut models = ReadModels::open(&live).unwrap();
    models.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    rebuild_into(&rebuilt, &store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    for file in [live, rebuilt] {
        let reader = open_reader(&file).unwrap();
        for line in checkpoints(&reader).unwrap() {
            let Folded { position, events, last, .. } = line.folded;
            assert_eq!(
                (position.0, events, last.unwrap().version.0),
                (3, 3, 3),
                "{}",
                line.projection
            );
        }
        let sums = service_timeliness::volunteer(&reader, person(1)).unwrap().unwrap();
        assert_eq!((sums.records, sums.attested), (1, 1));
    }
}

#[test]
fn an_event_that_somebody_reads_or_nobody_knows_stops_everything() {
    for kind in ["ServiceVoided", "CheckedInAgain"] {
        let (runtime, store) = damaged(kind);
        let mut models = ReadModels::open(":memory:").unwrap();
        let error = models.run_until(&store, runtime.handle(), Until::Head, &mut |_| {});
        assert_eq!(error.unwrap_err().place(), (None, Some(Position(2))), "{kind}");
        assert_eq!(models.position(), Position::START);
    }
}

#[test]
fn a_read_model_alone_decodes_only_what_it_reads() {
    let (runtime, store) = damaged("ServiceVoided");
    let surveys = [ReadModel::of::<SurveyResults>()];
    let mut models = ReadModels::open_with(":memory:", &surveys, Limits::default()).unwrap();
    models.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    assert_eq!(models.position(), Position(3));
}
