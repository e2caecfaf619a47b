#![allow(clippy::unwrap_used)]

use super::*;
use crate::station::{Group, Standing};
use crate::testing::{Scene, actor, code, day, digest, every_code_is_tested, given, person, text};
use crate::{Actor, Evidence, MediaType, MeetingId, Role};

mod backfilling;
mod believed;
mod execution;
mod notice;
mod objections;
mod properties;
mod stages;
mod supervision;
mod verifier;

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests/backfilling.rs"),
        include_str!("tests/execution.rs"),
        include_str!("tests/notice.rs"),
        include_str!("tests/objections.rs"),
        include_str!("tests/stages.rs"),
        include_str!("tests/supervision.rs"),
        include_str!("tests/verifier.rs"),
    );
    every_code_is_tested(include_str!("rejection.rs"), tests, "resolution");
}

const VOTERS: [u64; 2] = [1, 2];
const EXECUTOR: u64 = 3;
/// Of the supervision group, and near to nobody.
const SUPERVISOR: u64 = 8;

fn evidence() -> Vec<Evidence> {
    vec![Evidence { digest: digest(1), media_type: MediaType::Jpeg, bytes: 204_800 }]
}

/// The account of a person.
fn account(number: u64) -> Actor {
    Actor { person: Some(person(number)), ..actor(Role::Supervisor, "somebody") }
}

fn supervisor(number: u64) -> Standing {
    let groups = vec![Group::Supervision];
    Standing { person: Some(person(number)), groups, ..Standing::default() }
}

fn meeting_id() -> MeetingId {
    MeetingId(uuid::Uuid::from_u128(7))
}

fn the_adopted() -> Box<Adopted> {
    Box::new(Adopted {
        station: code("V1"),
        issue: Some(IssueId::from_bits(1)),
        title: text("增设垃圾收集点"),
        text: text("在村口增设两处收集点"),
        decided_on: day("2021-11-29"),
        body: None,
        voters: VOTERS.map(person).into(),
        in_favour: None,
    })
}

fn publicised(period: u32, opens_on: &str, closes_on: &str) -> Event {
    let (opens_on, closes_on) = (day(opens_on), day(closes_on));
    let text = if period == 1 { the_adopted().text } else { text(CORRECTED) };
    let shown = Some(Box::new(Shown { title: the_adopted().title, text }));
    let (evidence, backfilled) = (evidence(), false);
    Event::Publicised(Publicised { period, opens_on, closes_on, shown, evidence, backfilled })
}

fn publicise() -> Command {
    Command::Publicise { evidence: evidence() }
}

fn object() -> Command {
    Command::FileObjection { ground: text("选址离住户太近"), objector: None }
}

fn filed(objection: u32, answer_due: &str, late: bool) -> Event {
    let (ground, answer_due) = (text("选址离住户太近"), day(answer_due));
    Event::ObjectionFiled(ObjectionFiled {
        objection,
        ground,
        objector: None,
        answer_due,
        late,
        by: None,
    })
}

fn answer(objection: u32, verdict: Verdict, above: bool) -> Command {
    Command::AnswerObjection { objection, verdict, answer: text("已实地核查"), above }
}

fn answered(objection: u32, verdict: Verdict) -> Event {
    let answer = text("已实地核查");
    Event::ObjectionAnswered(ObjectionAnswered { objection, verdict, answer, escalate_until: None })
}

fn escalated(objection: u32, cause: Escalation, answer_due: &str) -> Event {
    let answer_due = day(answer_due);
    Event::ObjectionEscalated(ObjectionEscalated { objection, cause, answer_due })
}

fn correct() -> Command {
    Command::Correct {
        text: text("在路口东侧增设两处收集点"),
        reason: text("第1号异议成立"),
        evidence: evidence(),
    }
}

const CORRECTED: &str = "在路口东侧增设两处收集点";

fn corrected() -> Event {
    Event::Corrected(Corrected { text: text(CORRECTED), reason: text("第1号异议成立") })
}

fn withdraw() -> Command {
    Command::Withdraw { reason: text("不再实施"), above: false }
}

