//! What reading a table gives.

use super::problems::{Note, RowProblem};
use super::row::SheetRow;

/// What a file gave: the good rows in the order to import them, and all that is wrong with the others.
#[derive(Debug)]
pub struct Reading<T> {
    /// Good rows.
    pub rows: Vec<Numbered<T>>,
    /// In the order of the file; a row may have several.
    pub problems: Vec<RowProblem>,
    /// What was read and what was left out, and why.
    pub notes: Vec<Note>,
    /// Rows that hold anything, the header not counted: good and bad ones.
    pub total: u32,
}

/// A good row and where it stood, for a problem that only shows later.
#[derive(Debug)]
pub struct Numbered<T> {
    /// Where it stands in the file.
    pub row: SheetRow,
    /// What it says.
    pub value: T,
}
