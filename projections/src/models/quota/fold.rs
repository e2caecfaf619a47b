use domain::{Event, UnitCode, rulebook, squad, unit};

use super::members;
use super::tree::{self, Heads};
use super::{RulesFrom, Unit};
use crate::{Fact, Rows};

pub(super) fn apply(fact: &Fact, rows: &mut Rows<'_>) {
    match &fact.event {
        Event::Rulebook(rulebook::Event::Adopted(adopted)) => rows.put(RulesFrom::from(&**adopted)),
        Event::Unit(event) => {
            if let Some(unit) = fact.unit() {
                on_unit(rows, fact, unit, event);
            }
        }
        Event::Squad(event) => {
            if let Some(unit) = fact.unit() {
                on_squad(rows, fact, unit, event);
            }
        }
        Event::Volunteer(event) => {
            if let Some(volunteer) = fact.volunteer() {
                members::on_volunteer(rows, volunteer, event);
            }
        }
        Event::Service(event) => {
            if let Some(volunteer) = fact.volunteer() {
                members::on_service(rows, volunteer, event);
            }
        }
        Event::Activity(_)
        | Event::Points(_)
        | Event::Notice(_)
        | Event::Station(_)
        | Event::Issue(_)
        | Event::Meeting(_)
        | Event::Resolution(_)
        | Event::Survey(_)
        | Event::LedgerKey(_) => {}
    }
}

fn on_unit(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, event: &unit::Event) {
    use unit::Event;
    match event {
        Event::Registered(registered) => {
            if rows.get::<Unit>(code).is_none() {
                rows.put(Unit::registered(registered));
            }
        }
        Event::HeadcountDeclared(declared) => {
            let before = rows.get::<Unit>(code).map_or(0, |unit| unit.headcount);
            let headcount = i64::from(declared.headcount) - before;
            tree::add(rows, code, Heads { headcount, ..Heads::default() });
        }
        Event::QuotaAssigned(assigned) => tree::set_task(rows, code, i64::from(assigned.task)),
        Event::Attributed(attributed) => tree::attribute(rows, code, &attributed.to),
        Event::AdministratorReported(reported) => {
            // Whoever reports another administrator later has still reported in time.
            rows.update::<Unit, _>(code, |unit| {
                unit.administrator_reported_at.get_or_insert(fact.recorded_at);
                unit.administrator_late.get_or_insert(reported.late);
            });
        }
        Event::Succeeded(succeeded) => {
            rows.update::<Unit, _>(code, |unit| unit.succeeded_by = Some(succeeded.by.clone()));
        }
    }
}

fn on_squad(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, event: &squad::Event) {
    use squad::Event;
    let at = Some(fact.recorded_at);
    match event {
        Event::Applied(_) => {
            rows.update::<Unit, _>(code, |unit| unit.squad_applied_at = at);
        }
        Event::Approved(approved) => {
            rows.update::<Unit, _>(code, |unit| {
                unit.squad_approved_at = at;
                unit.squad_registration = Some(approved.registration.to_string());
            });
        }
        Event::MemberJoined(joined) => members::joined(rows, code, joined.volunteer, joined.party),
        Event::MemberLeft(left) => members::left(rows, code, left.volunteer),
        Event::Completed(completed) => {
            rows.update::<Unit, _>(code, |unit| {
                unit.squad_completed_at = at;
                unit.squad_late = Some(completed.late);
            });
        }
    }
}
