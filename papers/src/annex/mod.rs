//! 附件2–4: the forms of the plan, to be printed on A4 or opened as a table.

pub mod advisers;
pub mod record;
pub mod register;

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::notice::policy_of;
use crate::table::{Cell, Column, Form, Table, TableError, Wording, county_time};

const STYLE: &str = "body{font-family:serif;margin:0 auto;color:#000}h1{font-size:17pt;text-align:center;margin:0 0 3mm}\
header p{display:flex;justify-content:space-between;gap:6mm;margin:0 0 2mm;font-size:10pt}\
table{border-collapse:collapse;width:100%}thead{display:table-header-group}\
th,td{border:0.3mm solid #000;padding:1.2mm;font-size:10pt;line-height:1.3;text-align:left;vertical-align:top;\
white-space:pre-line;overflow-wrap:anywhere}thead th{text-align:center}tbody th{width:24mm}\
footer{font-size:9pt;margin-top:2mm}";

/// How a form stands on its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A table on A4 across.
    Across,
    /// A table on A4 upright.
    Upright,
    /// On A4 upright, each row with its label.
    Labelled,
}

/// What stands above every form.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 镇乡、街道 of a village; none of other units.
    pub town: Option<String>,
    /// 单位.
    pub unit: String,
    /// The moment of the past that is told of.
    pub as_of: Option<Timestamp>,
    /// 打印日期.
    pub printed_on: Date,
    /// What names were read for, and by which account; none where nobody is named.
    pub reading: Option<(String, String)>,
}

impl Heading {
    /// The blanks before 镇 and 村(社区) in the titles of the plan, filled in.
    fn place(&self) -> String {
        format!("{}{}", self.town.as_deref().unwrap_or_default(), self.unit)
    }
}

/// A form with what is filled in. Has no `Debug` form: it may name people.
pub struct Annex {
    title: String,
    heading: Heading,
    layout: Layout,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Template)]
#[template(path = "annex.html")]
struct Page<'a> {
    style: String,
    annex: &'a Annex,
    as_of: Option<String>,
    labelled: bool,
    rows: Vec<Vec<String>>,
}

impl Annex {
    /// The form as a page to print.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn page(&self) -> Result<String, askama::Error> {
        let shown = |cell: &Cell| cell.clone().into_text(Wording::Chinese);
        let rows = self.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        let as_of = self.heading.as_of.map(|at| county_time(at).to_string());
        let labelled = self.layout == Layout::Labelled;
        Page { style: self.style(), annex: self, as_of, labelled, rows }.render()
    }

    /// What the page may load, for the header `Content-Security-Policy`: its own style sheet and nothing else.
    #[must_use]
    pub fn policy(&self) -> String {
        policy_of(&self.style())
    }

    /// The form as a table, made at or telling of this moment, without its rows.
    #[must_use]
    pub fn table(&self, at: Timestamp, wording: Wording) -> Table {
        Table { title: self.title.clone(), at, wording, columns: self.columns.clone() }
    }

    /// The file of its [`table`](Self::table).
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn file(&self, table: &Table, form: Form) -> Result<Vec<u8>, TableError> {
        table.file(form, self.rows.iter().cloned())
    }

    fn style(&self) -> String {
        let page = match self.layout {
            Layout::Across => "A4 landscape",
            Layout::Upright | Layout::Labelled => "A4",
        };
        format!("@page{{size:{page};margin:14mm 12mm}}{STYLE}")
    }
}

#[cfg(test)]
mod tests;
