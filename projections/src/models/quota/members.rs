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
            latest_record: None,
            highest_record: 0,
            latest_day: None,
        }),
        Event::RealNameMatched(_) => change(rows, who, |own| own.verified = true),
        Event::RealNameRefused(_) => change(rows, who, |own| own.verified = false),
        Event::Moved(moved) => change(rows, who, |own| own.unit = moved.to.clone()),
        Event::Withdrawn(_) | Event::PersonalDataErased(_) => {
            change(rows, who, |own| own.squad = None);
        }
        Event::TierChanged(_)
        | Event::SkillsDeclared(_)
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
        Event::Attested(attested) => {
            // A record above all others is not in the chain: no need to look for it.
            let highest = rows.get::<Volunteer>(&who).map_or(0, |own| own.highest_record);
            if attested.record <= highest {
                unlink(rows, who, attested.record);
            }
            link(rows, who, attested.record, attested.served_on);
        }
        Event::Corrected(corrected) => unlink(rows, who, corrected.record),
        Event::Voided(voided) => unlink(rows, who, voided.record),
        Event::CheckedIn(_)
        | Event::CheckedOut(_)
        | Event::Recorded(_)
        | Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
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

/// Puts an attested service into the volunteer's chain, behind those of later days.
fn link(rows: &mut Rows<'_>, volunteer: PersonId, record: u32, served_on: Date) {
    let Some(own) = rows.get::<Volunteer>(&volunteer) else { return };
    let (mut later, mut next) = (None, own.latest_record);
    while let Some(other) = next {
        match rows.get::<AttestedService>(&(volunteer, other)) {
            Some(service) if service.served_on > served_on => {
                later = Some(other);
                next = service.earlier;
            }
            Some(_) | None => break,
        }
    }
    rows.put(AttestedService { volunteer, record, served_on, earlier: next });
    rows.update::<Volunteer, _>(&volunteer, |own| {
        own.highest_record = own.highest_record.max(record)
    });
    repoint(rows, volunteer, later, Some(record));
}

/// Takes a service that no longer counts out of the chain, if it is there.
fn unlink(rows: &mut Rows<'_>, volunteer: PersonId, record: u32) {
    let key = (volunteer, record);
    let Some(earlier) = rows.get::<AttestedService>(&key).map(|service| service.earlier) else {
        return;
    };
    let (mut later, mut next) =
        (None, rows.get::<Volunteer>(&volunteer).and_then(|own| own.latest_record));
    while let Some(other) = next.filter(|&other| other != record) {
        later = Some(other);
        next = rows.get::<AttestedService>(&(volunteer, other)).and_then(|other| other.earlier);
    }
    rows.delete::<AttestedService>(&key);
    repoint(rows, volunteer, later, earlier);
}

/// Makes the service `later`, or the volunteer where there is none, point to `target`.
fn repoint(rows: &mut Rows<'_>, volunteer: PersonId, later: Option<u32>, target: Option<u32>) {
    if let Some(later) = later {
        rows.update::<AttestedService, _>(&(volunteer, later), |service| service.earlier = target);
        return;
    }
    let day = target
        .and_then(|record| rows.get::<AttestedService>(&(volunteer, record)))
        .map(|service| service.served_on);
    change(rows, volunteer, |own| {
        own.latest_record = target;
        own.latest_day = day;
    });
}
