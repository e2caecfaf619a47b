//! 活动一览.

use projections::models::activity_board::{self, Board, Filter};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown, clock};
use crate::moment::county;
use crate::table::{Column, columns, or_blank, yes};

/// The read model *activity board*.
pub struct ActivityBoard;

impl Shown for ActivityBoard {
    type Row = Board;
    const COLUMNS: &'static [Column<Board>] = columns! { Board:
        "activity" "活动编号" "Activity" left |row, _| row.activity.activity.to_string();
        "title" "活动名称" "Title" left |row, _| row.activity.title.clone();
        "kind" "服务类别" "Kind" left |row, lang| lang.word(row.activity.kind);
        "class" "分类" "Class" left |row, lang| lang.word(row.activity.class);
        "organiser" "组织单位" "Organiser" left |row, _| row.activity.organiser.to_string();
        "place" "地点" "Place" left |row, _| row.activity.place.clone();
        "starts_at" "开始" "Starts" left |row, _| county(row.activity.starts_at);
        "ends_at" "结束" "Ends" left |row, _| county(row.activity.ended_at.unwrap_or(row.activity.ends_at));
        "dangerous" "有危险" "Dangerous" left |row, lang| yes(row.activity.dangerous, lang);
        "capacity" "名额" "Capacity" right |row, _| or_blank(row.activity.capacity);
        "signed_up" "报名" "Signed up" right |row, _| row.activity.signed_up.to_string();
        "walk_ins" "现场报名" "Walk-ins" right |row, _| row.activity.walk_ins.to_string();
        "insured" "投保" "Insured" right |row, _| row.activity.insured.to_string();
        "state" "状态" "State" left |row, lang| lang.word(row.activity.state);
        "attested" "认定记录" "Attested" right |row, _| row.attested.to_string();
        "attested_time" "认定时长" "Attested time" right |row, _| clock(row.attested_minutes);
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Board>, QueryError> {
        let filter = Filter { organiser: asked.unit.clone(), ..Filter::default() };
        activity_board::list(conn, &filter, page)
    }
}
