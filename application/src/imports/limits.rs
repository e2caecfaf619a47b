//! How large a table may be.

/// The largest file taken.
pub const MAX_FILE_BYTES: usize = 20 << 20;
/// The most rows that hold anything, header included.
pub const MAX_ROWS: usize = 200_000;
/// The most sheets of a workbook.
pub const MAX_SHEETS: usize = 256;
/// The most columns.
pub const MAX_COLUMNS: usize = 64;
/// The most characters of one cell.
pub const MAX_CELL_CHARS: usize = 2_000;
/// The most cells, counted up to the last one of each row: what a full roster of 200 000 would take.
pub(super) const MAX_CELLS: usize = 4_000_000;
/// The most bytes of text in all cells of a workbook: eight times what a full roster of 200 000 holds.
pub(super) const MAX_TEXT_BYTES: usize = 256 << 20;
/// Problems after which a file is taken for one of another kind.
pub(super) const MAX_PROBLEMS: usize = 50_000;
