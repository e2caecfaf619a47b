//! One binary for everything that needs more than one room.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::wildcard_enum_match_arm)]

mod accounts;
mod attending;
mod auditing;
mod circles;
mod commands;
mod crash;
mod deliberation;
mod earlier;
mod faults;
mod guide;
mod habits;
mod hostile;
mod http;
mod importing;
mod interrupted;
mod moving;
mod operations;
mod policies;
mod privacy;
mod replaying;
mod rotating;
mod setting_up;
mod sign_in;
mod succession;
mod watching;
mod wording;
mod workspace;
