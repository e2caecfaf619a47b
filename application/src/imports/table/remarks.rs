//! What is said of a sheet beside its problems: how much was read, and what was left out and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::imports::column::Column;
use crate::imports::header::Header;
use crate::imports::problems::Note;
use crate::imports::sheet::{ReadAs, Row, Sheet, letters};

/// The most stretches of rows that are named one by one.
const MAX_STRETCHES: usize = 12;

/// Collects what is said of one sheet.
pub(super) struct Remarks {
    sheet: Option<Arc<str>>,
    above: Vec<u32>,
    header_again: Vec<u32>,
    remark: Vec<u32>,
    no_value: Vec<u32>,
    hidden: Vec<u32>,
    filled_down: BTreeMap<&'static str, Vec<u32>>,
    said: Vec<Note>,
}

/// How a file of text was read.
pub(super) fn read_as(read_as: ReadAs) -> Note {
    let ReadAs { encoding, separator } = read_as;
    let (zh, en) = match separator {
        ',' => ("逗号".to_owned(), "commas".to_owned()),
        '\t' => ("制表符".to_owned(), "tabs".to_owned()),
        ';' => ("分号".to_owned(), "semicolons".to_owned()),
        sign => (format!("“{sign}”"), format!("\"{sign}\"")),
    };
    Note {
        sheet: None,
        code: "file.read_as",
        zh: format!("按{encoding}编码、以{zh}分隔读取。"),
        en: format!("Read as {encoding}, parted by {en}."),
    }
}

impl Remarks {
    pub fn of(sheet: &Sheet) -> Self {
        Self {
            sheet: sheet.name.clone(),
            above: Vec::new(),
            header_again: Vec::new(),
            remark: Vec::new(),
            no_value: Vec::new(),
            hidden: Vec::new(),
            filled_down: BTreeMap::new(),
            said: Vec::new(),
        }
    }

    pub fn empty(&mut self) {
        self.say("sheet.empty", "是空的，已跳过。", "It is empty and was skipped.");
    }

    pub fn instructions(&mut self) {
        self.say(
            "sheet.instructions",
            "是说明，已跳过。",
            "It holds explanations and was skipped.",
        );
    }

    pub fn no_table(&mut self) {
        self.say(
            Note::NO_TABLE,
            "没有表头，也不像表格，未读取；其中如有数据，请加上与模板相同的表头。",
            "It has no header, does not look like a table and was not read; give it the header of the template if it holds data.",
        );
    }

    pub fn read(&mut self, rows: usize) {
        self.say("sheet.read", format!("读取{rows}行。"), format!("Rows read: {rows}."));
    }

    pub fn above(&mut self, rows: impl Iterator<Item = u32>) {
        self.above.extend(rows);
    }

    pub fn header_again(&mut self, row: u32) {
        self.header_again.push(row);
    }

    pub fn remark(&mut self, row: u32) {
        self.remark.push(row);
    }

    pub fn no_value(&mut self, row: u32) {
        self.no_value.push(row);
    }

    pub fn hidden(&mut self, row: u32) {
        self.hidden.push(row);
    }

    pub fn filled_down(&mut self, column: &'static str, row: u32) {
        self.filled_down.entry(column).or_default().push(row);
    }

    /// Columns that are not read, and hidden ones that are.
    pub fn columns(
        &mut self,
        header: &Header,
        columns: &'static [Column],
        hidden: &[(usize, usize)],
        rows: &[Row],
    ) {
        let is_hidden =
            |place: usize| hidden.iter().any(|(first, last)| (*first..=*last).contains(&place));
        let places = columns.iter().zip(&header.places);
        let hidden: Vec<&str> = places
            .filter(|(_, place)| place.as_ref().is_some_and(|place| is_hidden(place.at)))
            .map(|(column, _)| column.name)
            .collect();
        if !hidden.is_empty() {
            self.say(
                "columns.hidden",
                format!("以下列被隐藏，仍然读取：{}。", hidden.join("、")),
                format!(
                    "These columns are hidden and were read all the same: {}.",
                    hidden.join(", ")
                ),
            );
        }
        let mut unread = header.unread.clone();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        unread.extend((0..width).filter(|place| {
            let is_named = header.places.iter().flatten().any(|read| read.at == *place)
                || header.unread.contains(place);
            !is_named
                && rows.iter().any(|row| row.cells.get(*place).is_some_and(|cell| cell.is_filled()))
        }));
        unread.sort_unstable();
        let unread: Vec<String> =
            unread.iter().filter_map(|place| u32::try_from(*place).ok()).map(letters).collect();
        if !unread.is_empty() {
            self.say(
                "columns.unread",
                format!("以下列不在模板中，未读取：{}。", unread.join("、")),
                format!(
                    "These columns are none of the template's and were not read: {}.",
                    unread.join(", ")
                ),
            );
        }
    }

    /// All notes of the sheet.
    pub fn finish(mut self) -> Vec<Note> {
        let above = std::mem::take(&mut self.above);
        self.rows(
            "rows.above_header",
            &above,
            "在表头之上，未读取。",
            "above the header: not read.",
        );
        let again = std::mem::take(&mut self.header_again);
        self.rows("rows.header_again", &again, "重复表头，已跳过。", "the header again: skipped.");
        let remark = std::mem::take(&mut self.remark);
        self.rows(
            "rows.remark",
            &remark,
            "是合计、填表人或说明，不是数据，已跳过。",
            "a sum, a signature or a remark and no data: skipped.",
        );
        let no_value = std::mem::take(&mut self.no_value);
        self.rows(
            "rows.no_value",
            &no_value,
            "在要读取的列中没有内容，已跳过。",
            "nothing in the columns that are read: skipped.",
        );
        let hidden = std::mem::take(&mut self.hidden);
        self.rows("rows.hidden", &hidden, "被隐藏，仍然读取。", "hidden, and read all the same.");
        for (column, rows) in std::mem::take(&mut self.filled_down) {
            self.rows(
                "rows.filled_down",
                &rows,
                &format!("的“{column}”取自合并单元格。"),
                &format!("{column} was taken from merged cells."),
            );
        }
        self.said
    }

    fn rows(&mut self, code: &'static str, rows: &[u32], zh: &str, en: &str) {
        if !rows.is_empty() {
            let (in_chinese, in_english) = stretches(rows);
            self.say(code, in_chinese + zh, format!("{in_english}: {en}"));
        }
    }

    fn say(&mut self, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        let (zh, en) = (zh.into(), en.into());
        let sheet = self.sheet.clone();
        let (zh, en) = match &sheet {
            Some(name) => (format!("工作表“{name}”：{zh}"), format!("Sheet \"{name}\": {en}")),
            None => (zh, en),
        };
        self.said.push(Note { sheet, code, zh, en });
    }
}

/// `第3行、第62至101行` and `row 3, rows 62 to 101`.
fn stretches(rows: &[u32]) -> (String, String) {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => stretches.push((*row, *row)),
        }
    }
    let named = stretches.iter().take(MAX_STRETCHES).map(|(first, last)| {
        if first == last {
            (format!("第{first}行"), format!("row {first}"))
        } else {
            (format!("第{first}至{last}行"), format!("rows {first} to {last}"))
        }
    });
    let (mut zh, mut en): (Vec<_>, Vec<_>) = named.unzip();
    if stretches.len() > MAX_STRETCHES {
        zh.push(format!("等共{}行", rows.len()));
        en.push(format!("and others, {} in all", rows.len()));
    }
    (zh.join("、"), en.join(", "))
}
