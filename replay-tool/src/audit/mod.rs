//! Whether what the log tells was done as it should be: `audit`, part by part.
//!
//! It folds the log by itself, once for all parts, and asks neither the read models nor the rules that let facts in, so that
//! an error in either of them shows here.

mod around;
mod book;
mod books;
mod columns;
mod decision;
mod duty;
mod expedited;
mod finding;
mod known;
mod listed;
mod meeting;
mod part;
mod parts;
mod row;
mod rules;
mod seen;
mod station;
mod topic;
mod verdict;

pub use books::{Asked, Audits, audit, decisions};
pub use columns::{ALL, EXPEDITED, RESOLUTIONS};
pub use finding::{Finding, Weight};
pub use listed::{Audit, Listed};
pub use part::Part;
pub use parts::{access, hours, points, squads, supervision, surveys};
pub use row::Row;
