#![allow(clippy::unwrap_used)]

mod files;
mod roster;
mod sheets;
mod tables;
mod written;
