//! The records of an .xls workbook (MS-XLS, BIFF8), and the texts in them.

use zeroize::Zeroizing;

use super::compound::{u16_at, u32_at};
use crate::imports::limits::MAX_CELL_CHARS;

/// A record that goes on with the one before.
const CONTINUE: u16 = 0x003c;
/// Characters of two bytes each, in the flags of a text.
const WIDE: u8 = 0x01;
/// Flags of a text that has remarks on its language, and on its fonts.
const EXTENDED: u8 = 0x04;
const RICH: u8 = 0x08;

/// Reads one record after the other, up to the end or to one that is cut short.
#[derive(Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

/// A record: what it is, and its content.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    /// The records that go on with the one just read.
    fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        loop {
            let mut ahead = self.clone();
            match ahead.next() {
                Some(Record { kind: CONTINUE, data }) => parts.push(data),
                Some(_) | None => return parts,
            }
            *self = ahead;
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some(Record { kind, data })
    }
}

/// A text whose length stands in front of its flags: in one byte, or in two. None where it is cut short; but for one that goes on
/// in another record, which is too long for a cell as it is.
pub(super) fn text(data: &[u8], short: bool) -> Option<Zeroizing<String>> {
    let (length, rest) = if short {
        (usize::from(*data.first()?), data.get(1..)?)
    } else {
        (usize::from(u16_at(data, 0)?), data.get(2..)?)
    };
    let (flags, characters) = rest.split_first()?;
    let mut text = Zeroizing::new(String::new());
    let taken = take_characters(characters, length, flags & WIDE != 0, &mut text);
    (taken == length || taken > MAX_CELL_CHARS).then_some(text)
}

/// The texts that cells refer to by number; none where fewer came than are told. `records` stands behind the record itself, whose
/// content is `data`.
pub(super) fn shared_texts(
    data: &[u8],
    records: &mut Records<'_>,
) -> Option<Vec<Zeroizing<String>>> {
    let count = u32_at(data, 4)?;
    let mut parts = vec![data.get(8..)?];
    parts.extend(records.continued());
    let mut parts = Parts { parts: parts.into_iter(), part: &[] };
    (0..count).map(|_| parts.text()).collect()
}

/// What is parted into several records.
struct Parts<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    part: &'a [u8],
}

impl<'a> Parts<'a> {
    fn next_part(&mut self) -> Option<()> {
        self.part = self.parts.next()?;
        Some(())
    }

    fn text(&mut self) -> Option<Zeroizing<String>> {
        while self.part.is_empty() {
            self.next_part()?;
        }
        let mut left = usize::from(u16_at(self.part, 0)?);
        let flags = *self.part.get(2)?;
        self.part = &self.part[3..];
        let mut behind = 0;
        if flags & RICH != 0 {
            behind += 4 * usize::from(u16_at(self.part, 0)?);
            self.part = self.part.get(2..)?;
        }
        if flags & EXTENDED != 0 {
            behind += u32_at(self.part, 0)? as usize;
            self.part = self.part.get(4..)?;
        }
        let mut is_wide = flags & WIDE != 0;
        let mut text = Zeroizing::new(String::new());
        loop {
            let taken = take_characters(self.part, left, is_wide, &mut text);
            left -= taken;
            self.part = self.part.get(taken * (1 + usize::from(is_wide))..)?;
            if left == 0 {
                break;
            }
            // Each part says anew how wide its characters are.
            self.next_part()?;
            let (flags, rest) = self.part.split_first()?;
            (is_wide, self.part) = (flags & WIDE != 0, rest);
        }
        self.skip(behind)?;
        Some(text)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        loop {
            let here = bytes.min(self.part.len());
            (self.part, bytes) = (&self.part[here..], bytes - here);
            if bytes == 0 {
                return Some(());
            }
            self.next_part()?;
        }
    }
}

/// Takes as many characters as there are, and says how many.
fn take_characters(bytes: &[u8], length: usize, is_wide: bool, text: &mut String) -> usize {
    if is_wide {
        let units = bytes.as_chunks::<2>().0.iter().take(length);
        let taken = units.len();
        let units = units.map(|unit| u16::from_le_bytes(*unit));
        text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        taken
    } else {
        let taken = bytes.len().min(length);
        text.extend(bytes[..taken].iter().map(|byte| char::from(*byte)));
        taken
    }
}
