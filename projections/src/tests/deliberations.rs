//! What may happen in the deliberation, in whatever order.

use domain::meeting::Outcome;
use domain::notice::Verdict;
use domain::resolution::Escalation;
use domain::station::{Group, Item};
use domain::survey::Satisfaction;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::testing::*;

/// How many kinds of things happen here.
pub(super) const KINDS: u8 = 60;

/// Which thing happens, to which of a few, in which unit, with which number.
#[derive(Clone, Copy)]
pub(super) struct Happens<'a> {
    pub which: u8,
    pub who: u64,
    pub unit: &'a str,
    pub number: u32,
    pub on: &'a str,
}

pub(super) fn happen(log: &mut Log, one: Happens<'_>) {
    match one.which {
        0..10 => on_station(log, one),
        10..26 => on_issue(log, one),
        26..34 => on_meeting(log, one),
        34..55 => on_resolution(log, one),
        _ => on_survey(log, one),
    }
}

fn on_station(log: &mut Log, one: Happens<'_>) {
    let Happens { which, who, unit, number, on } = one;
    let item = Item::ALL[number as usize % Item::ALL.len()];
    let group = if number.is_multiple_of(2) { Group::Council } else { Group::Supervision };
    let event = match which {
        0 | 1 => opened(unit),
        2 | 3 => evidenced(item),
        4 => item_lost(item),
        5 => appointed(group, who, on, "2026-12-31"),
        6 => member_left(group, who),
        7 => topic_listed(&format!("V{number}")),
        8 => held(number.into(), &format!("2022-{number:02}-10")),
        _ => missed(&format!("2022-{number:02}")),
    };
    log.add(&format!("station-{unit}"), event);
}

fn outcome(number: u32) -> Outcome {
    Outcome::ALL[number as usize % Outcome::ALL.len()]
}

fn on_issue(log: &mut Log, one: Happens<'_>) {
    let Happens { which, who, unit, number, on } = one;
    let (meeting, resolution) = (u128::from(number), resolution_id(number.into(), 1));
    let event = match which {
        10 | 11 => issue_registered(unit, number.is_multiple_of(2).then_some(on)),
        12 => issue_answered(),
        13 => answer_overdue(on),
        14 => triaged(),
        15 => accepted(),
        16 => merged(number.into()),
        17 => rejected(),
        18 => routed_out(),
        19 => expedited(who),
        20 => ratified(meeting, 1),
        21 => ratification_missed(meeting),
        22 => scheduled(meeting, 1),
        23 => decided(meeting, 1, outcome(number)),
        24 => settled(number.is_multiple_of(2).then_some(resolution)),
        _ => issue_reopened(resolution),
    };
    log.add(&format!("issue-{}", issue_id(who)), event);
}

fn on_meeting(log: &mut Log, one: Happens<'_>) {
    let Happens { which, who, unit, number, on } = one;
    let event = match which {
        26 => convened(unit, on, vec![item(who, false), item(who + 1, true)]),
        27 => attended(&[who, who + 10]),
        28 => opinion(1, number.is_multiple_of(2)),
        29 | 30 => topic_decided(1, outcome(number)),
        31 => sealed(on, &[outcome(number), Outcome::Deferred]),
        32 => minutes_corrected(1),
        _ => meeting_cancelled(),
    };
    log.add(&format!("meeting-{}", meeting_id(number.into())), event);
}

fn on_resolution(log: &mut Log, one: Happens<'_>) {
    let Happens { which, who, unit, number, on } = one;
    let event = match which {
        34 | 35 => adopted(unit, Some(who)),
        36 => publicised(number, on, "2022-02-08"),
        37 => against(number, on, who == 1),
        38 => ruled(number, Verdict::ALL[number as usize % 2]),
        39 => objection_overdue(number, on),
        40 => escalated(number, Escalation::ALL[number as usize % 3], on),
        41 => text_corrected(),
        42 => resolution_withdrawn(),
        43 => period_closed(number),
        44 => assigned(who, on),
        45 => progressed("已开工"),
        46 => extended(on, "2022-03-01"),
        47 => execution_overdue(on),
        48 => claimed(number),
        49 => returned(number, on),
        50 => verified(number),
        51 => branch_informed(),
        52 => meeting_informed(number.into()),
        53 => completed(on, "2022-03-01"),
        _ => resolution_reopened(),
    };
    let stream = format!("resolution-{}", resolution_id(u128::from(who % 2), 1));
    log.add(&stream, event);
}

fn on_survey(log: &mut Log, one: Happens<'_>) {
    let Happens { which, who, unit, number, on } = one;
    let event = match which {
        55 => survey_opened(unit, 20, on),
        56 => ballots_issued(20),
        57 | 58 => replied(number, Satisfaction::ALL[number as usize % 4]),
        _ => survey_closed(20, 10 + number, number, number),
    };
    log.add(&format!("survey-{}", survey_id(u128::from(who % 2))), event);
}

/// Every cell of every table that holds one of these texts.
fn cells_with(conn: &Connection, texts: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for table in crate::ALL.iter().flat_map(|model| model.tables) {
        let mut rows = conn.prepare(&format!("SELECT * FROM {}", table.name)).unwrap();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, column) in table.columns.iter().enumerate() {
                let cell: Option<String> = match row.get_ref(at).unwrap() {
                    ValueRef::Text(text) => Some(String::from_utf8(text.to_vec()).unwrap()),
                    ValueRef::Null
                    | ValueRef::Integer(_)
                    | ValueRef::Real(_)
                    | ValueRef::Blob(_) => None,
                };
                if cell.is_some_and(|cell| texts.iter().any(|text| cell.contains(text))) {
                    found.push(format!("{}.{}", table.name, column.name));
                }
            }
        }
    }
    found
}

#[test]
fn who_asked_or_objected_and_whose_relatives_they_are_stands_in_no_table() {
    let mut log = Log::new();
    for (which, number) in (0..KINDS).flat_map(|which| (1..5).map(move |number| (which, number))) {
        happen(&mut log, Happens { which, who: 1, unit: "V", number, on: "2022-01-10" });
    }
    let models = log.read();
    let hidden = [77, 88, 99].map(|n| person(n).to_string());
    let in_log = |text: &String| {
        log.facts
            .iter()
            .any(|fact| String::from_utf8(fact.event.encode().unwrap()).unwrap().contains(text))
    };
    assert!(hidden.iter().all(in_log), "they stand in the log");
    assert_eq!(cells_with(models.connection(), &hidden), Vec::<String>::new());
    let ground = cells_with(models.connection(), &["费用分摊不公".to_owned()]);
    assert!(
        !ground.is_empty() && ground.iter().all(|cell| cell == "execution_objection_text.ground")
    );
}
