#![allow(clippy::unwrap_used)]

use super::*;
use crate::rulebook::Rule;
use crate::squad::{self, Squad};
use crate::testing::{
    Scene, campaign, code, consent, county, day, every_code_is_tested, given, person, raising,
    registered, text, time,
};
use crate::unit::{self, QuotaAssigned};
use crate::{CampaignCode, Directory};

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "campaign");
}

/// 增补2027, adopted on 2027-02-01 in a county that had a campaign in 2021.
fn enlarging() -> Adopted {
    Adopted {
        name: text("增补2027"),
        source: text("县委依法治县办2027年第2号"),
        starts_on: day("2027-02-01"),
        ends_on: Some(day("2027-12-31")),
        deadlines: Deadlines {
            administrator: Some(time("2027-03-31T17:00:00+08:00")),
            squad: Some(time("2027-05-31T17:00:00+08:00")),
        },
        by_kind: vec![KindDeadlines {
            kind: Kind::Town,
            deadlines: Deadlines {
                administrator: None,
                squad: Some(time("2027-06-30T17:00:00+08:00")),
            },
        }],
        county_total: Some(12_000),
        tasks: vec![Task { unit: code("LAW"), task: 5 }, Task { unit: code("T1"), task: 130 }],
    }
}

fn adopt(change: impl FnOnce(&mut Adopted)) -> Command {
    let mut plan = enlarging();
    change(&mut plan);
    Command::Adopt { plan: Box::new(plan), take_over: false }
}

fn adopted(change: impl FnOnce(&mut Adopted)) -> Event {
    let mut plan = enlarging();
    change(&mut plan);
    Event::Adopted(Box::new(plan))
}

fn february() -> Scene<Campaign> {
    given([]).at("2027-02-01T09:00:00+08:00")
}

fn running() -> Scene<Campaign> {
    february().when(adopt(|_| {})).then([adopted(|_| {})])
}

/// The county before any campaign: T1 was given the task 100.
fn nothing_yet() -> Directory {
    let mut units = Directory::default();
    let parents =
        [("C", Kind::County, None), ("T1", Kind::Town, Some("C")), ("T2", Kind::Town, Some("C"))];
    for (unit, kind, parent) in parents {
        units.evolve(unit, &unit::Event::Registered(registered(unit, kind, parent)).into());
    }
    let assigned = unit::Event::QuotaAssigned(QuotaAssigned { task: 100, campaign: None });
    units.evolve("T1", &assigned.into());
    units
}

#[test]
fn a_campaign_is_adopted_once() {
    running().when(adopt(|_| {})).then([]);
    running().when(adopt(|plan| plan.tasks.clear())).then([]);
    for change in [
        |plan: &mut Adopted| plan.name = text("增补"),
        |plan: &mut Adopted| plan.ends_on = None,
        |plan: &mut Adopted| plan.tasks[0].task = 6,
    ] {
        running().when(adopt(change)).refused("campaign.known");
    }
}

#[test]
fn a_unit_whose_task_is_nothing_has_none() {
    february()
        .when(adopt(|plan| plan.tasks.push(Task { unit: code("EDU"), task: 0 })))
        .then([adopted(|_| {})]);
}

#[test]
fn the_plan_has_to_fit_its_period_and_its_units() {
    let refused = |change: fn(&mut Adopted), code| february().when(adopt(change)).refused(code);
    refused(|plan| plan.ends_on = Some(day("2027-01-31")), "campaign.backwards");
    refused(|plan| plan.starts_on = day("2027-04-01"), "campaign.deadline_outside");
    refused(|plan| plan.ends_on = Some(day("2027-06-28")), "campaign.deadline_outside");
    refused(|plan| plan.by_kind.push(plan.by_kind[0]), "campaign.kind_twice");
    refused(|plan| plan.tasks[0].unit = code("NONE"), "campaign.unknown_unit");
    refused(|plan| plan.tasks[0].unit = code("OLD"), "campaign.succeeded_unit");
    refused(|plan| plan.tasks.push(plan.tasks[0].clone()), "campaign.unit_twice");
    refused(|plan| plan.tasks[0].task = LARGEST_HEADCOUNT + 1, "campaign.figure");
    refused(|plan| plan.county_total = Some(u32::MAX), "campaign.figure");
    february().when(adopt(|plan| plan.ends_on = None)).granted();
    // 6月30日之前, written as the first moment of the day after, ends with the campaign.
    february()
        .when(adopt(|plan| {
            plan.ends_on = Some(day("2027-06-30"));
            plan.by_kind[0].deadlines.squad = Some(time("2027-07-01T00:00:00+08:00"));
        }))
        .granted();
}

