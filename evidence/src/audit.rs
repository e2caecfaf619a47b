//! What an auditor asks: whether each object is as it was kept, and which there are.

use futures_util::{Stream, StreamExt};
use object_store::GetOptions;

use crate::store::{Evidence, MAX_BYTES, contents};
use crate::{Digest, Location, OpenError, StorageError};

/// What lies under a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The bytes that were kept.
    Sound,
    /// Other bytes.
    Changed,
    /// Nothing.
    Missing,
}

impl Evidence {
    /// Opens the location as it is: of a folder, nothing is made. None where there is no such folder.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_existing(location: &Location) -> Result<Option<Self>, OpenError> {
        let there = match location {
            Location::Folder(path) => match std::fs::metadata(path) {
                Ok(found) => found.is_dir(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
                Err(source) => return Err(OpenError::Folder { path: path.clone(), source }),
            },
            #[cfg(feature = "s3")]
            Location::S3(_) => true,
        };
        if there { Self::open(location).map(Some) } else { Ok(None) }
    }

    /// Reads an object and compares it with its digest, holding a piece of it in memory at a time.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn check(&self, digest: &Digest) -> Result<Check, StorageError> {
        let Some(found) = self.get(digest, GetOptions::new()).await? else {
            return Ok(Check::Missing);
        };
        let actual = contents::digest(found, MAX_BYTES).await;
        let sound = actual.map_err(|error| self.trouble(&error))? == Some(*digest);
        Ok(if sound { Check::Sound } else { Check::Changed })
    }

    /// The digests of all objects, in no order, without a look into them. Whatever else lies there is left out.
    pub fn digests(&self) -> impl Stream<Item = Result<Digest, StorageError>> + '_ {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        self.objects.list(prefix).filter_map(async move |found| match found {
            Ok(object) => {
                let digest = object.location.filename()?.parse().ok()?;
                (self.name(&digest) == object.location).then_some(Ok(digest))
            }
            Err(error) => Some(Err(self.trouble(&error))),
        })
    }
}
