//! One spelling for each identity number 身份证号, so that one human has one keyed hash.

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn spellings_of_one_number_are_one() {
        for spelling in [
            "11010519491231002X",
            " 11010519491231002x\n",
            "110105 19491231 002X",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002ｘ\u{3000}",
        ] {
            assert_eq!(*normalised(spelling).unwrap(), "11010519491231002X", "{spelling}");
        }
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        for bad in ["", " \u{3000}\t", &"1".repeat(65)] {
            assert_eq!(normalised(bad), Err(Refusal::IdentityNumber));
        }
        assert!(normalised(&"1".repeat(64)).is_ok());
    }
}
