//! 议事日历.

use domain::{Month, UnitCode, county_date};
use jiff::civil::Date;
use projections::models::meeting_calendar::{self, CalendarMonth, Filter, Status};
use projections::models::station_board;
use projections::{MAX_PAGE, Page, PageRequest, QueryError, described};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::table::{Column, columns, yes};

/// The read model *meeting calendar*: each station's months of a year, those without a meeting too.
pub struct MeetingCalendar;

described! {
    /// 议事日历: a month of a station.
    pub struct Row as "StationMonth" {
        /// 村社区 station's village
        pub station: UnitCode,
        /// 月份 the month
        #[serde(flatten)]
        pub month: CalendarMonth,
        /// 议事日 days of the meetings that begin in it and have sealed minutes
        pub held_on: Vec<Date>,
    }
}

impl Shown for MeetingCalendar {
    type Row = Row;
    const COLUMNS: &'static [Column<Row>] = columns! { Row:
        "station" "工作站" "Station" left |row, _| row.station.to_string();
        "month" "月份" "Month" left |row, _| row.month.month.to_string();
        "state" "状态" "State" left |row, lang| lang.word(row.month.state);
        "meetings" "议事次数" "Meetings" right |row, _| row.month.meetings.to_string();
        "held_on" "议事日" "Held on" left |row, _| row.held_on.iter().map(Date::to_string).collect::<Vec<_>>().join(" ");
        "missed" "记为未议事" "Missed" left |row, lang| yes(row.month.missed, lang);
        "late" "事后补报" "Reported late" left |row, lang| yes(row.month.late, lang);
    };

    fn page(conn: &Connection, asked: &Asked, page: &PageRequest) -> Result<Page<Row>, QueryError> {
        let filter = station_board::Filter { within: asked.unit.clone(), complete: None };
        let stations = station_board::list(conn, &filter, page)?;
        let view = asked.month.unwrap_or_else(|| Month::of(county_date(asked.at)));
        let mut items = Vec::new();
        for board in stations.items {
            let year = view.first_day().year();
            for month in meeting_calendar::calendar(conn, &board.station, year, view)? {
                items.push(row(conn, board.station.clone(), month)?);
            }
        }
        Ok(Page { items, next: stations.next })
    }
}

fn row(conn: &Connection, station: UnitCode, month: CalendarMonth) -> Result<Row, QueryError> {
    let filter = Filter {
        within: Some(station.clone()),
        status: Some(Status::Sealed),
        from: Some(month.month.first_day()),
        until: Some(month.month.last_day()),
    };
    let page = PageRequest { after: None, limit: MAX_PAGE };
    let meetings = meeting_calendar::list(conn, &filter, &page)?.items.into_iter();
    let own = meetings.filter(|meeting| meeting.station == station);
    let mut held_on: Vec<Date> = own.filter_map(|meeting| meeting.held_on).collect();
    held_on.sort_unstable();
    Ok(Row { station, month, held_on })
}
