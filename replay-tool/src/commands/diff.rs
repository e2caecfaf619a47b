//! `diff`: two rebuilt files, or two moments, row by row and column by column.

use std::path::Path;

use event_store::Place;
use projections::Difference;
use rusqlite::Connection;

use crate::cli::{Diff, Format};
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::moment::Cut;
use crate::replayed::{Replayed, open_database};
use crate::table::{self, Column, columns, or_blank};

const COLUMNS: &[Column<Difference>] = columns! { Difference:
    "table" "表" "Table" left |row, _| row.table.clone();
    "key" "键" "Key" left |row, _| row.key.clone();
    "column" "列" "Column" left |row, _| row.column.clone();
    "left" "左(较早)" "Left (earlier)" left |row, _| or_blank(row.left.as_ref());
    "right" "右(较晚)" "Right (later)" left |row, _| or_blank(row.right.as_ref());
};

pub(super) fn run(place: &Place, asked: &Diff, console: &mut Console<'_>) -> Result<u8, Failure> {
    match (asked.files.as_slice(), asked.from, asked.to) {
        ([left, right], None, None) => {
            let (left, right) = (existing(left)?, existing(right)?);
            report(&left, &right, asked, console)
        }
        ([], Some(from), Some(to)) => {
            let log = Log::open(place)?;
            let left = Replayed::as_of(&log, Cut::at(from).until(), console)?;
            let right = Replayed::as_of(&log, Cut::at(to).until(), console)?;
            for (side, cut) in [(&left, from), (&right, to)] {
                console.note(&side.heading(&Cut::at(cut)));
            }
            report(&left.conn, &right.conn, asked, console)
        }
        _ => Err(Failure::usage(
            "请给出两个文件,或用 --from 和 --to 给出两个时刻。",
            "Name two files, or two moments with --from and --to.",
        )),
    }
}

/// Opens a file that must be a read database; a name mistyped must not look like an empty one.
fn existing(path: &Path) -> Result<Connection, Failure> {
    let conn = open_database(path)?;
    projections::checkpoints(&conn)
        .map_err(|source| Failure::OpenDatabase { path: path.to_owned(), source })?;
    Ok(conn)
}

fn report(
    left: &Connection,
    right: &Connection,
    asked: &Diff,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let most = asked.limit as usize;
    let mut found = projections::compare(left, right, most.saturating_add(1))?;
    let more = found.len() > most;
    found.truncate(most);
    match asked.format {
        Format::Csv => table::write_csv(console, COLUMNS, &found)?,
        Format::Json => table::write_json(console, &found)?,
        Format::Table if found.is_empty() => {
            console.say(&Said::new("没有差异。", "No differences."))?;
        }
        Format::Table => {
            table::write_table(console, COLUMNS, &found)?;
            let count = found.len();
            console.say(&Said::new(format!("{count}处差异。"), format!("{count} differences.")))?;
        }
    }
    if more {
        console.note(&Said::new(
            format!("还有更多差异;用 --limit 列出{most}处以上。"),
            format!("There are more; list more than {most} with --limit."),
        ));
    }
    Ok(if found.is_empty() { exit::OK } else { exit::FINDING })
}
