//! Reading pages. What KurrentDB says is checked: an answer that was cut off is not taken for the end, and a stream from
//! which events were deleted is not taken for a shorter one.

use ::kurrentdb::{
    Client, Error, ReadAllOptions, ReadEvent, ReadStream, ReadStreamOptions, RecordedEvent,
    StreamPosition, SubscriptionFilter,
};

use super::frame::{Stored, from_kurrent};
use super::link::Link;
use super::trouble::{Damage, Trouble};
use crate::limits::Page;
use crate::{Position, StoreError, StreamId, Version};

/// The most events asked for at once.
const MOST: u32 = 4_096;
/// Events that room is made for in advance.
const USUAL: u32 = 256;
/// How many events are asked for to find the last of ours: KurrentDB may have closed streams behind it.
const LAST: usize = 4;
/// How many records KurrentDB looks at between two looks at whether somebody still waits.
const WINDOW: u32 = 4_096;

/// The events after `after` in the whole log, which is known to reach `head`.
pub(super) async fn all(
    link: &Link,
    after: Position,
    limit: u32,
    head: Position,
) -> Result<Vec<Stored>, StoreError> {
    log_page(link, after, limit, |_| true, |_| after >= head).await
}

/// The events after the one at `after`, if there are any.
pub(super) async fn beyond(
    link: &Link,
    after: Position,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    // The event at `after` comes again, unless the answer was cut off.
    log_page(link, after, limit, |_| true, |passed| passed == Some(after)).await
}

/// The events after `after` and before the one at `before`, also where a stream between them was deleted.
pub(super) async fn between(
    link: &Link,
    after: Position,
    before: Position,
    limit: u32,
) -> Result<Between, StoreError> {
    let left = |event: &RecordedEvent| !is_systems(event) && event.position.commit <= before.0;
    let ends = |passed: Option<Position>| passed.is_some_and(|last| last >= before);
    let mut events = log_page(link, after, limit, left, ends).await?;
    let all = events.last().is_none_or(|last| last.position == before);
    if all {
        events.pop();
    }
    Ok(Between { events, all })
}

/// Events between two places.
pub(super) struct Between {
    pub(super) events: Vec<Stored>,
    /// There are no more.
    pub(super) all: bool,
}

/// A page of the log, of the events that are `wanted`; `may_end` says, from the last event that came, whether an answer
/// without any can be the end.
async fn log_page(
    link: &Link,
    after: Position,
    limit: u32,
    wanted: impl Fn(&RecordedEvent) -> bool + Copy,
    may_end: impl Fn(Option<Position>) -> bool + Copy,
) -> Result<Vec<Stored>, StoreError> {
    let limit = limit.clamp(1, MOST);
    let page = |client: Client| async move {
        let mut from = after;
        loop {
            // A position names the event that stands there, so that one is read again, and passed over.
            let asked = limit as usize + 1;
            let options = match from {
                Position::START => link.log().position(StreamPosition::Start),
                Position(n) => link.log().position(StreamPosition::Position(at(n))),
            };
            let options = options.forwards().max_count(asked);
            let reading = link.within(client.read_all(&options)).await?;
            let beyond = |event: &RecordedEvent| event.position.commit > after.0 && wanted(event);
            let read = collect(link, reading, limit, beyond).await?;
            if !read.events.windows(2).all(|pair| pair[0].position < pair[1].position) {
                return Err(Damage::Order { after: after.0 }.into());
            }
            if !read.events.is_empty() || may_end(read.passed) {
                return Ok(read.events);
            }
            match read.passed {
                Some(last) if last > from => from = last,
                _ => return Err(Trouble::CutOff),
            }
        }
    };
    link.keep_asking(page).await
}

/// The events after `after` in one stream.
pub(super) async fn stream(
    link: &Link,
    stream: &StreamId,
    after: Version,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    if i64::try_from(after.0).is_err() {
        return Ok(Vec::new());
    }
    let limit = limit.clamp(1, MOST);
    let page = |client: Client| async move {
        let name = link.name(stream);
        let from = StreamPosition::Position(after.0);
        let options = link.stream().position(from).forwards().max_count(limit as usize);
        let reading = link.within(client.read_stream(name.as_str(), &options)).await;
        let read = collect(link, deleted(reading, stream)?, limit, |_| true).await?;
        dense(stream, after, &read.events)?;
        let ends = match read.end {
            _ if !read.events.is_empty() => return Ok(read.events),
            End::NoStream => true,
            End::At(revision) => revision < after.0,
            End::Unsaid => false,
        };
        if ends { Ok(Vec::new()) } else { Err(Trouble::CutOff) }
    };
    link.keep_asking(page).await
}

