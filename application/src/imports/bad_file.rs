use domain::Refusal;

use super::column::Column;
use super::limits::{MAX_COLUMNS, MAX_FILE_BYTES, MAX_PROBLEMS, MAX_ROWS, MAX_SHEETS};
use super::problems::{Reason, RowProblem};
use super::row::SheetRow;

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
    /// More than [`MAX_SHEETS`] sheets.
    TooManySheets,
    /// An .xls of before Excel 97.
    OldWorkbook,
    /// A workbook with a password.
    Locked,
    /// An OpenDocument, Word or binary workbook.
    OtherFormat,
    /// A web page or XML, mostly named .xls by the system that wrote it.
    WebPage,
    /// A ZIP or another file, or a damaged workbook.
    NotATable,
    /// Some lines are in UTF-8, others are not.
    MixedEncodings {
        /// Where another encoding begins.
        line: u64,
    },
    /// Bytes that are text in none of the encodings.
    UnknownEncoding {
        /// The first such line.
        line: u64,
    },
    /// A quote that is not closed, so that the rows below it would stand in one cell.
    OpenQuote {
        /// Where it is opened.
        line: u64,
    },
    /// A cell with line breaks and separators in it, in which other rows seem to stand because a quote is not closed; perhaps it is
    /// meant so.
    RowsInACell {
        /// Where its row begins.
        line: u64,
    },
    /// The only table stands in a hidden sheet.
    HiddenSheet,
    /// The header lacks columns.
    MissingColumns {
        /// The row that was taken for the header, if any looks like one.
        header: Option<u32>,
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
    pub(super) fn missing(
        header: Option<u32>,
        missing: Vec<&'static str>,
        columns: &[Column],
    ) -> Self {
        Self::MissingColumns {
            header,
            missing,
            accepted: columns.iter().map(|column| column.name).collect(),
        }
    }

    /// The same as a line of the error file: row 1, no column.
    #[must_use]
    pub fn to_problem(&self) -> RowProblem {
        RowProblem::new(SheetRow::new(0, None, 1), "", self.reason())
    }

    pub(super) fn reason(&self) -> Reason {
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
            Self::TooManySheets => Reason::new(
                "file.too_many_sheets",
                format!("一个工作簿最多{MAX_SHEETS}张工作表；请分成几个文件。"),
                format!("A workbook has at most {MAX_SHEETS} sheets; split it."),
            ),
            Self::OldWorkbook => Reason::new(
                "file.old_workbook",
                "这是Excel 95或更早的.xls工作簿；请在Excel或WPS中打开，另存为.xlsx后再导入。",
                "This is an .xls workbook of Excel 95 or before; open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::Locked => Reason::new(
                "file.locked",
                "工作簿设有打开密码；请去掉密码后另存为.xlsx。",
                "The workbook is locked with a password; remove the password and save it as .xlsx.",
            ),
            Self::OtherFormat => Reason::new(
                "file.other_format",
                "这是ODS、XLSB或Word等其他格式的文件；请用Excel或WPS打开，另存为.xlsx。",
                "This is a file of another format, such as ODS, XLSB or Word; open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::WebPage => Reason::new(
                "file.web_page",
                "这是网页（HTML）或XML，只是文件名像表格；请用Excel或WPS打开，另存为.xlsx。",
                "This is a web page (HTML) or XML that is named like a table; open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::NotATable => Reason::new(
                "file.not_a_table",
                "不是可读的XLSX或CSV文件；请用Excel或WPS打开后另存为.xlsx。",
                "Not a readable XLSX or CSV file; open it in Excel or WPS and save it as .xlsx.",
            ),
            Self::MixedEncodings { line } => Reason::new(
                "file.mixed_encodings",
                format!(
                    "文件混用了两种文字编码，从第{line}行起与前面不同；请在Excel或WPS中另存为“CSV UTF-8（逗号分隔）”或.xlsx。"
                ),
                format!(
                    "The file mixes two encodings, and from line {line} on it is another one; in Excel or WPS save it as \"CSV UTF-8 (comma delimited)\" or as .xlsx."
                ),
            ),
            Self::UnknownEncoding { line } => Reason::new(
                "file.encoding",
                format!(
                    "第{line}行的文字编码无法识别；可用UTF-8、UTF-16或GB18030（GBK），请在Excel或WPS中另存为“CSV UTF-8（逗号分隔）”或.xlsx。"
                ),
                format!(
                    "The encoding of line {line} is not known; UTF-8, UTF-16 and GB18030 (GBK) are read. In Excel or WPS save the file as \"CSV UTF-8 (comma delimited)\" or as .xlsx."
                ),
            ),
            Self::OpenQuote { line } => Reason::new(
                "file.open_quote",
                format!(
                    "第{line}行的引号（\"）没有成对，后面的行会被并入同一单元格；整个文件未导入，请补上或删去引号后再导入。"
                ),
                format!(
                    "A quote (\") in line {line} is not closed, so that the rows below would stand in one cell; nothing of the file was taken. Close or delete the quote."
                ),
            ),
            Self::RowsInACell { line } => Reason::new(
                "file.rows_in_a_cell",
                format!(
                    "第{line}行起的一格里既有换行又有分隔符，像是因引号（\"）没有成对而并入了后面的行；整个文件未导入。请补上或删去引号；确是一格内容的，请去掉其中的换行，或另存为.xlsx后再导入。"
                ),
                format!(
                    "A cell from line {line} on has line breaks and separators in it, as where a quote (\") is not closed and the rows below stand in one cell; nothing of the file was taken. Close or delete the quote; if all of it is one cell, take the line breaks out or save the file as .xlsx."
                ),
            ),
            Self::HiddenSheet => Reason::new(
                "file.hidden_sheet",
                "表格在隐藏的工作表中，未读取；请取消隐藏后再导入。",
                "The table stands in a hidden sheet, which is not read; unhide the sheet.",
            ),
            Self::MissingColumns { header, missing, accepted } => {
                let (zh, en) = match header {
                    Some(row) => (
                        format!("第{row}行被当作表头，其中缺少列"),
                        format!("Row {row} was taken for the header and lacks"),
                    ),
                    None => (
                        "没有找到表头，缺少列".to_owned(),
                        "No header was found; it lacks".to_owned(),
                    ),
                };
                Reason::new(
                    "file.missing_columns",
                    format!("{zh}：{}；应有的列：{}。", missing.join("、"), accepted.join("、")),
                    format!(
                        "{en}: {}; the columns are: {}.",
                        missing.join(", "),
                        accepted.join(", ")
                    ),
                )
            }
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
