#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{
    Scene, campaign, code, consent, day, every_code_is_tested, given, person, text, time,
};
use crate::unit::{self, HeadcountDeclared};

const COMPLETE: Command = Command::Complete { others: Heads { members: 0, party: 0 } };

fn applied(unit: &str) -> Event {
    Event::Applied(Applied { unit: code(unit) })
}

fn approved() -> Event {
    Event::Approved(Approved { registration: text("团县委2021第1号") })
}

fn joined(number: u64, party: bool) -> Event {
    let consent = consent("2021-11-20");
    Event::MemberJoined(MemberJoined { volunteer: person(number), consent, party })
}

/// An approved squad of the department EDU, of which `party` are party members or activists.
fn squad(members: u64, party: u64) -> Scene<Squad> {
    let joined = (1..=members).map(|number| joined(number, number <= party));
    given([applied("EDU"), approved()].into_iter().chain(joined))
}

fn headcount(headcount: u32) -> unit::Event {
    unit::Event::HeadcountDeclared(HeadcountDeclared { headcount })
}

fn join(number: u64, unit: &str) -> Command {
    let volunteer = person(number);
    let applicant = Applicant { volunteer, unit: code(unit), party: false, may_serve: true };
    Command::Join { applicant, consent: Some(consent("2021-11-20")) }
}

fn completed(members: u32, party_members: u32, required: u32, late: bool) -> Event {
    let deadline = Some(time("2021-12-01T00:00:00+08:00"));
    let campaign = Some(campaign());
    Event::Completed(Completed { members, party_members, required, deadline, late, campaign })
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "squad");
}

#[test]
fn a_unit_applies_once_and_is_approved_once() {
    let apply = || Command::Apply { unit: code("T2") };
    let approve = || Command::Approve { registration: text("团县委2021第1号") };
    given::<Squad>([])
        .when(approve())
        .refused("squad.not_applied")
        .when(apply())
        .then([applied("T2")])
        .when(apply())
        .then([])
        .when(approve())
        .then([approved()])
        .when(approve())
        .refused("squad.already_approved");
}

#[test]
fn only_a_unit_that_stands_for_itself_raises_a_squad() {
    for (unit, refusal) in [
        ("NONE", "squad.unknown_unit"),
        ("O1", "squad.attributed_unit"),
        ("OLD", "squad.ended_unit"),
    ] {
        given::<Squad>([]).when(Command::Apply { unit: code(unit) }).refused(refusal);
    }
}

/// 志愿服务条例 §25: nobody is enrolled by a quota.
#[test]
fn nobody_joins_without_consent() {
    let applicant =
        Applicant { volunteer: person(1), unit: code("EDU"), party: true, may_serve: true };
    let join = |consent| Command::Join { applicant: applicant.clone(), consent };
    squad(0, 0)
        .when(join(None))
        .refused("squad.no_consent")
        .when(join(Some(Consent { form: text("无"), ..consent("2021-11-30") })))
        .refused("squad.no_consent")
        .when(join(Some(consent("2021-12-01"))))
        .refused("squad.consent_in_future")
        .when(join(Some(consent("2021-11-30"))))
        .then([Event::MemberJoined(MemberJoined {
            volunteer: person(1),
            consent: consent("2021-11-30"),
            party: true,
        })]);
}

#[test]
fn today_is_the_county_s_day_not_that_of_utc() {
    let ahead = || Command::Join {
        applicant: Applicant {
            volunteer: person(1),
            unit: code("EDU"),
            party: false,
            may_serve: true,
        },
        consent: Some(crate::squad::Consent { given_on: day("2021-12-01"), form: text("扫码") }),
    };
    squad(0, 0).at("2021-11-30T15:59:59Z").when(ahead()).refused("squad.consent_in_future");
    squad(0, 0).at("2021-11-30T16:00:00Z").when(ahead()).granted();
}

#[test]
fn a_member_serves_and_belongs_to_the_squad_s_units() {
    given::<Squad>([]).when(join(1, "EDU")).refused("squad.not_applied");
    let town = || given::<Squad>([applied("T1")]);
    town().when(join(1, "T1")).granted();
    town().when(join(1, "V1")).granted(); // a village without a squad joins its town's
    town().when(join(1, "T2")).refused("squad.other_unit");
    town().when(join(1, "O1")).refused("squad.other_unit"); // counts towards LAW
    town().when(join(1, "NONE")).refused("squad.other_unit");
    let Command::Join { mut applicant, consent } = join(1, "T1") else { unreachable!() };
    applicant.may_serve = false;
    town().when(Command::Join { applicant, consent }).refused("squad.not_serving");
}

