//! 补录: of a meeting of three weeks ago, minutes on paper and photographs of them (基层援法议事工作方案 三(五): 有议题、有过程、有结果).

use super::*;
use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::service::Recorder;
use crate::testing::digest;
use crate::{Evidence, MediaType};

fn photographs(count: u8) -> Vec<Evidence> {
    let one = |byte| Evidence { digest: digest(byte), media_type: MediaType::Jpeg, bytes: 204_800 };
    (1..=count).map(one).collect()
}

fn paper(evidence: Vec<Evidence>) -> Option<FromPaper> {
    Some(FromPaper { recorder: Recorder::of(&recorder()), evidence })
}

/// A council meeting of 2021-11-09 on one topic; who entered it, the rule says.
fn past() -> Convened {
    Convened {
        starts_at: time("2021-11-09T14:00:00+08:00"),
        paper: paper(photographs(2)),
        reports: vec![],
        ..council(5, vec![item(Some(1), false, Matter::Ordinary)])
    }
}

fn entered() -> Scene<Meeting> {
    given::<Meeting>([])
        .by(recorder())
        .when(convene(past()))
        .then([Event::Convened(Box::new(past()))])
}

/// Attended by three, adopted by all of them.
fn decided() -> Scene<Meeting> {
    entered()
        .when(attend([1, 2, 3]))
        .granted()
        .when(advise(1, ADVISER, true))
        .granted()
        .when(vote(1, Choice::Agree, [1, 2, 3]))
        .granted()
        .when(decide(1))
        .granted()
}

fn minutes() -> MinutesSealed {
    let (process, result) = (text("逐户征求意见后讨论"), text("年内建成"));
    MinutesSealed {
        held_on: day("2021-11-09"),
        recorder: Some(person(3)),
        topics: vec![TopicMinutes { topic: 1, process, result, outcome: Outcome::Adopted }],
        reports: vec![],
    }
}

fn requested() -> Scene<Meeting> {
    let by = Recorder::of(&recorder());
    let asked = BackfillRequested { minutes: minutes(), by };
    decided().when(seal([1])).then([Event::BackfillRequested(Box::new(asked))])
}

fn administrator() -> Actor {
    Actor { person: Some(person(70)), ..actor(Role::UnitAdministrator, "administrator") }
}

fn refuse() -> Command {
    Command::RefuseBackfill { reason: text("签到表与参加人员不符") }
}

#[test]
fn only_a_meeting_that_was_held_is_entered_from_paper_and_the_paper_is_shown() {
    let with = |starts_at: &str, evidence| {
        let asked = Convened { starts_at: time(starts_at), paper: paper(evidence), ..past() };
        given::<Meeting>([]).when(convene(asked))
    };
    with("2021-11-30T12:00:00+08:00", photographs(1)).refused("meeting.not_held_yet");
    with("2021-11-30T11:59:59+08:00", photographs(1)).granted();
    with("2016-03-01T14:00:00+08:00", photographs(1)).granted();
    with("2021-11-09T14:00:00+08:00", vec![]).refused("meeting.no_photograph");
    with("2021-11-09T14:00:00+08:00", photographs(21)).refused("meeting.too_much_evidence");
    let twice = [photographs(1), photographs(1)].concat();
    with("2021-11-09T14:00:00+08:00", twice).refused("meeting.same_evidence");
}

#[test]
fn its_minutes_are_sealed_when_somebody_else_has_approved_them() {
    let approved = BackfillApproved { approver: Recorder::of(&administrator()) };
    let requested = requested();
    assert!(requested.state().sealed().is_none() && requested.state().is_backfilled());
    for command in while_it_runs().into_iter().chain([correct(1)]) {
        requested.clone().when(command).refused("meeting.awaits_approval");
    }
    let sealed = requested
        .when(Command::ApproveBackfill)
        .refused("meeting.backfill_self_approved")
        .by(administrator())
        .when(Command::ApproveBackfill)
        .then([Event::BackfillApproved(approved), Event::MinutesSealed(Box::new(minutes()))]);
    assert_eq!(sealed.state().adopted().count(), 1);
    sealed
        .when(Command::ApproveBackfill)
        .refused("meeting.not_requested")
        .when(cancel())
        .refused("meeting.sealed");
}

/// Who wrote the minutes is not who entered the meeting: neither approves.
#[test]
fn neither_who_entered_it_nor_who_wrote_the_minutes_approves_them() {
    let writer = Actor { person: Some(person(4)), ..actor(Role::Councillor, "councillor-4") };
    let requested = decided().by(writer.clone()).when(seal([1])).granted();
    for one in [writer, recorder(), Actor { person: Some(person(3)), ..administrator() }] {
        let asked = requested.clone().by(one);
        asked
            .when(Command::ApproveBackfill)
            .refused("meeting.backfill_self_approved")
            .when(refuse())
            .refused("meeting.backfill_self_approved");
    }
}

#[test]
fn after_a_refusal_it_is_mended_or_cancelled_and_a_vote_that_was_copied_does_not_bind() {
    let refused = BackfillRefused { reason: text("签到表与参加人员不符") };
    let refused = requested()
        .by(administrator())
        .when(refuse())
        .then([Event::BackfillRefused(refused)])
        .when(refuse())
        .refused("meeting.not_requested")
        .by(recorder());
    refused.clone().when(seal([1])).granted();
    refused.when(cancel()).granted();
}

#[test]
fn a_meeting_that_was_called_in_time_needs_no_approval() {
    meeting().when(Command::ApproveBackfill).refused("meeting.not_requested");
    given::<Meeting>([]).when(Command::ApproveBackfill).refused("meeting.unconvened");
    assert!(!meeting().state().is_backfilled());
}
