//! The program `yuanfa`: command line, configuration, serving, wiring.

pub mod cli;
mod config;
mod http;

pub use http::{Entrances, serve};