#[test]
fn joining_twice_states_nothing_new_and_leaving_is_always_possible() {
    let leave = || Command::Leave { volunteer: person(1), reason: text("个人原因") };
    let after = squad(0, 0)
        .when(join(1, "EDU"))
        .then([joined(1, false)])
        .when(join(1, "EDU"))
        .then([])
        .when(leave())
        .then([left(Some("2021-11-30"))])
        .when(leave())
        .refused("squad.not_a_member");
    assert!(!after.state().has(person(1)));
    assert_eq!(after.state().left(person(1)), Some(Some(day("2021-11-30"))));
}

fn left(on: Option<&str>) -> Event {
    let (volunteer, reason) = (person(1), text("个人原因"));
    Event::MemberLeft(MemberLeft { volunteer, reason, on: on.map(day) })
}

/// An old list makes nobody a member who has left since.
#[test]
fn who_left_joins_again_with_a_consent_no_older_than_that() {
    let join_since = |given_on: &str| {
        let Command::Join { applicant, .. } = join(1, "EDU") else { unreachable!() };
        Command::Join { applicant, consent: Some(consent(given_on)) }
    };
    let gone = |on| given::<Squad>([applied("EDU"), joined(1, false), left(on)]);
    gone(Some("2021-11-20")).when(join_since("2021-11-19")).refused("squad.consent_before_leaving");
    let back = gone(Some("2021-11-20")).when(join_since("2021-11-20")).granted();
    assert_eq!(back.state().left(person(1)), None);
    // Of the earliest departures the day is not known.
    gone(None).when(join_since("2021-11-01")).granted();
}

#[test]
fn a_squad_is_complete_once_and_only_after_its_approval() {
    given::<Squad>([]).when(COMPLETE).refused("squad.not_applied");
    given::<Squad>([applied("EDU")]).when(COMPLETE).refused("squad.not_approved");
    squad(6, 6)
        .when(COMPLETE)
        .then([completed(6, 6, 6, false)])
        .when(COMPLETE)
        .refused("squad.already_completed");
}

/// 总人数的60%: exactly the share is enough, one person less is not.
#[test]
fn members_are_at_least_the_share_of_the_headcount() {
    for (people, members, enough) in
        [(10, 6, true), (10, 5, false), (1000, 600, true), (1000, 599, false), (11, 6, false)]
    {
        let scene = squad(members, members).unit("EDU", headcount(people)).when(COMPLETE);
        if enough {
            scene.granted();
        } else {
            scene.refused("squad.too_few");
        }
    }
    squad(6, 6).unit("EDU", headcount(0)).when(COMPLETE).refused("squad.no_headcount");
}

#[test]
fn the_task_and_attributed_units_raise_what_is_required() {
    let task =
        unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 8, campaign: Some(campaign()) });
    squad(7, 7).unit("EDU", task.clone()).when(COMPLETE).refused("squad.too_few");
    squad(8, 8).unit("EDU", task).when(COMPLETE).then([completed(8, 8, 8, false)]);
    // The school's 40 people count towards the department: 60 % of 50.
    let attributed = || unit::Event::Attributed(unit::Attributed { to: code("EDU") });
    squad(29, 29).unit("S1", attributed()).when(COMPLETE).refused("squad.too_few");
    squad(30, 30).unit("S1", attributed()).when(COMPLETE).then([completed(30, 30, 30, false)]);
}

/// 党员和入党积极分子不少于30%: 3 of 10 do, 2 of 10 and 3 of 11 do not.
#[test]
fn party_members_are_at_least_their_share_of_the_squad() {
    squad(10, 3).when(COMPLETE).then([completed(10, 3, 6, false)]);
    squad(10, 2).when(COMPLETE).refused("squad.too_few_party");
    squad(11, 3).when(COMPLETE).refused("squad.too_few_party");
    squad(6, 0)
        .rules(|rules| rules.party_percent.value = 0)
        .when(COMPLETE)
        .then([completed(6, 0, 6, false)]);
}

/// 11月30日之前: the last minute of the day is in time.
#[test]
fn a_squad_complete_after_the_deadline_is_late() {
    for (now, late) in
        [("2021-11-30T23:59:59.999+08:00", false), ("2021-12-01T00:00:00+08:00", true)]
    {
        squad(6, 6).at(now).when(COMPLETE).then([completed(6, 6, 6, late)]);
    }
}

