//! 组建行动: who has a task, and who is late for it.

use domain::campaign::{self, Adopted, Deadlines, DeadlinesMoved, Ended, KindDeadlines, Task};
use domain::rulebook::Rule;
use domain::{CampaignCode, squad, unit};

use super::super::Standing;
use super::*;

fn campaign(code: &str) -> CampaignCode {
    CampaignCode::new(code).unwrap()
}

/// A campaign from 1 November of a year: administrators until the 23rd, squads until the 30th, villages a month longer.
fn adopted(year: i16, tasks: &[(&str, u32)]) -> campaign::Event {
    let on = |day: &str| Some(noon(&format!("{year}-{day}")));
    campaign::Event::Adopted(Box::new(Adopted {
        name: text(&format!("组建{year}")),
        source: text("通知"),
        starts_on: day(&format!("{year}-11-01")),
        ends_on: None,
        deadlines: Deadlines { administrator: on("11-23"), squad: on("11-30") },
        by_kind: vec![KindDeadlines {
            kind: Kind::Village,
            deadlines: Deadlines { administrator: None, squad: on("12-30") },
        }],
        county_total: None,
        tasks: tasks.iter().map(|&(unit, task)| Task { unit: code(unit), task }).collect(),
    }))
}

fn report(deadline: Option<&str>, late: bool) -> unit::Event {
    unit::Event::AdministratorReported(unit::AdministratorReported {
        administrator: person(9),
        sealed: domain::SealedDigest([1; 32]),
        deadline: deadline.map(noon),
        late,
        campaign: None,
    })
}

fn completed(of: Option<&str>) -> squad::Event {
    squad::Event::Completed(squad::Completed {
        members: 6,
        party_members: 2,
        required: 6,
        deadline: None,
        late: false,
        campaign: of.map(campaign),
    })
}

fn in_campaign(log: &Log, unit: &str, of: &str, on: &str) -> UnitQuota {
    let (models, of) = (log.read(), campaign(of));
    super::super::get_in(models.connection(), &code(unit), Some(&of), noon(on)).unwrap().unwrap()
}

#[test]
fn late_is_who_reported_late_or_has_not_reported_at_the_deadline() {
    let mut log = county();
    log.on("2021-11-02");
    log.add("campaign-2021", adopted(2021, &[("T", 9), ("V", 6), ("D", 18)]));
    log.on("2021-11-20").add("unit-T", report(None, false));
    log.on("2021-11-25").add("unit-V", report(None, true)).add("unit-T", report(None, true));
    log.add("squad-V", squad::Event::Applied(squad::Applied { unit: code("V") }));
    log.add("squad-V", completed(Some("2021")));
    let town = quota(&log, "T", "2021-12-02");
    assert_eq!(town.unit.administrator_reported_at, Some(noon("2021-11-20")));
    assert!(!town.administrator_overdue, "a change of administrator later is not late");
    assert!(town.squad_overdue && town.standing == Standing::Overdue);
    let village = quota(&log, "V", "2021-12-02");
    assert!(village.administrator_overdue && !village.squad_overdue);
    assert_eq!(village.squad_deadline, Some(noon("2021-12-30")), "villages have longer");
    assert_eq!(village.administrator_deadline, Some(noon("2021-11-23")));
    assert!(!quota(&log, "D", "2021-11-22").administrator_overdue, "the deadline is not over");
    assert!(quota(&log, "D", "2021-11-24").administrator_overdue);
}

#[test]
fn a_unit_without_a_task_is_neither_met_nor_overdue() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("D", 18)]));
    for unit in ["T", "V", "O"] {
        let found = quota(&log, unit, "2022-02-01");
        assert_eq!((found.standing, found.has_task), (Standing::NoTask, false), "{unit}");
        assert!(!found.task_met && !found.administrator_overdue && !found.squad_overdue, "{unit}");
        assert_eq!((found.administrator_deadline, found.squad_deadline), (None, None), "{unit}");
    }
    assert_eq!(quota(&log, "D", "2022-02-01").standing, Standing::Overdue);
    assert_eq!(quota(&log, "D", "2021-11-29").standing, Standing::Open);
    // The county has the tasks of those below it, and raises no squad of its own.
    let whole = quota(&log, "C", "2022-02-01");
    assert_eq!((whole.unit.task_total, whole.standing), (18, Standing::Overdue));
    assert!(!whole.administrator_overdue && !whole.squad_overdue);
    // A task that is taken back is none.
    let of = Some(campaign("2021"));
    let back = unit::QuotaAssigned { task: 0, campaign: of };
    log.add("unit-D", unit::Event::QuotaAssigned(back));
    assert_eq!(quota(&log, "D", "2022-02-01").standing, Standing::NoTask);
}

