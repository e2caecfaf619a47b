//! Texts that people's editors had in hand: a policy, a kept checkpoint, a proof. Signatures are over exact bytes, so what
//! an editor changes without being asked – encoding, byte order mark, ends of lines – is changed back before anything is
//! parsed, and nothing of it looks like a forgery.

use std::borrow::Cow;

use encoding_rs::GB18030;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Bytes that are no text in any encoding that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no UTF-8 from byte {at} on")]
pub struct BadText {
    /// The first byte that does not fit, from 0.
    pub at: usize,
}

/// The text of a file, in the form in which it was written: no byte order mark, lines that end with a newline alone and
/// not with blanks, no empty lines at either end, a newline behind the last one. UTF-8, UTF-16, or GB18030, which editors of
/// Chinese Windows call ANSI.
///
/// # Errors
/// [`BadText`].
pub fn text_of(bytes: &[u8]) -> Result<String, BadText> {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(bad) => {
            GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or(bad)?
        }
    };
    let text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    lines.truncate(lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    Ok(lines[first..].iter().flat_map(|line| [*line, "\n"]).collect())
}

/// UTF-8 as it is, without a byte order mark; UTF-16 with a mark, or of a text that begins in ASCII, made UTF-8.
///
/// # Errors
/// [`BadText`].
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, BadText> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes).map(Cow::Owned),
        [1..=u8::MAX, 0, ..] => wide(bytes, u16::from_le_bytes).map(Cow::Owned),
        [0, 1..=u8::MAX, ..] => wide(bytes, u16::from_be_bytes).map(Cow::Owned),
        _ => {
            let text = std::str::from_utf8(bytes);
            let text = text.map_err(|error| BadText { at: error.valid_up_to() })?;
            Ok(Cow::Borrowed(text.strip_prefix(MARK).unwrap_or(text)))
        }
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, BadText> {
    let (pairs, half) = bytes.as_chunks::<2>();
    let decoded = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text: Result<String, _> = decoded.collect();
    text.ok().filter(|_| half.is_empty()).ok_or(BadText { at: 0 })
}
