//! Opening read models and bringing them up to a log.

use std::path::Path;
use std::slice;

use event_store::{EventStore, Landmark, Position};
use tokio::runtime::Handle;

use crate::engine::catch_up::catch_up;
use crate::engine::files::remove_leftovers;
use crate::engine::projection::ReadModel;
use crate::engine::read_models::{Use, Watch};
use crate::engine::rebuild;
use crate::engine::schema::{self, Folded};
use crate::models::ALL;
use crate::{Limits, Progress, ProjectionError, ReadModels, Until};

impl ReadModels {
    /// Opens the read database, creating the tables of a new one. Whatever another revision filled stays as it is, to be
    /// queried, until [`run_until`](Self::run_until) or the runner has rebuilt it.
    ///
    /// # Errors
    /// When the file cannot be opened or is no database of ours.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ProjectionError> {
        Self::open_with(path, ALL, Limits::default())
    }

    /// As [`open`](Self::open), with these read models and sizes.
    ///
    /// # Errors
    /// As of [`open`](Self::open).
    pub fn open_with(
        path: impl AsRef<Path>,
        models: &[ReadModel],
        limits: Limits,
    ) -> Result<Self, ProjectionError> {
        remove_leftovers(path.as_ref())?;
        Self::open_for(Use::Live, path.as_ref(), models, limits)
    }

    /// Folds the log up to `until`, after rebuilding what another revision had filled. Blocks: not for async code.
    ///
    /// # Errors
    /// See [`ProjectionError`]. Batches committed before the error stay; nothing of the one at hand does.
    pub fn run_until(
        &mut self,
        store: &dyn EventStore,
        handle: &Handle,
        until: Until,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), ProjectionError> {
        self.run_watched(store, handle, until, &mut |at| {
            progress(at);
            true
        })
    }

    pub(crate) fn run_watched(
        &mut self,
        store: &dyn EventStore,
        handle: &Handle,
        until: Until,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let goal = until.goal(store, handle)?;
        self.place(store, handle)?;
        rebuild::stale(self, store, handle, &goal, watch)?;
        self.know_checkpoints()?;
        catch_up(slice::from_mut(self), store, handle, &goal, watch)
    }

    /// Takes the positions that this log gives to the events at which the read models stand: it may have been moved to
    /// another engine. What stands at an event that it does not hold was filled from another history.
    fn place(&mut self, store: &dyn EventStore, handle: &Handle) -> Result<(), ProjectionError> {
        if self.placed {
            return Ok(());
        }
        let mut found: Vec<(Landmark, Option<Position>)> = Vec::new();
        for standing in self.models.iter_mut().filter(|standing| !standing.stale) {
            let Some(last) = standing.at.last.clone() else { continue };
            let position = match found.iter().find(|(known, _)| *known == last) {
                Some(&(_, position)) => position,
                None => {
                    let position = handle.block_on(last.position_in(store))?;
                    found.push((last, position));
                    position
                }
            };
            match position {
                Some(position) => standing.at.position = position,
                None => {
                    tracing::warn!(
                        model = standing.model.name,
                        "filled from another history; rebuilding"
                    );
                    (standing.stale, standing.at) = (true, Folded::default());
                }
            }
        }
        let tx = self.conn.unchecked_transaction()?;
        for standing in self.models.iter().filter(|standing| !standing.stale) {
            schema::save_checkpoint(&tx, &standing.model, &standing.at)?;
        }
        tx.commit()?;
        self.placed = true;
        Ok(())
    }
}
