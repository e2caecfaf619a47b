//! The header of a table: one line, or two where a line of groups stands above.

use super::bad_file::BadFile;
use super::column::{Column, Need};
use super::sheet::Row;

/// How many rows from the top a header is looked for: above it people put titles and whom the table is for.
const WITHIN: usize = 20;

/// Other headings that people write for a column.
const ALSO: &[(&str, &[&str])] = &[
    ("身份证号", &["身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号码"]),
    ("出生日期", &["出生年月日", "生日"]),
    ("联系电话", &["联系方式", "手机号码", "手机号", "手机", "电话", "电话号码"]),
    ("单位代码", &["单位编码", "所在单位代码"]),
    ("居住区域", &["居住地", "居住地址", "现居住地", "住址"]),
    ("技能", &["技能特长", "特长", "专业特长"]),
    ("类别", &["志愿者类别", "单位类别"]),
    ("同意", &["是否同意", "本人同意", "本人是否同意", "是否同意加入"]),
    ("监护人", &["监护人姓名"]),
    ("管理员", &["管理员姓名"]),
    ("任务数", &["任务人数", "下达任务数"]),
    ("总人数", &["单位总人数"]),
    ("区划代码", &["code", "统计用区划代码"]),
    ("级别", &["level", "层级"]),
    ("名称", &["name", "区划名称"]),
    ("上级代码", &["parent_code", "上级区划代码", "上级单位代码"]),
];

/// Where the columns of a table stand.
pub(super) struct Header {
    /// The number of its first row, as Excel shows it.
    pub number: u32,
    /// The rows up to and with the header.
    pub end: usize,
    /// The rows above the header.
    pub above: usize,
    /// How many cells it had, blank ones included.
    pub width: usize,
    /// For each column of the table, its place in a row.
    pub places: Vec<Option<usize>>,
    /// Places with a heading of no column.
    pub unread: Vec<usize>,
}

/// A header among the first rows.
#[derive(Clone, Copy)]
struct Found {
    above: usize,
    /// One or two.
    lines: usize,
    /// How many columns it names.
    named: usize,
}

/// How many columns the best header among the first rows names.
pub(super) fn named(rows: &[Row], columns: &[Column]) -> usize {
    find(rows, columns).map_or(0, |found| found.named)
}

/// The header among the first rows that names the most columns, the first of equals.
///
/// # Errors
/// Where none names a column, or columns are missing or stand there twice.
pub(super) fn read(rows: &[Row], columns: &'static [Column]) -> Result<Header, BadFile> {
    let required = |column: &&Column| column.need != Need::Nothing;
    let Some(Found { above, lines, .. }) = find(rows, columns).filter(|found| found.named > 0)
    else {
        let missing = columns.iter().filter(required).map(|column| column.name).collect();
        return Err(BadFile::missing(None, missing, columns));
    };
    let header = &rows[above..above + lines];
    let number = header[0].number;
    let (claims, unread) = claims(header, columns);
    let mut missing = Vec::new();
    let mut places = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let best = claims.iter().filter(|claim| claim.column == at).map(|claim| claim.rank).min();
        let mut found =
            claims.iter().filter(|claim| claim.column == at && Some(claim.rank) == best);
        let place = found.next().map(|claim| claim.place);
        if found.next().is_some() {
            return Err(BadFile::RepeatedColumn { column: column.name });
        }
        if place.is_none() && required(&column) {
            missing.push(column.name);
        }
        places.push(place);
    }
    if !missing.is_empty() {
        return Err(BadFile::missing(Some(number), missing, columns));
    }
    let width = header.iter().map(|row| row.width).max().unwrap_or(0);
    Ok(Header { number, end: above + lines, above, width, places, unread })
}

