//! Events as sentences: what happened, why, and under which rule. One file an aggregate.

mod activity;
mod basis;
mod description;
mod execution;
mod issue;
mod ledger_key;
mod meeting;
mod notice;
mod points;
mod resolution;
mod rulebook;
mod service;
mod squad;
mod station;
mod survey;
mod unit;
mod volunteer;

use domain::Event;

pub use basis::Rulebooks;
pub use description::Description;

/// What an event says to a reader.
pub fn tell(event: &Event) -> Description {
    match event {
        Event::Rulebook(event) => rulebook::tell(event),
        Event::Unit(event) => unit::tell(event),
        Event::Squad(event) => squad::tell(event),
        Event::Volunteer(event) => volunteer::tell(event),
        Event::Activity(event) => activity::tell(event),
        Event::Service(event) => service::tell(event),
        Event::Points(event) => points::tell(event),
        Event::Notice(event) => notice::tell(event),
        Event::Station(event) => station::tell(event),
        Event::Issue(event) => issue::tell(event),
        Event::Meeting(event) => meeting::tell(event),
        Event::Resolution(event) => resolution::tell(event),
        Event::Survey(event) => survey::tell(event),
        Event::LedgerKey(event) => ledger_key::tell(event),
    }
}
