//! Where a row stands.

use std::sync::Arc;

/// Where a row stands: in which sheet of the file, and at which number. Ordered as the rows of a file are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct SheetRow {
    /// Which sheet of the file, from 0.
    #[serde(skip)]
    order: u16,
    /// The row number as Excel shows it: 1 is the first row, mostly the header.
    pub row: u32,
    /// The sheet's name; none in a file of text, which has no sheets.
    pub sheet: Option<Arc<str>>,
}

impl SheetRow {
    pub(super) fn new(order: u16, sheet: Option<Arc<str>>, row: u32) -> Self {
        Self { order, row, sheet }
    }

    pub(super) fn order(&self) -> u16 {
        self.order
    }

    /// `第3行` and `row 3`, with the sheet unless it is the one that `reader` stands in.
    pub(super) fn seen_from(&self, reader: &Self) -> (String, String) {
        let Self { row, sheet, .. } = self;
        match sheet.as_ref().filter(|_| self.order != reader.order) {
            Some(name) => {
                (format!("工作表“{name}”第{row}行"), format!("row {row} of the sheet \"{name}\""))
            }
            None => (format!("第{row}行"), format!("row {row}")),
        }
    }
}
