use std::io;

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Where it goes takes no more.
    #[error("the table could not be written")]
    Write(#[from] io::Error),
    /// The table has rows of different lengths.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// The workbook cannot be composed.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A sheet holds 1 048 575 rows.
    #[error("the table has more rows than a sheet holds")]
    TooLong,
    /// A row has no JSON form.
    #[error("a row has no JSON form")]
    Json(#[from] serde_json::Error),
}

impl TableError {
    /// What the system said where it was the writing that failed.
    #[must_use]
    pub fn io_error_kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Write(error) => Some(error.kind()),
            Self::Csv(error) => {
                if let ::csv::ErrorKind::Io(error) = error.kind() {
                    Some(error.kind())
                } else {
                    None
                }
            }
            Self::Xlsx(error) => {
                if let rust_xlsxwriter::XlsxError::IoError(error) = error {
                    Some(error.kind())
                } else {
                    None
                }
            }
            Self::TooLong => None,
            Self::Json(error) => error.io_error_kind(),
        }
    }
}
