//! `execute` (load → decide → append) is the only way to a fact.

use domain::calendar::Holidays;
use domain::campaign::Campaign;
use domain::permission::Act;
use domain::rulebook::Rulebook;
use domain::unit::Unit;
use domain::{Aggregate, Event, Given, Metadata, PersonId, UnitCode};
use event_store::{AppendError, Expected, NewEvent, Position, StreamId, Version};
use jiff::Timestamp;
use projections::Fact;
use uuid::Uuid;

use super::App;
use super::caller::Caller;
use super::error::{Error, NotEncodable};
use super::reference::ReferenceData;
use super::streams::Loaded;

/// Tries when other nodes write to the same stream.
const ATTEMPTS: u32 = 5;
/// Events read at once of a command that was done before; most have one.
const REPEATED_PAGE: u32 = 8;

/// What a command did.
#[derive(Debug, Clone)]
pub struct CommandOutcome {
    /// The stream it is in.
    pub stream: StreamId,
    /// The stream's version after it.
    pub version: Version,
    /// Position of its last event; reads that have reached it show it. The start where nothing new was said.
    pub position: Position,
    /// Whether the command was done before.
    pub repeated: bool,
    /// Its facts; none where all was so already.
    pub events: Vec<Event>,
}

impl App {
    /// Carries out a command on what goes by the name of a unit, there.
    pub(crate) async fn change_of_unit<A: Aggregate>(
        &self,
        act: Act,
        unit: &UnitCode,
        command: A::Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, act, Some(unit), None)?;
        self.execute::<A>(unit.as_str(), command, caller).await
    }

    /// Carries out a command on what goes by the number of a volunteer, at their home unit.
    pub(crate) async fn change_of_volunteer<A: Aggregate>(
        &self,
        act: Act,
        volunteer: PersonId,
        command: A::Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let unit = self.home_of(volunteer);
        self.permit_at(&caller.actor, act, unit, Some(volunteer)).await?;
        self.execute::<A>(&volunteer.to_string(), command, caller).await
    }

    /// Decides on a command and stores what follows from it, durably, before it answers.
    ///
    /// # Errors
    /// [`Error::Refused`] with the rule, or what failed; see [`Error`].
    pub async fn execute<A: Aggregate>(
        &self,
        key: &str,
        command: A::Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let stream = stream_of::<A>(key)?;
        let slot = self.streams.slot(&stream);
        let mut slot = slot.lock().await;
        let mut loaded = slot.take().and_then(|any| any.downcast::<Loaded<A>>().ok());
        let (mut fresh, mut refreshed) = (loaded.is_none(), false);
        let mut current = loaded.take().unwrap_or_default();
        for _ in 0..ATTEMPTS {
            if fresh {
                current.catch_up(&*self.store, &stream).await?;
            }
            if let Some(&first) = current.ids.get(&event_id(caller.command, &stream, 0)) {
                let done = self.done_before(&stream, first, caller).await;
                *slot = Some(current);
                return done;
            }
            match self.attempt(&stream, &mut current, command.clone(), caller).await {
                // What was kept may be behind another node's writing: a refusal is given on fresh state and reference data only.
                Err(Error::Refused(_) | Error::Outdated { .. }) if !(fresh && refreshed) => {
                    self.refresh_reference_data().await?;
                    (fresh, refreshed) = (true, true);
                }
                Err(Error::Append(AppendError::Conflict { .. })) => fresh = true,
                Err(error @ (Error::Refused(_) | Error::Outdated { .. })) => {
                    *slot = Some(current);
                    return Err(error);
                }
                // The state kept is dropped: what is in the log is read again next time.
                Err(error) => return Err(error),
                // Another node has decided it too, and what it said stands: that is read.
                Ok(done) if done.repeated => (current, fresh) = (Box::default(), true),
                Ok(done) => {
                    *slot = Some(current);
                    drop(slot);
                    self.refresh_after(&stream).await?;
                    return Ok(done);
                }
            }
        }
        Err(Error::Contended)
    }

    /// The state of a stream as of now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn read_state<A: Aggregate, T>(
        &self,
        key: &str,
        look: impl FnOnce(&A) -> T,
    ) -> Result<T, Error> {
        let stream = stream_of::<A>(key)?;
        self.read_up(&stream, |current: &Loaded<A>| look(&current.state)).await
    }

    /// The version of a stream as of now and the position of its last event; none where it has no event.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn version_of<A: Aggregate>(
        &self,
        key: &str,
    ) -> Result<Option<(Version, Position)>, Error> {
        let stream = stream_of::<A>(key)?;
        let at = |current: &Loaded<A>| (current.version, current.position);
        Ok(Some(self.read_up(&stream, at).await?).filter(|(version, _)| *version != Version::NONE))
    }

    /// Reads a stream to its end and looks at what it comes to.
    async fn read_up<A: Aggregate, T>(
        &self,
        stream: &StreamId,
        look: impl FnOnce(&Loaded<A>) -> T,
    ) -> Result<T, Error> {
        let slot = self.streams.slot(stream);
        let mut slot = slot.lock().await;
        let kept = slot.take().and_then(|any| any.downcast::<Loaded<A>>().ok());
        let mut current = kept.unwrap_or_default();
        current.catch_up(&*self.store, stream).await?;
        let seen = look(&current);
        *slot = Some(current);
        Ok(seen)
    }

    /// Asks the rules about a command as things stand, storing nothing. One that was done already has had its answer.
    ///
    /// # Errors
    /// [`Error::Refused`] with the rule, or when the log cannot be read.
    pub(crate) async fn dry_run<A: Aggregate>(
        &self,
        key: &str,
        command: A::Command,
        caller: &Caller,
    ) -> Result<(), Error> {
        self.clock.trusted()?;
        let stream = stream_of::<A>(key)?;
        let first = event_id(caller.command, &stream, 0);
        let decide = |current: &Loaded<A>| {
            let (now, known) = (self.clock.now(), self.reference.current());
            let asked = !current.ids.contains_key(&first);
            asked.then(|| current.state.decide(command.clone(), &self.given(now, &known, caller)))
        };
        let mut answer = self.read_up(&stream, decide).await?;
        // As in `execute`: a refusal is given on fresh reference data only.
        if matches!(answer, Some(Err(_))) {
            self.refresh_reference_data().await?;
            answer = self.read_up(&stream, decide).await?;
        }
        answer.transpose().map(drop).map_err(Error::refused)
    }

    /// Asks the rules about something that does not exist yet, storing nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] with the rule.
    pub(crate) fn validate_new<A: Aggregate>(
        &self,
        command: A::Command,
        caller: &Caller,
    ) -> Result<(), Error> {
        self.clock.trusted()?;
        let now = self.clock.now();
        let known = self.reference.current();
        A::default().decide(command, &self.given(now, &known, caller)).map_err(Error::refused)?;
        Ok(())
    }

    pub(super) fn given<'a>(
        &self,
        now: Timestamp,
        known: &'a ReferenceData,
        caller: &'a Caller,
    ) -> Given<'a> {
        Given {
            now,
            actor: &caller.actor,
            rulebook: known.rulebook.in_force(domain::county_date(now)),
            calendar: known.holidays.calendar(),
            units: &known.units,
        }
    }

    /// Reads on in the log, so that the next decision knows of every unit and squad in it.
    pub(crate) async fn refresh_reference_data(&self) -> Result<(), Error> {
        self.reference.catch_up(&*self.store).await
    }

    async fn attempt<A: Aggregate>(
        &self,
        stream: &StreamId,
        current: &mut Loaded<A>,
        command: A::Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        if let Some(seen) = caller.seen.filter(|seen| *seen != current.version) {
            return Err(Error::Outdated { seen, actual: current.version });
        }
        self.clock.trusted()?;
        let now = self.clock.now();
        let known = self.reference.current();
        let given = self.given(now, &known, caller);
        let decided = current.state.decide(command, &given).map_err(Error::refused)?;
        if decided.is_empty() {
            let (version, position) = (current.version, Position::START);
            return Ok(CommandOutcome {
                stream: stream.clone(),
                version,
                position,
                repeated: false,
                events: vec![],
            });
        }
        let metadata = Metadata {
            actor: caller.actor.clone(),
            command: caller.command,
            cause: caller.cause,
            import: caller.import,
            rulebook: given.rulebook.version,
        };
        let events: Vec<Event> = decided.into_iter().map(Into::into).collect();
        let new = to_store(stream, events.iter().cloned(), &metadata, now)?;
        let ids: Vec<_> = new.iter().map(|event| event.id).collect();
        let expected = match current.version {
            Version::NONE => Expected::NoStream,
            version => Expected::Exactly(version),
        };
        let appended = self.store.append(stream, expected, new).await?;
        self.clock.recorded(now);
        for (id, event) in ids.into_iter().zip(&events) {
            let version = Version(current.version.0 + 1);
            current.take_in(id, version, event.clone());
        }
        current.position = appended.last_position;
        Ok(CommandOutcome {
            stream: stream.clone(),
            version: appended.last_version,
            position: appended.last_position,
            repeated: appended.repeated,
            events,
        })
    }

    /// What the command did when it was done the first time, read from its first event on.
    async fn done_before(
        &self,
        stream: &StreamId,
        first: Version,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let mut done = CommandOutcome {
            stream: stream.clone(),
            version: Version(first.0.saturating_sub(1)),
            position: Position::START,
            repeated: true,
            events: vec![],
        };
        loop {
            let page = self.store.read_stream(stream, done.version, REPEATED_PAGE).await?;
            if page.is_empty() {
                return Ok(done);
            }
            for recorded in &page {
                if recorded.id != event_id(caller.command, stream, done.events.len()) {
                    return Ok(done);
                }
                done.events.push(Fact::read(recorded)?.event);
                done.version = recorded.version;
                done.position = recorded.position;
            }
        }
    }

    /// After a fact about units, campaigns, holidays or rules, the next decision stands on it.
    async fn refresh_after(&self, stream: &StreamId) -> Result<(), Error> {
        match stream.category() {
            Unit::CATEGORY | Rulebook::CATEGORY | Holidays::CATEGORY | Campaign::CATEGORY => {
                self.refresh_reference_data().await
            }
            _ => Ok(()),
        }
    }
}

/// The stream of an aggregate's instance.
pub fn stream_of<A: Aggregate>(key: &str) -> Result<StreamId, Error> {
    let name = format!("{}-{key}", A::CATEGORY);
    Ok(StreamId::new(&name).map_err(NotEncodable::from)?)
}

/// The id of a command's n-th fact in a stream: the same command again makes the same ids.
pub(crate) fn event_id(command: Uuid, stream: &StreamId, index: usize) -> Uuid {
    Uuid::new_v5(&command, format!("{stream}#{index}").as_bytes())
}

/// The events to store for a decision.
fn to_store(
    stream: &StreamId,
    facts: impl IntoIterator<Item = Event>,
    metadata: &Metadata,
    now: Timestamp,
) -> Result<Vec<NewEvent>, NotEncodable> {
    let metadata_bytes = serde_json::to_vec(metadata)?;
    facts
        .into_iter()
        .enumerate()
        .map(|(index, fact)| {
            Ok(NewEvent {
                id: event_id(metadata.command, stream, index),
                kind: fact.kind().name.to_owned(),
                recorded_at: now,
                data: fact.encode()?,
                metadata: metadata_bytes.clone(),
            })
        })
        .collect()
}
