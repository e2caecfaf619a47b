use domain::service::{self, Entry, Flag, Provisional};
use domain::{ActivityId, PersonId, county_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::ServiceTimeliness;
use super::{
    ByActivity, ByOrganiser, ByVolunteer, Outcome, Outcomes, ProvisionalDue, ServiceRecord, State,
};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for ServiceTimeliness {
    reads! { Rows<'_>: service }

    fn service(fact: &Fact, volunteer: &PersonId, event: &service::Event, rows: &mut Rows<'_>) {
        on_service(rows, fact.recorded_at, *volunteer, event);
    }
}

fn on_service(rows: &mut Rows<'_>, at: Timestamp, volunteer: PersonId, event: &service::Event) {
    use service::Event;
    match event {
        Event::CheckedIn(_) | Event::CheckedOut(_) => {}
        Event::Recorded(recorded) => {
            let late = county_date(at) > recorded.due;
            let record =
                ServiceRecord::new(volunteer, recorded.record, &recorded.entry, recorded.due, at);
            await_holidays(rows, volunteer, recorded.record, recorded.provisional);
            add(rows, ServiceRecord { late, ..record.provisionally(recorded.provisional) });
        }
        Event::BackfillRequested(asked) => {
            let record = ServiceRecord::new(volunteer, asked.record, &asked.entry, asked.due, at)
                .provisionally(asked.provisional);
            await_holidays(rows, volunteer, asked.record, asked.provisional);
            add(
                rows,
                ServiceRecord { late: true, backfill: true, state: State::Requested, ..record },
            );
        }
        Event::BackfillApproved(approved) => {
            change(rows, volunteer, approved.record, |record| record.state = State::Recorded);
        }
        Event::DueSettled(settled) => {
            await_holidays(rows, volunteer, settled.record, settled.provisional);
            change(rows, volunteer, settled.record, |record| {
                record.due = settled.due;
                record.due_provisional = settled.provisional.is_some();
                // Who was in time by the day that was said stays so.
                record.late &= county_date(record.recorded_at) > settled.due;
            });
        }
        Event::Attested(attested) => change(rows, volunteer, attested.record, |record| {
            record.state = State::Attested;
            record.rating = attested.rating;
            record.attested_at = Some(at);
        }),
        Event::Disputed(disputed) => {
            change(rows, volunteer, disputed.record, |record| record.disputed = true);
        }
        Event::DisputeDismissed(dismissed) => {
            change(rows, volunteer, dismissed.record, |record| record.disputed = false);
        }
        Event::Corrected(corrected) => change(rows, volunteer, corrected.record, |record| {
            record.say(&corrected.entry);
            record.revision = corrected.revision;
            record.reopen(State::Recorded);
        }),
        Event::Voided(voided) => {
            change(rows, volunteer, voided.record, |record| record.reopen(State::Voided));
        }
    }
}

/// Notes which days wait for a notice about holidays, and forgets those that do no more.
fn await_holidays(
    rows: &mut Rows<'_>,
    volunteer: PersonId,
    record: u32,
    provisional: Option<Provisional>,
) {
    match provisional {
        Some(Provisional { missing, .. }) => {
            rows.put(ProvisionalDue { volunteer, record, missing });
        }
        None if rows.get::<ProvisionalDue>(&(volunteer, record)).is_some() => {
            rows.delete::<ProvisionalDue>(&(volunteer, record));
        }
        None => {}
    }
}

fn add(rows: &mut Rows<'_>, record: ServiceRecord) {
    add_sums(rows, &record, &record.sums());
    rows.put(record); // not attested yet, so no outcome counts
}

/// Changes a record and every sum it is part of.
fn change(
    rows: &mut Rows<'_>,
    volunteer: PersonId,
    record: u32,
    change: impl FnOnce(&mut ServiceRecord),
) {
    let Some(before) = rows.get::<ServiceRecord>(&(volunteer, record)).cloned() else { return };
    let mut after = before.clone();
    change(&mut after);
    if before.organiser == after.organiser && before.activity == after.activity {
        let more = after.sums().minus(&before.sums());
        add_sums(rows, &after, &more);
    } else {
        add_sums(rows, &before, &Sums::default().minus(&before.sums()));
        add_sums(rows, &after, &after.sums());
    }
    count_outcomes(rows, &before, -1);
    count_outcomes(rows, &after, 1);
    rows.put(after);
}

fn add_sums(rows: &mut Rows<'_>, record: &ServiceRecord, more: &Sums) {
    let ServiceRecord { organiser, activity, volunteer, .. } = record;
    rows.upsert(organiser, || ByOrganiser::new(organiser.clone()), |sums| sums.add(more));
    rows.upsert(activity, || ByActivity::new(*activity), |sums| sums.add(more));
    rows.upsert(volunteer, || ByVolunteer::new(*volunteer), |sums| sums.add(more));
}

/// Only what was attested counts.
fn count_outcomes(rows: &mut Rows<'_>, record: &ServiceRecord, sign: i64) {
    if record.state != State::Attested {
        return;
    }
    let activity: ActivityId = record.activity;
    for &(what, count) in &record.outcomes.0 {
        let key = (activity, what.as_str().to_owned());
        let new = || Outcome { activity, what: key.1.clone(), count: 0 };
        rows.upsert(&key, new, |outcome| outcome.count += sign * i64::from(count));
    }
}

/// What one record adds to the sums.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) records: i64,
    pub(super) in_time: i64,
    pub(super) late: i64,
    pub(super) backfilled: i64,
    pub(super) attested: i64,
    pub(super) attested_minutes: i64,
    pub(super) disputed: i64,
    pub(super) voided: i64,
    pub(super) ratings: i64,
    pub(super) rating_sum: i64,
}

impl Sums {
    fn minus(&self, other: &Self) -> Self {
        Self {
            records: self.records - other.records,
            in_time: self.in_time - other.in_time,
            late: self.late - other.late,
            backfilled: self.backfilled - other.backfilled,
            attested: self.attested - other.attested,
            attested_minutes: self.attested_minutes - other.attested_minutes,
            disputed: self.disputed - other.disputed,
            voided: self.voided - other.voided,
            ratings: self.ratings - other.ratings,
            rating_sum: self.rating_sum - other.rating_sum,
        }
    }
}

impl ServiceRecord {
    fn new(volunteer: PersonId, record: u32, entry: &Entry, due: Date, at: Timestamp) -> Self {
        Self {
            volunteer,
            record,
            revision: 1,
            activity: entry.activity,
            kind: entry.kind,
            class: entry.class,
            organiser: entry.organiser.clone(),
            content: entry.content.to_string(),
            started_at: entry.started_at,
            ended_at: entry.ended_at,
            minutes: entry.minutes,
            outcomes: outcomes(entry),
            walk_in: entry.flags.contains(&Flag::WalkIn),
            check_out_forgotten: entry.flags.contains(&Flag::ForgottenCheckOut),
            due,
            due_provisional: false,
            recorded_at: at,
            late: false,
            backfill: false,
            state: State::Recorded,
            disputed: false,
            rating: None,
            attested_at: None,
        }
    }

    fn provisionally(self, provisional: Option<Provisional>) -> Self {
        Self { due_provisional: provisional.is_some(), ..self }
    }

    /// Takes over what a correction says; when and how late it was recorded stays.
    fn say(&mut self, entry: &Entry) {
        self.activity = entry.activity;
        self.kind = entry.kind;
        self.class = entry.class;
        self.organiser = entry.organiser.clone();
        self.content = entry.content.to_string();
        self.started_at = entry.started_at;
        self.ended_at = entry.ended_at;
        self.minutes = entry.minutes;
        self.outcomes = outcomes(entry);
        self.walk_in = entry.flags.contains(&Flag::WalkIn);
        self.check_out_forgotten = entry.flags.contains(&Flag::ForgottenCheckOut);
    }

    /// Takes the attestation back and ends a dispute.
    fn reopen(&mut self, state: State) {
        self.state = state;
        self.disputed = false;
        self.rating = None;
        self.attested_at = None;
    }

    fn sums(&self) -> Sums {
        let attested = i64::from(self.state == State::Attested);
        Sums {
            records: 1,
            in_time: i64::from(!self.late),
            late: i64::from(self.late),
            backfilled: i64::from(self.backfill),
            attested,
            attested_minutes: attested * i64::from(self.minutes.0),
            disputed: i64::from(self.disputed),
            voided: i64::from(self.state == State::Voided),
            ratings: attested * i64::from(self.rating.is_some()),
            rating_sum: attested * i64::from(self.rating.unwrap_or(0)),
        }
    }
}

/// The counters of an entry, each once, by their words.
fn outcomes(entry: &Entry) -> Outcomes {
    let mut counts: Vec<(service::Counter, u32)> = Vec::new();
    for outcome in &entry.outcomes {
        match counts.iter_mut().find(|(what, _)| *what == outcome.what) {
            Some((_, count)) => *count = count.saturating_add(outcome.count),
            None => counts.push((outcome.what, outcome.count)),
        }
    }
    counts.sort_by_key(|(what, _)| what.as_str());
    Outcomes(counts)
}
