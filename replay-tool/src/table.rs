//! Lists as tables, as CSV and as JSON.

use clap::ValueEnum;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use papers::csv::{self, Cell};
use serde::Serialize;

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::{Lang, Said};

/// Forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 表格。 For the eye.
    Table,
    /// CSV, UTF-8.
    Csv,
    /// JSON.
    Json,
}

/// One column of a list of `T`.
pub struct Column<T> {
    /// Its name in CSV.
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

/// A table with ruled lines; wide characters count as two.
pub fn table(heads: impl IntoIterator<Item = (&'static str, bool)>) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    let heads: Vec<(&str, bool)> = heads.into_iter().collect();
    table.set_header(heads.iter().map(|(head, _)| *head));
    for (at, (_, figures)) in heads.into_iter().enumerate() {
        if let Some(column) = table.column_mut(at).filter(|_| figures) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Writes a list as a table.
pub fn write_table<T>(
    console: &mut Console<'_>,
    columns: &[Column<T>],
    rows: &[T],
) -> Result<(), Failure> {
    let lang = console.lang;
    let mut table =
        table(columns.iter().map(|column| (lang.pick(column.zh, column.en), column.figures)));
    for row in rows {
        table.add_row(columns.iter().map(|column| (column.show)(row, lang)));
    }
    Ok(writeln!(console.out, "{table}")?)
}

/// Writes a list as CSV, under the columns' own names.
pub fn write_csv<T>(
    console: &mut Console<'_>,
    columns: &[Column<T>],
    rows: &[T],
) -> Result<(), Failure> {
    let lang = console.lang;
    let mut csv = csv::Table::new(&mut *console.out)?;
    csv.head(columns.iter().map(|column| column.name))?;
    for row in rows {
        csv.row(columns.iter().map(|column| {
            let shown = (column.show)(row, lang);
            if column.figures { Cell::Figure(shown) } else { Cell::Text(shown) }
        }))?;
    }
    Ok(csv.end()?)
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
