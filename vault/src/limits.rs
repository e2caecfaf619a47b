//! The sizes the vault accepts. Whatever passes here cannot fail later for its shape.

#[cfg(test)]
mod tests;

use crate::Refusal;

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
/// Most people in one reading.
pub const MAX_SHOWN: usize = 50_000;

pub(crate) fn section(name: &str, plain: &[u8]) -> Result<(), Refusal> {
    section_name(name)?;
    if plain.len() > MAX_PLAIN_BYTES {
        return Err(Refusal::PlainTooLong);
    }
    Ok(())
}

pub(crate) fn section_name(name: &str) -> Result<(), Refusal> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if name.is_empty() || name.len() > MAX_SECTION_NAME || !name.bytes().all(allowed) {
        return Err(Refusal::SectionName);
    }
    Ok(())
}

/// Who reads, and what for.
pub(crate) fn reader(actor: &str, purpose: &str) -> Result<(), Refusal> {
    let fits = |text: &str| !text.trim().is_empty() && text.len() <= MAX_READER_BYTES;
    if fits(actor) && fits(purpose) { Ok(()) } else { Err(Refusal::Reader) }
}

pub(crate) fn batch(length: usize) -> Result<(), Refusal> {
    at_most(length, MAX_BATCH)
}

/// The people of one reading.
pub(crate) fn shown(length: usize) -> Result<(), Refusal> {
    at_most(length, MAX_SHOWN)
}

fn at_most(length: usize, most: usize) -> Result<(), Refusal> {
    if length > most {
        return Err(Refusal::TooManyAtOnce);
    }
    Ok(())
}