/// As the first version of the rulebook may: it says by what the county worked before it had this program.
#[test]
fn only_the_first_campaign_reaches_back() {
    let late = || given::<Campaign>([]).at("2027-04-01T09:00:00+08:00");
    late().when(adopt(|_| {})).refused("campaign.deadline_past");
    late()
        .stand(Campaign::default(), nothing_yet())
        .when(adopt(|plan| plan.tasks.truncate(0)))
        .granted();
}

#[test]
fn the_first_campaign_may_take_over_the_tasks_given_before() {
    let take_over = |tasks: Vec<Task>| {
        let mut plan = enlarging();
        plan.tasks = tasks;
        Command::Adopt { plan: Box::new(plan), take_over: true }
    };
    let task = |unit, task| Task { unit: code(unit), task };
    let first = || february().stand(Campaign::default(), nothing_yet());
    let with = |tasks: Vec<Task>| adopted(|plan| plan.tasks = tasks);
    first().when(take_over(vec![])).then([with(vec![task("T1", 100)])]);
    first()
        .when(take_over(vec![task("T2", 7), task("T1", 60)]))
        .then([with(vec![task("T1", 60), task("T2", 7)])]);
    february().when(take_over(vec![])).then([with(vec![])]);
}

fn put_off(squad: &str) -> Command {
    let deadlines = Deadlines { administrator: None, squad: Some(time(squad)) };
    Command::MoveDeadlines { deadlines, by_kind: vec![], reason: text("台风") }
}

#[test]
fn a_deadline_is_put_off_before_it_is_over_and_never_after() {
    let later = "2027-07-15T17:00:00+08:00";
    let moved = Event::DeadlinesMoved(DeadlinesMoved {
        deadlines: Deadlines { squad: Some(time(later)), ..enlarging().deadlines },
        by_kind: enlarging().by_kind,
        reason: text("台风"),
    });
    let in_may = || running().at("2027-05-20T09:00:00+08:00");
    let after = in_may().when(put_off(later)).then([moved]).when(put_off(later)).then([]);
    assert_eq!(after.state().adopted().unwrap().deadlines.squad, Some(time(later)));
    in_may().when(put_off("2027-05-30T17:00:00+08:00")).refused("campaign.deadline_earlier");
    in_may().when(put_off("2028-01-15T17:00:00+08:00")).refused("campaign.deadline_outside");
    in_may()
        .at("2027-05-31T17:00:00+08:00")
        .when(put_off(later))
        .refused("campaign.deadline_passed");
    // A kind without a deadline of its own may get one, that lies ahead.
    let for_schools = |squad: &str| Command::MoveDeadlines {
        deadlines: Deadlines::default(),
        by_kind: vec![KindDeadlines {
            kind: Kind::School,
            deadlines: Deadlines { administrator: None, squad: Some(time(squad)) },
        }],
        reason: text("暑假"),
    };
    let schools = in_may().when(for_schools(later)).granted();
    let adopted = schools.state().adopted().unwrap();
    assert_eq!(adopted.deadlines_of(Kind::School).squad, Some(time(later)));
    assert_eq!(
        adopted.deadlines_of(Kind::School).administrator,
        enlarging().deadlines.administrator
    );
    assert_eq!(adopted.deadlines_of(Kind::Village), enlarging().deadlines);
    // The deadline that they have no own of still follows the general one.
    let march = running().at("2027-03-10T09:00:00+08:00").when(for_schools(later)).granted();
    let april = Some(time("2027-04-15T17:00:00+08:00"));
    let deadlines = Deadlines { administrator: april, squad: None };
    let (by_kind, reason) = (vec![], text("台风"));
    let moved = march.when(Command::MoveDeadlines { deadlines, by_kind, reason }).granted();
    let of_schools = moved.state().adopted().unwrap().deadlines_of(Kind::School);
    assert_eq!(of_schools, Deadlines { administrator: april, squad: Some(time(later)) });
    let without = february().when(adopt(|plan| plan.deadlines = Deadlines::default())).granted();
    without
        .at("2027-05-20T09:00:00+08:00")
        .when(put_off("2027-05-20T09:00:00+08:00"))
        .refused("campaign.deadline_past");
}

