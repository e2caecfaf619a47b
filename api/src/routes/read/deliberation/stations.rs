use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::rulebook::Deliberation;
use domain::station::{Group, Item, List};
use domain::{Month, TopicCode, UnitCode, county_date};
use jiff::civil::Date;
use projections::models::{meeting_calendar, station_board};
use projections::{MAX_PAGE, Page, PageRequest, QueryError};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{ItemEvidencePage, MemberPage, MonthPage, StationPage, StationRow, TopicPage};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(members))
        .routes(routes!(evidence))
        .routes(routes!(calendar))
        .routes(routes!(topics))
}

/// Which stations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    within: Option<String>,
    /// 五有齐备: `true`: only those that have all five; `false`: only the others.
    complete: Option<String>,
}

/// 工作站名册, by code.
#[utoipa::path(get, path = "/stations", tag = "read", params(View, Filter),
    responses((status = 200, body = StationPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = station_board::Filter {
        within: scope::unit(
            &state,
            &actor,
            Act::ReadDeliberation,
            "within",
            filter.within.as_ref(),
        )?,
        complete: scope::flag("complete", filter.complete.as_ref())?,
    };
    state
        .reads
        .list(&view, move |connection, page| station_board::list(connection, &wanted, page))
        .await
}

/// 一个工作站: since when it has which of the five.
#[utoipa::path(get, path = "/stations/{unit}", tag = "read", params(View),
    responses((status = 200, body = StationRow)))]
async fn one(
    State(state): State<AppState>,
    At(unit): At<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadDeliberation, Some(&unit), None)?;
    state.reads.one(&view, move |connection| station_board::get(connection, &unit)).await
}

/// Which members.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Members {
    /// Only of this group, for example `council`.
    group: Option<String>,
    /// Only those in office on this day (2022-03-04).
    on: Option<String>,
}

/// 工作站成员, by number; who they are, only the vault knows.
#[utoipa::path(get, path = "/stations/{unit}/members", tag = "read", params(View, Members),
    responses((status = 200, body = MemberPage)))]
async fn members(
    State(state): State<AppState>,
    At(unit): At<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Members>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadDeliberation, Some(&unit), None)?;
    let group = scope::word("group", filter.group.as_ref(), Group::ALL, Group::as_str)?;
    let on: Option<Date> = scope::parsed("on", filter.on.as_ref(), "2022-03-04")?;
    let query = move |connection: &Connection, page: &PageRequest| {
        station_board::members(connection, &unit, group, on, page)
    };
    state.reads.list(&view, query).await
}

/// Which evidence.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Shown {
    /// Only for this one of the five, for example `notice_board`.
    item: Option<String>,
}

/// 五有佐证: what shows that the station has, or had, one of the five.
#[utoipa::path(get, path = "/stations/{unit}/evidence", tag = "read", params(View, Shown),
    responses((status = 200, body = ItemEvidencePage)))]
async fn evidence(
    State(state): State<AppState>,
    At(unit): At<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Shown>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadDeliberation, Some(&unit), None)?;
    let item = scope::word("item", filter.item.as_ref(), Item::ALL, Item::as_str)?;
    let query = move |connection: &Connection, page: &PageRequest| {
        station_board::evidence(connection, &unit, item, page)
    };
    state.reads.list(&view, query).await
}

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Year {
    /// The year; that of the view unless told.
    year: Option<String>,
}

/// 议事日历: the months of a year up to now, those without a meeting too.
#[utoipa::path(get, path = "/stations/{unit}/calendar", tag = "read", params(View, Year),
    responses((status = 200, body = MonthPage)))]
async fn calendar(
    State(state): State<AppState>,
    At(unit): At<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Year>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadDeliberation, Some(&unit), None)?;
    let today = county_date(view.as_of.unwrap_or_else(|| state.app.clock.now()));
    let year = scope::parsed("year", filter.year.as_ref(), "2022")?.unwrap_or(today.year());
    let query = move |connection: &Connection, _: &PageRequest| {
        let items = meeting_calendar::calendar(connection, &unit, year, Month::of(today))?;
        Ok(Page { items, next: None })
    };
    state.reads.list(&view, query).await
}

/// Whose list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfStation {
    /// Also what this station added; without the estate's list where it has no estate.
    station: Option<String>,
}

/// An item of the list.
#[derive(Serialize)]
struct Listed {
    topic: TopicCode,
    list: List,
    title: String,
    own: bool,
}

/// 议事清单: what may be deliberated, by the rulebook and by the station's own additions.
#[utoipa::path(get, path = "/topics", tag = "read", params(View, OfStation),
    responses((status = 200, body = TopicPage)))]
async fn topics(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<OfStation>,
) -> Result<Response, Problem> {
    let station = scope::station(&state, &actor, filter.station.as_ref())?;
    let today = county_date(view.as_of.unwrap_or_else(|| state.app.clock.now()));
    let known = state.app.ground();
    let rules = known.rulebook.in_force(today).rules.deliberation().clone();
    let query = move |connection: &Connection, _: &PageRequest| {
        let items = listed(connection, &rules, station.as_ref())?;
        Ok(Page { items, next: None })
    };
    state.reads.list(&view, query).await
}

fn listed(
    connection: &Connection,
    rules: &Deliberation,
    station: Option<&UnitCode>,
) -> Result<Vec<Listed>, QueryError> {
    let found = station.map(|station| station_board::get(connection, station)).transpose()?;
    let estate = found.flatten().is_none_or(|station| station.estate);
    let shipped = rules.topics.value.iter().filter(|topic| estate || topic.list == List::General);
    let mut listed: Vec<_> = shipped
        .map(|topic| Listed {
            topic: topic.code.clone(),
            list: topic.list,
            title: topic.title.to_string(),
            own: false,
        })
        .collect();
    if let Some(station) = station {
        let page = PageRequest { after: None, limit: MAX_PAGE };
        let own = station_board::topics(connection, station, &page)?.items.into_iter();
        listed.extend(own.map(|topic| Listed {
            topic: topic.topic,
            list: topic.list,
            title: topic.title,
            own: true,
        }));
    }
    Ok(listed)
}
