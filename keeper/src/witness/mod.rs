//! A witness 见证人: whoever cosigns the checkpoints of other people's logs, and so keeps them from showing two histories.
//!
//! It cosigns only what follows from what it cosigned before. So it remembers of every log the latest checkpoint, in
//! `seen.json`, durably before anybody hears of the cosignature. Its key is made together with that memory; one without
//! the other is refused, because a witness that forgets could be shown another history.

mod seen;
mod serve;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ledger::{KeyKind, Policy, Signature, SigningKey, Submission, Unwitnessed, VerifyingKey};

use crate::witness::seen::Seen;
use crate::{KeyError, files, key};

pub use crate::witness::serve::serve;

/// A witness's key and memory.
pub struct Witness {
    key: SigningKey,
    logs: Policy,
    file: PathBuf,
    /// None once it could not be written: nothing is cosigned before it is opened anew.
    seen: Mutex<Option<Seen>>,
    _alone: File,
}

/// Why a witness cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The folder or a file in it.
    #[error("the witness's folder {folder} cannot be used")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process is this witness.
    #[error("another process uses {folder}")]
    InUse {
        /// Which folder.
        folder: PathBuf,
    },
    /// The key.
    #[error("the witness's key cannot be used")]
    Key(#[from] KeyError),
    /// There is none yet.
    #[error("{folder} holds no key")]
    NoKey {
        /// Which folder.
        folder: PathBuf,
    },
    /// A key of another name is there.
    #[error("the key is named {name} already")]
    Named {
        /// Its name.
        name: Box<str>,
    },
    /// The memory is gone or is none. A witness without memory is none: its key must not be used again.
    #[error("{file} is gone or damaged")]
    Forgot {
        /// Which file.
        file: PathBuf,
    },
}

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The submission does not allow it.
    #[error(transparent)]
    Unwitnessed(#[from] Unwitnessed),
    /// What was seen cannot be kept: nothing is cosigned before the witness is opened anew.
    #[error("the witness cannot keep what it has seen")]
    Disk(#[source] io::Error),
}

impl Witness {
    /// Opens the folder of a witness of the logs of a policy. With a name a key is made where there is none yet.
    ///
    /// # Errors
    /// When the folder, key or memory cannot be used.
    pub fn open(folder: &Path, logs: Policy, name: Option<&str>) -> Result<Self, WitnessError> {
        let unusable = |source| WitnessError::Folder { folder: folder.to_owned(), source };
        if name.is_some() {
            fs::create_dir_all(folder).map_err(unusable)?;
            files::sync_folder_of(folder).map_err(unusable)?;
        }
        let alone = lock(folder)?;
        let (path, file) = (folder.join(key::FILE), folder.join(seen::FILE));
        let key = match (key::load(&path, KeyKind::Witness)?, name) {
            (Some(key), None) => key,
            (Some(key), Some(name)) if key.public().name() == name => key,
            (Some(key), Some(_)) => {
                return Err(WitnessError::Named { name: key.public().name().into() });
            }
            (None, None) => return Err(WitnessError::NoKey { folder: folder.to_owned() }),
            (None, Some(name)) => {
                // Memory first: a key is never there without it.
                match Seen::read(&file) {
                    Ok(Some(seen)) if !seen.is_empty() => {
                        return Err(KeyError::Lost { path }.into());
                    }
                    Ok(_) => Seen::default().write(&file).map_err(unusable)?,
                    Err(_) => return Err(WitnessError::Forgot { file }),
                }
                key::make(&path, KeyKind::Witness, name)?
            }
        };
        match Seen::read(&file) {
            Ok(Some(seen)) => {
                Ok(Self { key, logs, file, seen: Mutex::new(Some(seen)), _alone: alone })
            }
            Ok(None) => Err(WitnessError::Forgot { file }),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(WitnessError::Forgot { file })
            }
            Err(error) => Err(unusable(error)),
        }
    }

    /// What others check its cosignatures with.
    #[must_use]
    pub fn key(&self) -> &VerifyingKey {
        self.key.public()
    }

    /// Cosigns a checkpoint at this time, in seconds since 1970, if it follows from what was seen; it is remembered,
    /// durably, first. Blocks: not for async code.
    ///
    /// # Errors
    /// [`Refused`] says why not.
    pub fn cosign(&self, submission: &Submission, time: u64) -> Result<Signature, Refused> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(now) = seen.as_ref() else {
            return Err(Refused::Disk(io::Error::other("an earlier write failed")));
        };
        let stated = submission.check(&self.logs, |origin| now.last(origin))?;
        if now.last(&stated.origin).as_ref() != Some(&stated) {
            // After a failed write nobody knows what the disk holds.
            let mut next = seen.take().unwrap_or_default();
            next.remember(&stated, &submission.checkpoint);
            next.write(&self.file).map_err(Refused::Disk)?;
            *seen = Some(next);
        }
        drop(seen);
        Ok(submission.checkpoint.cosignature(&self.key, time))
    }
}

fn lock(folder: &Path) -> Result<File, WitnessError> {
    let unusable = |source| WitnessError::Folder { folder: folder.to_owned(), source };
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(false);
    let file = options.open(folder.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WitnessError::InUse { folder: folder.to_owned() }),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
