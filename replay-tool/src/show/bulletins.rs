//! 通报.

use projections::models::bulletin_board::{self, Bulletin};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *bulletin board*; a bulletin's table is told by `explain`.
pub struct Bulletins;

impl Shown for Bulletins {
    type Row = Bulletin;
    const COLUMNS: &'static [Column<Bulletin>] = columns! { Bulletin:
        "bulletin" "通报" "Bulletin" left |row, _| row.bulletin.to_string();
        "number" "文号" "Number" left |row, _| or_blank(row.number.as_ref());
        "title" "标题" "Title" left |row, _| row.title.clone();
        "as_of" "截至" "As of" left |row, _| or_blank(row.as_of.map(county));
        "published_at" "发布" "Published" left |row, _| or_blank(row.published_at.map(county));
        "units" "单位数" "Units" right |row, _| row.units.to_string();
        "corrects" "更正的通报" "Corrects" left |row, _| or_blank(row.corrects);
        "corrected_by" "更正通报" "Corrected by" left |row, _| or_blank(row.corrected_by);
    };

    fn page(
        conn: &Connection,
        _: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Bulletin>, QueryError> {
        bulletin_board::list(conn, page)
    }
}
