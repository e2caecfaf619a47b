//! The service yuanfa: HTTP API, policies, scheduler, imports, demo and wiring.

pub mod app;
pub mod imports;
pub mod policies;
pub mod background;
pub mod scheduler;
