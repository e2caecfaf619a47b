//! The store itself: one object a piece of evidence, named by its digest.

pub(crate) mod contents;

use std::fmt;
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{Error, GetOptions, GetResult, ObjectStore, ObjectStoreExt as _, PutMode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

use crate::picture::{self, Stripped};
use crate::{
    Digest, KeepError, Location, MediaType, OpenError, ReadError, Refusal, StorageError, pdf,
};

/// The most that one piece of evidence may hold: 20 MB.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// No more than these are looked at together, of them one large picture.
const AT_ONCE: usize = 2;

/// The store. Cheap to clone; clones share it.
///
/// # Examples
/// ```
/// use evidence::{Digest, Evidence, Location, MediaType};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let evidence = Evidence::open(&Location::Folder(folder.path().join("evidence")))?;
/// let minutes = b"%PDF-1.7\ntrailer << >>\n%%EOF\n";
/// let stored = evidence.keep(minutes.as_slice().into()).await?;
/// assert_eq!((stored.digest, stored.media_type), (Digest::of(minutes), MediaType::Pdf));
///
/// let (_, bytes) = evidence.read(&stored.digest).await?.ok_or("it is kept")?;
/// assert_eq!(*bytes, *minutes);
/// assert!(evidence.keep("no picture".into()).await.is_err());
/// # Ok(())
/// # })
/// # }
/// ```
#[derive(Clone)]
pub struct Evidence {
    pub(crate) objects: Arc<dyn ObjectStore>,
    pub(crate) prefix: Name,
    /// Credentials, which a service's answer may repeat.
    secrets: Arc<[String]>,
    checking: Arc<Semaphore>,
    large: Arc<Semaphore>,
    /// Where they lie on this machine, if they do.
    folder: Option<PathBuf>,
}

/// A piece of evidence as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredEvidence {
    /// SHA-256 of the bytes that are kept. It differs from that of the bytes that came in where something was left behind.
    pub digest: Digest,
    /// The kind, told by the content.
    pub media_type: MediaType,
    /// How many bytes are kept.
    pub bytes: u64,
}

impl Evidence {
    /// Opens the location. A folder that is not there is made, for its owner only. A bucket must exist; it is first asked
    /// when something is kept or read, and its credentials are the environment's `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(location: &Location) -> Result<Self, OpenError> {
        Self::open_in(location, |name| std::env::var(name).ok())
    }

    #[cfg_attr(not(feature = "s3"), allow(unused_variables))]
    pub(crate) fn open_in(
        location: &Location,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, OpenError> {
        match location {
            Location::Folder(path) => {
                let refused = |source| OpenError::Folder { path: path.clone(), source };
                make_folder(path).map_err(refused)?;
                let folder = LocalFileSystem::new_with_prefix(path)
                    .map_err(|error| StorageError::new(&error, &[]))?
                    .with_fsync(true);
                let mut evidence = Self::over(Arc::new(folder), Name::default(), Vec::new());
                evidence.folder = Some(path.clone());
                Ok(evidence)
            }
            #[cfg(feature = "s3")]
            Location::S3(bucket) => {
                let (client, secrets) = bucket.client(environment)?;
                Ok(Self::over(Arc::new(client), Name::from(bucket.prefix()), secrets))
            }
        }
    }

    fn over(objects: Arc<dyn ObjectStore>, prefix: Name, secrets: Vec<String>) -> Self {
        let (checking, large) = (Semaphore::new(AT_ONCE).into(), Semaphore::new(1).into());
        Self { objects, prefix, secrets: secrets.into(), checking, large, folder: None }
    }

    /// Checks the bytes, leaves behind what a picture carries beside its pixels and colours (Exif but the orientation, XMP,
    /// IPTC, remarks, thumbnails, whatever follows its end), and keeps the rest. The same bytes again are one object.
    ///
    /// # Errors
    /// See [`KeepError`]. With [`KeepError::Refused`] nothing was stored.
    pub async fn keep(&self, bytes: Bytes) -> Result<StoredEvidence, KeepError> {
        let (kept, bytes) = self.checked(bytes).await?;
        let name = self.name(&kept.digest);
        match self.objects.put_opts(&name, bytes.into(), PutMode::Create.into()).await {
            Ok(_) => Ok(kept),
            Err(Error::AlreadyExists { .. }) => match self.read(&kept.digest).await? {
                Some(_) => Ok(kept),
                None => Err(KeepError::Damaged(kept.digest)),
            },
            Err(error) => Err(self.trouble(&error).into()),
        }
    }

    /// What is kept under a digest, by its size and its first bytes alone; [`Evidence::read`] notices damage further on.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn find(&self, digest: &Digest) -> Result<Option<StoredEvidence>, ReadError> {
        let beginning = GetOptions::new().with_range(Some(0..MediaType::TELLING));
        let Some(found) = self.get(digest, beginning).await? else { return Ok(None) };
        let size = found.meta.size;
        let begins = self.whole(digest, found, MediaType::TELLING).await?;
        Ok(Some(known(*digest, &begins, size)?))
    }

    /// The bytes that are kept under a digest, compared with it.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn read(
        &self,
        digest: &Digest,
    ) -> Result<Option<(StoredEvidence, Bytes)>, ReadError> {
        let Some(found) = self.get(digest, GetOptions::new()).await? else { return Ok(None) };
        let bytes = self.whole(digest, found, MAX_BYTES).await?;
        let hashed = bytes.clone();
        let actual = spawn_blocking(move || Digest::of(&hashed)).await;
        if actual.map_err(|error| self.stopped(&error))? != *digest {
            return Err(ReadError::Damaged(*digest));
        }
        Ok(Some((known(*digest, &bytes, bytes.len() as u64)?, bytes)))
    }

    /// Removes what is kept under a digest, if anything is.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn remove(&self, digest: &Digest) -> Result<(), StorageError> {
        match self.objects.delete(&self.name(digest)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    /// The folder on this machine in which all is kept; none for a bucket.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    async fn checked(&self, bytes: Bytes) -> Result<(StoredEvidence, Bytes), KeepError> {
        let media_type = at_first_sight(&bytes)?;
        let opened = self.in_turn(media_type, None, move || opened(media_type, bytes)).await?;
        // Large ones wait among themselves, before they take one of the places that the small ones share with them.
        let alone = match opened.is_large() {
            true => Arc::clone(&self.large).acquire_owned().await.ok(),
            false => None,
        };
        self.in_turn(media_type, alone, move || {
            let bytes = opened.proven()?;
            let kept = StoredEvidence {
                digest: Digest::of(&bytes),
                media_type,
                bytes: bytes.len() as u64,
            };
            Ok((kept, bytes))
        })
        .await
    }

    /// Does such work beside the threads that answer, as many at once as may be.
    async fn in_turn<T: Send + 'static>(
        &self,
        media_type: MediaType,
        alone: Option<OwnedSemaphorePermit>,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, KeepError> {
        let turn = Arc::clone(&self.checking).acquire_owned().await;
        // Permits are held by the work itself, which goes on when nobody waits for it any more.
        let work = spawn_blocking(move || {
            let _held = (turn, alone);
            work()
        });
        match work.await {
            Ok(done) => done.map_err(KeepError::Refused),
            // A decoder that gives up in a panic has met what is no picture.
            Err(error) if error.is_panic() => Err(broken(media_type).into()),
            Err(error) => Err(self.stopped(&error).into()),
        }
    }

    pub(crate) async fn get(
        &self,
        digest: &Digest,
        options: GetOptions,
    ) -> Result<Option<GetResult>, StorageError> {
        match self.objects.get_opts(&self.name(digest), options).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    /// The bytes of an object; it is damaged where there are more than may be.
    async fn whole(
        &self,
        digest: &Digest,
        found: GetResult,
        most: u64,
    ) -> Result<Bytes, ReadError> {
        let bytes = contents::whole(found, most).await.map_err(|error| self.trouble(&error))?;
        bytes.ok_or(ReadError::Damaged(*digest))
    }

    /// `ab/abcd…`, so that no folder grows too large.
    pub(crate) fn name(&self, digest: &Digest) -> Name {
        let digest = digest.to_string();
        self.prefix.clone().join(&digest[..2]).join(digest.as_str())
    }

    pub(crate) fn trouble(&self, error: &Error) -> StorageError {
        StorageError::new(error, &self.secrets)
    }

    fn stopped(&self, error: &JoinError) -> StorageError {
        StorageError::new(error, &self.secrets)
    }
}

