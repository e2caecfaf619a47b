#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::Aggregate;
use crate::testing::{code, county, given, registered, text};
use crate::unit::{Command, HeadcountDeclared, QuotaAssigned, Unit};

#[test]
fn a_unit_lies_within_what_stands_above_it_by_parent_or_by_attribution() {
    let units = county();
    let within = |unit: &str, root: &str| units.is_within(&code(unit), &code(root));
    for (unit, root) in [("V1", "V1"), ("V1", "T1"), ("V1", "C"), ("O1", "T1"), ("O1", "LAW")] {
        assert!(within(unit, root), "{unit} in {root}");
    }
    for (unit, root) in [("T1", "V1"), ("V1", "T2"), ("S1", "LAW"), ("NONE", "C"), ("V1", "NONE")] {
        assert!(!within(unit, root), "{unit} in {root}");
    }
}

#[test]
fn a_person_joins_the_nearest_squad_where_the_unit_counts() {
    let units = county();
    for (unit, squad) in [
        ("T1", Some("T1")),
        ("V1", Some("T1")),
        ("EDU", Some("EDU")),
        ("O1", None), // counts towards LAW, which has none, and not towards T1
        ("T2", None),
        ("NONE", None),
    ] {
        assert_eq!(units.squad_of(&code(unit)), squad.map(code).as_ref(), "{unit}");
    }
}

#[test]
fn the_tree_knows_what_each_unit_declared() {
    let units = county();
    let rules = &crate::rulebook::Adopted::shipped().rules;
    assert_eq!(units.counted_headcount(&code("LAW"), rules), 25);
    assert_eq!(units.counted_headcount(&code("T1"), rules), 270, "with V1 and S1, without O1");
    assert_eq!(units.counted_headcount(&code("NONE"), rules), 0);
    assert_eq!(units.counted_headcount(&code("C"), rules), 355);
    let town = units.get(&code("T1")).unwrap();
    assert!((town.task, town.headcount, town.has_squad) == (100, 200, true));
    assert_eq!(town.counts_towards(), Some(&code("C")));
    assert_eq!(units.get(&code("O1")).unwrap().counts_towards(), Some(&code("LAW")));
    assert_eq!(units.get(&code("OLD")).unwrap().succeeded_by, Some(code("EDU")));
    assert_eq!(units.iter().count(), 9);
}

#[test]
fn facts_about_unknown_units_change_nothing() {
    let mut units = county();
    for (key, event) in [
        ("NONE", unit::Event::HeadcountDeclared(HeadcountDeclared { headcount: 9 }).into()),
        ("不是代码", unit::Event::QuotaAssigned(QuotaAssigned { task: 9, campaign: None }).into()),
        ("NONE", squad::Event::Applied(squad::Applied { unit: code("NONE") }).into()),
    ] {
        units.evolve(key, &event);
    }
    assert_eq!(units.iter().count(), 9);
    assert!(units.get(&code("NONE")).is_none());
}

/// 承接: all that a unit has, and all below it, is its successor's from then on.
#[test]
fn a_unit_that_was_taken_over_lies_within_its_successor() {
    let mut units = county();
    let succeeded = |by: &str, headcount, task| {
        let tasks = vec![QuotaAssigned { task, campaign: Some(crate::testing::campaign()) }];
        let takes_over = Some(unit::TakenOver { headcount, tasks, reopened: vec![] });
        let (by, reason) = (code(by), text("机构合并"));
        unit::Event::Succeeded(unit::Succeeded { by, also: vec![code("LAW")], reason, takes_over })
    };
    units.evolve("T1", &succeeded("T2", 200, 100).into());
    let rules = &crate::rulebook::Adopted::shipped().rules;
    for unit in ["T1", "V1", "S1"] {
        assert!(units.is_within(&code(unit), &code("T2")), "{unit}");
        assert!(units.counts_in(&code(unit), &code("T2"), rules), "{unit}");
    }
    assert_eq!(units.acting(&code("T1")), &code("T2"));
    assert_eq!(units.acting(&code("V1")), &code("V1"), "it still acts for itself");
    assert_eq!(units.get(&code("T1")).unwrap().heirs, [code("T2"), code("LAW")]);
    assert_eq!(units.counted_headcount(&code("T2"), rules), 320);
    assert_eq!(units.counted_headcount(&code("C"), rules), 355);
    let campaign = crate::testing::campaign();
    let task = |unit: &str| units.counted_task(&code(unit), Some(&campaign), rules);
    assert_eq!((task("T1"), task("T2"), task("C")), (0, 100, 101));
    // The squad takes nobody any more; T2 has none.
    assert_eq!(units.squad_of(&code("V1")), None);
    assert_eq!(units.squads_of(&code("V1")).collect::<Vec<_>>(), [&code("T1")]);
    // And so on, to the one that acts.
    units.evolve("T2", &succeeded("EDU", 250, 100).into());
    assert_eq!(units.acting(&code("T1")), &code("EDU"));
    assert_eq!(units.squad_of(&code("V1")), Some(&code("EDU")));
    assert_eq!(units.counted_headcount(&code("C"), rules), 355);
    assert_eq!(units.get(&code("EDU")).unwrap().task, 101);
}

