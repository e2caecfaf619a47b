use domain::privacy::mask_text;
use domain::{MeetingId, UnitCode, meeting, station};
use jiff::Timestamp;

use super::MeetingCalendar;
use super::rows::{Meeting, Month, Photograph, Since, Status};
use super::topics;
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for MeetingCalendar {
    reads! { Rows<'_>: station, meeting }

    fn station(_: &Fact, station: &UnitCode, event: &station::Event, rows: &mut Rows<'_>) {
        on_station(rows, station, event);
    }

    fn meeting(fact: &Fact, meeting: &MeetingId, event: &meeting::Event, rows: &mut Rows<'_>) {
        on_meeting(rows, fact.recorded_at, *meeting, event);
    }
}

fn on_station(rows: &mut Rows<'_>, code: &UnitCode, event: &station::Event) {
    use station::Event;
    match event {
        // A town owes no meeting.
        Event::Opened(opened) if opened.level == station::Level::Village => {
            let month = domain::Month::of(opened.opened_on);
            let whole = month.first_day() == opened.opened_on;
            let first_month = if whole { month } else { month.next() };
            rows.put(Since { station: code.clone(), first_month, open_month: first_month });
        }
        Event::MeetingHeld(held) => {
            count_in(rows, code, domain::Month::of(held.held_on), |month| {
                let later = month.missed || held.backfilled;
                month.late = later && (month.late || month.meetings == 0);
                month.meetings += 1;
            });
        }
        Event::MeetingMissed(missed) => {
            count_in(rows, code, missed.month, |month| month.missed = true);
        }
        Event::Opened(_)
        | Event::ItemEvidenced(_)
        | Event::ItemLost(_)
        | Event::SupervisorsElected(_)
        | Event::MemberAppointed(_)
        | Event::MemberLeft(_)
        | Event::RelativesDeclared(_)
        | Event::KinshipEnded(_)
        | Event::TopicListed(_)
        | Event::HouseholdsStated(_) => {}
    }
}

/// Changes a month and goes on to the first of which nothing is known.
fn count_in(
    rows: &mut Rows<'_>,
    code: &UnitCode,
    month: domain::Month,
    change: impl FnOnce(&mut Month),
) {
    let (station, key) = (code.clone(), (code.clone(), month));
    let new = || Month { station, month, meetings: 0, missed: false, late: false };
    rows.upsert(&key, new, change);
    let Some(mut open) = rows.get::<Since>(code).map(|since| since.open_month) else { return };
    while rows.get::<Month>(&(code.clone(), open)).is_some() && open != open.next() {
        open = open.next();
    }
    rows.update::<Since, _>(code, |since| since.open_month = open);
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

fn on_meeting(rows: &mut Rows<'_>, at: Timestamp, id: MeetingId, event: &meeting::Event) {
    use meeting::Event;
    match event {
        Event::Convened(convened) => convene(rows, at, id, convened),
        Event::AttendanceTaken(taken) => {
            let more = count(taken.present.len());
            rows.update::<Meeting, _>(&id, |meeting| {
                meeting.present = meeting.present.saturating_add(more);
            });
        }
        Event::Departed(departed) => {
            let gone = count(departed.members.len());
            rows.update::<Meeting, _>(&id, |meeting| {
                meeting.departed = meeting.departed.saturating_add(gone);
            });
        }
        Event::Returned(returned) => {
            let back = count(returned.members.len());
            rows.update::<Meeting, _>(&id, |meeting| {
                meeting.departed = meeting.departed.saturating_sub(back);
            });
        }
        Event::OpinionGiven(given) => topics::opine(rows, id, given),
        Event::VotesCast(_) | Event::BallotsCast(_) => {}
        Event::CountingListsTaken(taken) => topics::list(rows, id, taken),
        Event::TopicDecided(decided) => topics::decide(rows, id, decided),
        Event::CountReopened(reopened) => topics::reopen(rows, id, reopened),
        Event::BackfillRequested(_) => {
            rows.update::<Meeting, _>(&id, |meeting| meeting.status = Status::AwaitingApproval);
        }
        Event::BackfillApproved(_) => {}
        Event::BackfillRefused(_) => {
            rows.update::<Meeting, _>(&id, |meeting| meeting.status = Status::Convened);
        }
        Event::MinutesSealed(sealed) => {
            rows.update::<Meeting, _>(&id, |meeting| {
                meeting.status = Status::Sealed;
                meeting.sealed_at = Some(at);
                meeting.held_on = Some(sealed.held_on);
                meeting.recorder = sealed.recorder;
            });
            topics::seal(rows, id, sealed);
        }
        Event::MinutesCorrected(corrected) => topics::correct(rows, at, id, corrected),
        Event::Cancelled(cancelled) => {
            rows.update::<Meeting, _>(&id, |meeting| {
                meeting.status = Status::Cancelled;
                meeting.cancelled_at = Some(at);
                meeting.reason = Some(mask_text(cancelled.reason.as_str()));
            });
        }
    }
}

fn convene(rows: &mut Rows<'_>, at: Timestamp, id: MeetingId, convened: &meeting::Convened) {
    let electorate = convened.electorate;
    rows.put(Meeting {
        meeting: id,
        station: convened.station.clone(),
        body: convened.body,
        form: convened.form,
        occasion: convened.occasion,
        starts_at: convened.starts_at,
        place: mask_text(convened.place.as_str()),
        convened_at: at,
        topics: count(convened.agenda.len()),
        reports: count(convened.reports.len()),
        entitled: electorate.map_or(count(convened.members.len()), |all| all.heads),
        entitled_area: electorate.map_or(0, |all| u64::from(all.area.0)),
        present: 0,
        departed: 0,
        sealed_at: None,
        held_on: None,
        recorder: None,
        cancelled_at: None,
        reason: None,
        backfilled: convened.paper.is_some(),
        status: Status::Convened,
    });
    let photographs = convened.paper.iter().flat_map(|paper| &paper.evidence);
    for (n, photograph) in (1..).zip(photographs) {
        rows.put(Photograph { meeting: id, n, digest: photograph.digest });
    }
    topics::announce(rows, id, &convened.agenda);
}
