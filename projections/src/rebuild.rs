//! Building read models anew: into a file of their own, or beside old ones and then swapped in.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use event_store::EventStore;
use rusqlite::Connection;
use tokio::runtime::Handle;

use crate::feed::Goal;
use crate::projection::{ALL, ReadModel};
use crate::read_models::{Use, Watch};
use crate::schema::{self, Checkpoint};
use crate::{Limits, Progress, ProjectionError, ReadModels, Until};

/// Builds all read models from the log into a new database file. The file appears under its name only when it is whole,
/// and takes the place of one that is there. Blocks: not for async code.
///
/// # Errors
/// See [`ProjectionError`]; no file is left then.
pub fn rebuild_into(
    path: &Path,
    store: &dyn EventStore,
    handle: &Handle,
    until: Until,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), ProjectionError> {
    let mut watch = |at| {
        progress(at);
        true
    };
    let goal = until.goal(store, handle)?;
    let part = beside(path, ".part");
    discard(&part)?;
    let built =
        build(&part, ALL, Limits::default(), store, handle, &goal, &mut watch).and_then(close);
    settle(built, &part, path)
}

/// Gives a finished file its name, or removes what an error left.
pub(crate) fn settle(
    built: Result<(), ProjectionError>,
    part: &Path,
    path: &Path,
) -> Result<(), ProjectionError> {
    let named = built.and_then(|()| Ok(fs::rename(part, path)?));
    if named.is_err() {
        discard(part)?;
    }
    named
}

/// Builds these read models, with their indexes, into a file that nobody reads yet.
fn build(
    path: &Path,
    models: &[ReadModel],
    limits: Limits,
    store: &dyn EventStore,
    handle: &Handle,
    goal: &Goal,
    watch: Watch<'_>,
) -> Result<ReadModels, ProjectionError> {
    let mut building = ReadModels::open_for(Use::Building, path, models, limits)?;
    building.catch_up(store, handle, goal, watch)?;
    let written = building.take_rows();
    // Millions of rows are let go of meanwhile.
    thread::scope(|scope| {
        scope.spawn(|| drop(written));
        models.iter().try_for_each(|model| schema::create_indexes(&building.conn, model))
    })?;
    Ok(building)
}

/// Lets go of a file that was built, after everything has reached the disk.
pub(crate) fn close(built: ReadModels) -> Result<(), ProjectionError> {
    let path = built.path.clone();
    built.conn.close().map_err(|(_, error)| error)?;
    Ok(fs::File::open(path)?.sync_all()?)
}

/// Rebuilds what another revision filled, beside it, and swaps it in. Until then queries see the old rows.
pub(crate) fn stale(
    live: &mut ReadModels,
    store: &dyn EventStore,
    handle: &Handle,
    goal: &Goal,
    watch: Watch<'_>,
) -> Result<(), ProjectionError> {
    let stale: Vec<ReadModel> =
        live.models.iter().filter(|kept| kept.stale).map(|kept| kept.model).collect();
    if stale.is_empty() {
        return Ok(());
    }
    let path = beside(&live.path, ".rebuild");
    discard(&path)?;
    let built = build(&path, &stale, live.limits, store, handle, goal, watch)?;
    let checkpoints = schema::checkpoints(&built.conn)?;
    close(built)?;
    live.conn.execute("ATTACH ?1 AS rebuilt", [path.to_string_lossy()])?;
    let swapped = swap(&live.conn, &stale, &checkpoints);
    live.conn.execute_batch("DETACH rebuilt")?;
    swapped?;
    discard(&path)?;
    live.load_checkpoints()
}

/// Old rows out, new rows in, in one transaction: a reader sees the ones or the others.
fn swap(
    conn: &Connection,
    models: &[ReadModel],
    checkpoints: &[Checkpoint],
) -> Result<(), rusqlite::Error> {
    let tx = conn.unchecked_transaction()?;
    for model in models {
        schema::create(&tx, model)?;
        for table in model.tables {
            let name = table.name;
            tx.execute_batch(&format!("INSERT INTO main.{name} SELECT * FROM rebuilt.{name}"))?;
        }
        schema::create_indexes(&tx, model)?;
        let built = checkpoints.iter().find(|line| line.projection == model.name);
        let progressed = built.map(|line| line.progressed.clone()).unwrap_or_default();
        schema::save_checkpoint(&tx, model, &progressed)?;
    }
    tx.commit()
}

/// Removes the file of a rebuild that did not come to its end.
pub(crate) fn remove_leftovers(path: &Path) -> Result<(), ProjectionError> {
    discard(&beside(path, ".rebuild"))
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a file and what SQLite may have put beside it.
pub(crate) fn discard(path: &Path) -> Result<(), ProjectionError> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        match fs::remove_file(beside(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
