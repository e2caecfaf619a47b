//! 通报一览: what was published of the units' progress, as it was published.

mod rows;
#[cfg(test)]
mod tests;

use domain::BulletinId;
use domain::bulletin::{Event, Row as Told};
use rusqlite::Connection;

pub use rows::{Bulletin, BulletinUnit};

use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::{Fact, Fold, Half, Projection, Rows, Share, TableDef, reads};

/// The read model *bulletin board*.
pub struct BulletinBoard;

impl Projection for BulletinBoard {
    const NAME: &'static str = "bulletin_board";
    const REVISION: u32 = 2;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Bulletin>(), TableDef::of::<BulletinUnit>()];
    const SHARE: Share = Share { half: Half::Second, work: 1 };
}

impl Fold<Rows<'_>> for BulletinBoard {
    reads! { Rows<'_>: bulletin }

    fn bulletin(fact: &Fact, id: &BulletinId, event: &Event, rows: &mut Rows<'_>) {
        match event {
            Event::Ordered(ordered) => rows.put(Bulletin::ordered(*id, ordered)),
            Event::Tabled(tabled) => {
                let Some(mut units) = rows.get::<Bulletin>(id).map(|own| own.units) else { return };
                for Told { rank, figures } in &tabled.rows {
                    units += 1;
                    rows.put(BulletinUnit::told(*id, units, *rank, figures));
                }
                rows.update::<Bulletin, _>(id, |own| own.units = units);
            }
            Event::Published(published) => {
                let at = fact.recorded_at;
                let corrects = rows.update::<Bulletin, _>(id, |own| {
                    own.as_of = Some(published.as_of);
                    own.published_at = Some(at);
                    own.corrects
                });
                if let Some(earlier) = corrects.flatten() {
                    rows.update::<Bulletin, _>(&earlier, |own| own.corrected_by = Some(*id));
                }
            }
        }
    }
}

/// Published bulletins, newest first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(conn: &Connection, page: &PageRequest) -> Result<Page<Bulletin>, QueryError> {
    Select::<Bulletin>::ordered(&["published_at", "bulletin"], Direction::Descending)
        .filter_raw(Some("published_at IS NOT NULL"))
        .page(conn, page)
}

/// One bulletin, once it is published.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, bulletin: BulletinId) -> Result<Option<Bulletin>, QueryError> {
    Ok(find::<Bulletin>(conn, &bulletin)?.filter(|found| found.published_at.is_some()))
}

/// The table of a bulletin, in its order.
///
/// # Errors
/// See [`QueryError`].
pub fn units(
    conn: &Connection,
    bulletin: BulletinId,
    page: &PageRequest,
) -> Result<Page<BulletinUnit>, QueryError> {
    Select::<BulletinUnit>::ordered(&["place"], Direction::Ascending)
        .filter("bulletin", "=", Some(bulletin.to_string()))?
        .page(conn, page)
}
