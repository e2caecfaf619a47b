use domain::unit::{self, Registered};

use super::imported::{is_new, step};
use crate::imports::units::{Administrator, Unit};
use crate::{AdministratorContact, App, Caller, Error};

/// 单位 with headcount, task number and administrator, as far as it is not so already. A unit with a task number of its
/// own applies for a squad. True where anything was new.
pub async fn take_in(app: &App, unit: Unit, caller: &Caller) -> Result<bool, Error> {
    let code = unit.code.clone();
    let registration =
        Registered { unit: unit.code, name: unit.name, kind: unit.kind, parent: Some(unit.parent) };
    let mut new =
        is_new(&app.register_unit(registration, &step(caller, &format!("unit/{code}"))).await?);
    // What can change again has a command of its own each time; the rules say whether it is news.
    let fresh = |what: &str| caller.step(&format!("{code}/{what}"));
    if let Some(headcount) = unit.headcount {
        new |= is_new(&app.declare_headcount(&code, headcount, &fresh("headcount")).await?);
    }
    if let Some(to) = unit.attributed_to {
        new |= is_new(&app.attribute_unit(&code, to, &fresh("attribution")).await?);
    } else if unit.task.is_some_and(|task| task > 0) {
        new |= is_new(&app.apply_for_squad(&code, &fresh("squad")).await?);
    }
    if let Some(task) = unit.task {
        new |= is_new(&app.assign_quota(&code, task, &fresh("quota")).await?);
    }
    if let Some(administrator) = unit.administrator {
        new |= report(app, &code, &administrator, caller).await?;
    }
    Ok(new)
}

async fn report(
    app: &App,
    unit: &domain::UnitCode,
    administrator: &Administrator,
    caller: &Caller,
) -> Result<bool, Error> {
    let contact = AdministratorContact {
        name: administrator.name.expose().to_owned(),
        telephone: administrator.telephone.expose().to_owned(),
    };
    let known = app.read_state::<unit::Unit, _>(unit.as_str(), unit::Unit::administrator).await?;
    if let Some(person) = known
        && app.is_contact(person, &contact, caller).await?
    {
        return Ok(false);
    }
    let caller = caller.step(&format!("{unit}/administrator"));
    Ok(is_new(&app.report_administrator(unit, contact, &caller).await?))
}
