//! What an import left in the log, found by reading on from where it began.

use std::collections::{BTreeMap, HashSet};
use std::str::FromStr as _;

use domain::import::Import;
use domain::volunteer::PersonalDataCorrected;
use domain::{Event, ImportId, Metadata, PersonId, UnitCode, service, squad, volunteer};
use event_store::{Recorded, StreamId, Version};
use projections::Fact;
use serde_json::Value;
use uuid::Uuid;

use crate::app::execute::stream_of;
use crate::{App, Error, NotEncodable};

/// Events read at once.
const PAGE: u32 = 4096;

/// Of whom or what an import spoke.
#[derive(Debug, Clone, Copy)]
pub enum Whose {
    Volunteer(PersonId),
    Unit,
}

/// What an import said of a volunteer or a unit.
#[derive(Debug)]
pub struct Trace {
    pub whose: Whose,
    /// The import's facts in the stream of the volunteer or unit.
    pub said: Vec<Version>,
    /// Squads that the volunteer joined by it, or that the unit applied for.
    pub squads: Vec<UnitCode>,
    /// Service records that it made of the volunteer.
    pub records: Vec<u32>,
    /// The last correction of personal data that it made.
    pub corrected: Option<PersonalDataCorrected>,
    /// Whether a later fact that is none of the import's, nor follows from it, names the volunteer or the unit.
    pub rested_on: bool,
}

/// What an import said, by 志愿者编号 or 单位代码.
pub async fn traces(app: &App, import: ImportId) -> Result<BTreeMap<String, Trace>, Error> {
    let began = stream_of::<Import>(&import.to_string())?;
    let Some(began) = app.store.read_stream(&began, Version::NONE, 1).await?.pop() else {
        return Ok(BTreeMap::new());
    };
    let mut reading = Reading { import, ids: HashSet::new(), traces: BTreeMap::new() };
    let mut after = began.position;
    loop {
        let page = app.store.read_all(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(reading.traces) };
        after = last.position;
        for recorded in &page {
            reading.take_in(recorded)?;
        }
    }
}

struct Reading {
    import: ImportId,
    /// Events of the import, and those that follow from them.
    ids: HashSet<Uuid>,
    traces: BTreeMap<String, Trace>,
}

impl Reading {
    fn take_in(&mut self, recorded: &Recorded) -> Result<(), Error> {
        let metadata: Metadata =
            serde_json::from_slice(&recorded.metadata).map_err(NotEncodable::from)?;
        let own = metadata.import == Some(self.import);
        if own || metadata.cause.is_some_and(|cause| self.ids.contains(&cause)) {
            self.ids.insert(recorded.id);
            if own {
                self.note(&Fact::read(recorded)?);
            }
            return Ok(());
        }
        let said: Value = serde_json::from_slice(&recorded.data).map_err(NotEncodable::from)?;
        self.rest_on(key_of(&recorded.stream));
        self.rest_on_all(&said);
        Ok(())
    }

    fn note(&mut self, fact: &Fact) {
        let key = key_of(&fact.stream);
        if let Event::Volunteer(said) = &fact.event
            && let Some(trace) = self.volunteer(key)
        {
            trace.said.push(fact.version);
            if let volunteer::Event::PersonalDataCorrected(corrected) = said {
                trace.corrected = Some(corrected.clone());
            }
        } else if let Event::Squad(squad::Event::MemberJoined(joined)) = &fact.event
            && let Ok(squad) = UnitCode::from_str(key)
            && let Some(trace) = self.volunteer(&joined.volunteer.to_string())
        {
            trace.squads.push(squad);
        } else if let Event::Squad(squad::Event::Applied(applied)) = &fact.event {
            self.unit(key).squads.push(applied.unit.clone());
        } else if let Event::Service(service::Event::Recorded(recorded)) = &fact.event
            && let Some(trace) = self.volunteer(key)
        {
            trace.records.push(recorded.record);
        } else if let Event::Unit(_) = &fact.event {
            self.unit(key).said.push(fact.version);
        }
    }

    fn volunteer(&mut self, key: &str) -> Option<&mut Trace> {
        let volunteer = PersonId::from_str(key).ok()?;
        Some(self.trace(key, Whose::Volunteer(volunteer)))
    }

    fn unit(&mut self, key: &str) -> &mut Trace {
        self.trace(key, Whose::Unit)
    }

    fn trace(&mut self, key: &str, whose: Whose) -> &mut Trace {
        let new = || Trace {
            whose,
            said: Vec::new(),
            squads: Vec::new(),
            records: Vec::new(),
            corrected: None,
            rested_on: false,
        };
        self.traces.entry(key.to_owned()).or_insert_with(new)
    }

    fn rest_on(&mut self, name: &str) {
        if let Some(trace) = self.traces.get_mut(name) {
            trace.rested_on = true;
        }
    }

    fn rest_on_all(&mut self, said: &Value) {
        match said {
            Value::String(name) => self.rest_on(name),
            Value::Array(all) => all.iter().for_each(|one| self.rest_on_all(one)),
            Value::Object(all) => all.values().for_each(|one| self.rest_on_all(one)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Whom or what a stream is about.
fn key_of(stream: &StreamId) -> &str {
    stream.as_str().split_once('-').map_or("", |(_, key)| key)
}
