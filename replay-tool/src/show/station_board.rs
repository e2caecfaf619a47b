//! 援法议事工作站.

use projections::models::station_board::{self, Filter, Station};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::table::{Column, columns, or_blank, yes};

/// The read model *station board*.
pub struct StationBoard;

impl Shown for StationBoard {
    type Row = Station;
    const COLUMNS: &'static [Column<Station>] = columns! { Station:
        "station" "工作站" "Station" left |row, _| row.station.to_string();
        "level" "层级" "Level" left |row, lang| lang.word(row.level);
        "opened_on" "设立日" "Opened" left |row, _| row.opened_on.to_string();
        "estate" "集中居住小区" "Estate" left |row, lang| yes(row.estate, lang);
        "premises_since" "固定场所" "Premises" left |row, _| or_blank(row.premises_since);
        "staff_since" "工作人员" "Staff" left |row, _| or_blank(row.staff_since);
        "register_since" "问题登记簿" "Register" left |row, _| or_blank(row.register_since);
        "suggestion_box_since" "意见建议信箱" "Suggestion box" left |row, _| or_blank(row.suggestion_box_since);
        "notice_board_since" "公示公告栏" "Notice board" left |row, _| or_blank(row.notice_board_since);
        "items_met" "达标项数" "Items met" right |row, _| row.items_met.to_string();
        "complete_since" "五有齐备" "Complete" left |row, _| or_blank(row.complete_since);
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Station>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        station_board::list(conn, &filter, page)
    }
}
