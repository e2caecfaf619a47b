//! The header of a table: one line, or two where a line of groups stands above.

use domain::writing::Writing;

use super::bad_file::BadFile;
use super::column::{Column, Need};
use super::sheet::Row;

/// How many rows from the top a header is looked for: above it people put titles and whom the table is for.
const WITHIN: usize = 20;

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
    /// For each column of the table, where it stands.
    pub places: Vec<Option<Place>>,
    /// Places with a heading of no column.
    pub unread: Vec<usize>,
}

/// Where a column stands in a row, and by which of its names.
pub(super) struct Place {
    pub at: usize,
    pub headed: &'static str,
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
pub(super) fn named(rows: &[Row], columns: &'static [Column]) -> usize {
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
        let place = found.next().map(|claim| Place { at: claim.place, headed: claim.headed });
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

fn find(rows: &[Row], columns: &'static [Column]) -> Option<Found> {
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
    headed: &'static str,
    /// How sure that is; 0 is the surest.
    rank: usize,
}

/// Whose the headings are, and the places with headings of no column.
fn claims(header: &[Row], columns: &'static [Column]) -> (Vec<Claim>, Vec<usize>) {
    let width = header.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let (mut claims, mut unread) = (Vec::new(), Vec::new());
    for place in 0..width {
        let headings = headings(header, place);
        let claim = headings.iter().enumerate().find_map(|(sure, heading)| {
            let (column, headed) = column_of(heading, columns)?;
            let is_other = headed != columns[column].name;
            Some(Claim { place, column, headed, rank: 2 * sure + usize::from(is_other) })
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

/// A heading in its one form, without white space, a colon and the star of a required column.
fn plain(text: &str) -> String {
    let written = Writing::Figure.normalise(text).unwrap_or_default().to_lowercase();
    written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':')).collect()
}

/// `出生日期` of `出生日期(年月日)`.
fn before_remark(text: &str) -> Option<String> {
    let (heading, remark) = text.split_once('(')?;
    remark.ends_with(')').then(|| heading.to_owned())
}

/// The column of a heading, and which of its names that is.
fn column_of(heading: &str, columns: &'static [Column]) -> Option<(usize, &'static str)> {
    let own = columns.iter().position(|column| column.name == heading);
    own.map(|at| (at, columns[at].name)).or_else(|| {
        columns.iter().enumerate().find_map(|(at, column)| {
            let also = column.also.iter().find(|also| **also == heading)?;
            Some((at, *also))
        })
    })
}

/// Whether a row repeats the header, as printed tables do on every page.
pub(super) fn is_repeated(row: &Row, header: &Header, columns: &'static [Column]) -> bool {
    let filled = row.cells.iter().filter(|cell| cell.is_filled()).count();
    let repeats = |(column, place): (usize, &Option<Place>)| {
        let text = place.as_ref().and_then(|place| row.cells.get(place.at))?.text()?;
        let (at, _) = column_of(&plain(text), columns)?;
        (at == column).then_some(())
    };
    let repeated = header.places.iter().enumerate().filter_map(repeats).count();
    repeated >= 2 && 2 * repeated >= filled
}
