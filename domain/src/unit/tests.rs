#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{
    Scene, campaign, code, digest, every_code_is_tested, given, person, registered, text,
};
use crate::{Directory, squad};

mod succession;

/// A unit that is registered, in its own history and in the county's tree.
fn unit(unit: &str, kind: Kind) -> Scene<Unit> {
    given([Event::Registered(registered(unit, kind, Some("T1")))])
}

fn succeed(by: &str) -> Command {
    Command::Succeed { by: Some(code(by)), also: vec![], reason: text("机构合并") }
}

fn succeeded(by: &str) -> Event {
    let takes_over = Some(TakenOver { headcount: 50, tasks: vec![], reopened: vec![] });
    Event::Succeeded(Succeeded {
        by: code(by), also: vec![], reason: text("机构合并"), takes_over
    })
}

fn report(number: u64) -> Command {
    Command::ReportAdministrator { administrator: person(number), sealed: digest(1) }
}

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(include_str!("tests.rs"), include_str!("tests/succession.rs"));
    every_code_is_tested(include_str!("mod.rs"), tests, "unit");
}

#[test]
fn a_unit_is_registered_once_below_one_that_exists() {
    let village = registered("V2", Kind::Village, Some("T1"));
    let other = registered("V2", Kind::School, Some("T1"));
    given::<Unit>([])
        .when(Command::Register(village.clone()))
        .then([Event::Registered(village.clone())])
        .when(Command::Register(village))
        .then([])
        .when(Command::Register(other))
        .refused("unit.already_registered");
}

#[test]
fn only_the_county_stands_alone() {
    for (kind, parent, refusal) in [
        (Kind::Village, Some("T9"), "unit.unknown_parent"),
        (Kind::Village, Some("V2"), "unit.unknown_parent"), // its own parent
        (Kind::Village, None, "unit.no_parent"),
        (Kind::Village, Some("OLD"), "unit.succeeded"),
    ] {
        let asked = registered("V2", kind, parent);
        given::<Unit>([]).when(Command::Register(asked)).refused(refusal);
    }
    let county = registered("C2", Kind::County, None);
    let first = given::<Unit>([]).stand(Unit::default(), Directory::default());
    first.when(Command::Register(county.clone())).then([Event::Registered(county.clone())]);
    given::<Unit>([]).when(Command::Register(county)).refused("unit.second_county");
}

/// 330225 of one table is 330225000000 of another.
#[test]
fn a_division_is_registered_under_one_form_of_its_code() {
    let mut units = Directory::default();
    for (unit, kind, parent) in
        [("330225", Kind::County, None), ("330225001000", Kind::Town, Some("330225"))]
    {
        units.evolve(unit, &Event::Registered(registered(unit, kind, parent)).into());
    }
    for (form, known) in [
        ("330225000000", Some("330225")),
        ("330225000", Some("330225")),
        ("330225001", Some("330225001000")),
        ("330225002", None),
        ("330225001001", None),
    ] {
        assert_eq!(units.resolve(&code(form)), known.map(code).as_ref(), "{form}");
        let register = Command::Register(registered(form, Kind::Town, Some("330225")));
        let answer = given::<Unit>([]).stand(Unit::default(), units.clone()).when(register);
        match known {
            Some(_) => answer.refused("unit.other_form"),
            None => answer.granted(),
        };
    }
}

#[test]
fn nothing_is_asked_of_a_unit_that_is_not_registered() {
    let commands = [
        Command::DeclareHeadcount { headcount: 1 },
        Command::AssignQuota { task: 1, campaign: None },
        Command::Attribute { to: code("LAW") },
        report(1),
        succeed("LAW"),
    ];
    for command in commands {
        given::<Unit>([]).when(command).refused("unit.unregistered");
    }
}

#[test]
fn figures_are_declared_anew_only_when_they_change() {
    let headcount = |headcount| Command::DeclareHeadcount { headcount };
    let task = |task| Command::AssignQuota { task, campaign: None };
    unit("T1", Kind::Town)
        .when(headcount(0))
        .then([Event::HeadcountDeclared(HeadcountDeclared { headcount: 0 })])
        .when(headcount(0))
        .then([])
        .when(headcount(LARGEST_HEADCOUNT))
        .then([Event::HeadcountDeclared(HeadcountDeclared { headcount: LARGEST_HEADCOUNT })])
        .when(headcount(LARGEST_HEADCOUNT + 1))
        .refused("unit.figure")
        .when(task(54))
        .then([Event::QuotaAssigned(QuotaAssigned { task: 54, campaign: Some(campaign()) })])
        .when(task(54))
        .then([])
        .when(task(u32::MAX))
        .refused("unit.figure");
}

