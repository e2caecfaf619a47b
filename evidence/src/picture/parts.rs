//! What the formats have in common: taking bytes from the front, and how the camera was held, the one thing of a picture's
//! metadata that is needed to show it.

use image::metadata::Orientation;

/// What Exif data begin with in a JPEG, and in some WebP files.
pub(super) const EXIF_PREFIX: &[u8] = b"Exif\0\0";

/// Exif data, with or without their prefix, that say the orientation and nothing else; none where the picture is upright
/// as it is.
pub(super) fn orientation_alone(exif: &[u8]) -> Option<[u8; 26]> {
    let tiff = exif.strip_prefix(EXIF_PREFIX).unwrap_or(exif);
    let orientation = Orientation::from_exif_chunk(tiff)?;
    if orientation == Orientation::NoTransforms {
        return None;
    }
    // Little-endian TIFF; at 8 a directory of one entry: tag 0x0112, one SHORT; no further directory.
    let mut tiff = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
    tiff[18] = orientation.to_exif();
    Some(tiff)
}

/// Takes so many bytes from the front.
pub(super) fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

/// Takes so many bytes from the front, as an array.
pub(super) fn take_array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}
