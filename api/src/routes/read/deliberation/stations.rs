use application::queries::{BoardStation, Seats, Topic};
use axum::extract::State;
use axum::response::Response;
use domain::UnitCode;
use domain::permission::Act;
use domain::station::{Group, Item};
use jiff::civil::Date;
use projections::models::meeting_calendar;
use projections::models::station_board;
use projections::models::supervision_worklist::SupervisionChange;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{list, one};
use crate::request::account::Account;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type ChangePage = RowPage<SupervisionChange>;
type ElectedPage = RowPage<station_board::Elected>;
type ItemEvidencePage = RowPage<station_board::ItemEvidence>;
type MemberPage = RowPage<station_board::Member>;
type MonthPage = RowPage<meeting_calendar::CalendarMonth>;
type SeatsPage = RowPage<Seats>;
type StationPage = RowPage<BoardStation>;
type StationRow = Row<BoardStation>;
type TopicPage = RowPage<Topic>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_stations), Act::ReadDeliberation))
        .routes(one(routes!(read_station), Act::ReadDeliberation))
        .routes(list(routes!(list_station_groups), Act::ReadDeliberation))
        .routes(list(routes!(list_station_members), Act::ReadDeliberation))
        .routes(list(routes!(list_elections), Act::ReadDeliberation))
        .routes(list(routes!(list_supervision_changes), Act::ReadDeliberation))
        .routes(list(routes!(list_station_evidence), Act::ReadDeliberation))
        .routes(list(routes!(list_station_calendar), Act::ReadDeliberation))
        .routes(list(routes!(list_topics), Act::ReadDeliberation))
}

filter! {
    /// Which stations.
    Stations {
        /// Only of this unit and those below it; the account's own where it sees no more.
        within: UnitCode,
        /// 五有齐备: `true`: only those that have all five; `false`: only the others.
        complete: bool,
    }
}

/// 工作站名册。Lists stations, by code.
#[utoipa::path(get, path = "/stations", tag = "read", params(View, Stations),
    responses((status = 200, body = StationPage)))]
async fn list_stations(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Stations { within, complete } }: Viewed<Stations>,
) -> Result<Response, Problem> {
    let filter = station_board::Filter { within, complete };
    let found = state.queries.stations(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一个工作站。Reads one station, since when it has which of the five, and how many gaps its groups have.
#[utoipa::path(get, path = "/stations/{unit}", tag = "read", params(View),
    responses((status = 200, body = StationRow)))]
async fn read_station(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.station(&actor, unit, view.moment()).await?;
    state.shown(&view, found)
}

/// 小组组成。Lists of whom each group of a station is to consist by the rulebook, and how many in office do.
///
/// 在任人数为0即缺口。Nobody in office is a gap.
#[utoipa::path(get, path = "/stations/{unit}/groups", tag = "read", params(View),
    responses((status = 200, body = SeatsPage)))]
async fn list_station_groups(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.station_groups(&actor, unit, &view.list()).await?;
    state.listed(&view, found).await
}

/// 推选结果。Lists whom residents chose to supervise, by election.
#[utoipa::path(get, path = "/stations/{unit}/elections", tag = "read", params(View),
    responses((status = 200, body = ElectedPage)))]
async fn list_elections(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.station_elections(&actor, unit, &view.list()).await?;
    state.listed(&view, found).await
}

/// 监督人员变动。Lists who joined or left the supervision group while a resolution was executed, the latest first.
#[utoipa::path(get, path = "/stations/{unit}/supervision-changes", tag = "read", params(View),
    responses((status = 200, body = ChangePage)))]
async fn list_supervision_changes(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.supervision_changes(&actor, unit, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which members.
    Members {
        /// Only of this group, for example `council`.
        group: Group,
        /// Only those in office on this day (2022-03-04).
        on: Date,
    }
}

/// 工作站成员。Lists the members of a station, by number.
///
/// 姓名等个人信息只在个人信息库中。Who they are, only the vault knows.
#[utoipa::path(get, path = "/stations/{unit}/members", tag = "read", params(View, Members),
    responses((status = 200, body = MemberPage)))]
async fn list_station_members(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter: Members { group, on } }: Viewed<Members>,
) -> Result<Response, Problem> {
    let found = state.queries.station_members(&actor, unit, group, on, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which evidence.
    Evidence {
        /// Only for this one of the five, for example `notice_board`.
        item: Item,
    }
}

/// 工作站佐证。Lists what shows that a station has, or had, one of the five, or held an election.
#[utoipa::path(get, path = "/stations/{unit}/evidence", tag = "read", params(View, Evidence),
    responses((status = 200, body = ItemEvidencePage)))]
async fn list_station_evidence(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter: Evidence { item } }: Viewed<Evidence>,
) -> Result<Response, Problem> {
    let found = state.queries.station_evidence(&actor, unit, item, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which year.
    Year {
        /// The year; that of the view unless told.
        year: i16,
    }
}

/// 议事日历。Lists the months of a year up to now, those without a meeting too.
#[utoipa::path(get, path = "/stations/{unit}/calendar", tag = "read", params(View, Year),
    responses((status = 200, body = MonthPage)))]
async fn list_station_calendar(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter: Year { year } }: Viewed<Year>,
) -> Result<Response, Problem> {
    let found = state.queries.station_calendar(&actor, unit, year, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Whose list.
    OfStation {
        /// Also what this station added; without the estate's list where it has no estate.
        station: UnitCode,
    }
}

/// 议事清单。Lists what may be deliberated, by the rulebook and by the station's own additions.
#[utoipa::path(get, path = "/topics", tag = "read", params(View, OfStation),
    responses((status = 200, body = TopicPage)))]
async fn list_topics(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: OfStation { station } }: Viewed<OfStation>,
) -> Result<Response, Problem> {
    let found = state.queries.topics(&actor, station, &view.list()).await?;
    state.listed(&view, found).await
}
