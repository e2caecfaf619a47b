//! Where a log lies, as an operator writes it.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use crate::{EventStore, OpenError, Refused, SqliteOptions, SqliteStore};
#[cfg(feature = "kurrentdb")]
use crate::{KurrentOptions, KurrentStore, KurrentTarget};

/// The log's file in a folder.
const FILE: &str = "log.sqlite";
const SQLITE: &str = "sqlite:";

/// The place of a log. `Display` and `Debug` show neither user nor password.
#[derive(Debug, Clone)]
pub enum Place {
    /// `sqlite:DIR`: the file `log.sqlite` in a folder.
    Sqlite(PathBuf),
    /// `kurrentdb://…`: see [`KurrentTarget::parse`].
    #[cfg(feature = "kurrentdb")]
    KurrentDb(Box<KurrentTarget>),
}

impl Place {
    /// What an operator gave: a place, or `@FILE` that holds one, so that a password stands on no command line.
    ///
    /// # Errors
    /// [`Refused`] says what is wrong with it.
    pub fn given(text: &str) -> Result<Self, Refused> {
        let Some(path) = text.strip_prefix('@') else { return text.parse() };
        let read = std::fs::read(path).and_then(|bytes| saved_text(&bytes));
        let held =
            read.map_err(|why| Refused::File { path: path.into(), why: why.kind().to_string() })?;
        held.trim().parse()
    }

    /// The SQLite file, where the log is one.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(folder) => Some(Self::file_in(folder)),
            #[cfg(feature = "kurrentdb")]
            Self::KurrentDb(_) => None,
        }
    }

    /// The SQLite file in a folder.
    #[must_use]
    pub fn file_in(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// Whether both name one log, as far as names tell.
    #[must_use]
    pub fn is_also(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Sqlite(one), Self::Sqlite(other)) => {
                let found = |folder: &PathBuf| Self::file_in(folder).canonicalize().ok();
                one == other || found(one).is_some_and(|one| found(other) == Some(one))
            }
            #[cfg(feature = "kurrentdb")]
            (Self::KurrentDb(one), Self::KurrentDb(other)) => one.is_also(other),
            #[cfg(feature = "kurrentdb")]
            (Self::Sqlite(_) | Self::KurrentDb(_), _) => false,
        }
    }

    /// Opens the log for reading and writing; a SQLite file is made where there is none.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(&self) -> Result<Arc<dyn EventStore>, OpenError> {
        Ok(match self {
            Self::Sqlite(folder) => {
                Arc::new(SqliteStore::open(Self::file_in(folder), SqliteOptions::default())?)
            }
            #[cfg(feature = "kurrentdb")]
            Self::KurrentDb(target) => {
                Arc::new(KurrentStore::open(target, KurrentOptions::default()).await?)
            }
        })
    }

    /// Opens the log for an auditor: appends are refused, and nothing is made or changed.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open_read_only(&self) -> Result<Arc<dyn EventStore>, OpenError> {
        Ok(match self {
            Self::Sqlite(folder) => Arc::new(SqliteStore::open_read_only(Self::file_in(folder))?),
            #[cfg(feature = "kurrentdb")]
            Self::KurrentDb(target) => {
                Arc::new(KurrentStore::open_read_only(target, KurrentOptions::default()).await?)
            }
        })
    }
}

impl FromStr for Place {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        match text.strip_prefix(SQLITE) {
            Some("") => Err(Refused::Place),
            Some(folder) => Ok(Self::Sqlite(folder.into())),
            None if text.contains("://") => connection(text),
            None => Err(Refused::Place),
        }
    }
}

#[cfg(feature = "kurrentdb")]
fn connection(text: &str) -> Result<Place, Refused> {
    Ok(Place::KurrentDb(Box::new(KurrentTarget::parse(text)?)))
}

#[cfg(not(feature = "kurrentdb"))]
fn connection(_: &str) -> Result<Place, Refused> {
    Err(Refused::NotBuiltIn)
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(folder) => write!(f, "{SQLITE}{}", folder.display()),
            #[cfg(feature = "kurrentdb")]
            Self::KurrentDb(target) => target.fmt(f),
        }
    }
}

/// A text as editors save it, also those of Windows: UTF-8 or UTF-16, with a byte order mark or without.
fn saved_text(bytes: &[u8]) -> io::Result<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    text.ok_or_else(|| io::ErrorKind::InvalidData.into())
}
