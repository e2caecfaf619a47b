//! 补录公示: a notice that hung on the board three weeks ago.

use super::*;
use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::service::Recorder;

/// Decided on 2021-11-09, on the board since 11-10; entered on 11-30.
fn adopted() -> Scene<Resolution> {
    let decided_on = day("2021-11-09");
    given([Event::Adopted(Box::new(Adopted { decided_on, ..*the_adopted() }))]).by(clerk())
}

fn clerk() -> Actor {
    Actor { person: Some(person(VOTERS[0])), ..actor(Role::LeadingGroup, "leading-1") }
}

fn another() -> Actor {
    actor(Role::UnitAdministrator, "administrator")
}

fn enter(posted_on: &str) -> Command {
    Command::RequestBackfill { posted_on: day(posted_on), evidence: evidence() }
}

fn waiting() -> Scene<Resolution> {
    let paper = FromPaper { recorder: Recorder::of(&clerk()), evidence: evidence() };
    let asked = BackfillRequested { posted_on: day("2021-11-10"), paper };
    adopted().when(enter("2021-11-10")).then([Event::BackfillRequested(asked)])
}

fn refuse() -> Command {
    Command::RefuseBackfill { reason: text("照片不是公示栏") }
}

/// The period of the shipped rulebook: seven days, counted from the entry.
fn entered_late() -> Scene<Resolution> {
    let approved = BackfillApproved { approver: Recorder::of(&another()) };
    let Event::Publicised(entered) = publicised(1, "2021-11-10", "2021-12-07") else {
        unreachable!()
    };
    let publicised = Event::Publicised(Publicised { backfilled: true, ..entered });
    waiting()
        .by(another())
        .when(Command::ApproveBackfill)
        .then([Event::BackfillApproved(approved), publicised])
}

#[test]
fn the_day_on_the_board_lies_between_the_decision_and_yesterday_and_is_shown() {
    for (posted_on, code) in [
        ("2021-11-08", Some("resolution.posted_on")),
        ("2021-11-09", None),
        ("2021-11-29", None),
        ("2021-11-30", Some("resolution.posted_on")),
    ] {
        let asked = adopted().when(enter(posted_on));
        match code {
            Some(code) => drop(asked.refused(code)),
            None => drop(asked.granted()),
        }
    }
    let unseen = Command::RequestBackfill { posted_on: day("2021-11-10"), evidence: vec![] };
    adopted().when(unseen).refused("resolution.no_photograph");
}

#[test]
fn nothing_follows_from_it_before_a_second_person_approved_it() {
    waiting()
        .when(object())
        .refused("resolution.not_publicised")
        .when(publicise())
        .refused("resolution.awaits_approval")
        .when(enter("2021-11-10"))
        .refused("resolution.awaits_approval")
        .when(Command::ApproveBackfill)
        .refused("resolution.backfill_self_approved")
        .when(refuse())
        .refused("resolution.backfill_self_approved");
}

#[test]
fn it_is_open_for_the_whole_period_from_the_day_of_entry() {
    let entered = entered_late();
    assert_eq!(entered.state().open_until(), Some(day("2021-12-07")));
    entered
        .clone()
        .at("2021-12-07T23:59:59+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.too_early");
    entered
        .at("2021-12-07T23:59:59+08:00")
        .by(Actor::resident())
        .when(object())
        .then([filed(1, "2021-12-12", false)])
        .by(another())
        .when(Command::ApproveBackfill)
        .refused("resolution.not_requested")
        .when(enter("2021-11-10"))
        .refused("resolution.already_publicised");
}

#[test]
fn what_was_refused_is_publicised_as_any_other() {
    let refused = BackfillRefused { reason: text("照片不是公示栏") };
    waiting()
        .by(another())
        .when(refuse())
        .then([Event::BackfillRefused(refused)])
        .when(refuse())
        .refused("resolution.not_requested")
        .when(publicise())
        .then([publicised(1, "2021-11-30", "2021-12-07")]);
}
