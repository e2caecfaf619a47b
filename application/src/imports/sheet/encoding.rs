//! From bytes to text: UTF-8, UTF-16 with or without its mark, and GB18030 with GBK and GB2312 in it.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
use zeroize::Zeroizing;

use crate::imports::BadFile;

/// Begins the characters that UTF-8 writes in three bytes or more and that a table in Chinese is full of. Those of two bytes
/// may just as well be characters of GBK.
const FIRST_RADICAL: char = '\u{2e80}';

/// The text, and the name of its encoding. Bytes that are no text are refused with their line.
pub(super) fn decode(bytes: &[u8]) -> Result<(Zeroizing<String>, &'static str), BadFile> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = str::from_utf8(rest);
        return match text {
            Ok(text) => Ok((plain(text)?, "UTF-8")),
            Err(fault) => Err(BadFile::MixedEncodings { line: line_of(rest, fault.valid_up_to()) }),
        };
    }
    if let Some(encoding) = utf_16(bytes) {
        let rest = bytes.strip_prefix(b"\xff\xfe").or(bytes.strip_prefix(b"\xfe\xff"));
        let text = decoded(encoding, rest.unwrap_or(bytes)).ok_or(BadFile::NotATable)?;
        return Ok((plain(&text)?, "UTF-16"));
    }
    match str::from_utf8(bytes) {
        Ok(text) => Ok((plain(text)?, "UTF-8")),
        Err(fault) => {
            if let Some(line) = mixture(bytes) {
                return Err(BadFile::MixedEncodings { line });
            }
            let unknown = || BadFile::UnknownEncoding { line: line_of(bytes, fault.valid_up_to()) };
            let text = decoded(GB18030, bytes).ok_or_else(unknown)?;
            Ok((plain(&text)?, "GB18030"))
        }
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Zeroizing::new(text.into_owned()))
}

/// A table holds no NUL; other files do.
fn plain(text: &str) -> Result<Zeroizing<String>, BadFile> {
    if text.contains('\0') {
        return Err(BadFile::NotATable);
    }
    Ok(Zeroizing::new(text.trim_start_matches('\u{feff}').to_owned()))
}

/// UTF-16 by its mark, or by where the zero bytes of separators and line breaks stand.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let is_sign = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'\t' | b',' | b';');
    let (pairs, odd) = bytes.as_chunks::<2>();
    let little = pairs.iter().filter(|[low, high]| *high == 0 && is_sign(low)).count();
    let big = pairs.iter().filter(|[high, low]| *high == 0 && is_sign(low)).count();
    if !odd.is_empty() || little == big {
        return None;
    }
    Some(if little > big { UTF_16LE } else { UTF_16BE })
}

/// The line where another encoding begins, if some lines are in UTF-8 and others are not: somebody has joined two files, and
/// whatever encoding the whole is read in, some of it would be believed that nobody wrote.
fn mixture(bytes: &[u8]) -> Option<u64> {
    let (mut utf_8, mut other) = (None, None);
    let mut at = 0;
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')) {
        match str::from_utf8(line) {
            Ok(text) if text.contains(|c| c >= FIRST_RADICAL) => utf_8 = utf_8.or(Some(at)),
            Ok(_) => {}
            Err(_) => other = other.or(Some(at)),
        }
        at += line.len() + 1;
    }
    utf_8.zip(other).map(|(utf_8, other)| line_of(bytes, utf_8.max(other)))
}

/// The line in which a byte stands, from 1.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    let is_break = |(index, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    1 + bytes.iter().take(at).enumerate().filter(|one| is_break(*one)).count() as u64
}
