//! 全年安排: a meeting a month, and what is raised before each.

use std::sync::Arc;

use domain::meeting::Body;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::concern::{Concern, Fate, Way};
use super::course::FROM_PAPER;
use super::paper::ENTERED_ON;
use super::sitting::{Sitting, notice_days};
use super::subjects::{self, Subject};
use super::village::Village;
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;

/// Days on which residents are asked what they think.
const SURVEYS: [Date; 2] = [date(2022, 5, 9), date(2022, 11, 7)];
/// The month of the typhoons.
const STORMS: i8 = 8;

/// What a station has before it from its opening to the end of the year.
pub fn of(village: &Arc<Village>, opened_on: Date, seed: u64) -> Next {
    let mut next = Next::new();
    let months = (1..=12).map(|month| date(2022, month, 1)).filter(|first| *first > opened_on);
    for first in months.filter(|first| skipped(village.number) != Some(first.month())) {
        let number = u64::try_from(first.month()).unwrap_or(0);
        let mut dice = Dice::new(seed, "month", village.number as u64 * 100 + number);
        let sitting = sitting(village, first, &mut dice);
        let convened_on = convened_on(&sitting);
        let concerns = concerns(village, first.month(), &mut dice);
        for (turn, concern) in (0..).zip(concerns) {
            let earliest = days_after(opened_on, 2);
            let day = before(convened_on, 2 + dice.below(5)).max(earliest);
            let hour = if concern.way.is_online() { 20 } else { 9 + turn % 3 };
            next.push((at(day, hour, 0), raise(village, concern)));
        }
        let convene = VillageAction::Convene(Arc::clone(village), sitting);
        next.push((at(convened_on, 9, 0), Action::Deliberate(convene)));
    }
    if village.number == FROM_PAPER.0 {
        let enter = VillageAction::EnterMeeting(Arc::clone(village));
        next.push((at(ENTERED_ON, 10, 0), Action::Deliberate(enter)));
    }
    for day in SURVEYS {
        let survey = VillageAction::Survey(Arc::clone(village), day);
        next.push((at(day, 9, 0), Action::Deliberate(survey)));
    }
    next
}

/// 未议事: some villages let a month pass.
fn skipped(village: usize) -> Option<i8> {
    match village % 8 {
        7 => Some(3),
        3 => Some(5),
        6 => Some(10),
        _ => None,
    }
}

fn sitting(village: &Village, first: Date, dice: &mut Dice) -> Sitting {
    let month = first.month();
    let body = match month {
        5 | 10 if village.estate => Body::Owners,
        4 | 9 if !village.seats.representatives.is_empty() => Body::Representatives,
        _ => Body::Council,
    };
    let day = day_of_month(village.number, month, dice);
    Sitting { month, body, held_on: days_after(first, day - 1) }
}

/// Meetings are never further apart than the 40 days within which one is to be told of what the party branch knows:
/// around a month that is let pass, they come late before it and early after it.
fn day_of_month(village: usize, month: i8, dice: &mut Dice) -> u32 {
    match skipped(village).map(|skipped| month - skipped) {
        Some(-3) => 16,
        Some(-2) => 21,
        Some(-1) => 26,
        Some(1) => 2,
        Some(2) => 8,
        Some(3) => 13,
        _ => dice.between(12, 17),
    }
}

fn convened_on(sitting: &Sitting) -> Date {
    before(sitting.held_on, notice_days(sitting.body))
}

fn before(day: Date, days: u32) -> Date {
    day.saturating_sub(i64::from(days).days())
}

fn raise(village: &Arc<Village>, concern: Concern) -> Action {
    Action::Deliberate(VillageAction::Raise(Arc::clone(village), concern))
}

/// Three or four problems; the first goes before the meeting for sure.
fn concerns(village: &Village, month: i8, dice: &mut Dice) -> Vec<Concern> {
    let subjects = subjects::of(village.estate);
    let start = dice.below(u32::try_from(subjects.len()).unwrap_or(1)) as usize;
    let count = dice.between(3, 4) as usize;
    // Only where representatives can decide on it is a great matter raised.
    let represented = !village.seats.representatives.is_empty();
    let fit = |subject: &&Subject| represented || !subject.is_great();
    let subjects = subjects.iter().cycle().skip(start).filter(fit);
    let numbered = (0..).zip(subjects).take(count);
    let mut concerns: Vec<Concern> = numbered
        .map(|(turn, subject)| Concern {
            name: format!("issue-{month}-{turn}"),
            subject,
            way: Way::of(dice.below(100)),
            fate: if turn == 0 { Fate::Accepted } else { Fate::of(dice.below(100)) },
        })
        .collect();
    let urgent = match (village.number, month) {
        (3, 2) => Some(Fate::Forgotten),
        (4, 2) => Some(Fate::Expedited),
        (number, STORMS) if number % 4 == 2 => Some(Fate::Expedited),
        _ => None,
    };
    if (village.number, month) == (5, 3)
        && let Some(last) = concerns.last_mut()
    {
        last.fate = Fate::RoutedLate;
    }
    concerns.extend(urgent.map(|fate| Concern {
        name: format!("urgent-{month}"),
        subject: &subjects::URGENT,
        way: Way::Mediator,
        fate,
    }));
    concerns
}

#[cfg(test)]
mod tests;
