//! Empty workbooks to fill in, made from the same columns that reading uses.

use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::limits::MAX_ROWS;
use super::table::INSTRUCTIONS;
use super::{Column, Form, Kind, Need};

/// The last row that can be filled in, counted from 0.
const LAST_ROW: u32 = MAX_ROWS as u32 - 1;
/// The most characters of the title and of the text that Excel shows beside a cell.
const MAX_PROMPT: (usize, usize) = (32, 255);

/// What holds for every table, in both languages.
const RULES: [(&str, &str); 7] = [
    (
        "表头请勿改动，列的顺序可以变化；每行一条，带*的列必填。",
        "Keep the header as it is, the order of columns is free; one row each, columns with * need a value.",
    ),
    (
        "身份证号、电话、代码等须为文本格式（本表已设好）；从别处粘贴请选“粘贴数值”。",
        "Identity numbers, telephones and codes are text, as the columns here are formatted; paste values only.",
    ),
    (
        "可以有几张工作表，每张都要有表头；隐藏的工作表不读取，隐藏的行和列照样读取。",
        "There may be several sheets, each with the header; hidden sheets are not read, hidden rows and columns are.",
    ),
    (
        "请勿合并单元格；合并的单位代码、类别等会填入各行，个人信息和“同意”不会。",
        "Do not merge cells; a merged code or kind is taken for every row, personal data and consent never.",
    ),
    (
        "表头上方的标题、表下的合计、填表人、说明不读取，导入后会列出。",
        "Titles above the header, and sums, signatures and remarks beneath are not read; the import lists them.",
    ),
    (
        "没有内容的格请留空，不要写“无”“不详”“同上”“/”。",
        "Leave a cell blank where there is nothing to say; do not write “无”, “不详”, “同上” or /.",
    ),
    (
        "也可用.xls，或CSV（UTF-8、UTF-16或GB18030，逗号、分号或制表符分隔）；网页格式的.xls请另存为.xlsx。",
        ".xls is read too, and CSV in UTF-8, UTF-16 or GB18030, parted by commas, semicolons or tabs; save a web page named .xls as .xlsx.",
    ),
];

/// An empty XLSX: a sheet with the header, and a sheet 填写说明 that says what is accepted.
///
/// # Errors
/// When the workbook cannot be composed, for want of memory.
pub fn template(kind: Kind) -> Result<Vec<u8>, XlsxError> {
    workbook(kind)?.save_to_buffer()
}

/// The template before it is saved; its first sheet is the one to fill.
pub(crate) fn workbook(kind: Kind) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    header_sheet(workbook.add_worksheet(), kind)?;
    instruction_sheet(workbook.add_worksheet(), kind)?;
    Ok(workbook)
}

fn header_sheet(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    let header =
        Format::new().set_bold().set_background_color(0xE8_EE_F7).set_align(FormatAlign::Center);
    let text = Format::new().set_num_format("@");
    sheet.set_name(kind.zh())?.set_freeze_panes(1, 0)?;
    let last = u16::try_from(kind.columns().len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.autofilter(0, 0, 0, last)?;
    sheet.ignore_error_range(1, 0, LAST_ROW, last, IgnoreError::NumberStoredAsText)?;
    for (place, column) in (0..).zip(kind.columns()) {
        sheet.write_string_with_format(0, place, heading(column), &header)?;
        sheet.set_column_width(place, width(column))?;
        match column.form {
            Form::Text | Form::Choice(_) => {
                sheet.set_column_format(place, &text)?;
            }
            Form::Number => {}
        }
        sheet.add_data_validation(1, place, LAST_ROW, place, &validation(column)?)?;
    }
    Ok(())
}

/// `姓名*` where every row needs a value; reading does not mind the star.
fn heading(column: &Column) -> String {
    match column.need {
        Need::Value => format!("{}*", column.name),
        Need::Column | Need::Nothing => column.name.to_owned(),
    }
}

/// Shows what is accepted beside the cell, and offers the choices.
fn validation(column: &Column) -> Result<DataValidation, XlsxError> {
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let validation = match column.form {
        Form::Text | Form::Number => DataValidation::new().allow_any_value(),
        Form::Choice(choices) => {
            let choices = choices();
            DataValidation::new()
                .allow_list_strings(&choices)?
                .set_error_title("请从列表中选择")?
                .set_error_message(short(
                &format!("应为下列之一：{}", choices.join("、")),
                MAX_PROMPT.1,
            ))?
        }
    };
    validation
        .set_input_title(short(column.name, MAX_PROMPT.0))?
        .set_input_message(short(column.zh, MAX_PROMPT.1))
}

fn instruction_sheet(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(INSTRUCTIONS)?;
    for (place, (title, width)) in (0..).zip([
        ("列 Column", 14),
        ("必填 Required", 16),
        ("填写要求", 44),
        ("What is accepted", 56),
        ("示例（虚构） Example (fictitious)", 34),
    ]) {
        sheet.write_string_with_format(0, place, title, &bold)?.set_column_width(place, width)?;
    }
    for (row, column) in (1..).zip(kind.columns()) {
        let required = match column.need {
            Need::Value => "是 yes",
            Need::Column => "否 no",
            Need::Nothing => "此列可省略 optional",
        };
        let cells = [column.name, required, column.zh, column.en, column.example];
        sheet.write_row_with_format(row, 0, cells, &wrapped)?;
    }
    let mut row = kind.columns().len() as u32 + 2;
    for (zh, en) in RULES {
        sheet.write_string(row, 0, zh)?.write_string(row + 1, 0, en)?;
        row += 2;
    }
    Ok(())
}

/// In characters: what the heading and the example need, and a little air.
fn width(column: &Column) -> f64 {
    let columns_of =
        |text: &str| text.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    f64::from(columns_of(column.name).max(columns_of(column.example)) + 6)
}
