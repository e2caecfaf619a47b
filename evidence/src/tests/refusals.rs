//! What people are told.

use std::collections::HashSet;

use super::checked;
use crate::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, MediaType, Refusal};

const ALL: [Refusal; 9] = [
    Refusal::Empty,
    Refusal::TooLarge,
    Refusal::UnknownType,
    Refusal::NotAPicture,
    Refusal::TooManyPixels,
    Refusal::ActivePdf,
    Refusal::BrokenPdf,
    Refusal::LockedPdf,
    Refusal::IntricatePdf,
];

#[test]
fn each_has_a_code_and_both_languages() {
    let codes: HashSet<&str> = ALL.map(Refusal::code).into();
    assert_eq!(codes.len(), ALL.len());
    for refusal in ALL {
        assert!(refusal.code().starts_with("evidence."), "{refusal}");
        assert!(refusal.zh().ends_with('。') && refusal.en().ends_with('.'), "{refusal}");
    }
}

#[test]
fn the_limits_are_those_that_are_told() {
    assert_eq!(MAX_BYTES, 20 << 20);
    assert!(Refusal::TooLarge.zh().contains("20 MB") && Refusal::TooLarge.en().contains("20 MB"));
    assert_eq!((MAX_PIXELS, MAX_SIDE), (64 << 20, 12_000));
    assert!(
        Refusal::TooManyPixels.zh().contains("6400万")
            && Refusal::TooManyPixels.zh().contains("12000")
    );
}

#[test]
fn size_is_looked_at_before_anything_else() {
    assert_eq!(checked(b"").unwrap_err(), Refusal::Empty);
    let mut large = vec![0; 20 << 20];
    assert_eq!(checked(&large).unwrap_err(), Refusal::UnknownType);
    large.push(0);
    assert_eq!(checked(&large).unwrap_err(), Refusal::TooLarge);
}

#[test]
fn types_are_named_as_browsers_know_them() {
    let named = [MediaType::Jpeg, MediaType::Png, MediaType::Webp, MediaType::Pdf]
        .map(|kind| (kind.to_string(), kind.extension()));
    let expected = [
        ("image/jpeg", "jpg"),
        ("image/png", "png"),
        ("image/webp", "webp"),
        ("application/pdf", "pdf"),
    ];
    assert_eq!(named, expected.map(|(mime, extension)| (mime.to_owned(), extension)));
}
