//! The program `yuanfa`: command line, configuration, serving, wiring.

pub mod cli;
mod config;
