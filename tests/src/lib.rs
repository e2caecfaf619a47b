//! Whatever needs more than one room: scenarios, crash, privacy, benchmarks.

pub mod altered;
pub mod county;
pub mod history;
pub mod process;
pub mod replay;
pub mod village;
