//! What every adapter of the event store must keep: one table of named cases, run against a factory of its stores. For
//! tests; behind the feature `contract`.
//!
//! An adapter implements [`StoreFactory`] in its tests and awaits [`all`].
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::wildcard_enum_match_arm)]

mod appending;
mod concurrency;
mod durability;
mod limits;
mod reading;
mod repeating;
pub mod support;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use crate::EventStore;
use async_trait::async_trait;
use futures::FutureExt;
use futures::future::BoxFuture;

/// Makes stores of one adapter.
#[async_trait]
pub trait StoreFactory: Send + Sync {
    /// An empty store.
    async fn fresh(&self) -> Arc<dyn EventStore>;

    /// Closes the store that [`fresh`](Self::fresh) or this gave last, and opens the same log again.
    /// `None` when the adapter keeps nothing.
    async fn reopen(&self, store: Arc<dyn EventStore>) -> Option<Arc<dyn EventStore>>;
}

type Case = for<'a> fn(&'a dyn StoreFactory) -> BoxFuture<'a, ()>;

/// A table of cases from the functions' paths; the path is the case's name.
macro_rules! cases {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        &[$((concat!(stringify!($module), "::", stringify!($case)), |f| $module::$case(f).boxed())),+]
    };
}

/// Every case by name.
const CASES: &[(&str, Case)] = cases![
    appending::a_new_stream_starts_at_version_one,
    appending::a_batch_is_stored_in_order,
    appending::no_stream_conflicts_with_a_stream,
    appending::exactly_conflicts_with_older_and_newer,
    appending::exactly_none_is_no_stream,
    appending::a_conflict_stores_nothing,
    appending::an_id_stands_once_in_its_stream,
    appending::times_never_go_back,
    appending::times_are_kept_to_the_microsecond,
    appending::the_watch_has_moved_before_the_answer,
    appending::a_watcher_is_woken,
    repeating::the_same_batch_again_answers_as_the_first_time,
    repeating::a_repeat_is_known_after_later_events,
    repeating::a_repeat_with_other_bytes_changes_nothing,
    repeating::a_part_or_another_order_is_no_repeat,
    repeating::a_batch_that_goes_on_beyond_is_no_repeat,
    repeating::a_dropped_append_can_be_repeated,
    limits::an_event_holds_exactly_64_kib,
    limits::a_batch_has_bounds,
    limits::a_batch_holds_exactly_512_kib,
    limits::a_kind_has_bounds,
    limits::a_refused_batch_stores_nothing,
    limits::hostile_stream_names_stay_apart,
    limits::bytes_come_back_as_they_went_in,
    reading::an_empty_log_is_at_its_end,
    reading::pages_follow_each_other_without_loss,
    reading::a_page_ends_by_its_bytes_too,
    reading::a_limit_of_zero_counts_as_one,
    reading::beyond_the_end_is_the_end,
    reading::the_log_and_its_streams_tell_the_same,
    concurrency::one_of_many_writers_wins_each_version,
    concurrency::many_streams_lose_nothing,
    concurrency::a_reader_never_sees_a_gap,
    concurrency::times_never_fall_however_many_write,
    durability::what_was_acknowledged_is_there_after_reopening,
    durability::a_repeat_is_known_after_reopening,
    durability::times_do_not_go_back_after_reopening,
];

/// Runs every case, one after the other, and names all that fail.
///
/// # Panics
/// When a case fails.
pub async fn all(factory: &dyn StoreFactory) {
    let mut failed = Vec::new();
    for (name, case) in CASES {
        let started = Instant::now();
        if AssertUnwindSafe(case(factory)).catch_unwind().await.is_err() {
            failed.push(*name);
        }
        println!("{:>6} ms  {name}", started.elapsed().as_millis());
    }
    assert!(failed.is_empty(), "{} of {} cases failed: {failed:#?}", failed.len(), CASES.len());
}
