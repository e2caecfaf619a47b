#![allow(clippy::unwrap_used)]

mod files;
mod returned;
mod roster;
mod sheets;
mod tables;
mod written;
