//! 导入: from the bytes of a table to typed rows, and a problem for everything that is not taken.
//!
//! Pure reading: no file, no network, no command. A file that cannot be read at all is a [`BadFile`];
//! a bad row is one or more [`RowProblem`]s, and the good rows beside it are still there. Personal
//! values are held in [`Personal`](crate::people::Personal) and [`IdentityNumber`](domain::identity_number::IdentityNumber),
//! which never show them; no problem repeats what stood in a cell.

pub mod accounts;
mod bad_file;
mod carry;
mod column;
pub mod counting_lists;
pub mod divisions;
mod fields;
mod header;
mod kind;
mod limits;
pub mod offers;
mod problems;
mod reading;
pub mod real_names;
mod register;
mod returned;
pub mod roster;
mod row;
mod sheet;
pub mod sign_in;
mod table;
pub mod tasks;
mod template;
mod tree;
mod undo;
pub mod units;
mod values;

#[cfg(test)]
mod tests;

pub use bad_file::BadFile;
pub use carry::{
    Counted, CountedList, ImportError, Imported, Mode, Outcome, Progress, Replacing, RowOutcome,
    import, import_counting_lists, import_sign_in,
};
pub use column::{Column, Form, Need};
pub use kind::{Kind, UnknownKind};
pub use limits::{MAX_CELL_CHARS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_SHEETS};
pub use problems::{Note, PROBLEM_COLUMNS, RowProblem};
pub use reading::{Numbered, Reading};
pub use register::Register;
pub use returned::{NotReturned, returned};
pub use row::SheetRow;
pub use template::template;
pub(crate) use template::workbook;
pub use undo::{NotUndone, Stays, Undoing, undo};
