//! The rules as other crates call them.
#![allow(clippy::unwrap_used)]

mod catalogue;
mod glossary;
mod never_panics;
mod privacy;
mod refusals;
mod rules;
mod sources;
