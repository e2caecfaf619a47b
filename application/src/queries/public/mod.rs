//! 居民: what everybody may see, and what the holder of a secret link may. Nothing here names anybody or says how to
//! reach them.

mod issues;
mod objections;
mod resolutions;
mod stations;

pub use issues::{FollowedIssue, GoesOnAs, OnAgenda};
pub use objections::FollowedObjection;
pub use resolutions::PublicResolution;
pub use stations::{Board, Held};