#[test]
fn no_county_inherits_deadlines() {
    let mut log = county();
    log.add("unit-D", task(18));
    let found = quota(&log, "D", "2027-02-01");
    assert_eq!((found.campaign, found.standing), (None, Standing::Open));
    assert!(!found.administrator_overdue && !found.squad_overdue);
}

#[test]
fn who_has_enough_members_has_met_the_task() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("V", 6)]));
    for n in 1..=6 {
        log.add(&format!("volunteer-{}", person(n)), registered("V"));
        log.add("squad-V", joined(n, n <= 2));
    }
    assert_eq!(quota(&log, "V", "2021-11-03").standing, Standing::Met);
    assert_eq!(quota(&log, "C", "2021-11-03").standing, Standing::Open, "6 of 65 people");
}

/// 增补: another campaign has its own tasks and deadlines, and what was late before stays so.
#[test]
fn a_later_campaign_does_not_wipe_out_who_was_late() {
    let mut log = county();
    log.on("2021-11-02");
    log.add("campaign-2021", adopted(2021, &[("T", 9), ("V", 6), ("D", 18)]));
    log.on("2021-11-20");
    for unit in ["T", "V"] {
        log.add(&format!("unit-{unit}"), report(None, false));
        log.add(
            &format!("squad-{unit}"),
            squad::Event::Applied(squad::Applied { unit: code(unit) }),
        );
    }
    log.add("squad-T", completed(Some("2021")));
    log.on("2022-01-20").add("squad-V", completed(Some("2021")));
    log.on("2027-11-02").add("campaign-2027", adopted(2027, &[("V", 8), ("T", 12), ("D", 20)]));
    let of = Some(campaign("2027"));
    log.on("2027-11-20").add("unit-D", report(None, false));
    log.add("unit-O", unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 3, campaign: of }));
    let now = "2027-11-25";
    for (unit, task, late_earlier) in
        [("T", 12, false), ("V", 8, true), ("D", 20, true), ("O", 3, false)]
    {
        let found = quota(&log, unit, now);
        assert_eq!(found.campaign, Some(campaign("2027")), "{unit}");
        assert_eq!((found.unit.task, found.late_earlier), (task, late_earlier), "{unit}");
        assert!(!found.squad_overdue, "{unit}: the deadline of 2027 is not over");
        assert_eq!(found.unit.squad_completed_at, None, "{unit}: not in this campaign");
    }
    assert!(!quota(&log, "D", now).administrator_overdue, "in time for 2027");
    assert!(quota(&log, "T", "2027-12-01").squad_overdue);
    log.on("2027-11-28").add("squad-T", completed(Some("2027")));
    assert!(!quota(&log, "T", "2027-12-01").squad_overdue);
    // The campaign of 2021 looks as it did, for all that came later.
    let of_2021 = |unit| in_campaign(&log, unit, "2021", "2027-12-01");
    for (unit, task, total, administrator, squad) in [
        ("T", 9, 9, false, false),
        ("V", 6, 6, false, true),
        ("D", 18, 18, true, true),
        ("O", 0, 0, false, false),
        ("C", 0, 27, false, false),
    ] {
        let found = of_2021(unit);
        assert_eq!((found.unit.task, found.unit.task_total), (task, total), "{unit}");
        assert_eq!(
            (found.administrator_overdue, found.squad_overdue),
            (administrator, squad),
            "{unit}"
        );
        assert!(!found.late_earlier, "{unit}: there was none before");
    }
    assert_eq!(of_2021("T").unit.squad_completed_at, Some(noon("2021-11-20")));
}

#[test]
fn deadlines_may_be_put_off_and_a_campaign_may_end_before_them() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("D", 18)]));
    let on = |day: &str| Some(noon(day));
    let moved = campaign::Event::DeadlinesMoved(DeadlinesMoved {
        deadlines: Deadlines { administrator: on("2021-11-23"), squad: on("2021-12-15") },
        by_kind: vec![],
        reason: text("疫情"),
    });
    log.add("campaign-2021", moved);
    assert!(!quota(&log, "D", "2021-12-10").squad_overdue);
    assert!(quota(&log, "D", "2021-12-15").squad_overdue);
    let ended = campaign::Event::Ended(Ended { on: day("2021-12-01"), reason: text("停止") });
    log.on("2021-12-01").add("campaign-2021", ended);
    let found = quota(&log, "D", "2022-01-15");
    assert!(found.administrator_overdue, "that deadline was over when it ended");
    assert!(!found.squad_overdue, "that one was not");
    assert_eq!(found.standing, Standing::Open, "nor does it become overdue afterwards");
    assert_eq!(quota(&log, "C", "2022-01-15").standing, Standing::Open);
}

