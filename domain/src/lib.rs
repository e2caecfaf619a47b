//! The rules of rule-of-law volunteering (法治志愿): pure, and readable like the regulation they encode.
//!
//! No IO, clock, randomness or `async` lives here. An [`Aggregate`] decides on a command from its own
//! history and what it is [`Given`]; every fact it may state is listed once, in [`catalogue`].

#[macro_use]
mod named;
#[macro_use]
mod refusal;
mod aggregate;
mod directory;
mod given;
#[cfg(test)]
mod testing;
mod time;
mod values;

pub mod activity;
pub mod backfill;
pub mod bulletin;
pub mod calendar;
pub mod campaign;
pub mod catalogue;
pub mod cited;
pub mod comparison;
pub mod identity_number;
pub mod import;
pub mod issue;
pub mod ledger_key;
pub mod meeting;
pub mod notice;
pub mod objection;
pub mod operation;
pub mod permission;
pub mod points;
pub mod privacy;
pub mod resolution;
pub mod rulebook;
pub mod sealed;
pub mod service;
pub mod sources;
pub mod squad;
pub mod station;
pub mod survey;
pub mod unit;
pub mod volunteer;

pub use aggregate::Aggregate;
pub use catalogue::{Category, Event};
pub use directory::{Directory, Node};
pub use given::{Actor, Given, Metadata, Role};
pub use named::{Both, Several, spoken};
pub use refusal::{Refusal, RefusalCode};
pub use time::{Moment, county_date, end_of_day, start_of_day};
pub use values::{
    ActivityId, ActorId, Area, BadValue, BulletinId, CampaignCode, ComparisonId, County, Evidence,
    ImportId, IssueId, MediaType, MeetingId, Minutes, Month, NoticeId, PersonId, Points,
    ResolutionId, SealedDigest, SurveyId, Text, TopicCode, UnitCode, writing,
};