/// 派驻站所、学校、卫生院计入所属部门 (归口).
#[test]
fn outposts_schools_and_health_centres_count_towards_a_department() {
    let to = |to: &str| Command::Attribute { to: code(to) };
    for kind in [Kind::Outpost, Kind::School, Kind::HealthCentre] {
        unit("S1", kind)
            .when(to("EDU"))
            .then([Event::Attributed(Attributed { to: code("EDU") })])
            .when(to("EDU"))
            .then([])
            .when(to("LAW"))
            .then([Event::Attributed(Attributed { to: code("LAW") })]);
    }
    for kind in [Kind::County, Kind::Town, Kind::Village, Kind::Department, Kind::Enterprise] {
        unit("S1", kind).when(to("EDU")).refused("unit.not_attributable");
    }
    let school = || unit("S1", Kind::School);
    school().when(to("T2")).refused("unit.not_a_department");
    school().when(to("NONE")).refused("unit.unknown");
    school().when(to("OLD")).refused("unit.succeeded");
}

#[test]
fn a_unit_with_a_squad_of_its_own_is_not_attributed() {
    unit("S1", Kind::School)
        .unit("S1", squad::Event::Applied(squad::Applied { unit: code("S1") }))
        .when(Command::Attribute { to: code("EDU") })
        .refused("unit.has_squad");
}

#[test]
fn the_tree_never_runs_in_a_circle() {
    let below_school = Event::Registered(registered("D2", Kind::Department, Some("S1")));
    unit("S1", Kind::School)
        .unit("D2", below_school)
        .when(Command::Attribute { to: code("D2") })
        .refused("unit.circle");
    unit("T1", Kind::Town).when(succeed("T1")).refused("unit.circle");
    unit("T1", Kind::Town).when(succeed("V1")).refused("unit.circle");
    unit("LAW", Kind::Department).when(succeed("O1")).refused("unit.circle");
}

#[test]
fn a_task_is_given_in_a_campaign_that_is_not_over() {
    let task = |task, campaign: &str| Command::AssignQuota {
        task,
        campaign: Some(crate::CampaignCode::new(campaign).unwrap()),
    };
    let enlarging = || {
        let adopted = crate::campaign::Adopted {
            starts_on: crate::testing::day("2021-12-01"),
            deadlines: crate::campaign::Deadlines::default(),
            tasks: vec![],
            ..crate::testing::raising()
        };
        crate::campaign::Event::Adopted(Box::new(adopted))
    };
    let town = || unit("T1", Kind::Town).unit("2021-2", enlarging());
    let given = |task, campaign: &str| {
        let campaign = Some(crate::CampaignCode::new(campaign).unwrap());
        Event::QuotaAssigned(QuotaAssigned { task, campaign })
    };
    // It has the task 100 in the first campaign.
    town().when(task(100, "2021")).then([]);
    town().when(task(120, "2021")).then([given(120, "2021")]);
    town().when(task(100, "2021-2")).then([given(100, "2021-2")]);
    let unnamed = Command::AssignQuota { task: 9, campaign: None };
    town().when(unnamed.clone()).then([given(9, "2021-2")]);
    town().when(task(1, "2099")).refused("unit.unknown_campaign");
    let after = || town().at("2022-07-01T00:00:00+08:00");
    after().when(task(1, "2021")).refused("unit.campaign_over");
    after().when(unnamed).refused("unit.campaign_over");
    let none = Command::AssignQuota { task: 0, campaign: None };
    after().when(none).then([]);
    // A task is taken back before a deadline is over, and not when somebody may be late for it.
    let on = |moment| unit("T1", Kind::Town).at(moment);
    on("2021-11-20T08:00:00+08:00").when(task(0, "2021")).then([given(0, "2021")]);
    let late = || on("2021-11-23T12:00:00+08:00");
    late().when(task(0, "2021")).refused("unit.deadline_over");
    late().when(task(90, "2021")).then([given(90, "2021")]);
    unit("T2", Kind::Town).at("2021-12-24T08:00:00+08:00").when(task(0, "2021")).then([]);
}

#[test]
fn who_has_no_task_is_late_for_nothing() {
    let reported = |deadline, late, campaign| {
        let (administrator, sealed) = (person(1), digest(1));
        Event::AdministratorReported(AdministratorReported {
            administrator,
            sealed,
            deadline,
            late,
            campaign,
        })
    };
    let late = "2021-12-24T08:00:00+08:00";
    unit("T2", Kind::Town).at(late).when(report(1)).then([reported(None, false, None)]);
    let deadline = Some(crate::testing::time("2021-11-23T12:00:00+08:00"));
    unit("T1", Kind::Town).at(late).when(report(1)).then([reported(
        deadline,
        true,
        Some(campaign()),
    )]);
    // Nor does anybody owe anything once the campaign is over.
    unit("T1", Kind::Town)
        .at("2022-07-01T08:00:00+08:00")
        .when(report(1))
        .then([reported(None, false, None)]);
}