/// A version of the rulebook of earlier days stated deadlines; who was late by it stays so.
#[test]
fn lateness_from_before_there_were_campaigns_is_remembered() {
    let mut log = county();
    let mut book = domain::rulebook::Adopted::shipped().clone();
    (book.version, book.effective_from) = (1, day("2021-11-01"));
    let stated = |day| Some(Rule { value: noon(day), source: "通知".into() });
    book.rules.administrator_deadline = stated("2021-11-23");
    book.rules.squad_deadline = stated("2021-11-30");
    log.on("2021-11-01");
    log.add("rulebook", domain::rulebook::Event::Adopted(Box::new(book)));
    log.add("unit-T", task(9)).add("unit-V", task(6));
    log.on("2021-11-20").add("unit-V", report(Some("2021-11-23"), false));
    log.add("squad-V", squad::Event::Applied(squad::Applied { unit: code("V") }));
    log.add("squad-V", completed(None));
    assert!(quota(&log, "T", "2021-12-02").squad_overdue);
    assert!(!quota(&log, "T", "2021-11-25").squad_overdue);
    assert!(!quota(&log, "D", "2021-12-02").squad_overdue, "无任务");
    log.on("2027-11-02").add("campaign-2027", adopted(2027, &[("V", 8), ("T", 12)]));
    let late = |unit| quota(&log, unit, "2027-11-05").late_earlier;
    assert!(late("T") && !late("V") && !late("D"));
}

/// What was complete after the first day of a campaign that reaches back was complete in it.
#[test]
fn a_campaign_that_reaches_back_counts_what_was_done_since_its_first_day() {
    let mut log = county();
    log.on("2021-11-20");
    for unit in ["T", "V"] {
        log.add(
            &format!("squad-{unit}"),
            squad::Event::Applied(squad::Applied { unit: code(unit) }),
        );
        log.add(&format!("squad-{unit}"), completed(None));
    }
    log.on("2022-03-01").add("campaign-2021", adopted(2021, &[("T", 9), ("D", 18)]));
    assert!(!quota(&log, "T", "2022-03-02").squad_overdue);
    assert!(quota(&log, "D", "2022-03-02").squad_overdue);
}

#[test]
fn the_county_s_own_target_stands_above_the_sum_of_the_tasks() {
    let mut log = Log::new();
    let mut plan = adopted(2021, &[]);
    if let campaign::Event::Adopted(plan) = &mut plan {
        plan.county_total = Some(10_000);
    }
    log.on("2021-11-02").add("campaign-2021", plan);
    log.add("unit-C", unit_registered("C", Kind::County, None));
    log.add("unit-D", unit_registered("D", Kind::Department, Some("C")));
    let of = Some(campaign("2021"));
    log.add("unit-D", unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 60, campaign: of }));
    assert_eq!(quota(&log, "C", "2021-11-03").unit.task_total, 10_000);
    assert_eq!(in_campaign(&log, "C", "2021", "2021-11-03").unit.task_below, 60);
    assert!(!quota(&log, "C", "2021-12-03").squad_overdue);
}

/// Villages have a month longer than towns.
#[test]
fn a_unit_is_held_to_the_deadline_of_the_kind_that_it_was_then() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("T", 9), ("V", 6), ("D", 18)]));
    let becomes =
        |kind| unit::Event::Reclassified(unit::Reclassified { kind, reason: text("更正") });
    let late = |log: &Log, unit: &str, on: &str| quota(log, unit, on).squad_overdue;
    log.on("2021-12-05").add("unit-T", becomes(Kind::Village));
    log.add("unit-V", becomes(Kind::Town));
    for unit in ["T", "D"] {
        assert!(
            late(&log, unit, "2021-12-06"),
            "{unit} was late on the 30th, whatever it is called"
        );
    }
    assert!(!late(&log, "V", "2021-12-06"), "it was a village when those of towns were over");
    assert!(late(&log, "V", "2021-12-31"));
    assert_eq!(quota(&log, "T", "2021-12-06").standing, Standing::Overdue);
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("T", 9)]));
    log.on("2021-11-20").add("unit-T", becomes(Kind::Village));
    assert!(!late(&log, "T", "2021-12-06"), "it was a village before any deadline");
}

#[test]
fn a_campaign_adopted_in_advance_is_shown_from_its_first_day() {
    let mut log = county();
    log.on("2021-11-02").add("campaign-2021", adopted(2021, &[("T", 9)]));
    log.on("2027-06-01").add("campaign-2027", adopted(2027, &[("T", 12)]));
    for (on, year, task) in [("2027-10-31", "2021", 9), ("2027-11-01", "2027", 12)] {
        let found = quota(&log, "T", on);
        assert_eq!((found.campaign, found.unit.task), (Some(campaign(year)), task), "{on}");
    }
    let advance = in_campaign(&log, "T", "2027", "2027-06-02");
    assert_eq!((advance.unit.task, advance.late_earlier), (12, true));
}
