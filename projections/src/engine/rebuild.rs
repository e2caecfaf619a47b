//! Building read models anew: into a file of their own, or beside old ones and then swapped in.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use event_store::EventStore;
use rusqlite::{Connection, Transaction};
use tokio::runtime::Handle;

use crate::engine::catch_up::catch_up;
use crate::engine::feed::Goal;
use crate::engine::files::{HALF, beside, close, discard, settle};
use crate::engine::projection::{Half, ReadModel};
use crate::engine::read_models::{Use, Watch, connect};
use crate::engine::schema;
use crate::models::ALL;
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
    let built = build(&part, ALL, Limits::default(), store, handle, &goal, &mut watch);
    settle(built, &part, path)
}

/// Builds these read models, with their indexes, into a file that nobody reads yet.
///
/// A read model knows no other, so those of the second half are built beside the rest, on a thread and in a file of their own,
/// and moved over at the end: that costs less than one processor folding while the other waits.
fn build(
    path: &Path,
    models: &[ReadModel],
    limits: Limits,
    store: &dyn EventStore,
    handle: &Handle,
    goal: &Goal,
    watch: Watch<'_>,
) -> Result<(), ProjectionError> {
    let half = beside(path, HALF);
    let (mut firsts, mut seconds): (Vec<_>, Vec<_>) =
        models.iter().partition(|model| model.share.half == Half::First);
    if firsts.is_empty() {
        std::mem::swap(&mut firsts, &mut seconds);
    }
    let mut parts = [
        ReadModels::open_for(Use::Building, path, &firsts, limits)?,
        ReadModels::open_for(Use::Building, &half, &seconds, limits)?,
    ];
    catch_up(&mut parts, store, handle, goal, watch)?;
    thread::scope(|scope| {
        let [first, second] = parts;
        let second = scope.spawn(|| index(second));
        index(first).and(second.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    let whole = connect(Use::Building, path)?;
    move_in(&whole, &seconds, &half)?;
    discard(&half)?;
    close(whole, path)
}

/// Lets go of the rows in memory, all of them written, and indexes those in the file.
fn index(part: ReadModels) -> Result<(), ProjectionError> {
    let models: Vec<ReadModel> = part.models.into_iter().map(|kept| kept.model).collect();
    models.iter().try_for_each(|model| schema::create_indexes(&part.conn, model))?;
    Ok(part.conn.close().map_err(|(_, error)| error)?)
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
    let built = build(&path, &stale, live.limits, store, handle, goal, watch);
    let moved = built.and_then(|()| move_in(&live.conn, &stale, &path));
    discard(&path)?;
    moved?;
    live.load_checkpoints()
}

/// Old rows out, new rows in, in one transaction: a reader sees the ones or the others.
fn move_in(conn: &Connection, models: &[ReadModel], from: &Path) -> Result<(), ProjectionError> {
    conn.execute("ATTACH ?1 AS built", [from.to_string_lossy()])?;
    let moved = conn.unchecked_transaction().and_then(|tx| {
        models.iter().try_for_each(|model| move_model(&tx, model))?;
        tx.commit()
    });
    conn.execute_batch("DETACH built")?;
    Ok(moved?)
}

/// Table and indexes are the same there and here, so that SQLite copies them as they stand.
fn move_model(tx: &Transaction<'_>, model: &ReadModel) -> Result<(), rusqlite::Error> {
    schema::create(tx, model)?;
    schema::create_indexes(tx, model)?;
    for table in model.tables {
        let name = table.name;
        tx.execute_batch(&format!("INSERT INTO main.{name} SELECT * FROM built.{name}"))?;
    }
    let checkpoint =
        "REPLACE INTO main._checkpoint SELECT * FROM built._checkpoint WHERE projection = ?1";
    tx.execute(checkpoint, [model.name]).map(drop)
}