/// 撤销: the county has the people; the task is part of its total.
#[test]
fn the_county_takes_people_over_and_no_task() {
    let mut units = county();
    let campaign = crate::testing::campaign();
    let tasks = vec![QuotaAssigned { task: 1, campaign: Some(campaign.clone()) }];
    let takes_over = Some(TakenOver { headcount: 10, tasks, reopened: vec![] });
    let (by, reason) = (code("C"), text("撤销"));
    let dissolved = unit::Event::Succeeded(Succeeded { by, also: vec![], reason, takes_over });
    units.evolve("EDU", &dissolved.into());
    let known = units.campaigns().get(&campaign).unwrap();
    assert_eq!((known.task_of(&code("EDU")), known.task_of(&code("C"))), (0, 0));
    assert_eq!(units.get(&code("C")).unwrap().headcount, 10);
}

/// What was recorded before successors took anything over means what it did.
#[test]
fn an_earlier_succession_moves_nothing() {
    let units = county();
    assert!(!units.is_within(&code("OLD"), &code("EDU")));
    assert_eq!(units.acting(&code("OLD")), &code("OLD"));
}

/// History is not up for debate: also a circle in it must not hang a reader.
#[test]
fn a_circle_in_history_is_walked_once() {
    let mut units = Directory::default();
    for (unit, parent) in [("A", "B"), ("B", "C"), ("C", "A")] {
        let event = unit::Event::Registered(registered(unit, Kind::Town, Some(parent)));
        units.evolve(unit, &event.into());
    }
    assert!(units.is_within(&code("A"), &code("C")));
    assert!(!units.is_within(&code("A"), &code("D")));
    assert_eq!(units.squad_of(&code("A")), None);
}

const UNITS: [&str; 9] = ["C", "T1", "T2", "V1", "LAW", "EDU", "O1", "S1", "H1"];

fn kind_of(unit: &str) -> Kind {
    match unit {
        "C" => Kind::County,
        "V1" => Kind::Village,
        "LAW" | "EDU" => Kind::Department,
        "O1" => Kind::Outpost,
        "S1" => Kind::School,
        "H1" => Kind::HealthCentre,
        _ => Kind::Town,
    }
}

proptest! {
    /// Through the command path: where a head counts, it counts in one unit only.
    #[test]
    fn each_head_counts_once_after_any_attributions(
        headcounts in proptest::collection::vec(0_u32..1_000, UNITS.len()),
        asked in proptest::collection::vec((0..UNITS.len(), 0..UNITS.len(), 0_u8..5), 0..40),
    ) {
        let mut scene = given::<Unit>([]);
        let mut units = vec![Unit::default(); UNITS.len()];
        let mut tree = Directory::default();
        for (index, headcount) in headcounts.iter().enumerate() {
            let parent = (index > 0).then_some("C");
            let declared = HeadcountDeclared { headcount: *headcount };
            for event in [
                unit::Event::Registered(registered(UNITS[index], kind_of(UNITS[index]), parent)),
                unit::Event::HeadcountDeclared(declared),
            ] {
                units[index].evolve(&event);
                tree.evolve(UNITS[index], &event.into());
            }
        }
        for (one, other, what) in asked {
            let command = if what == 0 {
                let (by, reason) = (Some(code(UNITS[other])), text("机构合并"));
                Command::Succeed { by, also: vec![], reason }
            } else {
                Command::Attribute { to: code(UNITS[other]) }
            };
            scene = scene.stand(units[one].clone(), tree.clone());
            let (after, facts) = scene.when(command).whatever();
            scene = after;
            units[one] = scene.state().clone();
            facts.into_iter().for_each(|fact| tree.evolve(UNITS[one], &fact.into()));
        }
        for with_villages in [true, false] {
            let mut rules = crate::rulebook::Adopted::shipped().rules.clone();
            rules.towns_count_villages.as_mut().unwrap().value = with_villages;
            let counted = tree.counted_headcount(&code("C"), &rules);
            prop_assert_eq!(counted, headcounts.iter().sum::<u32>());
        }
        for (unit, node) in tree.iter() {
            // Nothing hangs on what itself hangs elsewhere, and every chain of successors ends.
            let to = node.attributed_to.as_ref().and_then(|to| tree.get(to));
            prop_assert!(to.is_none_or(|to| to.attributed_to.is_none()));
            let next = |at: &&UnitCode| tree.get(at).and_then(|node| node.succeeded_by.as_ref());
            prop_assert!(std::iter::successors(Some(unit), next).nth(UNITS.len()).is_none());
        }
    }
}