/// 党员比例: a member counts as what they are today.
#[test]
fn a_member_whose_political_status_changed_counts_accordingly() {
    let count = |number, party| Command::CountParty { volunteer: person(number), party };
    let changed = PartyShareChanged { volunteer: person(2), party: true };
    squad(3, 1)
        .when(count(2, false))
        .then([])
        .when(count(2, true))
        .then([Event::PartyShareChanged(changed)])
        .when(count(2, true))
        .then([])
        // No member of this squad.
        .when(count(9, true))
        .then([]);
}

/// Town T1 with 200 people and the task 100; its village V1 with 30 people.
fn town(members: u64, party: u64) -> Scene<Squad> {
    let joined = (1..=members).map(|number| joined(number, number <= party));
    given([applied("T1"), approved()].into_iter().chain(joined))
}

/// 镇乡(街道)含不含村: people, task, members and party members of the villages count, or none of them does.
#[test]
fn a_town_counts_its_villages_or_does_not_in_all_figures_alike() {
    let village =
        |task| unit::Event::QuotaAssigned(unit::QuotaAssigned { task, campaign: Some(campaign()) });
    let with = Heads { members: 20, party: 2 };
    let complete = |others| Command::Complete { others };
    let school = unit::Event::HeadcountDeclared(HeadcountDeclared { headcount: 0 });
    let town = |members, party| town(members, party).unit("S1", school.clone());
    let alone = |rules: &mut crate::rulebook::Rules| {
        rules.towns_count_villages.as_mut().unwrap().value = false;
    };
    // 60 % of 230.
    town(118, 40).when(complete(with)).then([completed(138, 42, 138, false)]);
    town(117, 40).when(complete(with)).refused("squad.too_few");
    town(118, 39).when(complete(with)).refused("squad.too_few_party");
    // 60 % of 200.
    town(120, 36).rules(alone).when(COMPLETE).then([completed(120, 36, 120, false)]);
    town(119, 36).rules(alone).when(COMPLETE).refused("squad.too_few");
    // The task of the town contains that of its villages.
    let large = || town(150, 50).unit("V1", village(151));
    large().when(COMPLETE).refused("squad.too_few");
    large().rules(alone).when(COMPLETE).granted();
    // Nor does anybody of a village join the squad of a town that does not count it.
    town(0, 0).when(join(1, "V1")).granted();
    town(0, 0).rules(alone).when(join(1, "V1")).refused("squad.other_unit");
}

/// 承接: who was taken over joins the successor's squad, and counts there.
#[test]
fn a_squad_takes_in_whom_its_unit_took_over() {
    let taken = unit::Event::Succeeded(unit::Succeeded {
        by: code("EDU"),
        also: vec![],
        reason: text("机构合并"),
        takes_over: Some(unit::TakenOver { headcount: 200, tasks: vec![], reopened: vec![] }),
    });
    let edu = |members| squad(members, members).unit("T1", taken.clone());
    edu(0).when(join(1, "T1")).granted();
    edu(0).when(join(1, "V1")).granted();
    given::<Squad>([applied("T1")])
        .unit("T1", taken.clone())
        .when(join(1, "T1"))
        .refused("squad.other_unit");
    // 60 % of 10 + 200 + 30 + 40 people, 100 of them members of the squad that was taken over.
    let others = Heads { members: 100, party: 100 };
    edu(68).when(Command::Complete { others }).then([completed(168, 168, 168, false)]);
    edu(67).when(Command::Complete { others }).refused("squad.too_few");
}

/// 承接: a squad that was complete without what its unit took over is complete anew with it, or is late.
#[test]
fn a_squad_that_was_reopened_is_complete_once_more() {
    let taken = unit::Event::Succeeded(unit::Succeeded {
        by: code("EDU"),
        also: vec![],
        reason: text("机构合并"),
        takes_over: Some(unit::TakenOver {
            headcount: 20,
            tasks: vec![],
            reopened: vec![campaign()],
        }),
    });
    let complete = |members| Command::Complete { others: Heads { members, party: members } };
    // 60 % of the 10 of EDU, the 20 of LAW and the 5 of the outpost there.
    let reopened = squad(6, 6)
        .when(COMPLETE)
        .then([completed(6, 6, 6, false)])
        .unit("LAW", taken)
        .when(complete(14))
        .refused("squad.too_few");
    reopened
        .clone()
        .when(complete(15))
        .then([completed(21, 21, 21, false)])
        .unit("EDU", completed(21, 21, 21, false))
        .when(complete(15))
        .refused("squad.already_completed");
    reopened.at("2021-12-01T00:00:00+08:00").when(complete(15)).then([completed(21, 21, 21, true)]);
}
