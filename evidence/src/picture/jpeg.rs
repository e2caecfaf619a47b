//! JPEG: segments up to the end of the image, and the coded data of each scan.

use super::parts::{EXIF_PREFIX, orientation_alone, take, take_array};

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
/// A progressive picture has about ten scans. Each costs a walk over all pixels, however few bytes it has.
const MAX_SCANS: usize = 100;

/// The segments that the pixels and their colours depend on, up to the end of the image. None where it has no end, or is
/// no JPEG.
pub(crate) fn stripped(picture: &[u8]) -> Option<Vec<u8>> {
    let mut rest = picture.strip_prefix(&[0xff, SOI])?;
    let mut kept = Vec::with_capacity(picture.len());
    kept.extend([0xff, SOI]);
    let (mut oriented, mut scans) = (false, 0);
    loop {
        let marker = next_marker(&mut rest)?;
        if marker == EOI {
            kept.extend([0xff, EOI]);
            return Some(kept);
        }
        if matches!(marker, 0 | 0x01 | 0xd0..=SOI) {
            continue; // no length, no content
        }
        let length = usize::from(u16::from_be_bytes(take_array(&mut rest)?));
        let content = take(&mut rest, length.checked_sub(2)?)?;
        if marker == APP1 && !oriented && content.starts_with(EXIF_PREFIX) {
            if let Some(exif) = orientation_alone(content) {
                push(&mut kept, APP1, &[EXIF_PREFIX, &exif].concat());
                oriented = true;
            }
        } else if let Some(content) = needed(marker, content) {
            push(&mut kept, marker, content);
        }
        if marker == SOS {
            scans += 1;
            kept.extend_from_slice(take_coded(&mut rest));
            if scans > MAX_SCANS {
                return None;
            }
        }
    }
}

/// What of a segment is needed, without a thumbnail.
fn needed(marker: u8, content: &[u8]) -> Option<&[u8]> {
    match marker {
        // Frames, tables, scans, restart intervals, the number of lines.
        0xc0..=0xcf | SOS..=0xdf => Some(content),
        APP0 if content.starts_with(b"JFIF\0") => content.get(..12),
        APP14 if content.starts_with(b"Adobe") => content.get(..12),
        APP2 if content.starts_with(b"ICC_PROFILE\0") => Some(content),
        _ => None,
    }
}

fn push(kept: &mut Vec<u8>, marker: u8, content: &[u8]) {
    // A JFIF header ends with the size of its thumbnail: nothing by nothing.
    let end: &[u8] = if marker == APP0 { &[0, 0] } else { &[] };
    // Never longer than the segment that it came from.
    let length = u16::try_from(2 + content.len() + end.len()).unwrap_or(u16::MAX);
    kept.extend([0xff, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend_from_slice(content);
    kept.extend_from_slice(end);
}

/// Skips what decoders skip before a marker, and fill bytes.
fn next_marker(rest: &mut &[u8]) -> Option<u8> {
    let start = memchr::memchr(0xff, rest)?;
    let length = rest[start..].iter().position(|byte| *byte != 0xff)?;
    let marker = rest[start + length];
    *rest = &rest[start + length + 1..];
    Some(marker)
}

/// The coded data of a scan: up to a marker other than a stuffed zero or a restart.
fn take_coded<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let end = memchr::memchr_iter(0xff, rest)
        .find(|at| !matches!(rest.get(at + 1), Some(0 | 0xd0..=0xd7)))
        .unwrap_or(rest.len());
    let (coded, after) = rest.split_at(end);
    *rest = after;
    coded
}
