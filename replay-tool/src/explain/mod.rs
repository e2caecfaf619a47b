//! Events as sentences: what happened, why, and under which rule. One file an aggregate.

mod activity;
mod backfill;
mod basis;
mod bulletin;
mod calendar;
mod campaign;
mod comparison;
mod description;
mod execution;
mod import;
mod issue;
mod ledger_key;
mod meeting;
mod notice;
mod operation;
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
pub fn describe(event: &Event) -> Description {
    match event {
        Event::Rulebook(event) => rulebook::describe(event),
        Event::Calendar(event) => calendar::describe(event),
        Event::Campaign(event) => campaign::describe(event),
        Event::Unit(event) => unit::describe(event),
        Event::Squad(event) => squad::describe(event),
        Event::Volunteer(event) => volunteer::describe(event),
        Event::Activity(event) => activity::describe(event),
        Event::Service(event) => service::describe(event),
        Event::Points(event) => points::describe(event),
        Event::Notice(event) => notice::describe(event),
        Event::Station(event) => station::describe(event),
        Event::Issue(event) => issue::describe(event),
        Event::Meeting(event) => meeting::describe(event),
        Event::Resolution(event) => resolution::describe(event),
        Event::Survey(event) => survey::describe(event),
        Event::Import(event) => import::describe(event),
        Event::Comparison(event) => comparison::describe(event),
        Event::Bulletin(event) => bulletin::describe(event),
        Event::LedgerKey(event) => ledger_key::describe(event),
        Event::Operation(event) => operation::describe(event),
    }
}
