use domain::unit::Registered;

use super::imported::{is_new, step};
use crate::imports::divisions::Division;
use crate::{App, Caller, Error};

/// 区划 become the tree: county, towns, villages. True where one is new.
pub async fn take_in(app: &App, division: Division, caller: &Caller) -> Result<bool, Error> {
    let Division { code, kind, name, parent } = division;
    let caller = step(caller, &format!("unit/{code}"));
    let unit = Registered { unit: code, name, kind, parent };
    Ok(is_new(&app.register_unit(unit, &caller).await?))
}