fn known(digest: Digest, begins: &[u8], bytes: u64) -> Result<StoredEvidence, ReadError> {
    match MediaType::of(begins) {
        Some(media_type) if bytes <= MAX_BYTES => Ok(StoredEvidence { digest, media_type, bytes }),
        _ => Err(ReadError::Damaged(digest)),
    }
}

/// Makes the folder and those above it, on disk before anything is kept in them.
fn make_folder(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    let missing: Vec<PathBuf> =
        path.ancestors().take_while(|one| !one.exists()).map(Path::to_owned).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(&path)?;
    missing
        .iter()
        .filter_map(|one| one.parent())
        .try_for_each(|above| File::open(above)?.sync_all())
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence").finish_non_exhaustive()
    }
}

/// Refuses what is not to be kept without looking into it.
pub(crate) fn at_first_sight(bytes: &[u8]) -> Result<MediaType, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    MediaType::of(bytes).ok_or(Refusal::UnknownType)
}

/// A file of this kind, looked into as far as that takes little memory.
pub(crate) enum Opened {
    Picture(Stripped),
    Pdf(Bytes),
}

pub(crate) fn opened(media_type: MediaType, bytes: Bytes) -> Result<Opened, Refusal> {
    Ok(match media_type {
        MediaType::Jpeg => Opened::Picture(picture::jpeg(&bytes)?),
        MediaType::Png => Opened::Picture(picture::png(&bytes)?),
        MediaType::Webp => Opened::Picture(picture::webp(&bytes)?),
        MediaType::Pdf => Opened::Pdf(bytes),
    })
}

impl Opened {
    fn is_large(&self) -> bool {
        match self {
            Self::Picture(picture) => picture.is_large(),
            Self::Pdf(_) => false,
        }
    }

    /// What is to be kept, after all of it was looked at.
    pub(crate) fn proven(self) -> Result<Bytes, Refusal> {
        match self {
            Self::Picture(picture) => picture.proven(),
            Self::Pdf(bytes) => pdf::check(&bytes).map(|()| bytes),
        }
    }
}

/// What a file of this kind is that breaks its decoder.
fn broken(media_type: MediaType) -> Refusal {
    match media_type {
        MediaType::Jpeg | MediaType::Png | MediaType::Webp => Refusal::NotAPicture,
        MediaType::Pdf => Refusal::BrokenPdf,
    }
}
