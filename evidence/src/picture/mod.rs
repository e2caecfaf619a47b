//! Pictures: without what they tell beyond what they show, and whole.
//!
//! A picture is first taken apart and put together again from the parts that make up its pixels; anything else is left
//! behind, known or not. Then what came out is decoded, so what is kept is what was proven to be a picture.
//!
//! What decoding takes is bounded before it begins: by the pixels that the header announces, by leaving behind a profile
//! of a PNG that unpacks to more than it may, and by refusing a JPEG of too many scans.

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

/// The most pixels of a picture: 64 megapixels as the makers of cameras count them, which is up to 9280 × 6944.
pub const MAX_PIXELS: u64 = 64 << 20;
/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 12_000;
/// A picture of more pixels is decoded alone. Of so many, a progressive JPEG takes 150 MB, and the largest one 800 MB.
const LARGE: u64 = 16_000_000;
/// The most that the decoded pixels may take: [`MAX_PIXELS`] of four channels, and room to spare.
const MAX_ALLOCATION: u64 = 512 * 1024 * 1024;

/// A picture without what it told; its header was read and its pixels were not.
pub(crate) struct Stripped {
    picture: Vec<u8>,
    decoder: Decoder,
    pixels: u64,
}

/// Who decodes it.
enum Decoder {
    /// Row by row.
    Rows,
    /// All at once.
    Whole(ImageFormat),
}

pub(crate) fn jpeg(picture: &[u8]) -> Result<Stripped, Refusal> {
    Stripped::whole(ImageFormat::Jpeg, jpeg::stripped(picture))
}

pub(crate) fn png(picture: &[u8]) -> Result<Stripped, Refusal> {
    let picture = png::stripped(picture).ok_or(Refusal::NotAPicture)?;
    let pixels = pixels(png::sides(&picture)?)?;
    Ok(Stripped { picture, decoder: Decoder::Rows, pixels })
}

pub(crate) fn webp(picture: &[u8]) -> Result<Stripped, Refusal> {
    Stripped::whole(ImageFormat::WebP, webp::stripped(picture))
}

impl Stripped {
    fn whole(format: ImageFormat, stripped: Option<Vec<u8>>) -> Result<Self, Refusal> {
        let picture = stripped.ok_or(Refusal::NotAPicture)?;
        let pixels = pixels(decoder(format, &picture)?.dimensions())?;
        Ok(Self { picture, decoder: Decoder::Whole(format), pixels })
    }

    /// Whether decoding it takes so much memory that no other like it is decoded meanwhile.
    pub(crate) fn is_large(&self) -> bool {
        match self.decoder {
            Decoder::Rows => false,
            Decoder::Whole(_) => self.pixels > LARGE,
        }
    }

    /// Decodes it; gives its bytes where that succeeds.
    pub(crate) fn proven(self) -> Result<Bytes, Refusal> {
        match self.decoder {
            Decoder::Rows => png::decode(&self.picture)?,
            Decoder::Whole(format) => {
                DynamicImage::from_decoder(decoder(format, &self.picture)?)
                    .map_err(|error| refused(&error))?;
            }
        }
        Ok(self.picture.into())
    }
}

fn decoder(format: ImageFormat, picture: &[u8]) -> Result<impl ImageDecoder, Refusal> {
    let mut reader = ImageReader::with_format(Cursor::new(picture), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    reader.limits(limits);
    reader.into_decoder().map_err(|error| refused(&error))
}

/// How many pixels a picture of these sides has.
fn pixels((width, height): (u32, u32)) -> Result<u64, Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    let fits = width <= MAX_SIDE && height <= MAX_SIDE && pixels <= MAX_PIXELS;
    if fits { Ok(pixels) } else { Err(Refusal::TooManyPixels) }
}

fn refused(error: &ImageError) -> Refusal {
    if matches!(error, ImageError::Limits(_)) {
        Refusal::TooManyPixels
    } else {
        Refusal::NotAPicture
    }
}
