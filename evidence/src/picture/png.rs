//! PNG: a signature and chunks, each with its own checksum.

use std::io::{Cursor, Read, copy, sink};

use flate2::read::ZlibDecoder;
use png::{Decoder, DecodingError, Limits, Transformations};

use super::parts::{orientation_alone, take, take_array};
use crate::Refusal;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks that the pixels, their colours and their shape on paper depend on.
const NEEDED: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"mDCV", b"cLLI",
];

/// The most that a colour profile unpacks to. That of a screen has a few kilobytes, that of a printing press up to 3 MB.
const MAX_PROFILE: u64 = 4 << 20;
/// The most that the decoder may take: a row of the longest side before and after it, and a colour profile.
const MAX_ALLOCATION: usize = 16 << 20;

/// The chunks that are needed, up to the end of the image. None where it has no end, is animated, or cannot be shown
/// without a chunk that nobody knows. A colour profile that unpacks to more than it may, or to nothing, is left behind, and so
/// is a second one.
pub(super) fn stripped(picture: &[u8]) -> Option<Vec<u8>> {
    let mut rest = picture.strip_prefix(SIGNATURE)?;
    let mut kept = Vec::with_capacity(picture.len());
    kept.extend_from_slice(SIGNATURE);
    let (mut oriented, mut profiled) = (false, false);
    loop {
        let whole = rest;
        let length = usize::try_from(u32::from_be_bytes(take_array(&mut rest)?)).ok()?;
        let kind: [u8; 4] = take_array(&mut rest)?;
        let content = take(&mut rest, length)?;
        let [_, _, _, _] = take_array(&mut rest)?;
        let critical = kind[0].is_ascii_uppercase();
        if &kind == b"iCCP" && (std::mem::replace(&mut profiled, true) || !is_profile(content)) {
            continue;
        }
        if NEEDED.contains(&&kind) {
            kept.extend_from_slice(&whole[..whole.len() - rest.len()]);
        } else if critical || &kind == b"acTL" {
            return None;
        } else if &kind == b"eXIf"
            && !oriented
            && let Some(exif) = orientation_alone(content)
        {
            push(&mut kept, kind, &exif);
            oriented = true;
        }
        if &kind == b"IEND" {
            return Some(kept);
        }
    }
}

fn push(kept: &mut Vec<u8>, kind: [u8; 4], content: &[u8; 26]) {
    let summed = [&kind, content.as_slice()].concat();
    kept.extend(26_u32.to_be_bytes());
    kept.extend_from_slice(&summed);
    kept.extend(crc32fast::hash(&summed).to_be_bytes());
}

/// Whether a profile's name, a byte for the method, and compressed data unpack to what a profile may have.
fn is_profile(content: &[u8]) -> bool {
    let Some(name) = content.iter().take(80).position(|byte| *byte == 0) else { return false };
    let Some(packed) = content.get(name + 2..) else { return false };
    let unpacked = copy(&mut ZlibDecoder::new(packed).take(MAX_PROFILE + 1), &mut sink());
    unpacked.is_ok_and(|length| (1..=MAX_PROFILE).contains(&length))
}

/// Width and height, as the first chunk says them.
pub(super) fn sides(picture: &[u8]) -> Result<(u32, u32), Refusal> {
    let mut decoder = Decoder::new(Cursor::new(picture));
    let header = decoder.read_header_info().map_err(|error| refused(&error))?;
    Ok((header.width, header.height))
}

/// Decodes one row after the other and keeps none; what is packed behind the last one is not unpacked.
pub(super) fn decode(picture: &[u8]) -> Result<(), Refusal> {
    let limits = Limits { bytes: MAX_ALLOCATION };
    let mut decoder = Decoder::new_with_limits(Cursor::new(picture), limits);
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(|error| refused(&error))?;
    let (_, rows) = reader.info().size();
    let rows = if reader.info().interlaced { u32::MAX } else { rows };
    for _ in 0..rows {
        if reader.next_interlaced_row().map_err(|error| refused(&error))?.is_none() {
            break;
        }
    }
    Ok(())
}

fn refused(error: &DecodingError) -> Refusal {
    if matches!(error, DecodingError::LimitsExceeded) {
        Refusal::TooManyPixels
    } else {
        Refusal::NotAPicture
    }
}
