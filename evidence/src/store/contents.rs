//! The bytes of one object, as far as they are wanted: what a storage says of their number is not believed.

use std::fs::File;
use std::io::{self, Read};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use object_store::{Error, GetResult, GetResultPayload};
use tokio::task::spawn_blocking;

use crate::Digest;
use crate::digest::Hasher;

/// How many bytes of a file are read at once.
const PIECE: usize = 64 << 10;
const STORE: &str = "evidence";

/// All bytes; none where there are more than `most`.
pub(crate) async fn whole(found: GetResult, most: u64) -> Result<Option<Bytes>, Error> {
    let range = found.range.clone();
    match found.payload {
        GetResultPayload::File(file, _) => {
            blocking(move || {
                let mut bytes = Vec::new();
                positioned(file, range.start)?
                    .take((range.end - range.start).min(most + 1))
                    .read_to_end(&mut bytes)?;
                Ok((bytes.len() as u64 <= most).then(|| bytes.into()))
            })
            .await
        }
        GetResultPayload::Stream(mut pieces) => {
            let mut bytes = BytesMut::new();
            while let Some(piece) = pieces.next().await {
                bytes.extend_from_slice(&piece?);
                if bytes.len() as u64 > most {
                    return Ok(None);
                }
            }
            Ok(Some(bytes.freeze()))
        }
    }
}

/// The digest of all bytes, of which no more than a piece is in memory at a time; none where there are more than `most`.
pub(crate) async fn digest(found: GetResult, most: u64) -> Result<Option<Digest>, Error> {
    match found.payload {
        GetResultPayload::File(file, _) => {
            blocking(move || {
                let (mut hasher, mut piece) = (Hasher::default(), vec![0; PIECE]);
                let mut file = file.take(most + 1);
                loop {
                    match file.read(&mut piece) {
                        Ok(0) => break,
                        Ok(length) => hasher.take(&piece[..length]),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok((file.limit() > 0).then(|| hasher.digest()))
            })
            .await
        }
        GetResultPayload::Stream(mut pieces) => {
            let (mut hasher, mut length) = (Hasher::default(), 0);
            while let Some(piece) = pieces.next().await {
                let piece = piece?;
                length += piece.len() as u64;
                if length > most {
                    return Ok(None);
                }
                hasher.take(&piece);
            }
            Ok(Some(hasher.digest()))
        }
    }
}

fn positioned(mut file: File, start: u64) -> io::Result<File> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(start))?;
    Ok(file)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let failed = |source| Error::Generic { store: STORE, source };
    match spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| failed(error.into())),
        Err(error) => Err(failed(error.into())),
    }
}
