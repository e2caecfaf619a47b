//! 记录、补录、更正: what may stand in a record, and until when.

use jiff::Timestamp;

use super::check::whole_minutes;
use super::{
    BackfillRequested, Corrected, Due, Entry, Event, Flag, Provisional, Recorded, Recorder,
    Rejection, Report, Service, State,
};
use crate::activity::Phase;
use crate::{Given, Minutes, SealedDigest, Text};

impl Service {
    pub(super) fn make_record(
        &self,
        report: Report,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let entry = self.checked(report, None, given)?;
        let Due { day: due, provisional } = Due::of(&entry, given);
        if given.today() > due {
            let days = *given.rulebook.rules.record_within_working_days;
            return Err(match provisional {
                Some(Provisional { missing, .. }) => {
                    Rejection::LateProvisionally { due, days, year: missing }
                }
                None => Rejection::Late { due, days },
            });
        }
        let record = self.next_number();
        Ok(Event::Recorded(Box::new(Recorded { record, entry, due, provisional })))
    }

    pub(super) fn request_backfill(
        &self,
        report: Report,
        evidence: Text<200>,
        digest: Option<SealedDigest>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let entry = self.checked(report, None, given)?;
        let Due { day: due, provisional } = Due::of(&entry, given);
        if given.today() <= due {
            return Err(Rejection::InTime { due });
        }
        let record = self.next_number();
        let requested = BackfillRequested { record, entry, due, provisional, evidence, digest };
        Ok(Event::BackfillRequested(Box::new(requested)))
    }

    pub(super) fn correct(
        &self,
        number: u32,
        report: Report,
        reason: Text<500>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        match record.state {
            State::Voided => return Err(Rejection::IsVoided {}),
            State::Requested => return Err(Rejection::AwaitsApproval {}),
            State::Recorded | State::Attested => {}
        }
        // Another activity would slip past the deadline of its own record and the second approver.
        if (report.activity, report.volunteer) != (record.entry.activity, record.entry.volunteer) {
            return Err(Rejection::OtherActivity {});
        }
        let withdrawn = record.counted();
        let revision = record.revision + 1;
        let entry = self.checked(report, Some(number), given)?;
        let total = Minutes(self.attested.0 - withdrawn.0);
        let corrected = Corrected { record: number, revision, entry, reason, withdrawn, total };
        Ok(Event::Corrected(Box::new(corrected)))
    }

    /// The entry a report makes, if it can be true: within the activity, not in the future, not
    /// longer than itself, and at no time at which the person was elsewhere.
    fn checked(
        &self,
        report: Report,
        replaces: Option<u32>,
        given: &Given<'_>,
    ) -> Result<Entry, Rejection> {
        let Report {
            volunteer,
            activity,
            content,
            started_at,
            ended_at,
            minutes,
            outcomes,
            participation,
        } = report;
        if ended_at <= started_at {
            return Err(Rejection::Backwards {});
        }
        if ended_at > given.now {
            return Err(Rejection::Future { now: given.now.into() });
        }
        if minutes == Minutes(0) {
            return Err(Rejection::NoTime {});
        }
        let longest = whole_minutes(started_at, ended_at);
        if minutes > longest {
            return Err(Rejection::LongerThanItself { longest });
        }
        if !participation.signed_up {
            return Err(Rejection::NotSignedUp {});
        }
        let (starts_at, ends_at) =
            (participation.activity.starts_at, participation.activity.ends_at);
        let until = match participation.phase {
            Phase::Announced | Phase::Cancelled => return Err(Rejection::NotHeld {}),
            Phase::Running => ends_at,
            Phase::Closed(at) => at,
        };
        if started_at < starts_at || ended_at > until {
            return Err(Rejection::OutsideActivity { from: starts_at.into(), to: until.into() });
        }
        self.no_overlap((started_at, ended_at), replaces)?;
        let within = |span| self.presence_at(activity, &participation, span, given.now);
        let presence = within((started_at, ended_at));
        // A minute begun counts, but not once more in the next record.
        let recorded = self.recorded_at(activity, replaces).0;
        let left = within((starts_at, until)).map(|all| all.minutes.0.saturating_sub(recorded));
        let present = presence.zip(left).map(|(there, left)| there.minutes.min(Minutes(left)));
        if let Some(present) = present.filter(|present| minutes > *present) {
            return Err(Rejection::LongerThanPresence { present });
        }
        let flags = [
            (participation.walk_in, Flag::WalkIn),
            (presence.is_some_and(|presence| presence.forgotten), Flag::ForgottenCheckOut),
        ];
        let flags = flags.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)).collect();
        let published = participation.activity;
        Ok(Entry {
            volunteer,
            activity,
            kind: published.kind,
            class: published.class,
            organiser: published.organiser,
            place: published.place,
            content,
            started_at,
            ended_at,
            minutes,
            in_charge: published.in_charge,
            recorder: Recorder::of(given.actor),
            outcomes,
            flags,
        })
    }

    fn no_overlap(
        &self,
        (from, to): (Timestamp, Timestamp),
        replaces: Option<u32>,
    ) -> Result<(), Rejection> {
        let clash = (1u32..).zip(&self.records).find(|(number, record)| {
            Some(*number) != replaces
                && record.state != State::Voided
                && from < record.entry.ended_at
                && record.entry.started_at < to
        });
        match clash {
            Some((other, record)) => Err(Rejection::Overlap {
                other,
                from: record.entry.started_at.into(),
                to: record.entry.ended_at.into(),
            }),
            None => Ok(()),
        }
    }
}
