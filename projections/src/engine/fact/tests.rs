#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{self, person};

#[test]
fn reads_event_metadata_and_subject() {
    let recorded = testing::recorded(
        7,
        &format!("service-{}", person(3)),
        testing::attested(1, 60, "2024-05-01"),
    );
    let fact = Fact::read(&recorded).unwrap();
    assert_eq!(fact.position, Position(7));
    assert_eq!(fact.service().map(|(volunteer, _)| *volunteer), Some(person(3)));
    assert_eq!(fact.key(), person(3).to_string());
    assert_eq!(fact.event, testing::attested(1, 60, "2024-05-01"));
}

#[test]
#[allow(clippy::type_complexity)]
fn names_what_it_cannot_read() {
    let good = || {
        testing::recorded(
            7,
            &format!("service-{}", person(3)),
            testing::attested(1, 60, "2024-05-01"),
        )
    };
    let broken: [(fn(&mut Recorded), fn(&Misfit) -> bool); 4] = [
        (
            |r| r.kind = "Unheard".into(),
            |m| matches!(m, Misfit::Event(DecodeError::UnknownKind(_))),
        ),
        (
            |r| r.data = b"{}".to_vec(),
            |m| matches!(m, Misfit::Event(DecodeError::Malformed { .. })),
        ),
        (|r| r.metadata = b"[]".to_vec(), |m| matches!(m, Misfit::Metadata(_))),
        (|r| r.stream = StreamId::new("service-nobody").unwrap(), |m| matches!(m, Misfit::Stream)),
    ];
    for (damage, expected) in broken {
        let mut recorded = good();
        damage(&mut recorded);
        let error = Fact::read(&recorded).unwrap_err();
        assert_eq!((error.position, error.version), (Position(7), Version(1)));
        assert!(expected(&error.source), "{:?}", error.source);
    }
}
