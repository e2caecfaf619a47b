//! Records, presences and activities as the log tells them.

use std::collections::{HashMap, HashSet};

use domain::activity::{self, Published};
use domain::service::{Entry, Event};
use domain::{ActivityId, PersonId, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::Fact;

use crate::audit::finding::place_of;
use crate::audit::known::Hand;

/// An activity.
pub struct Activity {
    /// Announced start.
    pub starts_at: Timestamp,
    /// Announced end, then the real one.
    pub ends_at: Timestamp,
    /// Whether it was over when it was entered, from paper: nobody signed up then.
    pub backfilled: bool,
    /// Who signed up.
    pub signed_up: HashSet<PersonId>,
    /// Whether anybody checked in.
    pub checks: bool,
}

impl Activity {
    /// An activity that was just published.
    pub fn new(published: &Published) -> Self {
        let Published { starts_at, ends_at, .. } = *published;
        let backfilled = published.paper.is_some();
        Self { starts_at, ends_at, backfilled, signed_up: HashSet::new(), checks: false }
    }

    /// Takes in what happened to it.
    pub fn see(&mut self, event: &activity::Event) {
        match event {
            activity::Event::SignedUp(one) => {
                self.signed_up.insert(one.volunteer);
            }
            activity::Event::SignUpCancelled(one) => {
                self.signed_up.remove(&one.volunteer);
            }
            activity::Event::Closed(closed) => self.ends_at = closed.ended_at,
            activity::Event::Published(_)
            | activity::Event::BackfillApproved(_)
            | activity::Event::BackfillRefused(_)
            | activity::Event::RiskAssessed(_)
            | activity::Event::Insured(_)
            | activity::Event::Started(_)
            | activity::Event::Cancelled(_) => {}
        }
    }
}

/// One volunteer's records and presences.
#[derive(Default)]
pub struct Volunteer {
    /// By number, from 1.
    pub records: Vec<Record>,
    stays: Vec<Stay>,
}

struct Stay {
    activity: ActivityId,
    from: Timestamp,
    to: Option<Timestamp>,
}

/// A record, as it says now.
pub struct Record {
    /// The activity it was done in.
    pub activity: ActivityId,
    /// 组织单位.
    pub organiser: UnitCode,
    /// First moment.
    pub started_at: Timestamp,
    /// Last moment.
    pub ended_at: Timestamp,
    /// Minutes given.
    pub minutes: u32,
    /// Who entered what it says now.
    pub recorder: Hand,
    /// Where and when it was first entered.
    pub entered: Place,
    /// Last day on which that was in time.
    pub due: Date,
    /// How it was added later, if it was.
    pub backfill: Option<Backfill>,
    /// Whether it came from a table.
    pub imported: bool,
    /// Each attestation: who had entered what was attested, and who attested it.
    pub attestations: Vec<(Hand, Act)>,
    /// Whether it counts.
    pub attested: bool,
    /// Whether it was voided.
    pub voided: bool,
    /// Disputes that were dismissed, and who had entered what was disputed.
    pub dismissals: Vec<(Hand, Act)>,
}

/// 补录.
pub struct Backfill {
    /// Who asked.
    pub asked_by: Hand,
    /// Who approved.
    pub approved: Option<Act>,
}

/// An event and its day.
#[derive(Clone)]
pub struct Place {
    /// The event.
    pub event: String,
    /// The day on which the log learned it.
    pub on: Date,
}

/// What somebody did.
pub struct Act {
    /// Who.
    pub by: Hand,
    /// By which event.
    pub place: Place,
}

impl From<&Fact> for Place {
    fn from(fact: &Fact) -> Self {
        Self { event: place_of(fact), on: county_date(fact.recorded_at) }
    }
}

impl From<&Fact> for Act {
    fn from(fact: &Fact) -> Self {
        Self { by: Hand::from(&fact.metadata.actor), place: fact.into() }
    }
}

impl Record {
    fn new(entry: &Entry, due: Date, backfill: Option<Backfill>, fact: &Fact) -> Self {
        Self {
            activity: entry.activity,
            organiser: entry.organiser.clone(),
            started_at: entry.started_at,
            ended_at: entry.ended_at,
            minutes: entry.minutes.0,
            recorder: Hand::from(&entry.recorder),
            entered: fact.into(),
            due,
            backfill,
            imported: fact.metadata.import.is_some(),
            attestations: Vec::new(),
            attested: false,
            voided: false,
            dismissals: Vec::new(),
        }
    }

    fn correct(&mut self, entry: &Entry) {
        self.started_at = entry.started_at;
        self.ended_at = entry.ended_at;
        self.minutes = entry.minutes.0;
        self.recorder = Hand::from(&entry.recorder);
        self.attested = false;
    }

    fn attest(&mut self, fact: &Fact) {
        self.attestations.push((self.recorder.clone(), fact.into()));
        self.attested = true;
    }
}

impl Volunteer {
    /// Takes an event in.
    pub fn see(&mut self, event: &Event, fact: &Fact) {
        match event {
            Event::CheckedIn(it) => {
                self.stays.push(Stay { activity: it.activity, from: it.at, to: None });
            }
            Event::CheckedOut(it) => {
                let open = self.stays.iter_mut().rev().find(|stay| stay.activity == it.activity);
                open.into_iter().for_each(|stay| stay.to = Some(it.at));
            }
            Event::Recorded(it) => {
                self.records.push(Record::new(&it.entry, it.due, None, fact));
            }
            Event::BackfillRequested(it) => {
                let asked_by = Hand::from(&fact.metadata.actor);
                let backfill = Some(Backfill { asked_by, approved: None });
                self.records.push(Record::new(&it.entry, it.due, backfill, fact));
            }
            Event::BackfillApproved(it) => {
                let backfill = self.record(it.record).and_then(|it| it.backfill.as_mut());
                backfill.into_iter().for_each(|it| it.approved = Some(fact.into()));
            }
            Event::Attested(it) => {
                self.record(it.record).into_iter().for_each(|it| it.attest(fact))
            }
            Event::Corrected(it) => {
                self.record(it.record).into_iter().for_each(|record| record.correct(&it.entry));
            }
            Event::Voided(it) => {
                let record = self.record(it.record);
                record.into_iter().for_each(|it| (it.attested, it.voided) = (false, true));
            }
            Event::DisputeDismissed(it) => {
                let record = self.record(it.record);
                record
                    .into_iter()
                    .for_each(|it| it.dismissals.push((it.recorder.clone(), fact.into())));
            }
            Event::DueSettled(_) | Event::Disputed(_) => {}
        }
    }

    fn record(&mut self, number: u32) -> Option<&mut Record> {
        self.records.get_mut((number as usize).checked_sub(1)?)
    }

    /// Minutes between check-in and check-out at an activity, as far as they lie within it; a minute begun counts. None where
    /// nobody checked in.
    pub fn present_at(&self, id: ActivityId, activity: &Activity) -> Option<u32> {
        let stays = self.stays.iter().filter(|stay| stay.activity == id);
        let minutes = stays.map(|stay| {
            let from = stay.from.max(activity.starts_at);
            let to = stay.to.unwrap_or(activity.ends_at).min(activity.ends_at);
            let seconds = u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0);
            u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
        });
        minutes.reduce(u32::saturating_add)
    }
}

/// Activities by their id.
pub type Activities = HashMap<ActivityId, Activity>;
