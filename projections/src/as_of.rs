//! The read models as of any moment: files built once and kept for a while.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use event_store::{EventStore, Position};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Handle;

use crate::projection::ALL;
use crate::read_models::Use;
use crate::rebuild::{beside, close, discard, settle};
use crate::{Limits, ProjectionError, ReadModels, Until, rebuild_into};

/// What the names of our folders begin with: nothing else is ever removed.
const OURS: &str = "as-of-";

/// A folder of read databases, each as of one position, the least recently used removed when there are too many.
pub struct AsOf {
    folder: PathBuf,
    /// Positions whose files are there, the most recently used last.
    kept: Mutex<Vec<u64>>,
    most: usize,
}

impl AsOf {
    /// Opens the folder, creating it; files of other revisions are removed. Keeps `most` files, at least one.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(folder: impl Into<PathBuf>, most: usize) -> Result<Self, ProjectionError> {
        let root: PathBuf = folder.into();
        fs::create_dir_all(&root)?;
        let revisions: Vec<String> =
            ALL.iter().map(|model| format!("{}{}", model.name, model.revision)).collect();
        let folder = root.join(format!("{OURS}{}", revisions.join("-")));
        for other in fs::read_dir(&root)? {
            let other = other?;
            let ours = other.file_name().to_string_lossy().starts_with(OURS);
            if ours && other.path() != folder {
                fs::remove_dir_all(other.path())?;
            }
        }
        fs::create_dir_all(&folder)?;
        let mut kept = Vec::new();
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            let position = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            match position.filter(|_| path.extension().is_some_and(|ext| ext == "sqlite")) {
                Some(position) => kept.push(position),
                None => fs::remove_file(path)?, // left by a build that did not come to its end
            }
        }
        kept.sort_unstable();
        Ok(Self { folder, kept: Mutex::new(kept), most: most.max(1) })
    }

    /// A read-only connection to the read models as of `until`, built if need be. Blocks: not for async code.
    /// One at a time is built; the connection stays good when its file is removed later.
    ///
    /// # Errors
    /// See [`ProjectionError`].
    pub fn at(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        until: Until,
    ) -> Result<(Position, Connection), ProjectionError> {
        let position = resolve(store, handle, until)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains(&position.0) {
            self.build(store, handle, position, &kept)?;
        }
        kept.retain(|&other| other != position.0);
        kept.push(position.0);
        let conn = open_reader(&self.file(position.0))?;
        while kept.len() > self.most {
            discard(&self.file(kept.remove(0)))?;
        }
        Ok((position, conn))
    }

    fn file(&self, position: u64) -> PathBuf {
        self.folder.join(format!("{position}.sqlite"))
    }

    /// Goes on from the nearest earlier file, or starts from the beginning.
    fn build(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        position: Position,
        kept: &[u64],
    ) -> Result<(), ProjectionError> {
        let (path, until) = (self.file(position.0), Until::Position(position));
        let Some(&earlier) = kept.iter().filter(|&&other| other < position.0).max() else {
            return rebuild_into(&path, store, handle, until, &mut |_| {});
        };
        let part = beside(&path, ".part");
        discard(&part)?;
        fs::copy(self.file(earlier), &part)?;
        let went_on = ReadModels::open_for(Use::Building, &part, ALL, Limits::default()).and_then(
            |mut models| {
                models.run_until(store, handle, until, &mut |_| {})?;
                close(models)
            },
        );
        settle(went_on, &part, &path)
    }
}

/// The position of the last event up to there; [`Position::START`] where there is none.
///
/// # Errors
/// When the log cannot be read, or ends before a position asked for.
pub fn resolve(
    store: &dyn EventStore,
    handle: &Handle,
    until: Until,
) -> Result<Position, ProjectionError> {
    let goal = until.goal(store, handle)?;
    let Some(time) = goal.time else { return Ok(goal.position) };
    last_before(store, handle, goal.position, time)
}

/// Times never fall along the log, so halving finds the last event that is not later.
fn last_before(
    store: &dyn EventStore,
    handle: &Handle,
    head: Position,
    time: Timestamp,
) -> Result<Position, ProjectionError> {
    // Everything up to `low` is in time; nothing after `high` is.
    let (mut low, mut high) = (0, head.0);
    while low < high {
        let middle = low + (high - low) / 2;
        let next = handle.block_on(store.read_all(Position(middle), 1))?;
        match next.first().filter(|event| event.position.0 <= high) {
            Some(event) if event.recorded_at <= time => low = event.position.0,
            Some(_) | None => high = middle,
        }
    }
    Ok(Position(low))
}

/// A connection that only reads a read database.
///
/// # Errors
/// What SQLite says.
pub fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}
