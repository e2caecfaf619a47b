//! One function a command: who may, what the rule needs from elsewhere, and then `execute`.

mod activities;
mod notices;
mod points;
mod rulebook;
mod services;
mod squads;
mod units;
mod volunteers;

pub use activities::NewActivity;
pub use notices::NewNotice;
pub use services::EntryReport;
pub use units::NewUnit;
pub use volunteers::{NewVolunteer, RegisteredVolunteer};
