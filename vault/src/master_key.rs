//! The one secret everything else hangs on, and how it is kept.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::KeyError;
use crate::digest::parse_hex;

/// Owner reads and writes, nobody else anything.
pub(crate) const OWNER_ONLY: u32 = 0o600;
const HEX_DIGITS: usize = 64;
/// More than the digits with all that editors put around them.
const MOST_BYTES: usize = 4 * HEX_DIGITS;

/// The 256-bit key that wraps the key of every person (主密钥). Wiped from memory when dropped, and without a
/// `Debug` form so that it cannot reach a log.
///
/// Written as 64 lower-case hexadecimal digits, in a file only its owner may read or in the environment. Whoever
/// loses it loses all personal data; whoever copies it together with the vault can read them: keep it, and its
/// backup, apart from the vault's.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A fresh key that is stored nowhere; for tests and for callers with a key store of their own.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *key)?;
        Ok(Self(key))
    }

    /// The key in this file; the first time, a fresh key is stored there durably with mode 0600.
    ///
    /// Two processes that start at once end up with the same key.
    ///
    /// # Errors
    /// [`KeyError::OpenToOthers`] when group or others have any right on the file, [`KeyError::Malformed`] when it
    /// holds something else.
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        let path = path.as_ref();
        match File::open(path) {
            Ok(file) => Self::load(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::create(path)?;
                Self::load(path, File::open(path)?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The key in this environment variable. The variable should be unset for child processes.
    ///
    /// # Errors
    /// [`KeyError::NotInEnvironment`], [`KeyError::Malformed`]; neither repeats the content.
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        let text = std::env::var(variable)
            .map(Zeroizing::new)
            .map_err(|_| KeyError::NotInEnvironment(variable.to_owned()))?;
        Self::parse(&text)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn load(path: &Path, mut file: File) -> Result<Self, KeyError> {
        // Asked of the open file, not of the path, which could name another file a moment later.
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::OpenToOthers(path.to_owned()));
        }
        let mut text = Zeroizing::new([0; MOST_BYTES]);
        let mut length = 0;
        while length < text.len() {
            match file.read(&mut text[length..])? {
                0 => break,
                read => length += read,
            }
        }
        let text = Zeroizing::new(narrowed(&text[..length]));
        let text = std::str::from_utf8(&text).map_err(|_| KeyError::Malformed)?;
        Self::parse(text)
    }

    /// Writes beside the place and links it there complete: a crash leaves no half key, and a link, unlike a
    /// rename, never replaces a key that another process has just put there.
    fn create(path: &Path) -> Result<(), KeyError> {
        let folder = folder_of(path);
        let draft = draft_beside(path)?;
        let mut file = create_owner_only(&draft)?;
        let text = Self::generate()?.to_hex();
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&draft, path);
        fs::remove_file(&draft)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error.into()),
            Ok(()) | Err(_) => Ok(File::open(folder)?.sync_all()?),
        }
    }

    fn parse(text: &str) -> Result<Self, KeyError> {
        let key = parse_hex(text.trim_ascii_end()).ok_or(KeyError::Malformed)?;
        Ok(Self(Zeroizing::new(key)))
    }

    fn to_hex(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(HEX_DIGITS + 1));
        for byte in self.0.iter() {
            for half in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(half)]));
            }
        }
        text.push('\n');
        text
    }
}

/// What an editor saved, without a byte order mark, and with one byte a character. Digits need no more.
fn narrowed(bytes: &[u8]) -> Vec<u8> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => {
            rest.iter().copied().filter(|byte| *byte != 0).collect()
        }
        _ => bytes.to_vec(),
    }
}

/// Creates a file that nobody else can open, and fails when it exists (`O_EXCL`).
pub(crate) fn create_owner_only(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)?;
    file.set_permissions(Permissions::from_mode(OWNER_ONLY))?;
    Ok(file)
}

/// The folder a file lies in, for making its name durable.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        Some(_) | None => Path::new("."),
    }
}

fn draft_beside(path: &Path) -> Result<PathBuf, KeyError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{:016x}.new", getrandom::u64()?));
    Ok(name.into())
}
