//! What surrounds every request, for whoever watches: limits, log lines, figures.

pub mod metrics;
pub mod observe;
pub mod places;
pub mod tally;
