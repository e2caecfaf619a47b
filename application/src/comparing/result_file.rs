//! The result of a comparison as a file: a row each, under Chinese headers.

use std::fmt::Write as _;

use super::compared::Line;

/// The lines as UTF-8 CSV with a byte order mark, so that Excel opens it rightly.
/// Columns 行号, 志愿者编号, 单位代码, 结果, 列, 说明, Explanation, 工作表. All texts are this program's own, or codes.
#[must_use]
pub fn result_file(lines: &[Line]) -> Vec<u8> {
    let mut file =
        "\u{feff}行号,志愿者编号,单位代码,结果,列,说明,Explanation,工作表\r\n".to_owned();
    for line in lines {
        let cells = [
            line.row.map(|row| row.to_string()),
            line.volunteer.map(|volunteer| volunteer.to_string()),
            line.unit.as_ref().map(ToString::to_string),
            Some(line.outcome.zh().to_owned()),
            line.column.clone(),
            Some(line.zh.clone()),
            Some(line.en.clone()),
            line.sheet.clone(),
        ];
        let cells = cells.map(|cell| quoted(&cell.unwrap_or_default()));
        // Writing to a text never fails.
        let _ = write!(file, "{}\r\n", cells.join(","));
    }
    file.into_bytes()
}

/// RFC 4180 quoting where a cell needs it.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests;
