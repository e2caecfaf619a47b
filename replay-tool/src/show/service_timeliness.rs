//! 服务记录及时性.

use projections::models::service_timeliness::{self, Filter, ServiceRecord};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown, clock};
use crate::moment::county;
use crate::table::{Column, columns, or_blank, yes};

/// The read model *service timeliness*.
pub struct ServiceTimeliness;

impl Shown for ServiceTimeliness {
    type Row = ServiceRecord;
    const COLUMNS: &'static [Column<ServiceRecord>] = columns! { ServiceRecord:
        "volunteer" "志愿者" "Volunteer" left |row, _| row.volunteer.to_string();
        "record" "记录号" "Record" right |row, _| row.record.to_string();
        "organiser" "组织单位" "Organiser" left |row, _| row.organiser.to_string();
        "kind" "服务类别" "Kind" left |row, lang| lang.word(row.kind);
        "started_at" "开始" "Started" left |row, _| county(row.started_at);
        "ended_at" "结束" "Ended" left |row, _| county(row.ended_at);
        "time" "时长" "Time" right |row, _| clock(i64::from(row.minutes.0));
        "walk_in" "现场报名" "Walk-in" left |row, lang| yes(row.walk_in, lang);
        "check_out_forgotten" "未签退" "No check-out" left |row, lang| yes(row.check_out_forgotten, lang);
        "due" "记录期限" "Due" left |row, _| row.due.to_string();
        "recorded_at" "记录时间" "Recorded" left |row, _| county(row.recorded_at);
        "late" "逾期" "Late" left |row, lang| yes(row.late, lang);
        "backfill" "补录" "Backfill" left |row, lang| yes(row.backfill, lang);
        "state" "状态" "State" left |row, lang| lang.word(row.state);
        "disputed" "异议" "Disputed" left |row, lang| yes(row.disputed, lang);
        "attested_at" "认定时间" "Attested" left |row, _| or_blank(row.attested_at.map(county));
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<ServiceRecord>, QueryError> {
        let filter = Filter { organiser: asked.unit.clone(), ..Filter::default() };
        service_timeliness::records(conn, &filter, page)
    }
}
