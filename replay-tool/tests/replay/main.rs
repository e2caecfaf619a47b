//! The program as an auditor meets it: every command on a small county's log, and every finding of `verify`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod audit;
mod bulletins;
mod compare;
mod copying;
mod evidence;
mod explain;
mod figures;
mod fixture;
mod folder;
mod ledger;
mod policy;
mod prose;
mod proving;
mod screen;
mod sealed;
mod show;
mod story;
mod tampering;
mod usage;
mod verify;
mod village;
mod watching;
mod witnessing;