#[test]
fn a_campaign_ends_once_and_then_takes_nothing_more() {
    let end = || Command::End { reason: text("任务完成") };
    let ended = Event::Ended(Ended { on: day("2027-05-20"), reason: text("任务完成") });
    running()
        .at("2027-05-20T09:00:00+08:00")
        .when(end())
        .then([ended])
        .when(end())
        .refused("campaign.over")
        .when(put_off("2027-08-01T17:00:00+08:00"))
        .refused("campaign.over");
    running().at("2028-01-01T00:00:00+08:00").when(end()).refused("campaign.over");
    running().at("2027-12-31T23:59:59+08:00").when(end()).granted();
    february().when(end()).refused("campaign.unknown");
}

/// The county of 2021 with 增补2027 adopted.
fn in_2027() -> Directory {
    let mut units = county();
    units.evolve("2027", &adopted(|_| {}).into());
    units
}

fn code_of(campaign: &str) -> CampaignCode {
    CampaignCode::new(campaign).unwrap()
}

#[test]
fn a_unit_is_in_the_campaign_that_runs_and_gave_it_a_task() {
    let units = in_2027();
    let campaigns = units.campaigns();
    let of = |unit: &str, on: &str| {
        campaigns.of_unit(&code(unit), day(on)).map(|known| known.code.to_string())
    };
    for (unit, on, expected) in [
        ("T1", "2021-10-31", None),
        ("T1", "2021-11-30", Some("2021")),
        ("T1", "2022-06-30", Some("2021")),
        ("T1", "2022-07-01", None),
        ("T1", "2027-01-31", None),
        ("T1", "2027-02-01", Some("2027")),
        ("EDU", "2027-02-01", None),
        ("LAW", "2027-12-31", Some("2027")),
        ("LAW", "2028-01-01", None),
        ("T2", "2027-03-01", None),
    ] {
        assert_eq!(of(unit, on), expected.map(str::to_owned), "{unit} {on}");
    }
    assert_eq!(campaigns.get(&campaign()).unwrap().task_of(&code("T1")), 100);
    assert_eq!(units.get(&code("T1")).unwrap().task, 130);
    assert_eq!(units.get(&code("EDU")).unwrap().task, 0, "it has none in the latest");
    assert_eq!(campaigns.open(day("2027-06-01")).unwrap().code, code_of("2027"));
    assert_eq!(campaigns.open(day("2028-01-01")).map(|known| &known.code), None);
}

#[test]
fn a_task_that_was_taken_back_is_owed_no_more() {
    let mut units = in_2027();
    let assigned = |task| {
        let campaign = Some(code_of("2027"));
        unit::Event::QuotaAssigned(QuotaAssigned { task, campaign }).into()
    };
    units.evolve("T1", &assigned(0));
    assert_eq!(units.campaigns().of_unit(&code("T1"), day("2027-03-01")).map(|k| &k.code), None);
    units.evolve("T2", &assigned(9));
    assert!(units.campaigns().of_unit(&code("T2"), day("2027-03-01")).is_some());
    assert_eq!(units.get(&code("T2")).unwrap().task, 9);
    // What is given in an earlier campaign is no task of the latest.
    let earlier =
        unit::Event::QuotaAssigned(QuotaAssigned { task: 77, campaign: Some(campaign()) });
    units.evolve("T2", &earlier.into());
    assert_eq!(units.get(&code("T2")).unwrap().task, 9);
}

