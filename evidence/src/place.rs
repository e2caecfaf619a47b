//! Where evidence lies, as an operator writes it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::BadPlace;
#[cfg(feature = "s3")]
use crate::Bucket;

const FILE: &str = "file:";
const S3: &str = "s3:";

/// The place of the evidence. `Display` writes it as it is read; it never holds credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// `DIR` or `file:DIR`: a folder, on a file system that knows hard links.
    Folder(PathBuf),
    /// `s3://bucket/prefix?endpoint=…&region=…`: see [`Bucket`].
    #[cfg(feature = "s3")]
    S3(Bucket),
}

impl FromStr for Where {
    type Err = BadPlace;

    fn from_str(text: &str) -> Result<Self, BadPlace> {
        if text.starts_with(S3) {
            return bucket(text);
        }
        let named = text.strip_prefix(FILE);
        match named.unwrap_or(text) {
            "" => Err(BadPlace::Form),
            folder if named.is_none() && folder.contains("://") => Err(BadPlace::Form),
            folder => Ok(Self::Folder(folder.into())),
        }
    }
}

#[cfg(feature = "s3")]
fn bucket(text: &str) -> Result<Where, BadPlace> {
    text.parse().map(Where::S3)
}

#[cfg(not(feature = "s3"))]
fn bucket(_: &str) -> Result<Where, BadPlace> {
    Err(BadPlace::NotBuiltIn)
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{FILE}{}", folder.display()),
            #[cfg(feature = "s3")]
            Self::S3(bucket) => bucket.fmt(f),
        }
    }
}
