//! 公示公告栏.

use projections::models::public_notice::{self, Filter, Notice};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::table::{Column, columns, or_blank};

/// The read model *public notice*: what everybody may read.
pub struct NoticeBoard;

impl Shown for NoticeBoard {
    type Row = Notice;
    const COLUMNS: &'static [Column<Notice>] = columns! { Notice:
        "number" "公示编号" "Number" left |row, _| row.number.clone();
        "notice" "标识" "Notice" left |row, _| row.notice.to_string();
        "subject" "事项" "Subject" left |row, lang| lang.word(row.subject);
        "volunteer" "志愿者" "Volunteer" left |row, _| or_blank(row.volunteer);
        "resolution" "决议" "Resolution" left |row, _| or_blank(row.resolution);
        "period" "期次" "Period" right |row, _| or_blank(row.period);
        "unit" "单位" "Unit" left |row, _| or_blank(row.unit.as_ref());
        "title" "标题" "Title" left |row, _| row.title.clone();
        "opens_on" "首日" "Opens" left |row, _| row.opens_on.to_string();
        "closes_on" "末日" "Closes" left |row, _| row.closes_on.to_string();
        "objections_open" "待答复异议" "Open objections" right |row, _| row.objections_open.to_string();
        "objections_answered" "已答复异议" "Answered" right |row, _| row.objections_answered.to_string();
        "objections_upheld" "成立异议" "Upheld" right |row, _| row.objections_upheld.to_string();
        "status" "状态" "Status" left |row, lang| lang.word(row.status);
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Notice>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        public_notice::board(conn, &filter, page)
    }
}
