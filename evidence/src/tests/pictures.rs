//! What is kept of a picture: every pixel, and how it was held.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader};

use super::samples::{self, LATITUDE, TELLING};
use super::{checked, each, holds};
use crate::MediaType;

fn shown(picture: &[u8]) -> DynamicImage {
    image::load_from_memory(picture).unwrap()
}

fn orientation(picture: &[u8]) -> u8 {
    let reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().unwrap();
    reader.into_decoder().unwrap().orientation().unwrap().to_exif()
}

fn telling(media_type: MediaType, picture: &[u8], orientation: u16) -> Vec<u8> {
    match media_type {
        MediaType::Jpeg => samples::telling_jpeg(picture, orientation),
        MediaType::Png => samples::telling_png(picture, orientation),
        MediaType::Webp => samples::telling_webp(picture, orientation),
        MediaType::Pdf => unreachable!("no picture"),
    }
}

#[test]
fn a_plain_picture_is_kept_as_it_is() {
    for (media_type, picture) in each() {
        assert_eq!(checked(&picture).unwrap(), picture, "{media_type}");
    }
}

#[test]
fn place_and_remarks_are_gone_and_each_pixel_is_there() {
    for (media_type, plain) in each() {
        let picture = telling(media_type, &plain, 1);
        assert!(holds(&picture, &LATITUDE) && holds(&picture, TELLING), "{media_type}");
        let kept = checked(&picture).unwrap();
        assert!(!holds(&kept, &LATITUDE) && !holds(&kept, TELLING), "{media_type}");
        assert!(!holds(&kept, b"Exif") && !holds(&kept, b"EXIF") && !holds(&kept, b"eXIf"));
        assert_eq!(shown(&kept), shown(&plain), "{media_type}");
    }
}

#[test]
fn how_the_camera_was_held_is_still_noted_and_nothing_else() {
    for (media_type, plain) in each() {
        for held in 2..=8 {
            let picture = telling(media_type, &plain, held);
            let kept = checked(&picture).unwrap();
            assert_eq!(orientation(&kept), u8::try_from(held).unwrap(), "{media_type}");
            assert!(!holds(&kept, &LATITUDE) && !holds(&kept, TELLING), "{media_type}");
            assert_eq!(shown(&kept), shown(&plain), "{media_type}");
            assert_eq!(checked(&kept).unwrap(), kept, "{media_type}: nothing more to take away");
        }
    }
}

#[test]
fn colours_stay_described() {
    let jpeg = checked(&samples::telling_jpeg(&samples::jpeg(1), 1)).unwrap();
    assert!(holds(&jpeg, b"ICC_PROFILE\0\x01\x01colours"));
    let png = checked(&samples::telling_png(&samples::png(1), 1)).unwrap();
    assert!(holds(&png, b"gAMA"));
    let webp = checked(samples::LOSSY).unwrap();
    assert!(holds(&webp, b"ALPH"));
}

#[test]
fn a_thumbnail_in_the_header_goes_too() {
    let plain = samples::jpeg(1);
    assert_eq!(&plain[6..11], b"JFIF\0");
    let thumbnail = [&plain[6..18], &[2, 3], TELLING].concat();
    let picture = [&plain[..2], &samples::segment(0xe0, &thumbnail), &plain[20..]].concat();
    assert!(holds(&picture, TELLING));
    assert_eq!(checked(&picture).unwrap(), plain);
}

#[test]
fn orientation_that_cannot_be_is_not_kept() {
    for held in [0, 1, 9, 300] {
        let kept = checked(&samples::telling_jpeg(&samples::jpeg(1), held)).unwrap();
        assert!(!holds(&kept, b"Exif"), "{held}");
    }
}
