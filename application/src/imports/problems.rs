//! What is wrong with a row, and the file that says so to whoever filled it in.

use domain::Refusal;

/// Why one cell is not taken. Repeats nothing that stood in it, but for a number of a person in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    pub code: &'static str,
    pub zh: String,
    pub en: String,
}

impl Reason {
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, zh: zh.into(), en: en.into() }
    }
}

impl<R: Refusal> From<R> for Reason {
    fn from(refusal: R) -> Self {
        Self { code: refusal.code(), zh: refusal.zh(), en: refusal.en() }
    }
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RowProblem {
    /// The row number as Excel shows it: 1 is the first row, mostly the header.
    pub row: u32,
    /// The column's name, empty where the row or the file as a whole is meant.
    pub column: String,
    /// Stable code, for example `row.date`.
    pub code: &'static str,
    /// What would be accepted, in Chinese. Never a personal value, but for a number that must not stand in a text.
    pub zh: String,
    /// What would be accepted, in English. Never a personal value, with the same exception.
    pub en: String,
}

impl RowProblem {
    pub(super) fn new(row: u32, column: &str, reason: Reason) -> Self {
        let Reason { code, zh, en } = reason;
        Self { row, column: column.to_owned(), code, zh, en }
    }

    /// A problem with the row as a whole that shows only when it is imported.
    #[must_use]
    pub fn refused(row: u32, refusal: &dyn Refusal) -> Self {
        let (zh, en) = (refusal.zh(), refusal.en());
        Self { row, column: String::new(), code: refusal.code(), zh, en }
    }
}

/// The problems as UTF-8 CSV with a byte order mark, so that Excel opens it rightly.
/// Columns 行号, 列, 代码, 原因, Reason.
#[must_use]
pub fn write_error_file(problems: &[RowProblem]) -> Vec<u8> {
    let mut file = "\u{feff}行号,列,代码,原因,Reason\r\n".to_owned();
    for RowProblem { row, column, code, zh, en } in problems {
        let fields = [&row.to_string(), column, *code, zh, en].map(quoted);
        file.push_str(&fields.join(","));
        file.push_str("\r\n");
    }
    file.into_bytes()
}

/// RFC 4180 quoting where a field needs it.
fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
