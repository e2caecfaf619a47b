//! A table as text, whatever file it came in: recognised by its first bytes, never by its name.

mod cells;
mod delimited;
mod parts;
mod workbook;

use super::bad_file::BadFile;
use super::limits::MAX_FILE_BYTES;
pub(super) use cells::{Cell, Row, Sheet};

impl Sheet {
    /// Reads XLSX, or CSV in UTF-8 with comma or tab. Of a workbook, the first visible sheet.
    pub fn read(bytes: &[u8]) -> Result<Self, BadFile> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(BadFile::TooLarge);
        }
        match bytes {
            [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(BadFile::OldOrLocked),
            _ => delimited::read(bytes),
        }
    }
}

#[cfg(test)]
mod tests;
