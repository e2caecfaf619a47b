//! Empty workbooks to fill in, made from the same columns that reading uses.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::limits::MAX_ROWS;
use super::{Column, Form, Kind, Need};

/// An empty XLSX: a sheet with the header, and a sheet 填写说明 that says what is accepted.
///
/// # Errors
/// When the workbook cannot be composed, for want of memory.
pub fn template(kind: Kind) -> Result<Vec<u8>, XlsxError> {
    workbook(kind)?.save_to_buffer()
}

/// The template before it is saved; its first sheet is the one to fill.
pub(super) fn workbook(kind: Kind) -> Result<Workbook, XlsxError> {
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
    for (place, column) in (0..).zip(kind.columns()) {
        sheet.write_string_with_format(0, place, column.name, &header)?;
        sheet.set_column_width(place, width(column))?;
        match column.form {
            Form::Text => {
                sheet.set_column_format(place, &text)?;
            }
            Form::Number => {}
            Form::Choice(choices) => {
                let choices = choices();
                let list = DataValidation::new()
                    .allow_list_strings(&choices)?
                    .set_error_title("请从列表中选择")?
                    .set_error_message(format!("应为下列之一：{}", choices.join("、")))?;
                sheet.add_data_validation(1, place, MAX_ROWS as u32 - 1, place, &list)?;
            }
        }
    }
    Ok(())
}

fn instruction_sheet(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("填写说明")?;
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
    let after = kind.columns().len() as u32 + 2;
    for (row, line) in (after..).zip([
        "表头请勿改动，列的顺序可以变化；请在第一张表中填写，每行一条。",
        "Keep the header as it is, the order of columns is free; fill in the first sheet, one row each.",
    ]) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

/// In characters: what the header and the example need, and a little air.
fn width(column: &Column) -> f64 {
    let columns_of =
        |text: &str| text.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    f64::from(columns_of(column.name).max(columns_of(column.example)) + 4)
}
