//! 公示公告栏 of a village: what hangs on its wall.

use application::queries::Seen;
use axum::extract::State;
use axum::response::Response;
use domain::{Month, UnitCode};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use projections::models::meeting_calendar::{self, CalendarMonth};
use projections::models::public_notice::{self, Notice, Status};
use projections::models::station_board::{self, Station};
use projections::{MAX_PAGE, PageRequest, QueryError};
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::openapi::operation::public;
use crate::request::account::AnyAccount;
use crate::request::filter::Unfiltered;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(public(routes!(read_public_station)))
}

/// A station as everybody may see it.
#[derive(Serialize, ToSchema)]
struct Board {
    /// 五有: since when it has which of the five.
    #[schema(value_type = Object)]
    station: Station,
    /// 议事日历: the months of the year up to now, those without a meeting too.
    #[schema(value_type = Vec<Object>)]
    months: Vec<CalendarMonth>,
    /// 议事会 of the year, the latest first.
    meetings: Vec<Held>,
    /// 公示: what is open to objections now, or posted.
    #[schema(value_type = Vec<Object>)]
    notices: Vec<Notice>,
}

/// A meeting on the board.
#[derive(Serialize, ToSchema)]
struct Held {
    /// When it begins, or began.
    starts_at: Timestamp,
    /// 地点.
    place: String,
    /// 议题数.
    topics: u32,
    /// The day on which it was held; none as long as its minutes are not sealed.
    held_on: Option<Date>,
    /// `convened`, `sealed` or `cancelled`.
    status: &'static str,
}

/// 公示公告栏。Reads the board of a village: its station, the meetings of the year, the open notices.
///
/// 查询过去某一时间需要令牌。`as_of` needs a token.
#[utoipa::path(get, path = "/public/stations/{unit}", tag = "public", security(()), params(View),
    responses((status = 200, body = Board)))]
async fn read_public_station(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let query = move |seen: &Seen<'_>| board(seen.rows, &unit, seen.today());
    let found = state.queries.public(asker.as_ref(), view.moment(), query).await?;
    state.shown(&view, found)
}

fn board(
    connection: &Connection,
    unit: &UnitCode,
    today: Date,
) -> Result<Option<Board>, QueryError> {
    let Some(station) = station_board::get(connection, unit)? else { return Ok(None) };
    let page = PageRequest { after: None, limit: MAX_PAGE };
    let of_the_year = meeting_calendar::Filter {
        within: Some(unit.clone()),
        from: Some(date(today.year(), 1, 1)),
        until: Some(date(today.year(), 12, 31)),
        ..meeting_calendar::Filter::default()
    };
    let meetings = meeting_calendar::list(connection, &of_the_year, &page)?;
    let mut notices = Vec::new();
    for status in [Status::Open, Status::Posted] {
        let within = Some(unit.clone());
        let wanted = public_notice::Filter { within, status: Some(status), ..Default::default() };
        notices.extend(public_notice::board(connection, &wanted, &page)?.items);
    }
    Ok(Some(Board {
        station,
        months: meeting_calendar::calendar(connection, unit, today.year(), Month::of(today))?,
        meetings: meetings.items.into_iter().map(Held::of).collect(),
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
            status: meeting.status.as_str(),
        }
    }
}
