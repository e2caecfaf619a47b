//! What reading a table gives.

use super::problems::RowProblem;

/// What a file gave: the good rows in the order to import them, and all that is wrong with the others.
#[derive(Debug)]
pub struct Reading<T> {
    /// Good rows.
    pub rows: Vec<Numbered<T>>,
    /// In the order of the file; a row may have several.
    pub problems: Vec<RowProblem>,
    /// Rows that hold anything, the header not counted: good and bad ones.
    pub total: u32,
}

/// A good row and where it stood, for a problem that only shows later.
#[derive(Debug)]
pub struct Numbered<T> {
    /// The row number as Excel shows it.
    pub row: u32,
    /// What it says.
    pub value: T,
}
