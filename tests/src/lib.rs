//! Whatever needs more than one room: contract, scenarios, crash, privacy, benchmarks.

pub mod altered;
pub mod contract;
pub mod county;
pub mod history;
pub mod kurrentdb;
pub mod process;
pub mod replay;
pub mod village;
