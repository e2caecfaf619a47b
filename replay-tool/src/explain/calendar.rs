//! 节假日安排.

use domain::calendar::{Adopted, Corrected, Event};

use super::description::{Description, list};

/// The law that gives the days off.
const LAW: &str = "全国年节及纪念日放假办法";

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Adopted(Adopted { year, source, off, worked }) => Description::new(
            format!(
                "采用{year}年节假日安排:放假{}天,调休上班{}天({})。",
                off.len(),
                worked.len(),
                list(worked)
            ),
            format!(
                "The holidays of {year} were adopted: {} days off, {} weekend days worked.",
                off.len(),
                worked.len()
            ),
        )
        .law(LAW)
        .cited(source),
        Event::Corrected(Corrected { year, source, off, worked, reason }) => Description::new(
            format!(
                "更正{year}年节假日安排:放假{}天,调休上班{}天({})。",
                off.len(),
                worked.len(),
                list(worked)
            ),
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
