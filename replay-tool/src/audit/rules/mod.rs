//! What the rules forbid, each rule once, as an auditor checks it from the facts alone.
//!
//! What ought to have been done in time stands in [`Duty`](super::duty::Duty) and, for what could not wait, in
//! [`Expedited`](super::expedited::Expedited).

mod backfill;
mod minutes;
mod notice;
mod supervision;
mod voting;

pub use backfill::{approving_backfill, unapproved};
pub use minutes::{adopted_by, approving, great_matter, ratified_by};
pub use notice::{assigning, closing, publicising, withdrawing};
pub use supervision::{changing, claiming, completing, informing, judging, related_since};
pub use voting::{
    Count, Silent, adopting, advising, attending, cancelling, convening, counting, deferring,
    may_attend, minuting, opening, recounting, replacing, representing, required, unlisted,
    voted_twice, voter_absent,
};
