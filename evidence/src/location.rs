//! Where evidence lies, as an operator writes it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::BadLocation;
#[cfg(feature = "s3")]
use crate::Bucket;

const FILE: &str = "file:";
const S3: &str = "s3:";

/// The location of the evidence. `Display` writes it as it is read; it never holds credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `DIR` or `file:DIR`: a folder, on a file system that knows hard links.
    Folder(PathBuf),
    /// `s3://bucket/prefix?endpoint=…&region=…`: see [`Bucket`].
    #[cfg(feature = "s3")]
    S3(Bucket),
}

impl FromStr for Location {
    type Err = BadLocation;

    fn from_str(text: &str) -> Result<Self, BadLocation> {
        if text.starts_with(S3) {
            return bucket(text);
        }
        let named = text.strip_prefix(FILE);
        match named.unwrap_or(text) {
            "" => Err(BadLocation::Form),
            folder if named.is_none() && folder.contains("://") => Err(BadLocation::Form),
            folder => Ok(Self::Folder(folder.into())),
        }
    }
}

#[cfg(feature = "s3")]
fn bucket(text: &str) -> Result<Location, BadLocation> {
    text.parse().map(Location::S3)
}

#[cfg(not(feature = "s3"))]
fn bucket(_: &str) -> Result<Location, BadLocation> {
    Err(BadLocation::NotBuiltIn)
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{FILE}{}", folder.display()),
            #[cfg(feature = "s3")]
            Self::S3(bucket) => bucket.fmt(f),
        }
    }
}
