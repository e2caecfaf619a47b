use std::collections::HashSet;

use domain::UnitCode;
use domain::unit::Registered;

use super::{ImportError, Imported, Progress, is_new, outcome, step};
use crate::app::{App, Caller};
use crate::imports::divisions;

/// 区划 become the tree: county, towns, villages.
pub async fn import(
    app: &App,
    bytes: &[u8],
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let known: HashSet<UnitCode> =
        app.ground().units.iter().map(|(code, _)| code.clone()).collect();
    let reading = divisions::read(bytes, &known)?;
    let mut imported = Imported::begin(reading.total, reading.problems);
    let total = reading.rows.len() as u64;
    for (done, row) in (1..).zip(reading.rows) {
        let division = row.value;
        let caller = step(caller, &format!("unit/{}", division.code));
        let unit = Registered {
            unit: division.code,
            name: division.name,
            kind: division.kind,
            parent: division.parent,
        };
        let registered = app.register_unit(unit, &caller).await;
        imported.count(outcome(row.row, registered.map(|done| is_new(&done)))?);
        progress(done, total);
    }
    Ok(imported.finish())
}
