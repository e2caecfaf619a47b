//! An event of the log, read.

use domain::catalogue::DecodeError;
use domain::{Event, Metadata};
use event_store::{Landmark, Position, Recorded, StreamId, Version};
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

impl From<&Fact> for Landmark {
    fn from(fact: &Fact) -> Self {
        Self { stream: fact.stream.clone(), version: fact.version, id: fact.id }
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
mod tests;
