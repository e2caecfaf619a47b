//! What follows for squads from what happened to their members and units.

use domain::squad::{Command, Squad};
use domain::volunteer::Volunteer;
use domain::{PersonId, Text, UnitCode};
use event_store::Version;
use uuid::Uuid;

use crate::app::told::told;
use crate::{App, Caller, Error};

/// Leaves the squad that the person is in, wherever above their unit it is.
async fn leave_squad(
    app: &App,
    volunteer: PersonId,
    unit: &UnitCode,
    reason: &str,
    caller: &Caller,
) -> Result<(), Error> {
    let Some(squad) = app.squad_with(volunteer, unit).await? else { return Ok(()) };
    let reason = Text::new(reason).map_err(Error::refused)?;
    app.execute::<Squad>(squad.as_str(), Command::Leave { volunteer, reason }, caller).await?;
    Ok(())
}

/// Who withdrew leaves the squad that they were in then, unless they came back since: they may be in it by their new consent.
pub(super) async fn leave_withdrawn(
    app: &App,
    volunteer: PersonId,
    version: Version,
    caller: &Caller,
) -> Result<(), Error> {
    let told = told::<Volunteer>(app, &volunteer.to_string(), &[version]).await?;
    let Some(unit) = told.after.unit() else { return Ok(()) };
    if told.after.has_withdrawn()
        && told.now.is_registered()
        && let Some(now) = told.now.unit()
        && app.squad_with(volunteer, now).await? == app.squad_with(volunteer, unit).await?
    {
        return Ok(());
    }
    leave_squad(app, volunteer, unit, "退出志愿者队伍", caller).await
}

/// Who moved leaves the squad of the earlier unit, unless both share it. Who comes to a unit that took the earlier one over
/// stays a member, by the consent that was given.
pub(super) async fn leave_squad_of(
    app: &App,
    volunteer: PersonId,
    unit: &UnitCode,
    to: &UnitCode,
    caller: &Caller,
) -> Result<(), Error> {
    let Some(squad) = app.squad_with(volunteer, unit).await? else { return Ok(()) };
    let known = app.reference_data();
    let joins = known.units.squad_of(to);
    if joins == Some(&squad) {
        return Ok(());
    }
    let heir = known.units.get(unit).is_some_and(|node| node.heirs.contains(to));
    if let Some(joins) = joins.filter(|_| heir)
        && let Err(error) = join_as_before(app, volunteer, (&squad, joins), caller).await
        && error.refusal().is_none()
    {
        return Err(error);
    }
    leave_squad(app, volunteer, unit, "调换单位", caller).await
}

/// Joins a squad by the consent given to another; a rule may speak against it.
async fn join_as_before(
    app: &App,
    volunteer: PersonId,
    (squad, joins): (&UnitCode, &UnitCode),
    caller: &Caller,
) -> Result<(), Error> {
    let consent = |squad: &Squad| squad.consent(volunteer).cloned();
    let consent = app.read_state::<Squad, _>(squad.as_str(), consent).await?;
    let key = volunteer.to_string();
    let applicant = app.read_state::<Volunteer, _>(&key, |one| one.applicant(volunteer)).await?;
    let applicant = applicant.map_err(Error::refused)?;
    app.execute::<Squad>(joins.as_str(), Command::Join { applicant, consent }, caller).await?;
    Ok(())
}

pub(super) async fn count_party(
    app: &App,
    volunteer: PersonId,
    party: bool,
    caller: &Caller,
) -> Result<(), Error> {
    let unit = app.home_of(volunteer).await?;
    let Some(squad) = app.squad_with(volunteer, &unit).await? else { return Ok(()) };
    app.execute::<Squad>(squad.as_str(), Command::CountParty { volunteer, party }, caller).await?;
    Ok(())
}

/// A successor without a squad has that of the unit it took over, under its registration; one that has a squad keeps it.
pub(super) async fn take_over(
    app: &App,
    unit: &UnitCode,
    by: &UnitCode,
    caller: &Caller,
) -> Result<(), Error> {
    let has_squad = |unit| app.reference_data().units.get(unit).is_some_and(|node| node.has_squad);
    if !has_squad(unit) || has_squad(by) {
        return Ok(());
    }
    app.execute::<Squad>(by.as_str(), Command::Apply { unit: by.clone() }, caller).await?;
    app.refresh_reference_data().await?;
    let registration = |squad: &Squad| squad.registration().cloned();
    if let Some(registration) = app.read_state::<Squad, _>(unit.as_str(), registration).await? {
        let command = Uuid::new_v5(&caller.command, b"approve");
        let caller = Caller { command, ..caller.clone() };
        app.execute::<Squad>(by.as_str(), Command::Approve { registration }, &caller).await?;
    }
    Ok(())
}
