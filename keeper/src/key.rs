//! The key of a ledger or a witness: made at the first start, in a file for its owner only.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use ledger::{BadKey, KeyKind, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::{files, published};

pub(crate) const FILE: &str = "key";
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
    #[error("{path} is gone: put it back, or rotate to a new one and say that it is lost")]
    Lost {
        /// Which file.
        path: PathBuf,
    },
    /// The log says that another key signs this ledger.
    #[error(
        "{path} is not the key that the log says is in force, {in_force}: put that one back, or bring the rotation of the key to its end"
    )]
    Outdated {
        /// Which file.
        path: PathBuf,
        /// The key in force.
        in_force: Box<VerifyingKey>,
    },
    /// The name that was given is none.
    #[error("a key cannot be named {name:?}")]
    Name {
        /// The name.
        name: String,
        /// What does not fit.
        source: BadKey,
    },
    /// Others may read it.
    #[error("{path} may be read by others: chmod 600 it, or make a new key if somebody has")]
    OpenToOthers {
        /// Which file.
        path: PathBuf,
    },
    /// It is no key, or one of another kind.
    #[error("{path} holds no key of the kind that belongs there")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What does not fit.
        source: BadKey,
    },
}

/// The key of a log in the folder; a new one of that name, or of one that is drawn, where nothing was signed yet.
pub(crate) fn load_or_make(folder: &Path, origin: Option<&str>) -> Result<SigningKey, KeyError> {
    let path = &folder.join(FILE);
    if let Some(key) = load(path, KeyKind::Log)? {
        return Ok(key);
    }
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    if published::is_there(folder).map_err(failed)? {
        return Err(KeyError::Lost { path: path.to_owned() });
    }
    match origin {
        Some(origin) => make(path, KeyKind::Log, origin),
        None => {
            let drawn = u32::from_be_bytes(*drawn().map_err(failed)?);
            make(path, KeyKind::Log, &format!("yuanfa-{drawn:08x}"))
        }
    }
}

/// Refuses a key where the log says that another one of its name is in force.
pub(crate) fn refuse_outdated(
    folder: &Path,
    key: &VerifyingKey,
    in_force: &[VerifyingKey],
) -> Result<(), KeyError> {
    match in_force.iter().find(|one| one.name() == key.name() && *one != key) {
        Some(one) => {
            Err(KeyError::Outdated { path: folder.join(FILE), in_force: Box::new(one.clone()) })
        }
        None => Ok(()),
    }
}

/// Makes a key and keeps it in a file, durably.
pub(crate) fn make(path: &Path, kind: KeyKind, name: &str) -> Result<SigningKey, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    let made = SigningKey::new(name, kind, &*drawn().map_err(failed)?);
    let made = made.map_err(|source| KeyError::Name { name: name.to_owned(), source })?;
    files::replace(path, made.reveal().as_bytes()).map_err(failed)?;
    load(path, kind)?.ok_or_else(|| KeyError::Lost { path: path.to_owned() })
}

fn drawn<const N: usize>() -> io::Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// The key in a file; none where there is no file.
pub(crate) fn load(path: &Path, kind: KeyKind) -> Result<Option<SigningKey>, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    let malformed = |source| KeyError::Malformed { path: path.to_owned(), source };
    let Some(file) = files::found(File::open(path)).map_err(failed)? else { return Ok(None) };
    // Asked of the open file, not of the path, which could name another file a moment later.
    if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyError::OpenToOthers { path: path.to_owned() });
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_BYTES as usize));
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    let text = ledger::text_of(&bytes).map(Zeroizing::new);
    let text = text.map_err(|bad| failed(io::Error::new(io::ErrorKind::InvalidData, bad)))?;
    let key: SigningKey = text.trim_end().parse().map_err(malformed)?;
    if key.public().kind() == kind { Ok(Some(key)) } else { Err(malformed(BadKey::Kind)) }
}
