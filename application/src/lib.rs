//! What one can do and ask: commands, queries, policies, scheduler, imports, tokens, the data folder. No HTTP.
//!
//! A command is a function on [`App`]: it asks who may, seals what is personal, reads what the rule needs from other
//! streams, and lets [`App::execute`] decide and append. What follows from a fact is a policy's command, what
//! follows from time alone is the scheduler's.

mod app;
mod aside;
mod background;
mod commands;
pub mod comparing;
mod erasures;
pub mod imports;
pub mod log;
mod people;
pub mod policies;
pub mod queries;
pub mod scheduler;
mod service;
pub mod setup;
mod starting;
pub mod tokens;
pub mod uncited;

pub use app::caller::Caller;
pub use app::clock::{Clock, ClockDoubt, ManualClock, SystemClock, WatchedClock};
pub use app::error::{Error, NotEncodable, OpenError};
pub use app::execute::{CommandOutcome, stream_of};
pub use app::node::{LogMismatch, Node, Remembered};
pub use app::reference::ReferenceCache;
pub use app::{App, files};
pub use aside::Aside;
pub use background::Background;
pub use commands::*;
pub use people::{
    AdministratorContact, Appointee, BadPersonal, Ballot, Contact, DifferingDay, FindableBy,
    FoundPeople, NamePart, NewMember, NewVolunteer, NoCorrection, NoPurpose, PROPOSED, Personal,
    PersonalCorrection, PersonalData, SoughtBy, differing_days,
};
pub use service::{Running, Service, ServiceOptions, StartError};
pub use starting::lost_persons;
