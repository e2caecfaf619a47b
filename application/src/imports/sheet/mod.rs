//! A table as text, whatever file it came in: recognised by its first bytes, never by its name.

mod binary;
mod cells;
mod compound;
mod delimited;
mod encoding;
mod grid;
mod layout;
mod old_workbook;
mod parts;
mod records;
mod workbook;

use super::bad_file::BadFile;
use super::limits::MAX_FILE_BYTES;
pub(super) use cells::{Book, Cell, ReadAs, Row, Sheet};
pub(super) use layout::{Area, letters};

impl Book {
    /// Reads XLSX, XLS, or text parted by a sign. `named` says how many columns of the wanted table the rows name.
    pub fn read(bytes: &[u8], named: &dyn Fn(&[Row]) -> usize) -> Result<Self, BadFile> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(BadFile::TooLarge);
        }
        match bytes {
            [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => old_workbook::read(bytes),
            _ => delimited::read(bytes, named),
        }
    }
}

#[cfg(test)]
mod tests;
