//! 名次. Units are ranked among those of their kind: a town is not held against an office. The order is our default.

use std::cmp::{Ordering, Reverse};

use super::events::{Figures, Row};
use crate::unit::Kind;

/// The rows of a bulletin: by kind, and within a kind by 完成率, then by 比对率; units without a task come last and have no
/// rank, nor has the county itself, whose row tells of all. Units that are equal in both share a rank and stand by code.
#[must_use]
pub fn ranked(mut units: Vec<Figures>) -> Vec<Row> {
    units.sort_by(|one, other| {
        let place = |unit: &Figures| Kind::ALL.iter().position(|kind| *kind == unit.kind);
        place(one)
            .cmp(&place(other))
            .then_with(|| in_kind(one, other))
            .then_with(|| one.unit.cmp(&other.unit))
    });
    let mut rows: Vec<Row> = Vec::with_capacity(units.len());
    let mut place = 0;
    for figures in units {
        let before = rows.last().filter(|row| row.figures.kind == figures.kind);
        place = if before.is_some() { place + 1 } else { 1 };
        let shared = before.filter(|row| in_kind(&row.figures, &figures) == Ordering::Equal);
        let rank = shared.map_or(Some(place), |row| row.rank);
        let competes = figures.required > 0 && figures.kind != Kind::County;
        rows.push(Row { rank: rank.filter(|_| competes), figures });
    }
    rows
}

/// By fractions, not by what is left of them after rounding.
fn in_kind(one: &Figures, other: &Figures) -> Ordering {
    let completion = |unit: &Figures| (unit.members, unit.required);
    let verified = |unit: &Figures| (unit.matched, unit.registered);
    Reverse(one.required > 0)
        .cmp(&Reverse(other.required > 0))
        .then_with(|| fraction(completion(other), completion(one)))
        .then_with(|| fraction(verified(other), verified(one)))
}

/// Compares two fractions; of nothing is nothing.
fn fraction((a, b): (u32, u32), (c, d): (u32, u32)) -> Ordering {
    let whole = |part: u32, whole: u32| if whole == 0 { (0, 1) } else { (part, whole) };
    let ((a, b), (c, d)) = (whole(a, b), whole(c, d));
    (u64::from(a) * u64::from(d)).cmp(&(u64::from(c) * u64::from(b)))
}
