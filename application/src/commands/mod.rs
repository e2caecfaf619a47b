//! One function a command: who may, what the rule needs from elsewhere, and then `execute`.

mod activities;
mod bulletins;
mod campaigns;
mod evidence;
mod holidays;
mod invalid_reference;
mod issues;
mod ledger_key;
mod meetings;
mod notices;
mod objections;
mod operation;
mod points;
mod register;
mod resolutions;
mod rulebook;
mod services;
mod squads;
mod stations;
mod supervision;
mod surveys;
mod units;
mod volunteers;

pub use activities::NewActivity;
pub use holidays::HolidayNotice;
pub use invalid_reference::InvalidReference;
pub use meetings::{NewMeeting, Present};
pub use notices::{NewNotice, NewPosting};
pub use objections::FiledObjection;
pub use register::{NewIssue, RegisteredIssue};
pub use services::EntryReport;
pub use stations::NewAppointment;
pub use surveys::IssuedBallots;
pub use units::NewUnit;
pub use volunteers::RegisteredVolunteer;
