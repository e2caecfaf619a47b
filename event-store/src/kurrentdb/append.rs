//! One append: sent again until its outcome is known.
//!
//! Sending twice is safe, because the batch carries its ids and the exact revision it follows: KurrentDB takes it once at
//! most. Whether it was taken when no answer came is found out by reading the stream, not by guessing.

use std::sync::Arc;

use ::kurrentdb::{AppendToStreamOptions, Error, EventData, StreamState, WriteResult};

use super::frame::to_kurrent;
use super::link::Patience;
use super::log::Log;
use super::read;
use super::streams::Known;
use super::trouble::{Damage, Trouble};
use crate::{
    AppendError, Appended, Expected, NewEvent, Position, StoreError, StreamId, Version, limits,
};

/// Appends a batch; `known` is the stream as remembered, and nobody else of this store appends to it meanwhile.
pub(super) async fn append(
    log: &Log,
    known: &mut Known,
    stream: &StreamId,
    expected: Expected,
    batch: &[NewEvent],
) -> Result<Appended, AppendError> {
    let mut attempt = Attempt { log, stream, batch, patience: log.link.patience(), doubt: None };
    let after = expected.version();
    loop {
        // An empty memory may be of a stream that was never looked at. If it is not empty, KurrentDB says so.
        if known.version < after {
            attempt.look(known).await?;
        }
        if known.version != after {
            let Some(last) = known.standing(after, batch) else {
                let (stream, actual) = (stream.clone(), known.version);
                return Err(AppendError::Conflict { stream, expected, actual });
            };
            return attempt.found(last).await;
        }
        if let Some(id) = known.taken(batch) {
            return Err(AppendError::IdTaken { id });
        }
        if let Some(appended) = attempt.send(known).await? {
            return Ok(appended);
        }
    }
}

struct Attempt<'a> {
    log: &'a Log,
    stream: &'a StreamId,
    batch: &'a [NewEvent],
    patience: Patience,
    /// Why a try of this append may have been taken without an answer.
    doubt: Option<StoreError>,
}

impl Attempt<'_> {
    /// Sends the batch to follow what is known. `None` when it is not done yet: look again.
    async fn send(&mut self, known: &mut Known) -> Result<Option<Appended>, AppendError> {
        let (events, seen) = self.events()?;
        let state = match known.version {
            Version::NONE => StreamState::NoStream,
            Version(n) => StreamState::StreamRevision(n - 1),
        };
        let link = &self.log.link;
        let options = link.append().stream_state(state);
        let name = link.name(self.stream);
        let sent = link.ask(|client| async move {
            match link.within(client.append_to_stream(name, &options, events)).await {
                Err(Error::WrongExpectedVersion { .. }) => Ok(None),
                other => other.map(Some).map_err(Trouble::from),
            }
        });
        match sent.await {
            Ok(Some(written)) => self.taken(known, seen, &written).await,
            // Somebody else was first, or this very batch was.
            Ok(None) => self.look_again(known).await.map(|()| None),
            Err(Trouble::Final(error)) => Err(self.outcome(error)),
            Err(trouble @ Trouble::Unsent(_)) => {
                self.wait(|| trouble.into()).await?;
                Ok(None)
            }
            Err(trouble @ (Trouble::Lost(_) | Trouble::CutOff)) => {
                self.doubt = Some(trouble.clone().into());
                self.look(known).await?;
                self.wait(|| trouble.into()).await?;
                Ok(None)
            }
        }
    }

    /// KurrentDB took the batch, or says that it had taken it before.
    async fn taken(
        &mut self,
        known: &mut Known,
        seen: Position,
        written: &WriteResult,
    ) -> Result<Option<Appended>, AppendError> {
        let last_version = Version(known.version.0 + self.batch.len() as u64);
        let found = Version(written.next_expected_version.saturating_add(1));
        if found != last_version {
            let (stream, expected) = (self.stream.clone(), last_version);
            let damage = Damage::Misplaced { stream, expected, found };
            return Err(AppendError::OutcomeUnknown(damage.into()));
        }
        let last_position = Position(written.position.commit);
        // A batch that stood there before has an old position, or none.
        if last_position <= seen || last_position.0 == u64::MAX {
            self.doubt = Some(StoreError::Busy(Arc::new(NotYetReadable)));
            return self.look_again(known).await.map(|()| None);
        }
        known.extend(self.batch.iter().map(|event| event.id));
        self.log.reached(last_position);
        Ok(Some(Appended { last_version, last_position, repeated: false }))
    }

    /// The batch stands in the stream up to version `last`.
    async fn found(&self, last: Version) -> Result<Appended, AppendError> {
        let before = Version(last.0.saturating_sub(1));
        let page = read::stream(&self.log.link, self.stream, before, 1).await;
        let page = page.map_err(|error| self.outcome(error))?;
        let gone = || Damage::Deleted { stream: self.stream.clone() };
        let last_position = page.first().ok_or_else(gone).map_err(StoreError::from)?.position;
        self.log.reached(last_position);
        Ok(Appended { last_version: last, last_position, repeated: true })
    }

    /// The batch in KurrentDB's form, with times that do not fall as far as is known; and how far that is.
    fn events(&self) -> Result<(Vec<EventData>, Position), AppendError> {
        let seen = self.log.seen();
        let mut at = seen.at;
        let event = |(i, event): (usize, &NewEvent)| {
            at = at.max(limits::micros(event.recorded_at));
            to_kurrent(event, at, seen.position, i > 0)
        };
        let events: Result<_, _> = self.batch.iter().enumerate().map(event).collect();
        let events = events.map_err(|why| StoreError::Io(Arc::new(why)))?;
        Ok((events, seen.position))
    }

    /// Looks for what KurrentDB says is there. What it took a moment ago may not be readable yet.
    async fn look_again(&mut self, known: &mut Known) -> Result<(), AppendError> {
        let before = known.version;
        self.look(known).await?;
        if known.version > before {
            return Ok(());
        }
        self.wait(|| StoreError::Busy(Arc::new(NotYetReadable))).await
    }

    async fn look(&self, known: &mut Known) -> Result<(), AppendError> {
        known.catch_up(&self.log.link, self.stream).await.map_err(|error| self.outcome(error))
    }

    /// Waits a moment before the next try, or gives up.
    async fn wait(&mut self, why: impl FnOnce() -> StoreError) -> Result<(), AppendError> {
        if self.patience.is_over() {
            return Err(self.outcome(why()));
        }
        self.patience.pause().await;
        Ok(())
    }

    /// What an error means for the caller: once in doubt, always in doubt.
    fn outcome(&self, error: StoreError) -> AppendError {
        match &self.doubt {
            Some(_) => AppendError::OutcomeUnknown(error),
            None => AppendError::Store(error),
        }
    }
}

/// KurrentDB judges an append by what it has taken, and shows what it has indexed.
#[derive(Debug, thiserror::Error)]
#[error("another append to the stream is not readable yet")]
struct NotYetReadable;

impl super::link::Link {
    fn append(&self) -> AppendToStreamOptions {
        let options =
            AppendToStreamOptions::default().requires_leader(true).deadline(self.options.attempt);
        match &self.target.credentials {
            Some(credentials) => options.authenticated(credentials.clone()),
            None => options,
        }
    }
}
