//! 星级评定: up and down, one proposal at a time, never without its notice.

use super::*;

fn review(hours: u32) -> Command {
    Command::ReviewStar { volunteer: person(1), attested: Minutes(hours * 60) }
}

fn proposed(proposal: u32, from: u8, to: u8, hours: u32) -> Event {
    let notice = crate::NoticeId::star(person(1), proposal);
    let attested = Minutes(hours * 60);
    Event::StarProposed(StarProposed { proposal, from, to, attested, notice })
}

fn changed(proposal: u32, from: u8, to: u8, hours: u32) -> Event {
    Event::StarChanged(StarChanged { proposal, from, to, attested: Minutes(hours * 60) })
}

fn ended(proposal: u32, reason: ProposalEnd) -> Event {
    Event::StarProposalEnded(StarProposalEnded { proposal, reason })
}

fn settle(proposal: u32, upheld: bool) -> Command {
    Command::SettleStar { proposal, upheld }
}

#[test]
fn a_threshold_proposes_a_star_and_a_passed_notice_gives_it() {
    volunteer()
        .when(review(99))
        .then([])
        .when(review(100))
        .then([proposed(1, 0, 1, 100)])
        .when(review(101))
        .then([])
        .when(settle(1, false))
        .then([changed(1, 0, 1, 100)])
        .when(review(299))
        .then([])
        .when(review(1_500))
        .then([proposed(2, 1, 5, 1_500)]);
}

#[test]
fn an_upheld_objection_ends_the_proposal_and_the_star_stays() {
    volunteer()
        .when(review(300))
        .then([proposed(1, 0, 2, 300)])
        .when(settle(1, true))
        .then([ended(1, ProposalEnd::ObjectionUpheld)])
        .when(settle(1, false))
        .refused("volunteer.unknown_proposal")
        .when(review(300))
        .then([proposed(2, 0, 2, 300)]);
}

#[test]
fn hours_that_change_meanwhile_end_the_proposal_and_open_another() {
    volunteer()
        .when(review(100))
        .then([proposed(1, 0, 1, 100)])
        .when(review(300))
        .then([ended(1, ProposalEnd::HoursChanged), proposed(2, 0, 2, 300)])
        .when(settle(1, false))
        .refused("volunteer.unknown_proposal")
        .when(review(99))
        .then([ended(2, ProposalEnd::HoursChanged)])
        .when(settle(2, false))
        .refused("volunteer.unknown_proposal");
}

#[test]
fn voided_hours_take_the_star_back_by_the_same_way() {
    let one_star =
        given::<Volunteer>([registered(), proposed(1, 0, 1, 100), changed(1, 0, 1, 100)]);
    one_star
        .when(review(99))
        .then([proposed(2, 1, 0, 99)])
        .when(settle(2, false))
        .then([changed(2, 1, 0, 99)]);
}
