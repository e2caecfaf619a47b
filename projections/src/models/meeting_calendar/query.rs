use domain::{MeetingId, UnitCode};
use jiff::civil::Date;
use rusqlite::Connection;

use super::rows::{Correction, CountingList, Meeting, Photograph, Report, Status, Topic};
use crate::described;
use crate::engine::column::utc;
use crate::engine::query::{Direction, MAX_PAGE, Page, PageRequest, QueryError, Select, find};
use crate::engine::row::Row;

/// Which meetings a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only those that stand so.
    pub status: Option<Status>,
    /// Only those that begin on this day of the county or later.
    pub from: Option<Date>,
    /// Only those that begin on this day of the county or before.
    pub until: Option<Date>,
}

described! {
    /// 会议记录 a meeting with all that is known of it.
    pub struct Minutes as "MeetingMinutes" {
        /// 会议 the meeting
        #[serde(flatten)]
        pub meeting: Meeting,
        /// 议程 its topics, in order
        pub agenda: Vec<Topic>,
        /// 补录材料 photographs of the paper, where it was entered from paper
        pub photographs: Vec<Photograph>,
        /// 楼栋计票表 votes by building, those of one page at most
        pub lists: Vec<CountingList>,
        /// 落实通报 what it was told of earlier resolutions
        pub reported: Vec<Report>,
        /// 更正 what stands beside the minutes
        pub corrected: Vec<Correction>,
    }
}

/// Meetings, the latest to begin first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Meeting>, QueryError> {
    let from = filter.from.map(|day| utc(domain::start_of_day(day)));
    let until = filter.until.map(|day| utc(domain::end_of_day(day)));
    Select::<Meeting>::ordered(&["starts_at", "meeting"], Direction::Descending)
        .within("station", filter.within.as_ref())
        .filter("status", "=", filter.status.map(Status::as_str))?
        .filter("starts_at", ">=", from)?
        .filter("starts_at", "<", until)?
        .page(conn, page)
}

/// One meeting.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, meeting: MeetingId) -> Result<Option<Meeting>, QueryError> {
    find(conn, &meeting)
}

/// One meeting with its topics, reports and corrections.
///
/// # Errors
/// See [`QueryError`].
pub fn minutes(conn: &Connection, meeting: MeetingId) -> Result<Option<Minutes>, QueryError> {
    let Some(found) = get(conn, meeting)? else { return Ok(None) };
    Ok(Some(Minutes {
        meeting: found,
        agenda: all(conn, meeting, &["topic"])?,
        photographs: all(conn, meeting, &["n"])?,
        lists: all(conn, meeting, &["topic", "building"])?,
        reported: all(conn, meeting, &["resolution"])?,
        corrected: all(conn, meeting, &["topic", "n"])?,
    }))
}

/// What belongs to a meeting; there are at most 10 topics and 50 reports, so a page holds them. Of lists by building it holds
/// the first.
fn all<R: Row>(
    conn: &Connection,
    meeting: MeetingId,
    order: &'static [&'static str],
) -> Result<Vec<R>, QueryError> {
    let page = PageRequest { after: None, limit: MAX_PAGE };
    let found = Select::<R>::ordered(order, Direction::Ascending)
        .filter("meeting", "=", Some(meeting.to_string()))?
        .page(conn, &page)?;
    Ok(found.items)
}
