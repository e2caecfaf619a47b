//! Changes the key of a ledger that nobody keeps at the moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use event_store::{EventStore, StoreError};
use ledger::{Checkpoint, KeyKind, Note, SigningKey, VerifyingKey};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::follow::{Broken, Follower, Start};
use crate::halt::Halt;
use crate::key::{self, KeyError};
use crate::shared::{Health, Shared};
use crate::tiles::Tiles;
use crate::{files, published};

const NEXT: &str = "key.next";
/// Before the number of events, in the name of a handover's file.
const HANDOVER: &str = "handover-";

/// Why a key is not changed.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// There is no ledger whose key could be changed.
    #[error("nothing was signed in {folder} yet: there is no key to be changed")]
    Unsigned {
        /// The ledger's folder.
        folder: PathBuf,
    },
    /// The folder or a file in it; perhaps another process keeps this ledger.
    #[error("the ledger's folder {folder} cannot be used")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A key.
    #[error("a key of the ledger cannot be used")]
    Key(#[from] KeyError),
    /// What was signed is not what stands there.
    #[error("the ledger must not be signed as it stands")]
    Halt(#[from] Halt),
    /// The log cannot be read.
    #[error("the event log cannot be read")]
    Log(#[from] StoreError),
}

impl From<Broken> for RotateError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Halt(halt) => Self::Halt(halt),
            Broken::Log(error) => Self::Log(error),
        }
    }
}

/// A change of key under way. The folder is this process's alone.
///
/// Between [`begin`](Self::begin) and [`finish`](Self::finish) the log is told. A crash at any point leaves a ledger that
/// is kept under the old key while the log does not name the new one, and that waits for the change to be repeated once it
/// does.
pub struct Rotation(Follower);

impl Rotation {
    /// The key that is to sign next: the one that was prepared before, or else a new one of the ledger's name. May be asked
    /// while the ledger is kept, so that others can be told of it in time.
    ///
    /// # Errors
    /// Where nothing was signed yet, or a file cannot be read or made.
    pub fn prepare(folder: &Path) -> Result<VerifyingKey, RotateError> {
        Ok(next(folder)?.public().clone())
    }

    /// Takes the ledger up: what was signed last must be the beginning of the log. Where the old key is `lost`, a new one
    /// signs alone. Blocks: not for async code.
    ///
    /// # Errors
    /// Where nothing was signed yet, the key is gone and not said to be lost, another process keeps the ledger, or what was
    /// signed is not what stands there.
    pub fn begin(
        folder: &Path,
        store: Arc<dyn EventStore>,
        handle: Handle,
        lost: bool,
    ) -> Result<Self, RotateError> {
        let unusable = |source| RotateError::Folder { folder: folder.to_owned(), source };
        let next = next(folder)?;
        let tiles = Tiles::open(folder).map_err(unusable)?;
        let path = folder.join(key::FILE);
        let old = key::load(&path, KeyKind::Log)?;
        if old.is_none() && !lost {
            return Err(KeyError::Lost { path }.into());
        }
        let lost = old.is_none();
        let (key, next) = match old {
            Some(old) => (old, Some(next)),
            None => (next, None),
        };
        let health = Health::Waiting { reason: "its key is changed".into() };
        let mut follower = Follower::begin(Start {
            folder: folder.to_owned(),
            store,
            handle,
            key,
            next,
            lost,
            interval: Duration::MAX,
            shared: Arc::new(Shared::new(tiles, health)),
            signed: watch::Sender::new(None),
            stopped: watch::channel(false).1,
        })?;
        follower.stand()?;
        Ok(Self(follower))
    }

    /// The key that signed until now; none where it is lost.
    #[must_use]
    pub fn old_key(&self) -> Option<&VerifyingKey> {
        let start = &self.0.with;
        (!start.lost).then(|| start.key.public())
    }

    /// The key that signs from now on.
    #[must_use]
    pub fn new_key(&self) -> &VerifyingKey {
        let start = &self.0.with;
        start.next.as_ref().unwrap_or(&start.key).public()
    }

    /// Signs the whole log with both keys, keeps that checkpoint as the handover, and puts the new key in the place of the
    /// old one, which is gone then. Gives the checkpoint. Blocks: not for async code.
    ///
    /// # Errors
    /// When the log cannot be read or a file cannot be written; it may be repeated from the beginning.
    pub fn finish(self) -> Result<Note, RotateError> {
        let folder = self.0.with.folder.clone();
        let (size, note) = self.0.hand_over()?;
        let done =
            files::replace(&folder.join(format!("{HANDOVER}{size}")), note.to_string().as_bytes())
                .and_then(|()| fs::rename(folder.join(NEXT), folder.join(key::FILE)))
                .and_then(|()| files::sync_folder_of(&folder.join(key::FILE)));
        done.map_err(|source| RotateError::Folder { folder, source })?;
        Ok(note)
    }
}

/// The checkpoints that an old key and its successor have both signed, with the names of their files, the first first.
/// Nobody has checked them.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn handovers_in(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let Some(entries) = files::found(fs::read_dir(folder))? else { return Ok(vec![]) };
    let mut sizes = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let size = name.to_str().and_then(|name| name.strip_prefix(HANDOVER)?.parse::<u64>().ok());
        sizes.extend(size);
    }
    sizes.sort_unstable();
    let files = sizes.into_iter().map(|size| {
        let name = format!("{HANDOVER}{size}");
        let bytes = fs::read(folder.join(&name))?;
        let text = ledger::text_of(&bytes);
        let text = text.unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
        Ok((name, text))
    });
    files.collect()
}

/// The key that was prepared; made where there is none.
fn next(folder: &Path) -> Result<SigningKey, RotateError> {
    let unusable = |source| RotateError::Folder { folder: folder.to_owned(), source };
    let unsigned = || RotateError::Unsigned { folder: folder.to_owned() };
    let path = folder.join(NEXT);
    if let Some(next) = key::load(&path, KeyKind::Log)? {
        return Ok(next);
    }
    let (text, _) = published::unchecked(folder).map_err(unusable)?.ok_or_else(unsigned)?;
    let checkpoint = text.parse::<Note>().ok().and_then(|note| Checkpoint::of(&note).ok());
    let ledger = checkpoint.ok_or(Halt::Checkpoint)?.origin;
    Ok(key::make(&path, KeyKind::Log, &ledger)?)
}
