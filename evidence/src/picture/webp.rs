//! WebP: a RIFF container of chunks.

use super::parts::{orientation_alone, take, take_array};

const EXIF: &[u8; 4] = b"EXIF";
const EXTENDED: &[u8; 4] = b"VP8X";
const LOSSY: &[u8; 4] = b"VP8 ";
/// Chunks that the pixels and their colours depend on.
const NEEDED: [&[u8; 4]; 5] = [EXTENDED, b"ICCP", b"ALPH", LOSSY, b"VP8L"];
/// Flags in the first byte of an extended header.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The chunks that are needed, up to the end that the header says. None where it is cut off, animated, or holds more
/// than one picture.
pub(crate) fn stripped(picture: &[u8]) -> Option<Vec<u8>> {
    let (chunks, exif) = needed(picture)?;
    if !is_one_size(&chunks) {
        return None;
    }
    let extended = chunks.iter().any(|(kind, _)| kind == EXTENDED);
    let exif = exif.and_then(orientation_alone).filter(|_| extended);
    let mut kept = Vec::with_capacity(picture.len());
    kept.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    for (kind, content) in chunks {
        let start = kept.len() + 8;
        push(&mut kept, kind, content);
        if &kind == EXTENDED {
            let flags = kept.get_mut(start)?;
            *flags &= !(HAS_EXIF | HAS_XMP);
            *flags |= if exif.is_some() { HAS_EXIF } else { 0 };
        }
    }
    if let Some(exif) = exif {
        push(&mut kept, *EXIF, &exif);
    }
    let size = u32::try_from(kept.len() - 8).ok()?;
    kept[4..8].copy_from_slice(&size.to_le_bytes());
    Some(kept)
}

fn needed(picture: &[u8]) -> Option<(Vec<Chunk<'_>>, Option<&[u8]>)> {
    let mut rest = picture.strip_prefix(b"RIFF")?;
    let size = usize::try_from(u32::from_le_bytes(take_array(&mut rest)?)).ok()?;
    let mut rest = take(&mut rest, size)?.strip_prefix(b"WEBP")?;
    let (mut chunks, mut exif) = (Vec::<Chunk>::new(), None);
    while !rest.is_empty() {
        let kind: [u8; 4] = take_array(&mut rest)?;
        let length = usize::try_from(u32::from_le_bytes(take_array(&mut rest)?)).ok()?;
        let content = take(&mut rest, length)?;
        rest = rest.get(length % 2..).unwrap_or_default();
        match &kind {
            b"ANIM" | b"ANMF" => return None,
            EXIF => exif = exif.or(Some(content)),
            needed if NEEDED.contains(&needed) => {
                if chunks.iter().any(|(known, _)| known == needed) {
                    return None;
                }
                chunks.push((kind, content));
            }
            _ => {}
        }
    }
    Some((chunks, exif))
}

/// Whether the header announces what the lossy picture has; the decoder finds out only after it has made room for both.
fn is_one_size(chunks: &[Chunk]) -> bool {
    let content = |wanted| chunks.iter().find(|(kind, _)| kind == wanted).map(|chunk| chunk.1);
    let (Some(header), Some(lossy)) = (content(EXTENDED), content(LOSSY)) else { return true };
    let (Some(canvas), Some(frame)) = (header.get(4..10), lossy.get(6..10)) else { return false };
    let side = |bytes: &[u8]| u32::from(u16::from_le_bytes([bytes[0], bytes[1]]) & 0x3fff);
    let long = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) + 1;
    side(frame) == long(canvas) && side(&frame[2..]) == long(&canvas[3..])
}

fn push(kept: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    kept.extend(kind);
    // Not longer than the file that it came from.
    kept.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    kept.extend_from_slice(content);
    kept.extend(std::iter::repeat_n(0, content.len() % 2));
}
