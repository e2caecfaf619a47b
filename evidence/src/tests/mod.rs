//! Real files over real folders and sockets.
#![allow(clippy::unwrap_used)]

mod bombs;
mod documents;
mod folder;
mod hostile;
mod locations;
mod pictures;
mod refusals;
#[cfg(feature = "s3")]
mod s3;
mod samples;
#[cfg(feature = "s3")]
mod stand_in;

use bytes::Bytes;

use crate::store::{at_first_sight, opened};
use crate::{MediaType, Refusal};

/// What would be kept of these bytes.
fn checked(bytes: &[u8]) -> Result<Bytes, Refusal> {
    let media_type = at_first_sight(bytes)?;
    opened(media_type, Bytes::copy_from_slice(bytes))?.proven()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// Each kind of picture, plain.
fn each() -> [(MediaType, Vec<u8>); 5] {
    [
        (MediaType::Jpeg, samples::jpeg(1)),
        (MediaType::Jpeg, samples::PROGRESSIVE.to_vec()),
        (MediaType::Png, samples::png(1)),
        (MediaType::Webp, samples::webp(1)),
        (MediaType::Webp, samples::LOSSY.to_vec()),
    ]
}
