//! A long way through the log: decoded on one thread, folded on one for each part of the read models.

use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{channel, sync_channel};
use std::thread::{self, Builder};

use event_store::EventStore;
use tokio::runtime::Handle;

use crate::engine::feed::{self, Goal};
use crate::engine::read_models::Watch;
use crate::engine::wanted::Wanted;
use crate::{ProjectionError, ReadModels};

/// Pages that may wait, decoded, for each fold.
const WAITING_PAGES: usize = 8;

/// Folds the log up to the goal into parts that stand at the same position; the first tells how far it has come.
///
/// # Errors
/// See [`ProjectionError`]; the parts may then stand at different positions.
pub(crate) fn catch_up(
    parts: &mut [ReadModels],
    store: &dyn EventStore,
    handle: &Handle,
    goal: &Goal,
    watch: Watch<'_>,
) -> Result<(), ProjectionError> {
    let wanted = Wanted::by(parts.iter().flat_map(ReadModels::read_models));
    let Some((first, others)) = parts.split_first_mut() else { return Ok(()) };
    let after = first.position();
    if after >= goal.position {
        return Ok(());
    }
    thread::scope(|scope| {
        let (back, folded) = channel();
        let (to, pages) = sync_channel(WAITING_PAGES);
        let mut listeners = vec![to];
        let folding = others.iter_mut().map(|part| {
            let (to, pages) = sync_channel(WAITING_PAGES);
            listeners.push(to);
            let back = back.clone();
            let fold = move || part.fold_pages(pages, &back, goal, &mut |_| true);
            Builder::new().name("fold".into()).spawn_scoped(scope, fold)
        });
        let folding: Vec<_> = folding.collect::<io::Result<_>>()?;
        let wanted = &wanted;
        let feed = move || feed::feed(store, handle, after, goal, wanted, &listeners, &folded);
        Builder::new().name("log-feed".into()).spawn_scoped(scope, feed)?;
        let done = first.fold_pages(pages, &back, goal, watch);
        folding.into_iter().fold(done, |done, other| {
            let other = other.join().unwrap_or_else(|panic| resume_unwind(panic));
            done.and(other)
        })
    })
}
