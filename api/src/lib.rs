//! The service yuanfa: HTTP API, policies, scheduler, imports, demo and wiring.

pub mod app;
pub mod background;
pub mod cli;
pub mod config;
pub mod demo;
mod forgotten;
pub mod http;
pub mod imports;
pub mod log;
pub mod personal;
pub mod policies;
pub mod scheduler;
pub mod tokens;
