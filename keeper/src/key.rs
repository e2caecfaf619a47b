//! The key of a ledger: made at the first start, in a file for its owner only.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use ledger::{BadKey, KeyKind, SigningKey};
use zeroize::Zeroizing;

use crate::files;

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

/// The key in the file; a new one of that name where there is none.
pub(crate) fn load_or_make(path: &Path, origin: &str) -> Result<SigningKey, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut seed = Zeroizing::new([0; 32]);
            getrandom::fill(&mut *seed)
                .map_err(|error| failed(io::Error::other(error.to_string())))?;
            let made = SigningKey::new(origin, KeyKind::Log, &seed);
            let made = made.map_err(|source| malformed(path, source))?;
            files::create(path, made.reveal().as_bytes()).map_err(failed)?;
            load(path, File::open(path).map_err(failed)?)
        }
        file => load(path, file.map_err(failed)?),
    }
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
