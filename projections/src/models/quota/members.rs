//! Who counts where, and since which day they are active.

use domain::{PersonId, UnitCode, service, volunteer};
use jiff::civil::Date;

use super::tree::{self, Heads};
use super::{ActiveDay, AttestedService, Volunteer};
use crate::Rows;

pub(super) fn on_volunteer(rows: &mut Rows<'_>, who: PersonId, event: &volunteer::Event) {
    use volunteer::Event;
    match event {
        Event::Registered(registered) => rows.put(Volunteer {
            volunteer: who,
            unit: registered.unit.clone(),
            squad: None,
            party: registered.political_status.counts_as_party(),
            verified: false,
            latest_day: None,
        }),
        // Somebody who comes back is counted once they join a squad; hours are kept.
        Event::Returned(registered) => change(rows, who, |own| {
            own.unit = registered.unit.clone();
            own.party = registered.political_status.counts_as_party();
            own.verified = false;
        }),
        Event::RealNameMatched(_) => change(rows, who, |own| own.verified = true),
        Event::RealNameRefused(_) => change(rows, who, |own| own.verified = false),
        Event::Moved(moved) => change(rows, who, |own| own.unit = moved.to.clone()),
        Event::Withdrawn(_) | Event::PersonalDataErased(_) => {
            change(rows, who, |own| own.squad = None);
        }
        // Another number or name is compared anew.
        Event::IdentityCorrected(_) => change(rows, who, |own| own.verified = false),
        Event::PersonalDataCorrected(corrected) => {
            if corrected.items.contains(&volunteer::PersonalItem::Name) {
                change(rows, who, |own| own.verified = false);
            }
        }
        Event::TierChanged(_)
        | Event::SkillsDeclared(_)
        | Event::PoliticalStatusChanged(_)
        | Event::CategoriesChanged(_)
        | Event::IdentityCorrectionRequested(_)
        | Event::IdentityCorrectionRefused(_)
        | Event::StarProposed(_)
        | Event::StarProposalEnded(_)
        | Event::StarChanged(_)
        | Event::Suspended(_)
        | Event::Resumed(_) => {}
    }
}

pub(super) fn joined(rows: &mut Rows<'_>, squad: &UnitCode, who: PersonId, party: bool) {
    change(rows, who, |own| {
        own.squad = Some(squad.clone());
        own.party = party;
    });
}

pub(super) fn left(rows: &mut Rows<'_>, squad: &UnitCode, who: PersonId) {
    change(rows, who, |own| {
        if own.squad.as_ref() == Some(squad) {
            own.squad = None;
        }
    });
}

pub(super) fn on_service(rows: &mut Rows<'_>, who: PersonId, event: &service::Event) {
    use service::Event;
    match event {
        Event::Attested(attested) => attest(rows, who, attested.record, attested.served_on),
        Event::Corrected(corrected) => take_back(rows, who, corrected.record),
        Event::Voided(voided) => take_back(rows, who, voided.record),
        Event::CheckedIn(_)
        | Event::CheckedOut(_)
        | Event::Recorded(_)
        | Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
        | Event::DueSettled(_)
        | Event::Disputed(_)
        | Event::DisputeDismissed(_) => {}
    }
}

/// Changes a volunteer and brings every count that rests on it along.
fn change(rows: &mut Rows<'_>, who: PersonId, change: impl FnOnce(&mut Volunteer)) {
    let Some(before) = rows.get::<Volunteer>(&who).cloned() else { return };
    let mut after = before.clone();
    change(&mut after);
    if before.unit == after.unit {
        tree::add(rows, &after.unit, after.heads() - before.heads());
    } else {
        tree::add(rows, &before.unit, Heads::default() - before.heads());
        tree::add(rows, &after.unit, after.heads());
    }
    let (was, is) = (before.active_day(), after.active_day());
    if was != is {
        was.into_iter().for_each(|key| count_active(rows, key, -1));
        is.into_iter().for_each(|key| count_active(rows, key, 1));
    }
    rows.put(after);
}

impl Volunteer {
    /// What the volunteer adds to the unit's counts: nothing unless a member.
    fn heads(&self) -> Heads {
        let one = i64::from(self.squad.is_some());
        Heads {
            headcount: 0,
            members: one,
            verified: one * i64::from(self.verified),
            party: one * i64::from(self.party),
        }
    }

    fn active_day(&self) -> Option<(Date, UnitCode)> {
        self.squad.as_ref().and(self.latest_day).map(|day| (day, self.unit.clone()))
    }
}

fn count_active(rows: &mut Rows<'_>, key: (Date, UnitCode), more: i64) {
    let members = rows.get::<ActiveDay>(&key).map_or(0, |day| day.members) + more;
    if members == 0 {
        rows.delete::<ActiveDay>(&key);
    } else {
        let (day, unit) = key;
        rows.put(ActiveDay { day, unit, members });
    }
}

/// Enters an attested service of a volunteer who is known.
fn attest(rows: &mut Rows<'_>, volunteer: PersonId, record: u32, served_on: Date) {
    take_back(rows, volunteer, record);
    let Some(latest) = rows.get::<Volunteer>(&volunteer).map(|own| own.latest_day) else { return };
    rows.put(AttestedService { volunteer, record, served_on });
    if latest.is_none_or(|latest| latest < served_on) {
        change(rows, volunteer, |own| own.latest_day = Some(served_on));
    }
}

/// Takes out a service that no longer counts, if it is there.
fn take_back(rows: &mut Rows<'_>, volunteer: PersonId, record: u32) {
    let key = (volunteer, record);
    let Some(served_on) = rows.get::<AttestedService>(&key).map(|service| service.served_on) else {
        return;
    };
    rows.delete::<AttestedService>(&key);
    if rows.get::<Volunteer>(&volunteer).is_some_and(|own| own.latest_day == Some(served_on)) {
        let services = rows.range::<AttestedService>((volunteer, 0)..=(volunteer, u32::MAX));
        let latest = services.map(|service| service.served_on).max();
        change(rows, volunteer, |own| own.latest_day = latest);
    }
}
