//! The sizes the vault accepts. Whatever passes here cannot fail later for its shape.

use crate::{Reader, Refusal};

/// Longest section name, in bytes.
pub const MAX_SECTION_NAME: usize = 64;
/// Longest content of a section, in bytes.
pub const MAX_PLAIN_BYTES: usize = 32 * 1024;
/// Longest identity number, in bytes as given.
pub const MAX_IDENTITY_BYTES: usize = 64;
/// Longest actor and longest purpose of a reader, in bytes each.
pub const MAX_READER_BYTES: usize = 200;
/// Most items in one call that takes many.
pub const MAX_BATCH: usize = 10_000;

pub(crate) fn section(name: &str, plain: &[u8]) -> Result<(), Refusal> {
    section_name(name)?;
    if plain.len() > MAX_PLAIN_BYTES {
        return Err(Refusal::PlainTooLong);
    }
    Ok(())
}

pub(crate) fn section_name(name: &str) -> Result<(), Refusal> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || name.len() > MAX_SECTION_NAME || !name.bytes().all(allowed) {
        return Err(Refusal::SectionName);
    }
    Ok(())
}

pub(crate) fn reader(reader: &Reader<'_>) -> Result<(), Refusal> {
    let fits = |text: &str| !text.trim().is_empty() && text.len() <= MAX_READER_BYTES;
    if fits(reader.actor) && fits(reader.purpose) { Ok(()) } else { Err(Refusal::Reader) }
}

pub(crate) fn batch(length: usize) -> Result<(), Refusal> {
    if length > MAX_BATCH {
        return Err(Refusal::TooManyAtOnce);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_names() {
        for good in ["contact", "real-name-2", &"a".repeat(MAX_SECTION_NAME)] {
            assert_eq!(section_name(good), Ok(()), "{good}");
        }
        for bad in ["", "Contact", "a b", "姓名", "a_b", "a\0", &"a".repeat(MAX_SECTION_NAME + 1)]
        {
            assert_eq!(section_name(bad), Err(Refusal::SectionName), "{bad}");
        }
    }

    #[test]
    fn plaintext_length() {
        assert_eq!(section("a", &vec![0; MAX_PLAIN_BYTES]), Ok(()));
        let over = section("a", &vec![0; MAX_PLAIN_BYTES + 1]);
        assert_eq!(over, Err(Refusal::PlainTooLong));
    }

    #[test]
    fn readers_say_who_and_why() {
        let long = "x".repeat(MAX_READER_BYTES + 1);
        let case = |actor, purpose| reader(&Reader { actor, purpose });
        assert_eq!(case("officer-7", "real-name match"), Ok(()));
        for (actor, purpose) in [("", "p"), ("a", " "), (long.as_str(), "p"), ("a", &long)] {
            assert_eq!(case(actor, purpose), Err(Refusal::Reader));
        }
    }
}
