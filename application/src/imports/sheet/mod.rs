//! A table as text, whatever file it came in: recognised by its first bytes, never by its name.

mod cells;
mod delimited;
mod encoding;
mod layout;
mod parts;
mod records;
mod workbook;

use super::bad_file::BadFile;
use super::limits::MAX_FILE_BYTES;
pub(super) use cells::{Book, Cell, ReadAs, Row, Sheet};
pub(super) use layout::{Area, letters};

impl Book {
    /// Reads XLSX, or text parted by a sign. `named` says how many columns of the wanted table the rows name.
    pub fn read(bytes: &[u8], named: &dyn Fn(&[Row]) -> usize) -> Result<Self, BadFile> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(BadFile::TooLarge);
        }
        match bytes {
            [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(old_or_locked(bytes)),
            _ => delimited::read(bytes, named),
        }
    }
}

/// Which of the files that begin alike: a workbook of before 2007, one with a password, or another document.
fn old_or_locked(bytes: &[u8]) -> BadFile {
    // Names of what the file holds stand in it in UTF-16.
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        BadFile::Locked
    } else if holds("Workbook") || holds("Book") {
        BadFile::OldWorkbook
    } else {
        BadFile::NotATable
    }
}

#[cfg(test)]
mod tests;