fn find(rows: &[Row], columns: &[Column]) -> Option<Found> {
    let mut best: Option<Found> = None;
    // Two lines only where they name more than one does.
    for lines in [1, 2] {
        for above in 0..rows.len().min(WITHIN) {
            let Some(header) = rows.get(above..above + lines) else { continue };
            let mut named: Vec<usize> =
                claims(header, columns).0.iter().map(|claim| claim.column).collect();
            named.sort_unstable();
            named.dedup();
            let named = named.len();
            if best.is_none_or(|best| best.named < named) {
                best = Some(Found { above, lines, named });
            }
        }
    }
    best
}

/// A place whose heading is a column's.
struct Claim {
    place: usize,
    column: usize,
    /// How sure that is; 0 is the surest.
    rank: usize,
}

/// Whose the headings are, and the places with headings of no column.
fn claims(header: &[Row], columns: &[Column]) -> (Vec<Claim>, Vec<usize>) {
    let width = header.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let (mut claims, mut unread) = (Vec::new(), Vec::new());
    for place in 0..width {
        let headings = headings(header, place);
        let claim = headings.iter().enumerate().find_map(|(sure, heading)| {
            let (column, exact) = column_of(heading, columns)?;
            Some(Claim { place, column, rank: 2 * sure + usize::from(!exact) })
        });
        match claim {
            Some(claim) => claims.push(claim),
            None if !headings.is_empty() => unread.push(place),
            None => {}
        }
    }
    (claims, unread)
}

/// What a place may be called, the surest first: with the group above it, and without.
fn headings(header: &[Row], place: usize) -> Vec<String> {
    let at = |row: &Row, place: usize| {
        row.cells.get(place).and_then(|cell| cell.text()).map(plain).unwrap_or_default()
    };
    let mut found = match header {
        [upper, lower] => {
            let (own, below) = (at(upper, place), at(lower, place));
            if below.is_empty() {
                vec![own]
            } else {
                let left = (0..=place).rev().map(|place| at(upper, place));
                let group = left.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
                vec![group + &below, below]
            }
        }
        rows => rows.iter().map(|row| at(row, place)).collect(),
    };
    let without_remark: Vec<String> = found.iter().filter_map(|text| before_remark(text)).collect();
    found.extend(without_remark);
    found.retain(|text| !text.is_empty());
    found
}

/// A heading without white space, invisible marks and the star of a required column.
fn plain(text: &str) -> String {
    let is_kept = |c: &char| {
        !c.is_whitespace()
            && !matches!(
                c,
                '*' | '＊' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | ':' | '：'
            )
    };
    text.chars().filter(is_kept).collect()
}

/// `出生日期` of `出生日期（年月日）`.
fn before_remark(text: &str) -> Option<String> {
    let (heading, remark) = text.split_once(['（', '('])?;
    remark.ends_with(['）', ')']).then(|| heading.to_owned())
}

/// The column of a heading, and whether it is the column's own name.
fn column_of(heading: &str, columns: &[Column]) -> Option<(usize, bool)> {
    let named = |name: &str| columns.iter().position(|column| column.name == name);
    let also = || {
        let is_also = |also: &&str| also.eq_ignore_ascii_case(heading);
        let names = ALSO.iter().filter(|(_, others)| others.iter().any(|also| is_also(&also)));
        names.into_iter().find_map(|(name, _)| named(name))
    };
    named(heading).map(|column| (column, true)).or_else(|| also().map(|column| (column, false)))
}

/// Whether a row repeats the header, as printed tables do on every page.
pub(super) fn is_repeated(row: &Row, header: &Header, columns: &[Column]) -> bool {
    let filled = row.cells.iter().filter(|cell| cell.is_filled()).count();
    let repeated = columns.iter().zip(&header.places).filter(|(column, place)| {
        let text = place.and_then(|place| row.cells.get(place)).and_then(|cell| cell.text());
        text.and_then(|text| column_of(&plain(text), columns))
            .is_some_and(|(at, _)| columns[at].name == column.name)
    });
    let repeated = repeated.count();
    repeated >= 2 && 2 * repeated >= filled
}
