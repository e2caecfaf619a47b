//! Pictures as cameras and telephones make them, and what those write beside the pixels.

use std::io::Cursor;

use flate2::{Compress, Compression, FlushCompress};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};

/// Ten scans.
pub(super) const PROGRESSIVE: &[u8] = include_bytes!("samples/progressive.jpg");
/// With an extended header and a transparency of its own.
pub(super) const LOSSY: &[u8] = include_bytes!("samples/lossy_alpha.webp");
pub(super) const ANIMATED: [&[u8]; 2] =
    [include_bytes!("samples/animated.png"), include_bytes!("samples/animated.webp")];

/// Stands in each piece of metadata that tells something.
pub(super) const TELLING: &[u8] = b"N29.1234 E119.5678";
/// A degree of latitude as Exif writes it: 29/1, 7/1, 2424/100.
pub(super) const LATITUDE: [u8; 24] =
    [29, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0x78, 9, 0, 0, 100, 0, 0, 0];

/// A picture of its own for each seed.
fn pixels(seed: u32) -> RgbImage {
    RgbImage::from_fn(48, 32, |x, y| {
        let noise = (x * 7 + y * 13 + seed * 31).wrapping_mul(2_654_435_761) >> 24;
        image::Rgb([(x * 5) as u8, (y * 7) as u8, noise as u8])
    })
}

fn encoded(format: ImageFormat, seed: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels(seed).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg(seed: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&pixels(seed)).unwrap();
    bytes
}

pub(super) fn png(seed: u32) -> Vec<u8> {
    encoded(ImageFormat::Png, seed)
}

pub(super) fn webp(seed: u32) -> Vec<u8> {
    encoded(ImageFormat::WebP, seed)
}

/// A TIFF structure with the orientation, a camera, and a place.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()]
            .concat()
    };
    let said = TELLING.len() as u32;
    // The directory ends at 50, the GPS directory stands there and ends at 80; then the values.
    tiff.extend(3_u16.to_le_bytes());
    tiff.extend(entry(0x0110, 2, said, 80 + 24));
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, 50));
    tiff.extend([0; 4]);
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x0001, 2, 2, u32::from(b'N')));
    tiff.extend(entry(0x0002, 5, 3, 80));
    tiff.extend([0; 4]);
    tiff.extend(LATITUDE);
    tiff.extend(TELLING);
    tiff
}

/// A JPEG segment.
pub(super) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length, content].concat()
}

/// A PNG chunk.
pub(super) fn png_chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let summed = [kind, content].concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length, summed.as_slice(), &crc32fast::hash(&summed).to_be_bytes()].concat()
}

/// So many zeros, packed (zlib) into a thousandth.
pub(super) fn zeros(length: u64) -> Vec<u8> {
    const PIECE: u64 = 1 << 20;
    let mut packed = Vec::with_capacity(8 << 10);
    let mut compress = Compress::new(Compression::best(), false);
    let mut piece = |length: u64| {
        packed.clear();
        let zeros = vec![0; usize::try_from(length).unwrap()];
        compress.compress_vec(&zeros, &mut packed, FlushCompress::Full).unwrap();
        packed.clone()
    };
    let (_, again) = (piece(PIECE), piece(PIECE));
    let whole = again.repeat(usize::try_from(length / PIECE).unwrap());
    let rest = piece(length % PIECE);
    // The last block is empty; of zeros alone the first sum stays 1, and the second counts them.
    let sum = u32::try_from(length % 65_521).unwrap() << 16 | 1;
    [&[0x78, 0xda], whole.as_slice(), &rest, &[3, 0], &sum.to_be_bytes()].concat()
}

/// A WebP chunk.
pub(super) fn webp_chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    [kind, &length, content, &vec![0; content.len() % 2]].concat()
}

/// A WebP file of these chunks.
pub(super) fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    webp_chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// The JPEG with all that may stand in one: before, between and after its scans.
pub(super) fn telling_jpeg(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let exif = [b"Exif\0\0", exif(orientation).as_slice()].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", TELLING].concat();
    let thumbnail = [b"JFXX\0\x13\x02\x02", TELLING].concat();
    let before = [
        segment(0xe1, &exif),
        segment(0xe1, &xmp),
        segment(0xe0, &thumbnail),
        segment(0xe2, &[b"MPF\0", TELLING].concat()),
        segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", b"colours".as_slice()].concat()),
        segment(0xed, &[b"Photoshop 3.0\0", TELLING].concat()),
        segment(0xef, TELLING),
        segment(0xfe, TELLING),
        TELLING.to_vec(),
    ]
    .concat();
    let scan = memchr::memmem::rfind(jpeg, &[0xff, 0xda]).unwrap();
    let (between, after) = (segment(0xfe, TELLING), TELLING);
    [&jpeg[..2], &before, &jpeg[2..scan], &between, &jpeg[scan..], after].concat()
}

/// The PNG with all that may stand in one.
pub(super) fn telling_png(png: &[u8], orientation: u16) -> Vec<u8> {
    const HEADER: usize = 33;
    let text = [b"Location\0", TELLING].concat();
    let before = [
        png_chunk(b"gAMA", &45455_u32.to_be_bytes()),
        png_chunk(b"eXIf", &exif(orientation)),
        png_chunk(b"tEXt", &text),
        png_chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", TELLING].concat()),
        png_chunk(b"zTXt", &text),
        png_chunk(b"tIME", &[7, 0xe9, 11, 22, 7, 0, 0]),
        png_chunk(b"caNv", TELLING),
    ]
    .concat();
    [&png[..HEADER], &before, &png[HEADER..], TELLING].concat()
}

/// The WebP with all that may stand in one; it gets an extended header if it has none.
pub(super) fn telling_webp(webp: &[u8], orientation: u16) -> Vec<u8> {
    let exif = webp_chunk(b"EXIF", &exif(orientation));
    let xmp = webp_chunk(b"XMP ", TELLING);
    let more = [exif, xmp, webp_chunk(b"NOTE", TELLING)].concat();
    let mut chunks = webp[12..].to_vec();
    if chunks.starts_with(b"VP8X") {
        chunks[8] |= 0x0c;
    } else {
        let header = webp_chunk(b"VP8X", &[0x0c, 0, 0, 0, 47, 0, 0, 31, 0, 0]);
        chunks.splice(..0, header);
    }
    [webp_of(&[chunks, more]), TELLING.to_vec()].concat()
}

/// The JPEG with a place, as a telephone writes it.
pub(super) fn with_place(jpeg: &[u8]) -> Vec<u8> {
    let exif = [b"Exif\0\0", exif(1).as_slice()].concat();
    [&jpeg[..2], &segment(0xe1, &exif), &jpeg[2..]].concat()
}
