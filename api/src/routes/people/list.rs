use application::queries::Fields;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use domain::permission::Act;
use domain::{Actor, Text, UnitCode, county_date};
use jiff::tz::Offset;
use papers::roster;
use projections::Page;
use projections::models::volunteer_archive::{PeopleFilter, Status};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shown::{Person, table};
use crate::answer::problem::{Problem, failed};
use crate::answer::tables::disposition;
use crate::openapi::operation::{also, list, one, purposed, vaulted};
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::form::Format;
use crate::request::query::{View, Viewed, encode_cursor};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    let too_many = (
        StatusCode::TOO_MANY_REQUESTS,
        "search.too_many",
        "Too many searches at once or in an hour.",
    );
    let act = Act::SearchPeople;
    OpenApiRouter::new()
        .routes(also(vaulted(purposed(list(routes!(list_people), act))), &[too_many]))
        .routes(also(vaulted(purposed(one(routes!(print_roster), act))), &[too_many]))
}

filter! {
    /// Whose names.
    People {
        /// 单位代码; the account's own unit where it sees no more, else the whole county.
        unit: UnitCode,
        /// Whether people of the units below it are listed too; true unless told.
        below: bool,
        /// Only with this status; without it those who serve or are suspended.
        status: Status,
        /// How much: `names`, `contacts` (with telephones) or `register` (the columns of the roster); names unless told.
        fields: Fields,
        /// 查阅事由 of this reading; the chosen one where it is left out.
        purpose: Text<200>,
    }
}

/// A page of people.
#[derive(Serialize, ToSchema)]
struct PeoplePage {
    /// They, by unit and number.
    items: Vec<Person>,
    /// For the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// 人员名单。Lists a unit's people with their names.
///
/// 每页(CSV、XLSX则整份)记为一次查阅，所示的每个人都能查到。Each page, or the whole of a CSV or XLSX, is one reading, which everybody
/// whom it shows finds among the readings of their data.
#[utoipa::path(get, path = "/people", tag = "people", params(View, People),
    responses((status = 200, body = PeoplePage)))]
async fn list_people(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<People>,
) -> Result<Response, Problem> {
    let fields = filter.fields.unwrap_or(Fields::Names);
    let (people, cursor, _) = read(&state, &actor, &view, filter, fields).await?;
    let cursor = cursor.as_deref().map(encode_cursor);
    match view.format {
        Format::Json => Ok(Json(PeoplePage { items: people, cursor }).into_response()),
        Format::Table(form) => {
            let at = state.app.clock.now();
            let table = table(fields, at, view.lang);
            let cut_at = cursor.is_some().then_some(people.len());
            let file = disposition(&table, "people", form, cut_at);
            let write = move || table.file_of(form, &people);
            let written = state.aside.run(write).await.map_err(|error| failed(&error))?;
            let mut response = written.map_err(|error| failed(&error))?.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
            headers.insert(header::CONTENT_DISPOSITION, file);
            Ok(response)
        }
    }
}

/// 打印花名册。Returns a unit's people as a roster to print on A4.
///
/// 载明单位、范围、日期、查阅事由、打印账号和页码；整份记为一次查阅。It names unit, whom it lists, day, purpose, account and pages; the whole is one reading.
#[utoipa::path(get, path = "/people/roster", tag = "people", params(View, People),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_roster(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<People>,
) -> Result<Response, Problem> {
    let fields = filter.fields.unwrap_or(Fields::Names);
    let known = state.app.reference_data();
    let unit = filter.unit.clone().or_else(|| actor.unit.clone());
    let unit = unit.map(|unit| {
        known.units.get(&unit).map_or_else(|| unit.to_string(), |node| node.name.to_string())
    });
    let (below, status) = (filter.below.unwrap_or(true), filter.status);
    // All of it, whatever page is asked for: a roster with a part missing is none.
    let whole =
        View { limit: None, cursor: None, format: Format::Table(papers::table::Form::Csv), ..view };
    let (people, cursor, purpose) = read(&state, &actor, &whole, filter, fields).await?;
    let roster = roster::Roster {
        unit: unit.unwrap_or_else(|| "全县".to_owned()),
        below,
        status: status.map_or("在册", Status::zh).to_owned(),
        as_of: whole.as_of.map(|at| Offset::constant(8).to_datetime(at).to_string()),
        printed_on: county_date(state.app.clock.now()),
        purpose,
        account: actor.id.to_string(),
        whole: cursor.is_none(),
        rows: people.into_iter().map(Person::printed).collect(),
    };
    let page = state.aside.run(move || roster::page(&roster)).await;
    let page = page.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, roster::POLICY.clone()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Html(page)).into_response())
}

/// The people, where the next page begins, and what they were read for.
async fn read(
    state: &AppState,
    actor: &Actor,
    view: &View,
    filter: People,
    fields: Fields,
) -> Result<(Vec<Person>, Option<String>, String), Problem> {
    let _share = state.search_share(actor)?;
    let People { unit, below, status, purpose, fields: _ } = filter;
    let wanted = PeopleFilter { unit, below: below.unwrap_or(true), status };
    let purpose = purpose.map(|purpose| purpose.to_string());
    let (found, purpose) = state.queries.people(actor, wanted, &view.list(), purpose).await?;
    let known = state.app.reference_data();
    let Page { items, next } =
        found.map(|(file, personal)| Person::listed(file, personal.as_ref(), fields, &known.units));
    Ok((items, next, purpose))
}
