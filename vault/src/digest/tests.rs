use super::*;

/// FIPS 180-2, appendix B.1.
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn is_sha256_in_lower_hex() {
    assert_eq!(Digest::of(b"abc").to_string(), ABC);
    assert_eq!(ABC.parse(), Ok(Digest::of(b"abc")));
    assert_eq!(serde_json::to_string(&Digest::of(b"abc")).unwrap(), format!("\"{ABC}\""));
}

#[test]
fn other_text_is_refused() {
    for text in ["", &ABC[1..], &ABC.to_uppercase(), &ABC.replace('b', "g"), &"志".repeat(22)] {
        assert_eq!(text.parse::<Digest>(), Err(NotADigest), "{text}");
    }
}
