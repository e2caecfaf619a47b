//! XLSX: every sheet, cell by cell, after what it unpacks to was measured.

use std::collections::{HashMap, HashSet};
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::cells::{Book, Budget, Cell, Rows, Sheet};
use super::grid::{Grid, moment, number};
use super::layout::Layout;
use super::parts::{Part, RELATIONS};
use crate::imports::BadFile;
use crate::imports::limits::MAX_SHEETS;

/// The most entries of the archive: a workbook of one sheet has about ten, and every sheet adds two or three.
const MAX_ENTRIES: usize = 1_000;
/// The most bytes that all sheets together unpack to: a roster of 200 000 people takes about 100 MiB.
const MAX_SHEET_BYTES: u64 = 160 << 20;
/// The most bytes that everything else unpacks to, above all the strings the cells refer to.
const MAX_OTHER_BYTES: u64 = 96 << 20;

pub(super) fn read(bytes: &[u8]) -> Result<Book, BadFile> {
    let layouts = measure(bytes)?;
    // The reader of the format is not ours; should a crafted file break it, only that file is lost.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes, layouts)));
    Ok(Book { sheets: sheets.unwrap_or(Err(BadFile::NotATable))?, read_as: None })
}

/// Unpacks everything into nothing: the sizes written in the archive, and the numbers written in its parts, are only claims.
/// Gives the layout of each sheet, in the order of the workbook; none of one whose part is not there.
fn measure(bytes: &[u8]) -> Result<Vec<Option<Layout>>, BadFile> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadFile::NotATable)?;
    if archive.len() > MAX_ENTRIES {
        return Err(BadFile::Inflated);
    }
    let (mut sheets, mut others) = (0, 0);
    let mut layouts = HashMap::new();
    let (mut order, mut targets, mut folder) = (Vec::new(), HashMap::new(), String::new());
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| BadFile::NotATable)?;
        let name = entry.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let name = name.replace('\\', "/");
        if is_other_format(&name) {
            return Err(BadFile::OtherFormat);
        }
        let (is_sheet, part) = (name.contains("worksheets/"), Part::named(&name));
        let (sum, limit) =
            if is_sheet { (&mut sheets, MAX_SHEET_BYTES) } else { (&mut others, MAX_OTHER_BYTES) };
        let most = limit + 1 - *sum;
        let mut rest = entry.take(most);
        if let Some(part) = part {
            let found = part.check(&mut rest)?;
            match part {
                Part::Sheet => drop(layouts.insert(name, found.layout)),
                Part::Workbook => order.extend(found.relations.into_iter().map(|(id, _)| id)),
                Part::Relations => {
                    folder = name.trim_end_matches(RELATIONS).to_owned();
                    targets.extend(found.relations);
                }
                Part::Strings | Part::Styles => {}
            }
        }
        io::copy(&mut rest, &mut io::sink()).map_err(|_| BadFile::NotATable)?;
        *sum += most - rest.limit();
        if *sum > limit {
            return Err(BadFile::Inflated);
        }
    }
    in_order(&order, (&folder, &targets), layouts)
}

/// An OpenDocument, Word or binary workbook: archives as well, and what they are is known by their parts.
fn is_other_format(name: &str) -> bool {
    matches!(name, "mimetype" | "content.xml" | "word/document.xml" | "xl/workbook.bin")
}

/// The layouts of the sheets, whose parts are named as seen from the folder of the workbook. A sheet is read once: many may share a
/// part, and each would be read anew.
fn in_order(
    order: &[String],
    (folder, targets): (&str, &HashMap<String, String>),
    mut layouts: HashMap<String, Layout>,
) -> Result<Vec<Option<Layout>>, BadFile> {
    if order.len() > MAX_SHEETS {
        return Err(BadFile::TooManySheets);
    }
    let mut seen = HashSet::new();
    let mut take = |id: &String| {
        let target = targets.get(id).map(|target| target.to_ascii_lowercase().replace('\\', "/"));
        let target = target.unwrap_or_default();
        if !target.is_empty() && !seen.insert(target.clone()) {
            return Err(BadFile::NotATable);
        }
        let absolute = target.strip_prefix('/').map(str::to_owned);
        Ok(layouts.remove(&absolute.unwrap_or_else(|| format!("{folder}{target}"))))
    };
    order.iter().map(&mut take).collect()
}

fn sheets(bytes: &[u8], layouts: Vec<Option<Layout>>) -> Result<Vec<Sheet>, BadFile> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| BadFile::NotATable)?;
    let all = workbook.sheets_metadata().to_vec();
    let mut layouts = layouts.into_iter();
    let (mut rows, mut budget) = (Rows::default(), Budget::default());
    let mut sheets = Vec::with_capacity(all.len());
    for one in all {
        let layout = layouts.next().flatten();
        if one.typ != SheetType::WorkSheet {
            continue;
        }
        let layout = layout.ok_or(BadFile::NotATable)?;
        let grid = grid(&mut workbook, &one.name, &layout, &mut budget)?;
        let rows = grid.into_rows(&layout, &mut rows, &mut budget)?;
        let hidden = one.visible != SheetVisible::Visible;
        let name = Some(Arc::from(one.name.as_str()));
        let hidden_columns = layout.hidden_columns;
        sheets.push(Sheet { name, hidden, rows, hidden_columns, is_text: false });
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(BadFile::Empty);
    }
    Ok(sheets)
}

/// The cells in which something stands.
fn grid(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    layout: &Layout,
    budget: &mut Budget,
) -> Result<Grid, BadFile> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|_| BadFile::NotATable)?;
    let mut grid = Grid::default();
    while let Some(cell) = reader.next_cell().map_err(|_| BadFile::NotATable)? {
        let (row, column) = cell.get_position();
        let mut value = cell_of(cell.get_value());
        if value.is_blank() && layout.uncalculated.contains(&(row, column)) {
            value = Cell::FormulaError;
        }
        grid.put(row, column, value, budget)?;
    }
    Ok(grid)
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Error(_) => Cell::FormulaError,
        DataRef::String(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Bool(yes) => Cell::from_text(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(float) => number(*float),
        DataRef::DateTime(duration) if duration.is_duration() => number(duration.as_f64()),
        DataRef::DateTime(at) => moment(at),
        DataRef::DateTimeIso(text) => Cell::from_text(text.trim_end_matches("T00:00:00")),
        DataRef::DurationIso(text) => Cell::from_text(text),
    }
}
