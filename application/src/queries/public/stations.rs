use domain::{Actor, Month, UnitCode};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use projections::models::meeting_calendar::{self, CalendarMonth, Status as MeetingStatus};
use projections::models::public_notice::{self, Notice, Status};
use projections::models::station_board::{self, Station};
use projections::{MAX_PAGE, PageRequest, QueryError, described};

use crate::Error;
use crate::queries::{Moment, Queries, Seen, Versioned};

described! {
    /// 公示公告栏 a station as everybody may see it: what hangs on its wall.
    pub struct Board {
        /// 五有 since when it has which of the five
        pub station: Station,
        /// 议事日历 the months of the year up to now, those without a meeting too
        pub months: Vec<CalendarMonth>,
        /// 议事会 meetings of the year, the latest first
        pub meetings: Vec<Held>,
        /// 公示 notices that are open to objections now, or posted
        pub notices: Vec<Notice>,
    }
}

described! {
    /// 议事会 a meeting on the board.
    pub struct Held {
        /// 开始时间 when it begins, or began (UTC)
        pub starts_at: Timestamp,
        /// 地点 place
        #[example = "村委会会议室"]
        pub place: String,
        /// 议题数 topics on the agenda
        pub topics: u32,
        /// 议事日 day on which it was held; none as long as its minutes are not sealed
        pub held_on: Option<Date>,
        /// 是否补录 whether it was entered later, from paper
        pub backfilled: bool,
        /// 状态 status
        pub status: MeetingStatus,
    }
}

impl Queries {
    /// 公示公告栏 of a village: its station, the meetings of the year, the open notices; for everybody.
    ///
    /// # Errors
    /// [`Error::AccountForPast`]; see [`Error`].
    pub async fn public_station(
        &self,
        asker: Option<&Actor>,
        unit: UnitCode,
        moment: Moment,
    ) -> Result<Option<Versioned<Board>>, Error> {
        Self::known_for_past(asker, moment)?;
        let found = self.reader.ask(moment, move |seen| board(seen, &unit)).await?;
        // It is made of many streams, so it has no version.
        Ok(found.map(|row| Versioned { row, version: None }))
    }
}

fn board(seen: &Seen<'_>, unit: &UnitCode) -> Result<Option<Board>, QueryError> {
    let (rows, today) = (seen.rows, seen.today());
    let Some(station) = station_board::get(rows, unit)? else { return Ok(None) };
    let page = PageRequest { after: None, limit: MAX_PAGE };
    let of_the_year = meeting_calendar::Filter {
        within: Some(unit.clone()),
        from: Some(date(today.year(), 1, 1)),
        until: Some(date(today.year(), 12, 31)),
        ..meeting_calendar::Filter::default()
    };
    let meetings = meeting_calendar::list(rows, &of_the_year, &page)?;
    // What was copied from paper hangs on no wall before it is approved.
    let stands = |meeting: &meeting_calendar::Meeting| {
        !meeting.backfilled || meeting.status == MeetingStatus::Sealed
    };
    let mut notices = Vec::new();
    for status in [Status::Open, Status::Posted] {
        let within = Some(unit.clone());
        let wanted = public_notice::Filter { within, status: Some(status), ..Default::default() };
        notices.extend(public_notice::board(rows, &wanted, &page)?.items);
    }
    Ok(Some(Board {
        station,
        months: meeting_calendar::calendar(rows, unit, today.year(), Month::of(today))?,
        meetings: meetings.items.into_iter().filter(stands).map(Held::of).collect(),
        notices,
    }))
}

impl Held {
    fn of(meeting: meeting_calendar::Meeting) -> Self {
        Self {
            starts_at: meeting.starts_at,
            place: meeting.place,
            topics: meeting.topics,
            held_on: meeting.held_on,
            backfilled: meeting.backfilled,
            status: meeting.status,
        }
    }
}
