//! Tasks of an earlier campaign, summed from the bottom to the top as the rows are for the latest.

use std::collections::HashMap;

use domain::UnitCode;

use super::Unit;

/// No county has so many levels; a circle in history ends here.
const DEEPEST: usize = 16;

/// Sets every unit's own task, and with it those of the units above.
pub(super) fn set(units: &mut [Unit], task_of: impl Fn(&Unit) -> i64) {
    let mut below: HashMap<UnitCode, Vec<usize>> = HashMap::new();
    for (place, unit) in units.iter().enumerate() {
        if let Some(above) = &unit.counts_towards {
            below.entry(above.clone()).or_default().push(place);
        }
    }
    for unit in units.iter_mut() {
        unit.task = task_of(unit);
        (unit.task_below, unit.task_total) = (0, unit.task);
    }
    // Each round carries the sums one level further up.
    for _ in 0..DEEPEST {
        let totals: Vec<i64> = units.iter().map(|unit| unit.task_total).collect();
        let mut settled = true;
        for unit in units.iter_mut() {
            let children = below.get(&unit.unit).map(Vec::as_slice).unwrap_or_default();
            let sum = children.iter().map(|&place| totals[place]).sum();
            settled &= unit.task_below == sum;
            unit.task_below = sum;
            unit.task_total = unit.task.max(sum);
        }
        if settled {
            return;
        }
    }
}