fn withdraw_from_above() -> Command {
    Command::Withdraw { reason: text("不再实施"), above: true }
}

fn withdrawn() -> Event {
    Event::Withdrawn(Withdrawn { reason: text("不再实施") })
}

fn closed(period: u32) -> Event {
    Event::NoticeClosed(NoticeClosed { period })
}

fn assign(executor: u64, due: &str) -> Command {
    Command::Assign {
        executor: person(executor), office: text("村委会副主任"), due: day(due)
    }
}

fn assigned(executor: u64, due: &str) -> Event {
    let (executor, office, due) = (person(executor), text("村委会副主任"), day(due));
    Event::Assigned(Assigned { executor, office, due })
}

fn claim() -> Command {
    Command::ClaimCompletion { note: text("两处收集点已启用"), evidence: evidence() }
}

fn completion_claimed(claim: u32) -> Event {
    let note = text("两处收集点已启用");
    Event::CompletionClaimed(CompletionClaimed { claim, note, evidence: evidence() })
}

fn verify(verifier: Standing) -> Command {
    Command::Verify { verifier, findings: text("两处均已使用"), evidence: evidence() }
}

/// On 2021-12-15.
fn completion_verified(claim: u32, verifier: u64) -> Event {
    let (verifier, findings) = (person(verifier), text("两处均已使用"));
    Event::CompletionVerified(CompletionVerified {
        claim,
        verifier,
        findings,
        verified_on: Some(day("2021-12-15")),
        evidence: evidence(),
    })
}

fn send_back(verifier: Standing, due: Option<&str>) -> Command {
    Command::Return { verifier, findings: text("只建成一处"), due: due.map(day) }
}

fn inform_branch() -> Command {
    Command::InformBranch { findings: text("两处均已使用") }
}

/// By the minutes of a meeting that was held on this day.
fn inform_meeting(reported: Option<&str>) -> Command {
    Command::InformMeeting { meeting: meeting_id(), reported: reported.map(day) }
}

fn publicise_completion() -> Command {
    Command::PubliciseCompletion { result: text("两处收集点已启用"), evidence: evidence() }
}

fn reopen() -> Command {
    Command::Reopen { reason: text("其中一处已停用"), evidence: evidence() }
}

fn reopened() -> Event {
    Event::Reopened(Reopened { reason: text("其中一处已停用"), evidence: evidence() })
}

/// Adopted on 2021-11-29.
fn adopted() -> Scene<Resolution> {
    // Nobody in particular acts, where a test does not say who.
    given([Event::Adopted(the_adopted())]).by(Actor::resident())
}

/// Publicised from 2021-11-30 to 2021-12-07.
fn open() -> Scene<Resolution> {
    adopted().when(publicise()).granted()
}

/// An objection was upheld on 2021-12-01.
fn awaiting_correction() -> Scene<Resolution> {
    open()
        .at("2021-12-01T12:00:00+08:00")
        .when(object())
        .granted()
        .when(answer(1, Verdict::Upheld, false))
        .granted()
}

/// Closed without an objection on 2021-12-08.
fn clean() -> Scene<Resolution> {
    open().at("2021-12-08T00:00:00+08:00").when(Command::CloseNotice).granted()
}

/// Executed until 2021-12-20.
fn executing() -> Scene<Resolution> {
    clean().when(assign(EXECUTOR, "2021-12-20")).granted()
}

/// Claimed on 2021-12-15.
fn claimed() -> Scene<Resolution> {
    let scene = executing().at("2021-12-15T12:00:00+08:00").by(account(EXECUTOR));
    scene.when(claim()).granted()
}

fn verified() -> Scene<Resolution> {
    claimed().by(account(SUPERVISOR)).when(verify(supervisor(SUPERVISOR))).granted()
}

fn branch_informed() -> Scene<Resolution> {
    verified().when(inform_branch()).granted()
}

fn meeting_informed() -> Scene<Resolution> {
    branch_informed().when(inform_meeting(Some("2021-12-15"))).granted()
}

/// Publicised as completed on 2021-12-15.
fn completed() -> Scene<Resolution> {
    meeting_informed().when(publicise_completion()).granted()
}
