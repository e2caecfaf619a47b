//! 节假日安排.

use std::collections::BTreeSet;

use domain::calendar::{Adopted, Corrected, Event};
use jiff::civil::Date;

use super::description::{Description, list};

/// The law that gives the days off.
const LAW: &str = "全国年节及纪念日放假办法";

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Adopted(Adopted { year, source, off, worked }) => Description::new(
            format!("采用{year}年节假日安排:放假{}天,调休上班{}。", off.len(), days(worked)),
            format!(
                "The holidays of {year} were adopted: {} days off, {} weekend days worked.",
                off.len(),
                worked.len()
            ),
        )
        .law(LAW)
        .cited(source),
        Event::Corrected(Corrected { year, source, off, worked, reason }) => Description::new(
            format!("更正{year}年节假日安排:放假{}天,调休上班{}。", off.len(), days(worked)),
            format!(
                "The holidays of {year} were corrected: {} days off, {} weekend days worked.",
                off.len(),
                worked.len()
            ),
        )
        .because(reason)
        .law(LAW)
        .cited(source),
    }
}

/// `1天(2026-12-26)`.
fn days(worked: &BTreeSet<Date>) -> String {
    match worked.len() {
        0 => "0天".to_owned(),
        days => format!("{days}天({})", list(worked)),
    }
}