/// The squad of LAW with enough members of its 25 people.
const COMPLETE: squad::Command =
    squad::Command::Complete { others: squad::Heads { members: 0, party: 0 } };

fn squad_of_law() -> Squad {
    use crate::Aggregate as _;
    let joined = |number| {
        squad::Event::MemberJoined(squad::MemberJoined {
            volunteer: person(number),
            consent: consent("2021-11-20"),
            party: true,
        })
    };
    let founding = [
        squad::Event::Applied(squad::Applied { unit: code("LAW") }),
        squad::Event::Approved(squad::Approved { registration: text("1号") }),
    ];
    Squad::after(&founding.into_iter().chain((1..=20).map(joined)).collect::<Vec<_>>())
}

fn completed(late: bool, deadline: Option<&str>, campaign: Option<&str>) -> squad::Event {
    squad::Event::Completed(squad::Completed {
        members: 20,
        party_members: 20,
        required: 15,
        deadline: deadline.map(time),
        late,
        campaign: campaign.map(code_of),
    })
}

/// 增补: a squad that was complete before any campaign is complete again in the campaign that gives its unit a task.
#[test]
fn a_squad_is_complete_once_in_each_campaign() {
    let at = |now: &str| given::<Squad>([]).at(now).stand(squad_of_law(), in_2027());
    let due = Some("2027-05-31T17:00:00+08:00");
    at("2022-03-01T09:00:00+08:00")
        .when(COMPLETE)
        .then([completed(false, None, None)])
        .when(COMPLETE)
        .refused("squad.already_completed")
        .at("2027-05-31T16:59:59+08:00")
        .when(COMPLETE)
        .then([completed(false, due, Some("2027"))])
        .when(COMPLETE)
        .refused("squad.already_completed")
        .at("2028-02-01T09:00:00+08:00")
        .when(COMPLETE)
        .refused("squad.already_completed");
    at("2027-05-31T17:00:00+08:00").when(COMPLETE).then([completed(true, due, Some("2027"))]);
}

/// A version of the rulebook that was adopted before there were campaigns keeps its word until there is one.
#[test]
fn deadlines_of_an_earlier_rulebook_hold_until_there_is_a_campaign() {
    let noon = time("2021-11-23T12:00:00+08:00");
    let duties = |unit: &str, units: &Directory, stated: bool| {
        let mut book = crate::rulebook::Adopted::shipped().clone();
        if stated {
            let rule = Rule { value: noon, source: "通知".into() };
            book.rules.administrator_deadline = Some(rule);
        }
        let given = Given {
            now: time("2021-11-30T12:00:00+08:00"),
            actor: &crate::testing::actor(crate::Role::CountyOffice, "office"),
            rulebook: &book,
            calendar: crate::calendar::Calendar::shipped(),
            units,
        };
        given.duties_of(&code(unit))
    };
    let before = nothing_yet();
    let stated = Deadlines { administrator: Some(noon), squad: None };
    assert_eq!(duties("T1", &before, true).deadlines, stated);
    assert_eq!(duties("T1", &before, true).task, 100);
    assert_eq!(duties("T2", &before, true).deadlines, Deadlines::default(), "无任务");
    assert_eq!(duties("T1", &before, false).deadlines, Deadlines::default(), "nobody's November");
    assert_eq!(duties("T1", &county(), true).campaign, Some(campaign()));
    assert_eq!(duties("T1", &county(), true).deadlines, raising().deadlines);
    assert_eq!(duties("T2", &county(), true), Duties::default());
    assert_eq!(duties("NONE", &county(), true), Duties::default());
}
