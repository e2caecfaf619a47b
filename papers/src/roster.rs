//! 花名册: a unit's people on A4, as the office prints them: every page says of whom it is, when and what for it was printed,
//! and which of how many it is.

use std::sync::LazyLock;

use askama::Template;
use jiff::civil::Date;

use crate::notice::policy_of;

/// Rows of a page, each 8.4 mm high: with heads and foot they fill A4 within its margins.
const ROWS: usize = 26;
const STYLE: &str = "@page{size:A4;margin:14mm 12mm}body{font-family:serif;margin:0 auto;max-width:186mm}\
.page{break-after:page}.page:last-child{break-after:auto}h1{font-size:17pt;text-align:center;margin:0 0 3mm}\
header p{display:flex;justify-content:space-between;margin:0 0 2mm;font-size:10pt}\
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:0.3mm solid #000;height:8.4mm;padding:0 1.2mm;\
font-size:10pt;overflow:hidden;line-height:1.1;text-align:left}th{text-align:center}.no{width:10mm;text-align:center}\
.name{width:28mm}.number{width:33mm;font-family:monospace}.telephone{width:28mm}.identity{width:40mm}\
.mark{width:20mm}footer{display:flex;justify-content:space-between;font-size:9pt;margin-top:2mm}";

/// What the page may load, for the header `Content-Security-Policy`: its own style sheet and nothing else.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy_of(STYLE));

/// Somebody of the roster.
pub struct Row {
    /// 姓名.
    pub name: String,
    /// 志愿者编号.
    pub number: String,
    /// 单位.
    pub unit: String,
    /// 联系电话, where telephones are printed.
    pub telephone: Option<String>,
    /// 身份证号, where they are printed.
    pub identity_number: Option<String>,
}

/// A roster to print.
pub struct Roster {
    /// Whose people.
    pub unit: String,
    /// Whether people of the units below it are listed too.
    pub below: bool,
    /// 状态 of those who are listed.
    pub status: String,
    /// The moment of the past that is told of, in the county's time.
    pub as_of: Option<String>,
    /// 打印日期.
    pub printed_on: Date,
    /// 查阅事由.
    pub purpose: String,
    /// 打印账号.
    pub account: String,
    /// Whether these are all.
    pub whole: bool,
    /// The people, in their order.
    pub rows: Vec<Row>,
}

/// A page of it, numbered from one.
struct Sheet<'a> {
    number: usize,
    /// Number of its first row, from one.
    first: usize,
    rows: &'a [Row],
}

#[derive(Template)]
#[template(path = "roster.html")]
struct Page<'a> {
    style: &'static str,
    roster: &'a Roster,
    sheets: Vec<Sheet<'a>>,
    telephones: bool,
    identities: bool,
}

/// The roster as HTML.
///
/// # Errors
/// When it cannot be written.
pub fn page(roster: &Roster) -> Result<String, askama::Error> {
    let sheet = |(at, rows)| Sheet { number: at + 1, first: at * ROWS + 1, rows };
    let mut sheets: Vec<Sheet<'_>> = roster.rows.chunks(ROWS).enumerate().map(sheet).collect();
    if sheets.is_empty() {
        sheets.push(Sheet { number: 1, first: 1, rows: &[] });
    }
    let telephones = roster.rows.iter().any(|row| row.telephone.is_some());
    let identities = roster.rows.iter().any(|row| row.identity_number.is_some());
    Page { style: STYLE, roster, sheets, telephones, identities }.render()
}

#[cfg(test)]
mod tests;
