//! 承接: heads, task and squad are the successor's from then on.

use domain::campaign::{self, Adopted, Deadlines, Task};
use domain::unit::{self, QuotaAssigned, Succeeded, TakenOver};
use domain::{CampaignCode, squad};

use super::super::Standing;
use super::*;

fn campaign() -> CampaignCode {
    CampaignCode::new("2021").unwrap()
}

fn adopted(tasks: &[(&str, u32)]) -> campaign::Event {
    campaign::Event::Adopted(Box::new(Adopted {
        name: text("组建2021"),
        source: text("通知"),
        starts_on: day("2021-11-01"),
        ends_on: None,
        deadlines: Deadlines {
            administrator: Some(noon("2021-11-23")),
            squad: Some(noon("2021-11-30")),
        },
        by_kind: vec![],
        county_total: None,
        tasks: tasks.iter().map(|&(unit, task)| Task { unit: code(unit), task }).collect(),
    }))
}

pub(super) fn succeeded(by: &str, headcount: u32, task: u32) -> unit::Event {
    let tasks = vec![QuotaAssigned { task, campaign: Some(campaign()) }];
    let tasks = tasks.into_iter().filter(|of| of.task > 0).collect();
    let takes_over = Some(TakenOver { headcount, tasks, reopened: vec![] });
    let (by, reason) = (code(by), text("撤镇设街"));
    unit::Event::Succeeded(Succeeded { by, also: vec![], reason, takes_over })
}

#[test]
fn a_successor_has_people_members_and_task_of_whom_it_took_over() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(&[("T", 14), ("D", 18)]));
    for (n, unit) in [(1, "T"), (2, "V"), (3, "D")] {
        log.add(&format!("volunteer-{}", person(n)), registered(unit));
        log.add(&format!("squad-{unit}"), joined(n, n == 1));
    }
    log.on("2021-11-10").add("unit-T", succeeded("D", 20, 14));
    let figures = |unit| {
        let unit = quota(&log, unit, "2021-11-11").unit;
        (unit.headcount_total, unit.members_total, unit.party_total, unit.task_total)
    };
    assert_eq!(figures("D"), (65, 3, 1, 32), "with the village and the outpost below the town");
    assert_eq!(figures("C"), (65, 3, 1, 32));
    assert_eq!(figures("T"), (15, 2, 1, 0), "what is still entered under it");
    let found = quota(&log, "T", "2021-11-11");
    assert_eq!((found.standing, found.unit.counts_towards), (Standing::NoTask, Some(code("D"))));
    let filter = Filter { within: Some(code("D")), ..Filter::default() };
    let page = PageRequest { after: None, limit: 9 };
    let listed = list(log.read().connection(), noon("2021-11-11"), &filter, &page).unwrap();
    let listed: Vec<_> = listed.items.iter().map(|one| one.unit.unit.as_str()).collect();
    assert_eq!(listed, ["D", "O", "T", "V"]);
    // The successor declares and is assigned what it has now.
    log.add("unit-D", headcount(48));
    assert_eq!(quota(&log, "D", "2021-11-11").unit.headcount_total, 63);
}

/// Nobody rids a task of its deadline by handing it to a unit whose squad was complete without it.
#[test]
fn a_squad_that_has_to_be_complete_anew_is_late_if_it_is_not() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(&[("T", 14), ("D", 3)]));
    let completed = || {
        squad::Event::Completed(squad::Completed {
            members: 3,
            party_members: 3,
            required: 3,
            deadline: None,
            late: false,
            campaign: Some(campaign()),
        })
    };
    log.on("2021-11-10").add("squad-D", completed());
    let mut taken = succeeded("D", 20, 14);
    if let unit::Event::Succeeded(Succeeded { takes_over: Some(taken), .. }) = &mut taken {
        taken.reopened.push(campaign());
    }
    log.on("2021-11-20").add("unit-T", taken);
    let late =
        |log: &Log, on| (quota(log, "T", on).squad_overdue, quota(log, "D", on).squad_overdue);
    assert_eq!(late(&log, "2021-11-29"), (false, false));
    assert_eq!(late(&log, "2021-12-01"), (false, true));
    log.on("2021-12-03").add("squad-D", completed());
    assert_eq!(late(&log, "2021-12-04"), (false, true), "it stays late");
}

/// 撤销: the county raises no squad; its target stays what it was.
#[test]
fn the_county_takes_people_over_and_no_task() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(&[("T", 14), ("D", 18)]));
    log.on("2021-11-10").add("unit-D", succeeded("C", 30, 18));
    let county = quota(&log, "C", "2021-12-10");
    assert_eq!((county.unit.task, county.unit.task_total, county.unit.headcount), (0, 14, 30));
    assert!(!county.squad_overdue && !quota(&log, "D", "2021-12-10").squad_overdue);
}

/// What an earlier program recorded means what it did.
#[test]
fn an_earlier_succession_moves_nothing() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(&[("T", 14)]));
    let (by, reason) = (code("D"), text("撤镇设街"));
    let earlier = Succeeded { by, also: vec![], reason, takes_over: None };
    log.add("unit-T", unit::Event::Succeeded(earlier));
    let figures = |unit| {
        let unit = quota(&log, unit, "2021-11-11").unit;
        (unit.headcount_total, unit.task_total)
    };
    assert_eq!((figures("T"), figures("D")), ((35, 14), (30, 0)));
    assert!(quota(&log, "T", "2021-12-01").squad_overdue);
}

/// Who had no task before is not late for what was done in time before it took the task over.
#[test]
fn a_successor_without_a_task_of_its_own_goes_on_where_the_other_was() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(&[("T", 14)]));
    log.on("2021-11-20");
    log.add(
        "unit-T",
        unit::Event::AdministratorReported(unit::AdministratorReported {
            administrator: person(9),
            sealed: domain::SealedDigest([1; 32]),
            deadline: None,
            late: false,
            campaign: None,
        }),
    );
    log.add(
        "squad-T",
        squad::Event::Completed(squad::Completed {
            members: 14,
            party_members: 5,
            required: 14,
            deadline: None,
            late: false,
            campaign: Some(campaign()),
        }),
    );
    log.on("2021-12-05").add("unit-T", succeeded("D", 20, 14));
    for unit in ["T", "D"] {
        let found = quota(&log, unit, "2021-12-06");
        assert!(!found.administrator_overdue && !found.squad_overdue, "{unit}");
    }
    let found = quota(&log, "D", "2021-12-06");
    assert_eq!((found.unit.task, found.unit.squad_completed_at), (14, Some(noon("2021-11-20"))));
}
