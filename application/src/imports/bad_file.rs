use domain::Refusal;

use super::column::Column;
use super::limits::{MAX_COLUMNS, MAX_FILE_BYTES, MAX_PROBLEMS, MAX_ROWS};
use super::problems::{Reason, RowProblem};

/// Why a file is not read at all. Nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.en())]
pub enum BadFile {
    /// No byte, or no row.
    Empty,
    /// More than [`MAX_FILE_BYTES`].
    TooLarge,
    /// More than [`MAX_ROWS`] rows that hold anything, or too many cells in them.
    TooManyRows,
    /// A cell beyond column [`MAX_COLUMNS`].
    TooManyColumns,
    /// Unpacks to far more than a table of the permitted size would.
    Inflated,
    /// An .xls of before 2007, or a workbook with a password.
    OldOrLocked,
    /// A ZIP or another file, or a damaged workbook.
    NotATable,
    /// Text in another encoding, mostly GB18030.
    NotUtf8,
    /// The header lacks columns.
    MissingColumns {
        /// Those that are not there.
        missing: Vec<&'static str>,
        /// All that are read.
        accepted: Vec<&'static str>,
    },
    /// Two columns of the same name.
    RepeatedColumn {
        /// The name.
        column: &'static str,
    },
    /// More than 50 000 problems.
    TooManyProblems,
}

impl BadFile {
    pub(super) fn missing(missing: Vec<&'static str>, columns: &[Column]) -> Self {
        Self::MissingColumns {
            missing,
            accepted: columns.iter().map(|column| column.name).collect(),
        }
    }

    /// The same as a line of the error file: row 1, no column.
    #[must_use]
    pub fn to_problem(&self) -> RowProblem {
        let column = String::new();
        RowProblem { row: 1, column, code: self.code(), zh: self.zh(), en: self.en() }
    }

    fn reason(&self) -> Reason {
        match self {
            Self::Empty => Reason::new(
                "file.empty",
                "文件是空的；请使用含表头的XLSX或CSV文件。",
                "The file is empty; an XLSX or CSV file with a header row is expected.",
            ),
            Self::TooLarge => Reason::new(
                "file.too_large",
                format!("文件最大{} MiB；请分成几个文件。", MAX_FILE_BYTES >> 20),
                format!("A file has at most {} MiB; split it.", MAX_FILE_BYTES >> 20),
            ),
            Self::TooManyRows => Reason::new(
                "file.too_many_rows",
                format!("一个文件最多{MAX_ROWS}行；请分成几个文件。"),
                format!("A file has at most {MAX_ROWS} rows; split it."),
            ),
            Self::TooManyColumns => Reason::new(
                "file.too_many_columns",
                format!("一个文件最多{MAX_COLUMNS}列；请删去多余的列。"),
                format!(
                    "A file has at most {MAX_COLUMNS} columns; delete those that are not needed."
                ),
            ),
            Self::Inflated => Reason::new(
                "file.inflated",
                "工作簿解压后过大；请把数据复制到空白模板后重新保存。",
                "The workbook unpacks to too much; copy the data into an empty template and save again.",
            ),
            Self::OldOrLocked => Reason::new(
                "file.old_or_locked",
                "这是旧版.xls或加密的工作簿；请另存为不带密码的.xlsx。",
                "This is an old .xls or a locked workbook; save it as .xlsx without a password.",
            ),
            Self::NotATable => Reason::new(
                "file.not_a_table",
                "不是可读的XLSX或CSV文件；请用Excel或WPS打开后另存为.xlsx。",
                "Not a readable XLSX or CSV file; open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::NotUtf8 => Reason::new(
                "file.not_utf8",
                "文字编码不是UTF-8（可能是GB18030/GBK）；请在Excel或WPS中另存为“CSV UTF-8（逗号分隔）”或.xlsx。",
                "The text is not UTF-8 (perhaps GB18030/GBK); in Excel or WPS save it as \"CSV UTF-8 (comma delimited)\" or as .xlsx.",
            ),
            Self::MissingColumns { missing, accepted } => Reason::new(
                "file.missing_columns",
                format!("表头缺少列：{}；应有的列：{}。", missing.join("、"), accepted.join("、")),
                format!(
                    "The header lacks: {}; the columns are: {}.",
                    missing.join(", "),
                    accepted.join(", ")
                ),
            ),
            Self::RepeatedColumn { column } => Reason::new(
                "file.repeated_column",
                format!("表头中“{column}”出现两次；请只保留一列。"),
                format!("The header has \"{column}\" twice; keep one."),
            ),
            Self::TooManyProblems => Reason::new(
                "file.too_many_problems",
                format!("问题超过{MAX_PROBLEMS}处，可能用错了表；请对照模板检查。"),
                format!(
                    "There are more than {MAX_PROBLEMS} problems, perhaps it is another table; compare it with the template."
                ),
            ),
        }
    }
}

impl Refusal for BadFile {
    fn code(&self) -> &'static str {
        self.reason().code
    }

    fn field(&self) -> Option<&'static str> {
        Some("file")
    }

    fn zh(&self) -> String {
        self.reason().zh
    }

    fn en(&self) -> String {
        self.reason().en
    }
}
