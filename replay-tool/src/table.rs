//! Lists as tables, as files for spreadsheets and as JSON.

use clap::ValueEnum;
use jiff::Timestamp;
use papers::screen::Screen;
use papers::table::{self as file, Cell, Form, Kind, Wording, columns_of};
use projections::described::Described;
use serde::Serialize;

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::{Lang, Said};

/// Forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 表格;比屏幕宽的写成卡片。 For the eye: a table, or cards where it is wider than the screen.
    Table,
    /// CSV,UTF-8;--lang zh 为中文表头,en 为程序所用的列名。 CSV, UTF-8; --lang zh for Chinese headers, en for keys.
    Csv,
    /// Excel工作簿,请重定向到文件。 A workbook; send it to a file.
    Xlsx,
    /// JSON.
    Json,
}

/// One column of a list of `T`.
pub struct Column<T> {
    /// Its name for programs.
    pub name: &'static str,
    /// 表头.
    pub zh: &'static str,
    /// Its head.
    pub en: &'static str,
    /// Whether it holds figures, which stand at the right.
    pub figures: bool,
    /// What it shows.
    pub show: fn(&T, Lang) -> String,
}

/// Declares the columns of a list: `name "表头" "Head" left|right |row, lang| text;`
macro_rules! columns {
    ($row:ty: $( $name:literal $zh:literal $en:literal $side:ident |$it:pat_param, $lang:pat_param| $show:expr; )+) => {
        &[$( $crate::table::Column::<$row> {
            name: $name,
            zh: $zh,
            en: $en,
            figures: $crate::table::columns!(@ $side),
            show: |$it, $lang| $show,
        } ),+]
    };
    (@ left) => { false };
    (@ right) => { true };
}
pub(crate) use columns;

/// Writes a list as a table; as cards, where it is too wide for that.
pub fn write_table<T>(
    console: &mut Console<'_>,
    columns: &[Column<T>],
    rows: &[T],
) -> Result<(), Failure> {
    let lang = console.lang;
    let heads = columns.iter().map(|column| (lang.pick(column.zh, column.en), column.figures));
    let mut screen = Screen::new(heads);
    for row in rows {
        screen.add(columns.iter().map(|column| (column.show)(row, lang)));
    }
    Ok(writeln!(console.out, "{}", screen.within(console.columns))?)
}

/// Writes a list as a file for spreadsheets, one figure to a column. It is what the service writes.
pub fn write_rows<T: Described + Serialize>(
    console: &mut Console<'_>,
    form: Form,
    at: Timestamp,
    rows: &[T],
) -> Result<(), Failure> {
    let title = T::DESCRIPTION.title().to_owned();
    let wording = wording(console.lang, form);
    let table = file::Table { title, at, wording, columns: columns_of(&T::DESCRIPTION) };
    Ok(console.out.write_all(&table.file_of(form, rows)?)?)
}

/// Writes what a table shows of a list as a file for spreadsheets.
pub fn write_file<T>(
    console: &mut Console<'_>,
    form: Form,
    (title, at): (&str, Timestamp),
    columns: &[Column<T>],
    rows: &[T],
) -> Result<(), Failure> {
    let lang = console.lang;
    let kind = |figures| if figures { Kind::Whole } else { Kind::Text };
    let column = |it: &Column<T>| file::Column::new(it.name, it.zh, it.en, kind(it.figures));
    let table = file::Table {
        title: title.to_owned(),
        at,
        wording: wording(lang, form),
        columns: columns.iter().map(column).collect(),
    };
    let cell = |row: &T, column: &Column<T>| {
        let shown = (column.show)(row, lang);
        let number = shown.parse().ok().filter(|_| column.figures).map(Cell::Whole);
        number.unwrap_or(Cell::Text(shown))
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect());
    Ok(console.out.write_all(&table.file(form, rows)?)?)
}

/// A CSV in English is for programs.
fn wording(lang: Lang, form: Form) -> Wording {
    match (lang, form) {
        (Lang::Zh, _) => Wording::Chinese,
        (Lang::En, Form::Csv) => Wording::Keys,
        (Lang::En, Form::Xlsx) => Wording::English,
    }
}

/// Writes a value as JSON, readable.
pub fn write_json<T: Serialize>(console: &mut Console<'_>, value: &T) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *console.out, value)?;
    Ok(writeln!(console.out)?)
}

/// `是` or `yes`.
pub fn yes(it_is: bool, lang: Lang) -> String {
    let said = if it_is { Said::new("是", "yes") } else { Said::new("否", "no") };
    said.pick(lang).to_owned()
}

/// What is there, or nothing.
pub fn or_blank<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
