//! 承接, 分设, 撤销, and 常住人口.

use super::*;
use crate::testing::day;

#[test]
fn a_unit_is_split_among_successors_that_act() {
    let split = |also: &str| Command::Succeed {
        by: Some(code("LAW")),
        also: vec![code(also)],
        reason: text("分设"),
    };
    unit("T2", Kind::Town).when(split("NONE")).refused("unit.unknown");
    unit("T2", Kind::Town).when(split("OLD")).refused("unit.succeeded");
    unit("T2", Kind::Town).when(split("T2")).refused("unit.circle");
    unit("T2", Kind::Town).when(split("EDU")).then([Event::Succeeded(Succeeded {
        by: code("LAW"),
        also: vec![code("EDU")],
        reason: text("分设"),
        takes_over: Some(TakenOver { headcount: 50, tasks: vec![], reopened: vec![] }),
    })]);
}

/// 撤销: without a successor named, the superior goes on.
#[test]
fn a_unit_that_is_dissolved_is_taken_over_by_its_superior() {
    let dissolve = Command::Succeed { by: None, also: vec![], reason: text("撤销") };
    let taken = |headcount, task| {
        let tasks = vec![QuotaAssigned { task, campaign: Some(campaign()) }];
        let tasks = tasks.into_iter().filter(|of| of.task > 0).collect();
        Some(TakenOver { headcount, tasks, reopened: vec![] })
    };
    let dissolved = |by: &str, takes_over| {
        let (by, reason) = (code(by), text("撤销"));
        Event::Succeeded(Succeeded { by, also: vec![], reason, takes_over })
    };
    let school = Event::Registered(registered("S1", Kind::School, Some("T1")));
    given::<Unit>([school]).when(dissolve.clone()).then([dissolved("T1", taken(40, 0))]);
    // With its task in the campaign that is not over, and without afterwards.
    let edu = || given::<Unit>([Event::Registered(registered("EDU", Kind::Department, Some("C")))]);
    edu().when(dissolve.clone()).then([dissolved("C", taken(10, 1))]);
    edu()
        .at("2022-07-01T08:00:00+08:00")
        .when(dissolve.clone())
        .then([dissolved("C", taken(10, 0))]);
    given::<Unit>([Event::Registered(registered("C", Kind::County, None))])
        .when(dissolve)
        .refused("unit.county_stands_alone");
}

/// Nobody rids a task of its deadline by handing it to a unit whose squad was complete without it.
#[test]
fn a_squad_has_to_be_complete_anew_with_a_task_whose_own_squad_was_not() {
    let completed = || {
        let campaign = Some(campaign());
        let (members, party_members, required, deadline, late) = (6, 6, 6, None, false);
        squad::Event::Completed(squad::Completed {
            members,
            party_members,
            required,
            deadline,
            late,
            campaign,
        })
    };
    let town = || {
        let own = Event::Registered(registered("T1", Kind::Town, Some("C")));
        given::<Unit>([own]).unit("EDU", completed())
    };
    let taken = |reopened| {
        let tasks = vec![QuotaAssigned { task: 100, campaign: Some(campaign()) }];
        let takes_over = Some(TakenOver { headcount: 200, tasks, reopened });
        let (by, reason) = (code("EDU"), text("机构合并"));
        Event::Succeeded(Succeeded { by, also: vec![], reason, takes_over })
    };
    town().when(succeed("EDU")).then([taken(vec![campaign()])]);
    town().unit("T1", completed()).when(succeed("EDU")).then([taken(vec![])]);
    town().at("2021-12-01T00:00:00+08:00").when(succeed("EDU")).then([taken(vec![])]);
    // A squad that is not complete yet completes with all it has then.
    let own = Event::Registered(registered("T1", Kind::Town, Some("C")));
    given::<Unit>([own]).when(succeed("EDU")).then([taken(vec![])]);
}

/// The successor answers for all it has now, not for what its own history tells alone.
#[test]
fn a_successor_declares_anew_what_it_took_over() {
    let succeeded = || {
        Event::Succeeded(Succeeded {
            by: code("LAW"),
            also: vec![],
            reason: text("机构合并"),
            takes_over: Some(TakenOver {
                headcount: 10,
                tasks: vec![QuotaAssigned { task: 1, campaign: Some(campaign()) }],
                reopened: vec![],
            }),
        })
    };
    let declared = |headcount| Event::HeadcountDeclared(HeadcountDeclared { headcount });
    let assigned = |task| Event::QuotaAssigned(QuotaAssigned { task, campaign: Some(campaign()) });
    let own = Event::Registered(registered("LAW", Kind::Department, Some("C")));
    let law = given::<Unit>([own, declared(20)]).unit("EDU", succeeded());
    let headcount = |headcount| Command::DeclareHeadcount { headcount };
    let task = |task| Command::AssignQuota { task, campaign: None };
    law.clone().when(headcount(30)).then([]);
    law.clone().when(headcount(20)).then([declared(20)]);
    law.clone().when(task(1)).then([]);
    law.clone().when(task(2)).then([assigned(2)]);
    law.when(task(0)).refused("unit.deadline_over");
}

/// 常住人口: a fact of a division, with the source that it stands in.
#[test]
fn a_division_states_its_inhabitants_with_a_source() {
    let stated = |population, counted_on: &str| PopulationStated {
        population,
        counted_on: day(counted_on),
        source: text("第七次全国人口普查公报"),
    };
    let county = || given::<Unit>([Event::Registered(registered("C", Kind::County, None))]);
    county()
        .when(Command::StatePopulation(stated(503_700, "2020-11-01")))
        .then([Event::PopulationStated(stated(503_700, "2020-11-01"))])
        .when(Command::StatePopulation(stated(503_700, "2020-11-01")))
        .then([])
        .when(Command::StatePopulation(stated(512_000, "2021-11-30")))
        .then([Event::PopulationStated(stated(512_000, "2021-11-30"))])
        .when(Command::StatePopulation(stated(512_001, "2021-12-01")))
        .refused("unit.counted_in_future");
    let too_many = stated(LARGEST_POPULATION + 1, "2020-11-01");
    county().when(Command::StatePopulation(too_many)).refused("unit.figure");
    let asked = Command::StatePopulation(stated(9, "2020-11-01"));
    unit("S1", Kind::School).when(asked.clone()).refused("unit.no_division");
    given::<Unit>([]).when(asked).refused("unit.unregistered");
}
