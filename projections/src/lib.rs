//! Read models: each a pure fold from events to rows, and the one runner that keeps them.
//!
//! A [`Projection`] takes [`Fact`]s in and writes [`Rows`]; [`ReadModels`] is the database they lie in; [`Runner`] keeps
//! it up with the log; [`rebuild_into`], [`AsOf`] and [`compare`](compare()) are for whoever wants to check it.

mod as_of;
mod cache;
mod catch_up;
mod column;
mod compare;
mod error;
mod fact;
mod feed;
mod fold;
mod landmark;
mod projection;
mod query;
mod rate;
mod read_models;
mod rebuild;
mod rows;
mod runner;
mod schema;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod wanted;

pub mod models;

pub use as_of::{AsOf, Marker, open_reader};
pub use column::{Column, Texts, utc};
pub use compare::{Difference, compare};
pub use error::ProjectionError;
pub use fact::{Fact, Misfit, Undecodable};
pub use feed::{Goal, Until};
pub use fold::Fold;
pub use landmark::landmark;
pub use projection::{ALL, Projection, ReadModel};
pub use query::{Direction, MAX_PAGE, Page, PageRequest, QueryError, Select, find};
pub use rate::Rate;
pub use read_models::{Limits, Progress, ReadModels};
pub use rebuild::rebuild_into;
pub use rows::{Rows, RowsError};
pub use runner::{Health, Runner};
pub use schema::{Checkpoint, Progressed, checkpoints};
pub use table::{ColumnDef, Row, TableDef};
pub use wanted::UNREAD;