/// The last event of our log; `None` where there is none, which is asked for from both ends.
pub(super) async fn last(link: &Link) -> Result<Option<Stored>, StoreError> {
    let last = |client: Client| async move {
        let mut from = StreamPosition::End;
        loop {
            let options = link.log().position(from).backwards().max_count(LAST);
            let reading = link.within(client.read_all(&options)).await?;
            let mut read = collect(link, reading, 1, |event| !is_systems(event)).await?;
            match (read.events.pop(), read.passed) {
                (Some(last), _) => return Ok(Some(last)),
                (None, Some(passed)) => from = StreamPosition::Position(at(passed.0)),
                (None, None) => break,
            }
        }
        let options = link.log().position(StreamPosition::Start).forwards().max_count(1);
        let reading = link.within(client.read_all(&options)).await?;
        match collect(link, reading, 1, |_| true).await?.passed {
            Some(_) => Err(Trouble::CutOff),
            None => Ok(None),
        }
    };
    link.keep_asking(last).await
}

/// The position of KurrentDB's last event, whosever it is; the start where it holds none.
pub(super) async fn newest(link: &Link) -> Result<Position, StoreError> {
    let newest = |client: Client| async move {
        let options = ReadAllOptions::default().position(StreamPosition::End).max_count(1);
        let mut reading = link.within(client.read_all(&link.signed(options))).await?;
        let newest = link.within(reading.next()).await?;
        let position = newest.map(|event| event.get_original_event().position.commit);
        Ok(position.map_or(Position::START, Position))
    };
    link.keep_asking(newest).await
}

struct Read {
    events: Vec<Stored>,
    /// The last event that came, whether or not it was wanted.
    passed: Option<Position>,
    end: End,
}

/// What was said of the end of a stream.
enum End {
    Unsaid,
    NoStream,
    At(u64),
}

/// Takes in what comes until the page is full, or nothing more comes.
async fn collect(
    link: &Link,
    mut reading: ReadStream,
    limit: u32,
    wanted: impl Fn(&RecordedEvent) -> bool,
) -> Result<Read, Trouble> {
    let mut page = Page::of(limit);
    let mut read = Read {
        events: Vec::with_capacity(limit.min(USUAL) as usize),
        passed: None,
        end: End::Unsaid,
    };
    loop {
        match link.within(reading.next_read_event()).await {
            Ok(None) => return Ok(read),
            Ok(Some(ReadEvent::LastStreamPosition(revision))) => read.end = End::At(revision),
            Ok(Some(ReadEvent::Event(event))) => {
                let Some(event) = event.event else { continue };
                read.passed = Some(Position(event.position.commit));
                if !event.stream_id().starts_with(&link.target.streams) || !wanted(&event) {
                    continue;
                }
                if is_systems(&event) {
                    let damage = Damage::Closed { position: event.position.commit };
                    return if read.events.is_empty() { Err(damage.into()) } else { Ok(read) };
                }
                let event = from_kurrent(event, &link.target.streams)?;
                let payload = event.data.len() + event.metadata.len() + event.kind.len();
                read.events.push(event);
                if page.full_after(payload) {
                    return Ok(read);
                }
            }
            Ok(Some(ReadEvent::FirstStreamPosition(_) | ReadEvent::LastAllStreamPosition(_))) => {}
            Err(Error::ResourceNotFound) => {
                read.end = End::NoStream;
                return Ok(read);
            }
            // What has come is whole, and a page that is not empty does not say that the end was reached.
            Err(_) if !read.events.is_empty() => return Ok(read),
            Err(error) => return Err(error.into()),
        }
    }
}

/// KurrentDB's own word in a stream of ours: that it was deleted.
fn is_systems(event: &RecordedEvent) -> bool {
    event.event_type == "$streamDeleted"
}

fn deleted(reading: Result<ReadStream, Error>, stream: &StreamId) -> Result<ReadStream, Trouble> {
    reading.map_err(|error| {
        if matches!(error, Error::ResourceDeleted) {
            return Damage::Deleted { stream: stream.clone() }.into();
        }
        error.into()
    })
}

fn dense(stream: &StreamId, after: Version, events: &[Stored]) -> Result<(), Damage> {
    let mut expected = after;
    for event in events {
        expected.0 += 1;
        if event.version != expected {
            let (stream, found) = (stream.clone(), event.version);
            return Err(Damage::Gap { stream, expected, found });
        }
    }
    Ok(())
}

fn at(position: u64) -> ::kurrentdb::Position {
    ::kurrentdb::Position { commit: position, prepare: position }
}

impl Link {
    /// The name in KurrentDB of a stream of ours.
    pub(super) fn name(&self, stream: &StreamId) -> String {
        format!("{}{stream}", self.target.streams)
    }

    fn log(&self) -> ReadAllOptions {
        let ours = SubscriptionFilter::on_stream_name().add_prefix(&self.target.streams);
        self.signed(ReadAllOptions::default().filter(ours.max(WINDOW)))
    }

    fn stream(&self) -> ReadStreamOptions {
        let options = ReadStreamOptions::default().requires_leader(true);
        match &self.target.credentials {
            Some(credentials) => options.authenticated(credentials.clone()),
            None => options,
        }
    }

    fn signed(&self, options: ReadAllOptions) -> ReadAllOptions {
        let options = options.requires_leader(true);
        match &self.target.credentials {
            Some(credentials) => options.authenticated(credentials.clone()),
            None => options,
        }
    }
}
