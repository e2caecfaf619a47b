//! What is taken as evidence, and in which form.

use bytes::Bytes;

use crate::{MediaType, Refusal, pdf, picture};

/// The most that one piece of evidence may hold: 20 MB.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// The most pixels of a picture: 50 megapixels.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 12_000;

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

/// What is to be kept of a file of this kind.
pub(crate) fn closely(media_type: MediaType, bytes: Bytes) -> Result<Bytes, Refusal> {
    match media_type {
        MediaType::Jpeg => picture::jpeg(&bytes),
        MediaType::Png => picture::png(&bytes),
        MediaType::Webp => picture::webp(&bytes),
        MediaType::Pdf => pdf::check(&bytes).map(|()| bytes),
    }
}
