#![allow(clippy::unwrap_used)]

mod files;
mod roster;
mod tables;
mod written;
