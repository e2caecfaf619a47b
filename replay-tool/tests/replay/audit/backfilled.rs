//! 补录: what was entered from paper was approved by somebody else, and a notice stands its whole period from the entry.

use serde_json::json;

use super::{codes, wrong};
use crate::village::{COUNCILLOR, MEETING, RESOLUTION, SECRETARY, Village, account, line, photo};
use domain::Role;

/// Entered by the secretary; the councillor wrote the minutes, and somebody approved them.
fn from_paper(approver: &str) -> Village {
    let secretary = json!({"account": "leading-1", "person": SECRETARY});
    let meeting = format!("meeting-{MEETING}");
    let minutes = Village::clean().data("MinutesSealed");
    let asked =
        json!({"minutes": minutes, "by": {"account": "councillor-1", "person": COUNCILLOR}});
    let mut approval = line(
        &meeting,
        "MeetingBackfillApproved",
        "03-03T16:59",
        json!({"approver": {"account": "office-2", "person": approver}}),
    );
    approval.actor = account("office-2", Role::CountyOffice, Some(approver));
    Village::clean()
        .with("MeetingConvened", |line| {
            line.data["paper"] = json!({"recorder": secretary, "evidence": photo()});
        })
        .and(line(&meeting, "MeetingBackfillRequested", "03-03T16:58", asked))
        .and(approval)
}

#[test]
fn a_meeting_from_paper_was_approved_by_neither_who_entered_it_nor_who_wrote_it_down() {
    wrong(&from_paper("V00000000000F"), &[]);
    // Both topics of the meeting are in doubt.
    for own in [SECRETARY, COUNCILLOR] {
        wrong(&from_paper(own), &["decision.backfill_self_approved"; 2]);
    }
    let nobody = from_paper("V00000000000F").without("MeetingBackfillApproved");
    wrong(&nobody, &["decision.backfill_unapproved"; 2]);
}

/// On the board since the day of the meeting, entered and approved on the next.
fn board(approver: &str) -> Village {
    let paper = json!({"recorder": {"account": "leading-1"}, "evidence": photo()});
    let asked = json!({"posted_on": "2022-03-03", "paper": paper});
    let approved = json!({"approver": {"account": approver}});
    let mut approval = line(RESOLUTION, "ResolutionBackfillApproved", "03-04T08:59", approved);
    approval.actor = account(approver, Role::CountyOffice, None);
    Village::clean()
        .with("ResolutionPublicised", |line| {
            line.data["opens_on"] = json!("2022-03-03");
            line.data["backfilled"] = json!(true);
        })
        .and(line(RESOLUTION, "ResolutionBackfillRequested", "03-04T08:58", asked))
        .and(approval)
}

#[test]
fn a_notice_from_paper_has_its_day_there_and_a_whole_period_from_the_approval() {
    let found = |village: &Village| codes(village, "04-30", &["wrong"]);
    assert_eq!(found(&board("office-2")), [""; 0]);
    assert_eq!(found(&board("leading-1")), ["decision.backfill_self_approved"]);
    let nobody = board("office-2").without("ResolutionBackfillApproved");
    assert_eq!(found(&nobody), ["decision.backfill_unapproved"]);
    let short = board("office-2").with("ResolutionPublicised", |line| {
        line.data["closes_on"] = json!("2022-03-10");
    });
    assert_eq!(found(&short), ["decision.notice_period"]);
    let earlier = board("office-2").with("ResolutionPublicised", |line| {
        line.data["opens_on"] = json!("2022-03-02");
    });
    assert_eq!(found(&earlier), ["decision.notice_period"]);
}
