//! What can be used, lot by lot: the same arithmetic as the account's own, over rows.
//!
//! The lots of a volunteer are chained by their last day of use; the account knows the first and the last.

use domain::{PersonId, Points};
use jiff::civil::Date;

use super::{Account, AccountId, Lot};
use crate::Rows;

/// Puts points in that can be used up to a day.
pub(super) fn put(rows: &mut Rows<'_>, volunteer: PersonId, expires_on: Date, points: Points) {
    if points <= Points(0) {
        return;
    }
    let (first, last) = ends(rows, volunteer);
    let key = (volunteer, expires_on);
    if rows.update::<Lot, _>(&key, |lot| lot.points += points).is_some() {
        return;
    }
    let before = if last.is_some_and(|last| last < expires_on) {
        last
    } else {
        last_before(rows, volunteer, first, expires_on)
    };
    let next = match before {
        Some(before) => rows
            .update::<Lot, _>(&(volunteer, before), |lot| lot.next.replace(expires_on))
            .flatten(),
        None => first,
    };
    rows.put(Lot { volunteer, expires_on, points, next });
    let first = if before.is_none() { Some(expires_on) } else { first };
    let last = if next.is_none() { Some(expires_on) } else { last };
    set_ends(rows, volunteer, first, last);
}

/// Takes points out, those that expire first before the others.
pub(super) fn take(rows: &mut Rows<'_>, volunteer: PersonId, mut points: Points) {
    while points > Points(0) {
        let (Some(first), _) = ends(rows, volunteer) else { return };
        let key = (volunteer, first);
        let Some(there) = rows.get::<Lot>(&key).map(|lot| lot.points) else { return };
        if there > points {
            rows.update::<Lot, _>(&key, |lot| lot.points -= points);
            return;
        }
        points -= there;
        remove(rows, volunteer, first);
    }
}

/// Removes what could be used up to a day.
pub(super) fn remove(rows: &mut Rows<'_>, volunteer: PersonId, expires_on: Date) {
    let key = (volunteer, expires_on);
    let Some(next) = rows.get::<Lot>(&key).map(|lot| lot.next) else { return };
    let (first, last) = ends(rows, volunteer);
    let before = last_before(rows, volunteer, first, expires_on);
    if let Some(before) = before {
        rows.update::<Lot, _>(&(volunteer, before), |lot| lot.next = next);
    }
    rows.delete::<Lot>(&key);
    let first = if before.is_none() { next } else { first };
    let last = if next.is_none() { before } else { last };
    set_ends(rows, volunteer, first, last);
}

/// The last lot of an earlier day, searched from the first on.
fn last_before(
    rows: &mut Rows<'_>,
    volunteer: PersonId,
    first: Option<Date>,
    day: Date,
) -> Option<Date> {
    let mut before = None;
    let mut next = first;
    while let Some(at) = next.filter(|&at| at < day) {
        before = Some(at);
        next = rows.get::<Lot>(&(volunteer, at)).and_then(|lot| lot.next);
    }
    before
}

fn ends(rows: &mut Rows<'_>, volunteer: PersonId) -> (Option<Date>, Option<Date>) {
    let account = rows.get::<Account>(&AccountId::Volunteer(volunteer));
    account.map_or((None, None), |account| (account.next_expiry, account.last_expiry))
}

fn set_ends(rows: &mut Rows<'_>, volunteer: PersonId, first: Option<Date>, last: Option<Date>) {
    rows.update::<Account, _>(&AccountId::Volunteer(volunteer), |account| {
        account.next_expiry = first;
        account.last_expiry = last;
    });
}
