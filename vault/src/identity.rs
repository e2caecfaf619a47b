//! One spelling for each identity number 身份证号, so that one human has one keyed hash.

#[cfg(test)]
mod tests;

use zeroize::Zeroizing;

use crate::{MAX_IDENTITY_BYTES, Refusal};

/// White space dropped, full-width forms (全角) folded to ASCII, letters in upper case: what people type and
/// spreadsheets keep differs in exactly these ways. Whether the number is valid is the domain's question.
pub(crate) fn normalised(number: &str) -> Result<Zeroizing<String>, Refusal> {
    if number.len() > MAX_IDENTITY_BYTES {
        return Err(Refusal::IdentityNumber);
    }
    // Folding never lengthens a character, so this buffer is not moved and leaves no copy behind.
    let mut folded = Zeroizing::new(String::with_capacity(number.len()));
    for letter in number.chars().filter(|letter| !letter.is_whitespace()) {
        folded.push(half_width(letter).to_ascii_uppercase());
    }
    if folded.is_empty() {
        return Err(Refusal::IdentityNumber);
    }
    Ok(folded)
}

/// U+FF01 to U+FF5E are the full-width forms of ASCII `!` to `~`, in the same order.
fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}
