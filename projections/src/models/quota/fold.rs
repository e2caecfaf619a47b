use domain::privacy::mask_text;
use domain::{
    CampaignCode, County, PersonId, UnitCode, campaign, rulebook, service, squad, unit, volunteer,
};

use super::Quota;
use super::tree::{self, Heads};
use super::{RulesFrom, Unit};
use super::{campaigns, members, succession};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for Quota {
    reads! { Rows<'_>: rulebook, campaign, unit, squad, volunteer, service }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        rows.put(RulesFrom::from(&**adopted));
    }

    fn campaign(
        fact: &Fact,
        campaign: &CampaignCode,
        event: &campaign::Event,
        rows: &mut Rows<'_>,
    ) {
        campaigns::on_campaign(rows, fact, campaign, event);
    }

    fn unit(fact: &Fact, unit: &UnitCode, event: &unit::Event, rows: &mut Rows<'_>) {
        on_unit(rows, fact, unit, event);
    }

    fn squad(fact: &Fact, unit: &UnitCode, event: &squad::Event, rows: &mut Rows<'_>) {
        on_squad(rows, fact, unit, event);
    }

    fn volunteer(_: &Fact, volunteer: &PersonId, event: &volunteer::Event, rows: &mut Rows<'_>) {
        members::on_volunteer(rows, *volunteer, event);
    }

    fn service(_: &Fact, volunteer: &PersonId, event: &service::Event, rows: &mut Rows<'_>) {
        members::on_service(rows, *volunteer, event);
    }
}

fn on_unit(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, event: &unit::Event) {
    use unit::Event;
    match event {
        Event::Registered(registered) => {
            if rows.get::<Unit>(code).is_none() {
                rows.put(Unit::registered(registered));
                if registered.kind == unit::Kind::County {
                    campaigns::on_county(rows, code);
                }
            }
        }
        Event::HeadcountDeclared(declared) => {
            let before = rows.get::<Unit>(code).map_or(0, |unit| unit.headcount);
            let headcount = i64::from(declared.headcount) - before;
            tree::add(rows, code, Heads { headcount, ..Heads::default() });
        }
        Event::QuotaAssigned(assigned) => campaigns::assign(rows, code, assigned),
        Event::Attributed(attributed) => tree::attribute(rows, code, &attributed.to),
        Event::AdministratorReported(reported) => {
            // Whoever reports another administrator later has still reported in time.
            rows.update::<Unit, _>(code, |unit| {
                unit.administrator_reported_at.get_or_insert(fact.recorded_at);
                unit.administrator_late.get_or_insert(reported.late);
            });
        }
        Event::Succeeded(succeeded) => {
            succession::succeed(rows, fact.recorded_at, code, succeeded);
        }
        Event::Renamed(renamed) => {
            rows.update::<Unit, _>(code, |unit| unit.name = renamed.name.to_string());
        }
        Event::Reclassified(changed) => {
            campaigns::reclassify(rows, code, changed.kind, fact.recorded_at);
        }
        Event::ParentChanged(changed) => tree::change_parent(rows, code, &changed.parent),
        Event::PopulationStated(stated) => {
            rows.update::<Unit, _>(code, |unit| {
                unit.population = Some(i64::from(stated.population));
                unit.population_on = Some(stated.counted_on);
                unit.population_source = Some(mask_text(stated.source.as_str()));
            });
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
        Event::PartyShareChanged(changed) => {
            members::joined(rows, code, changed.volunteer, changed.party);
        }
        Event::MemberLeft(left) => members::left(rows, code, left.volunteer),
        Event::Completed(completed) => {
            if let Some(campaign) = &completed.campaign {
                campaigns::complete(rows, code, campaign, fact.recorded_at);
            }
            rows.update::<Unit, _>(code, |unit| {
                unit.squad_completed_at = at;
                unit.squad_late = Some(completed.late);
            });
        }
    }
}
