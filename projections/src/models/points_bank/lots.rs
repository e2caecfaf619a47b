//! What can be used, lot by lot: what the account itself keeps, as rows.

use std::ops::RangeInclusive;

use domain::points::{Portion, after_taking};
use domain::{PersonId, Points};
use jiff::civil::Date;

use super::{Account, AccountId, Lot, NEVER};
use crate::Rows;

/// Puts points in that can be used up to a day.
pub(super) fn put(rows: &mut Rows<'_>, volunteer: PersonId, expires_on: Date, points: Points) {
    if points <= Points(0) {
        return;
    }
    let new = || Lot { volunteer, expires_on, points: Points(0) };
    rows.upsert(&(volunteer, expires_on), new, |lot| lot.points += points);
    rows.update::<Account, _>(&AccountId::Volunteer(volunteer), |account| {
        let first = account.next_expiry.unwrap_or(expires_on);
        account.next_expiry = Some(first.min(expires_on));
    });
}

/// Takes points out, those that expire first before the others.
pub(super) fn take(rows: &mut Rows<'_>, volunteer: PersonId, points: Points) {
    let lots = rows.range::<Lot>(all_of(volunteer)).map(|lot| (lot.expires_on, lot.points));
    let left: Vec<_> = after_taking(points, lots).collect();
    for (expires_on, points) in left {
        if points == Points(0) {
            remove(rows, volunteer, expires_on);
        } else {
            rows.put(Lot { volunteer, expires_on, points });
        }
    }
}

/// Puts points in as an entry states them.
pub(super) fn put_stated(rows: &mut Rows<'_>, volunteer: PersonId, stated: &[Portion]) {
    for portion in stated {
        put(rows, volunteer, portion.expires_on.unwrap_or(NEVER), portion.points);
    }
}

/// Takes points out as an entry states them; the earliest entries state nothing and took what expires first.
pub(super) fn take_stated(
    rows: &mut Rows<'_>,
    volunteer: PersonId,
    points: Points,
    stated: Option<&[Portion]>,
) {
    let Some(stated) = stated else { return take(rows, volunteer, points) };
    for portion in stated {
        let expires_on = portion.expires_on.unwrap_or(NEVER);
        let there = rows.get::<Lot>(&(volunteer, expires_on)).map_or(Points(0), |lot| lot.points);
        if there > portion.points {
            rows.put(Lot { volunteer, expires_on, points: there - portion.points });
        } else {
            remove(rows, volunteer, expires_on);
        }
    }
}

/// Removes what could be used up to a day.
pub(super) fn remove(rows: &mut Rows<'_>, volunteer: PersonId, expires_on: Date) {
    rows.delete::<Lot>(&(volunteer, expires_on));
    let first = rows.range::<Lot>(all_of(volunteer)).next().map(|lot| lot.expires_on);
    rows.update::<Account, _>(&AccountId::Volunteer(volunteer), |account| {
        account.next_expiry = first;
    });
}

fn all_of(volunteer: PersonId) -> RangeInclusive<(PersonId, Date)> {
    (volunteer, Date::MIN)..=(volunteer, NEVER)
}
