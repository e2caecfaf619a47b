//! PNG: a signature and chunks, each with its own checksum.

use super::parts::{orientation_alone, take, take_array};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks that the pixels, their colours and their shape on paper depend on.
const NEEDED: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"mDCV", b"cLLI",
];

/// The chunks that are needed, up to the end of the image. None where it has no end, is animated, or cannot be shown
/// without a chunk that nobody knows.
pub(super) fn stripped(picture: &[u8]) -> Option<Vec<u8>> {
    let mut rest = picture.strip_prefix(SIGNATURE)?;
    let mut kept = Vec::with_capacity(picture.len());
    kept.extend_from_slice(SIGNATURE);
    let mut oriented = false;
    loop {
        let whole = rest;
        let length = usize::try_from(u32::from_be_bytes(take_array(&mut rest)?)).ok()?;
        let kind: [u8; 4] = take_array(&mut rest)?;
        let content = take(&mut rest, length)?;
        let [_, _, _, _] = take_array(&mut rest)?;
        let critical = kind[0].is_ascii_uppercase();
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
