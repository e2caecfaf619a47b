//! Read models: each a pure fold from events to rows, and the one runner that keeps them.
//!
//! A [`Projection`] takes [`Fact`]s in and writes [`Rows`]; [`ReadModels`] is the database they lie in; [`Runner`] keeps
//! it up with the log; [`rebuild_into`], [`AsOf`] and [`compare`](compare()) are for whoever wants to check it.

mod engine;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub mod models;

pub use engine::described;
pub use engine::{
    AsOf, Checkpoint, Column, ColumnDef, Difference, Direction, Fact, Fold, Folded, Goal, Half,
    Health, Limits, MAX_PAGE, Marker, Misfit, Page, PageRequest, PerMille, Progress, Projection,
    ProjectionError, QueryError, Rate, ReadModel, ReadModels, Row, Rows, RowsError, Runner, Select,
    Share, TableDef, Texts, UNREAD, Undecodable, Until, checkpoints, compare, find, landmark,
    open_reader, rebuild_into, utc,
};
pub use models::ALL;
