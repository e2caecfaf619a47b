//! The read models as of any moment: files built once and kept for a while.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use event_store::{EventStore, Position};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Handle;

use crate::feed::PAGE;
use crate::projection::ALL;
use crate::read_models::Use;
use crate::rebuild::{beside, close, discard, settle};
use crate::{Limits, ProjectionError, ReadModels, Until, checkpoints, rebuild_into};

/// What the names of our folders begin with: nothing else is ever removed.
const OURS: &str = "as-of-";

/// A folder of read databases, each as of one position, the least recently used removed when there are too many.
pub struct AsOf {
    folder: PathBuf,
    kept: Mutex<Kept>,
    most: usize,
}

/// What is known of the files and of the log.
struct Kept {
    /// Positions whose files are there, the most recently used last.
    files: Vec<u64>,
    /// The files were made from the log at hand.
    ours: bool,
    moments: Moments,
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
        let kept = Kept { files: kept, ours: false, moments: Moments::default() };
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
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { files, ours, moments } = &mut *kept;
        if !*ours {
            self.discard_others(store, handle, files)?;
            *ours = true;
        }
        let position = moments.last_within(store, handle, until)?;
        if !files.contains(&position.0) {
            self.build(store, handle, position, files)?;
        }
        files.retain(|&other| other != position.0);
        files.push(position.0);
        let conn = open_reader(&self.file(position.0))?;
        while files.len() > self.most {
            discard(&self.file(files.remove(0)))?;
        }
        Ok((position, conn))
    }

    /// A position names another event in another log: only files that stand where their name says are kept.
    fn discard_others(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        files: &mut Vec<u64>,
    ) -> Result<(), ProjectionError> {
        for position in std::mem::take(files) {
            let path = self.file(position);
            let seen = open_reader(&path).and_then(|conn| checkpoints(&conn)).unwrap_or_default();
            let last = seen.into_iter().next().and_then(|line| line.progressed.last);
            let stands_at = match last {
                Some(last) => handle.block_on(last.position_in(store))?,
                None => None,
            };
            if stands_at == Some(Position(position)) {
                files.push(position);
            } else {
                discard(&path)?;
            }
        }
        Ok(())
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
                close(models.conn, &part)
            },
        );
        settle(went_on, &part, &path)
    }
}

/// Which positions the log had reached when: the ends of the pages read so far, in order. A log only grows.
#[derive(Default)]
struct Moments(Vec<(Position, Timestamp)>);

impl Moments {
    /// The position of the last event up to there; [`Position::START`] where there is none.
    fn last_within(
        &mut self,
        store: &dyn EventStore,
        handle: &Handle,
        until: Until,
    ) -> Result<Position, ProjectionError> {
        let goal = until.goal(store, handle)?;
        if until == Until::Head {
            return Ok(goal.position);
        }
        let known = self.0.partition_point(|&(position, time)| goal.reaches(position, time));
        let mut last = end(&self.0[..known]);
        loop {
            let page = handle.block_on(store.read_all(last, PAGE))?;
            let within = page.partition_point(|event| goal.holds(event));
            let ends_here = within < page.len() || page.is_empty();
            if let Some(event) = page[..within].last() {
                last = event.position;
            }
            if let Some(event) = page.last().filter(|event| end(&self.0) < event.position) {
                self.0.push((event.position, event.recorded_at));
            }
            if ends_here {
                return Ok(last);
            }
        }
    }
}

fn end(moments: &[(Position, Timestamp)]) -> Position {
    moments.last().map_or(Position::START, |&(position, _)| position)
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
