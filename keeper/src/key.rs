//! The key of a ledger: made at the first start, in a file for its owner only.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use ledger::{BadKey, KeyKind, SigningKey};
use zeroize::Zeroizing;

use crate::{files, published};

/// Longer than any key.
const MOST_BYTES: u64 = 4_096;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file.
    #[error("{path} cannot be read or made")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There was one, and something was signed with it.
    #[error("{path} is gone: put it back, or begin another ledger in an empty folder")]
    Lost {
        /// Which file.
        path: PathBuf,
    },
    /// The name that was given is none.
    #[error("a ledger cannot be named {origin:?}")]
    Name {
        /// The name.
        origin: String,
        /// What does not fit.
        source: BadKey,
    },
    /// Others may read it.
    #[error("{path} may be read by others: chmod 600 it, or make a new key if somebody has")]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
    },
    /// It is no key, of a log or under this name.
    #[error("{path} holds no key of a log")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What does not fit.
        source: BadKey,
    },
}

/// The key in the folder; a new one of that name, or of one that is drawn, where nothing was signed yet.
pub(crate) fn load_or_make(folder: &Path, origin: Option<&str>) -> Result<SigningKey, KeyError> {
    let path = &folder.join("key");
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if published::is_there(folder).map_err(failed)? {
                return Err(KeyError::Lost { path: path.to_owned() });
            }
            let origin = match origin {
                Some(origin) => origin.to_owned(),
                None => format!("yuanfa-{:08x}", u32::from_be_bytes(*drawn().map_err(failed)?)),
            };
            let made = SigningKey::new(&origin, KeyKind::Log, &*drawn().map_err(failed)?);
            let made = made.map_err(|source| KeyError::Name { origin, source })?;
            files::replace(path, made.reveal().as_bytes()).map_err(failed)?;
            load(path, File::open(path).map_err(failed)?)
        }
        file => load(path, file.map_err(failed)?),
    }
}

fn drawn<const N: usize>() -> io::Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

fn load(path: &Path, file: File) -> Result<SigningKey, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    // Asked of the open file, not of the path, which could name another file a moment later.
    if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyError::OpenToOthers { path: path.to_owned() });
    }
    let mut text = Zeroizing::new(String::with_capacity(MOST_BYTES as usize));
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(failed)?;
    let key: SigningKey = text.trim_end().parse().map_err(|source| malformed(path, source))?;
    match key.public().kind() {
        KeyKind::Log => Ok(key),
        KeyKind::Witness => Err(malformed(path, BadKey::Kind)),
    }
}

fn malformed(path: &Path, source: BadKey) -> KeyError {
    KeyError::Malformed { path: path.to_owned(), source }
}