/// 11月23日中午下班前: the last moment before noon is in time, noon is not.
#[test]
fn an_administrator_reported_after_noon_of_the_day_is_late() {
    for (now, late) in [
        ("2021-11-23T11:59:59.999+08:00", false),
        ("2021-11-23T12:00:00+08:00", true),
        ("2021-11-24T08:00:00+08:00", true),
    ] {
        let deadline = Some(crate::testing::time("2021-11-23T12:00:00+08:00"));
        let (administrator, sealed) = (person(1), digest(1));
        unit("T1", Kind::Town)
            .at(now)
            .when(report(1))
            .then([Event::AdministratorReported(AdministratorReported {
                administrator,
                sealed,
                deadline,
                late,
                campaign: Some(campaign()),
            })])
            .when(report(1))
            .then([])
            .when(report(2))
            .granted();
    }
}

#[test]
fn a_unit_that_was_taken_over_acts_no_more() {
    let commands = [
        Command::DeclareHeadcount { headcount: 1 },
        Command::AssignQuota { task: 1, campaign: None },
        Command::Attribute { to: code("LAW") },
        report(1),
        succeed("EDU"),
    ];
    let ended = unit("T2", Kind::Town).when(succeed("T1")).then([succeeded("T1")]);
    for command in commands {
        ended.clone().when(command).refused("unit.succeeded");
    }
    // Nor does it take over another: the chain of successors ends at one that acts.
    unit("LAW", Kind::Department).when(succeed("OLD")).refused("unit.succeeded");
    unit("LAW", Kind::Department).when(succeed("NONE")).refused("unit.unknown");
}

fn correction() -> Correction {
    Correction { name: None, kind: None, parent: None, reason: text("机构改革") }
}

#[test]
fn a_unit_is_renamed_reclassified_and_hung_elsewhere() {
    let asked = Correction {
        name: Some(text("示例镇综合站")),
        kind: Some(Kind::SocialOrganisation),
        parent: Some(code("T2")),
        ..correction()
    };
    let reason = || text("机构改革");
    let scene = unit("S1", Kind::Outpost)
        .when(Command::Correct(asked.clone()))
        .then([
            Event::Renamed(Renamed { name: text("示例镇综合站"), reason: reason() }),
            Event::Reclassified(Reclassified { kind: Kind::SocialOrganisation, reason: reason() }),
            Event::ParentChanged(ParentChanged { parent: code("T2"), reason: reason() }),
        ])
        .when(Command::Correct(asked))
        .then([]);
    // What comes later rests on what it is now.
    let own = scene.state().registration().unwrap();
    assert_eq!((own.name.as_str(), own.kind), ("示例镇综合站", Kind::SocialOrganisation));
    scene.when(Command::Attribute { to: code("LAW") }).refused("unit.not_attributable");
}

#[test]
fn a_county_stays_one_and_nothing_else_becomes_one() {
    let kind = |kind| Command::Correct(Correction { kind: Some(kind), ..correction() });
    let parent = Command::Correct(Correction { parent: Some(code("T1")), ..correction() });
    let county = || given::<Unit>([Event::Registered(registered("C", Kind::County, None))]);
    county().when(kind(Kind::Town)).refused("unit.county_stands_alone");
    county().when(parent).refused("unit.county_stands_alone");
    unit("T2", Kind::Town).when(kind(Kind::County)).refused("unit.county_stands_alone");
}

#[test]
fn a_correction_leaves_the_tree_whole() {
    let to = |to: &str| Command::Correct(Correction { parent: Some(code(to)), ..correction() });
    let town = || given::<Unit>([Event::Registered(registered("T1", Kind::Town, Some("C")))]);
    for (parent, refusal) in [
        ("NONE", "unit.unknown_parent"),
        ("OLD", "unit.succeeded"),
        ("T1", "unit.circle"),
        ("V1", "unit.circle"),
    ] {
        town().when(to(parent)).refused(refusal);
    }
    let kind = |kind| Command::Correct(Correction { kind: Some(kind), ..correction() });
    // O1 counts towards LAW.
    given::<Unit>([Event::Registered(registered("LAW", Kind::Department, Some("C")))])
        .when(kind(Kind::Enterprise))
        .refused("unit.not_a_department");
    let attributed = Event::Attributed(Attributed { to: code("LAW") });
    given::<Unit>([Event::Registered(registered("O1", Kind::Outpost, Some("T1"))), attributed])
        .when(kind(Kind::Enterprise))
        .refused("unit.not_attributable")
        .when(kind(Kind::School))
        .granted();
}
