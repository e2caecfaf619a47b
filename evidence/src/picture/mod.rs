//! Pictures: without what they tell beyond what they show, and whole.
//!
//! A picture is first taken apart and put together again from the parts that make up its pixels; anything else is left
//! behind, known or not. Then what came out is decoded, so what is kept is what was proven to be a picture.

mod jpeg;
mod parts;
mod png;
mod webp;

#[cfg(test)]
pub(crate) use {jpeg::stripped as stripped_jpeg, webp::stripped as stripped_webp};

use std::io::Cursor;

use bytes::Bytes;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::Refusal;

/// The most pixels of a picture: 50 megapixels.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 12_000;
/// The most that decoding may take: [`MAX_PIXELS`] of four channels of 16 bits, and as much as a decoder needs beside.
const MAX_ALLOCATION: u64 = 512 * 1024 * 1024;

pub(crate) fn jpeg(picture: &[u8]) -> Result<Bytes, Refusal> {
    decoded(ImageFormat::Jpeg, jpeg::stripped(picture))
}

pub(crate) fn png(picture: &[u8]) -> Result<Bytes, Refusal> {
    decoded(ImageFormat::Png, png::stripped(picture))
}

pub(crate) fn webp(picture: &[u8]) -> Result<Bytes, Refusal> {
    decoded(ImageFormat::WebP, webp::stripped(picture))
}

fn decoded(format: ImageFormat, stripped: Option<Vec<u8>>) -> Result<Bytes, Refusal> {
    let picture = stripped.ok_or(Refusal::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(&picture), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    Ok(picture.into())
}

fn refused(error: &ImageError) -> Refusal {
    if matches!(error, ImageError::Limits(_)) {
        Refusal::TooManyPixels
    } else {
        Refusal::NotAPicture
    }
}
