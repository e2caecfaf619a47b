//! What is no picture, or too much of one.

use proptest::prelude::*;

use super::samples::{self, png_chunk, segment, webp_chunk, webp_of};
use super::{checked, each};
use crate::Refusal;
use crate::picture::{stripped_jpeg, stripped_webp};

#[test]
fn a_picture_that_is_cut_off_is_refused_wherever_that_happens() {
    for (media_type, picture) in each() {
        for end in 12..picture.len() {
            let cut = checked(&picture[..end]);
            assert_eq!(cut.unwrap_err(), Refusal::NotAPicture, "{media_type} cut at {end}");
        }
    }
}

#[test]
fn bytes_that_only_begin_like_a_picture_are_refused() {
    for (media_type, picture) in each() {
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(i) >> 3) as u8).collect();
        let fake = [&picture[..12], &noise].concat();
        assert_eq!(checked(&fake).unwrap_err(), Refusal::NotAPicture, "{media_type}");
    }
    let page = b"<html><script>alert(1)</script></html>";
    assert_eq!(checked(page).unwrap_err(), Refusal::UnknownType);
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;";
    assert_eq!(checked(gif).unwrap_err(), Refusal::UnknownType);
}

#[test]
fn animated_pictures_are_refused() {
    for animated in samples::ANIMATED {
        assert!(image::load_from_memory(animated).is_ok());
        assert_eq!(checked(animated).unwrap_err(), Refusal::NotAPicture);
    }
}

/// The PNG with other sides in its header.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let png = samples::png(1);
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = png_chunk(b"IHDR", &[&sides, &png[24..29]].concat());
    [&png[..8], &header, &png[33..]].concat()
}

#[test]
fn sides_and_pixels_have_a_limit_that_is_seen_before_decoding() {
    for (width, height) in [(12_001, 1), (1, 12_001), (8_192, 8_193), (4_000_000, 4_000_000)] {
        let refused = checked(&png_of(width, height)).unwrap_err();
        assert_eq!(refused, Refusal::TooManyPixels, "{width} × {height}");
    }
    // Within the limits, and then not enough data.
    assert_eq!(checked(&png_of(12_000, 1)).unwrap_err(), Refusal::NotAPicture);

    let mut jpeg = samples::jpeg(1);
    let frame = memchr::memmem::find(&jpeg, &[0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(checked(&jpeg).unwrap_err(), Refusal::TooManyPixels);

    let lossless = [0x2f, 0xfe, 0xbf, 0xff, 0x0f, 0, 0, 0];
    let webp = webp_of(&[webp_chunk(b"VP8L", &lossless)]);
    assert_eq!(checked(&webp).unwrap_err(), Refusal::TooManyPixels);
}

#[test]
fn a_picture_of_as_many_pixels_as_a_telephone_makes_is_taken() {
    let large = image::GrayImage::new(9_280, 6_944);
    let mut png = std::io::Cursor::new(Vec::new());
    large.write_to(&mut png, image::ImageFormat::Png).unwrap();
    assert!(checked(&png.into_inner()).is_ok());
}

#[test]
fn a_small_header_over_a_large_webp_picture_is_seen_before_decoding() {
    assert!(stripped_webp(samples::LOSSY).is_some());
    let frame = memchr::memmem::find(samples::LOSSY, b"VP8 ").unwrap() + 8;
    let mut bomb = samples::LOSSY.to_vec();
    bomb[frame + 6..frame + 10].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    assert_eq!(stripped_webp(&bomb), None);
}

#[test]
fn scans_have_a_limit() {
    let of = |scans: usize| {
        let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x55, 0xff, 0, 0xff, 0xd0]].concat();
        [vec![0xff, 0xd8], scan.repeat(scans), vec![0xff, 0xd9]].concat()
    };
    assert_eq!(stripped_jpeg(&of(100)), Some(of(100)));
    assert_eq!(stripped_jpeg(&of(101)), None);
}

#[test]
fn a_second_picture_in_a_file_is_refused_or_left_behind() {
    let (one, other) = (samples::webp(1), samples::webp(2));
    let both = webp_of(&[one[12..].to_vec(), other[12..].to_vec()]);
    assert_eq!(checked(&both).unwrap_err(), Refusal::NotAPicture);
    let behind = [samples::jpeg(1), samples::jpeg(2)].concat();
    assert_eq!(checked(&behind).unwrap(), samples::jpeg(1));
}

#[test]
fn a_png_chunk_without_which_nothing_can_be_shown_is_refused() {
    let png = samples::png(1);
    let unknown = [&png[..33], &png_chunk(b"CgBI", &[0; 4]), &png[33..]].concat();
    assert_eq!(checked(&unknown).unwrap_err(), Refusal::NotAPicture);
}

proptest! {
    /// Damaged files are refused, or shown as they are: never a panic, and what is kept would be kept again unchanged.
    #[test]
    fn damage_is_survived(
        which in 0..5_usize,
        told in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let plain = each()[which].1.clone();
        let mut picture = match (told, which) {
            (false, _) => plain,
            (true, 0 | 1) => samples::telling_jpeg(&plain, 6),
            (true, 2) => samples::telling_png(&plain, 6),
            (true, _) => samples::telling_webp(&plain, 6),
        };
        for (at, byte) in changes {
            let at = at.index(picture.len());
            picture[at] = byte;
        }
        if let Ok(kept) = checked(&picture) {
            prop_assert_eq!(checked(&kept), Ok(kept));
        }
    }
}
