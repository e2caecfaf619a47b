//! An event of the log, read.

use domain::catalogue::DecodeError;
use domain::{Event, Metadata};
use event_store::{Position, Recorded, StreamId, Version};
use jiff::Timestamp;
use uuid::Uuid;

/// What a fold is given: one event, typed, with where and when it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its place in the whole log.
    pub position: Position,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its place in that stream.
    pub version: Version,
    /// Its id.
    pub id: Uuid,
    /// When the log learned it: *as of* means this time.
    pub recorded_at: Timestamp,
    /// Who asked, by which command, under which rules.
    pub metadata: Metadata,
    /// What happened.
    pub event: Event,
    /// Whom or what the stream is about.
    subject: Subject,
}

/// An event that this program cannot read: whoever meets it stops, because skipping it would falsify every total.
#[derive(Debug, thiserror::Error)]
#[error(
    "event {version} of stream {stream}, position {position}, of kind {kind:?}, cannot be read"
)]
pub struct Undecodable {
    /// Its place in the whole log.
    pub position: Position,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its place in that stream.
    pub version: Version,
    /// The name under which it is stored.
    pub kind: String,
    /// What does not fit.
    pub source: Misfit,
}

/// What about an event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Misfit {
    /// Its data.
    #[error(transparent)]
    Event(#[from] DecodeError),
    /// Its metadata.
    #[error("the metadata is malformed")]
    Metadata(#[from] serde_json::Error),
    /// The stream's name does not say whom or what such an event is about.
    #[error("the stream's name does not fit the event")]
    Stream,
}

impl Fact {
    /// Reads an event as the log holds it.
    ///
    /// # Errors
    /// [`Undecodable`] when its kind, data, metadata or stream name is not one of ours.
    pub fn read(recorded: &Recorded) -> Result<Self, Undecodable> {
        parts(recorded)
            .map(|(event, metadata, subject)| Self {
                position: recorded.position,
                stream: recorded.stream.clone(),
                version: recorded.version,
                id: recorded.id,
                recorded_at: recorded.recorded_at,
                metadata,
                event,
                subject,
            })
            .map_err(|source| Undecodable {
                position: recorded.position,
                stream: recorded.stream.clone(),
                version: recorded.version,
                kind: recorded.kind.clone(),
                source,
            })
    }

    /// The part of the stream's name after the first `-`; empty where there is none.
    #[must_use]
    pub fn key(&self) -> &str {
        key(&self.stream)
    }

    pub(crate) fn subject(&self) -> &Subject {
        &self.subject
    }
}

fn parts(recorded: &Recorded) -> Result<(Event, Metadata, Subject), Misfit> {
    let event = Event::decode(&recorded.kind, &recorded.data)?;
    let metadata = serde_json::from_slice(&recorded.metadata)?;
    let subject = subject(&event, key(&recorded.stream))?;
    Ok((event, metadata, subject))
}

fn key(stream: &StreamId) -> &str {
    stream.as_str().split_once('-').map_or("", |(_, key)| key)
}

macro_rules! subject {
    ([] $( $name:ident $module:ident: $state:ty, $key:ty, $event:ty; )+) => {
        /// Whom or what a stream is about, as its name says.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) enum Subject { $( $name($key), )+ }

        fn subject(event: &Event, key: &str) -> Result<Subject, Misfit> {
            match event {
                $( Event::$name(_) => key.parse().map(Subject::$name).map_err(|_| Misfit::Stream), )+
            }
        }

        impl Fact {
            $(
                #[doc = concat!("The key of the stream and the event, if it is one of a `", stringify!($state), "`.")]
                #[must_use]
                pub fn $module(&self) -> Option<(&$key, &$event)> {
                    if let (Subject::$name(key), Event::$name(event)) = (&self.subject, &self.event) {
                        Some((key, event))
                    } else {
                        None
                    }
                }
            )+
        }
    };
}
domain::aggregates! { each [subject] [] }

#[cfg(test)]
mod tests {
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
            (
                |r| r.stream = StreamId::new("service-nobody").unwrap(),
                |m| matches!(m, Misfit::Stream),
            ),
        ];
        for (damage, expected) in broken {
            let mut recorded = good();
            damage(&mut recorded);
            let error = Fact::read(&recorded).unwrap_err();
            assert_eq!((error.position, error.version), (Position(7), Version(1)));
            assert!(expected(&error.source), "{:?}", error.source);
        }
    }
}
