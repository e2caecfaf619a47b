//! 进度和通报: how far the units are, and what was published of it.

use std::borrow::Cow;

use application::queries::Extent;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use domain::bulletin::{Correction, Ordered, Rejection};
use domain::permission::Act;
use domain::unit::Kind;
use domain::{BulletinId, Text, UnitCode};
use jiff::Timestamp;
use jiff::tz::Offset;
use papers::bulletin::{self as paper, Table, Unit};
use projections::models::bulletin_board::{Bulletin, BulletinUnit};
use projections::models::progress::{Filter, UnitProgress};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::listing::absent;
use crate::answer::problem::{Problem, failed};
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{command, list, one};
use crate::request::account::Account;
use crate::request::command_request::CommandRequest;
use crate::request::filter::{Unfiltered, filter};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type ProgressPage = RowPage<UnitProgress>;
type BulletinPage = RowPage<Bulletin>;
type BulletinRow = Row<Bulletin>;
type BulletinUnitPage = RowPage<BulletinUnit>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_progress), Act::ReadUnits))
        .routes(command(routes!(publish_bulletin), Act::PublishBulletin, &[Rejection::CODES]))
        .routes(list(routes!(list_bulletins), Act::ReadBulletins))
        .routes(one(routes!(read_bulletin), Act::ReadBulletins))
        .routes(list(routes!(list_bulletin_units), Act::ReadBulletins))
        .routes(one(routes!(print_bulletin), Act::ReadBulletins))
}

filter! {
    /// Which units.
    Units {
        /// Only this unit and those below it; the account's own where it sees no more.
        within: UnitCode,
        /// Only this 类别, for example `town`.
        kind: Kind,
    }
}

/// 进度。Lists how far every unit has come: members, registered and compared people, what is open and what is late.
#[utoipa::path(get, path = "/progress", tag = "read", params(View, Units),
    responses((status = 200, body = ProgressPage)))]
async fn list_progress(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Units { within, kind } }: Viewed<Units>,
) -> Result<Response, Problem> {
    let found = state
        .queries
        .progress(&actor, Filter { within, kind, campaign: None }, &view.list())
        .await?;
    state.listed(&view, found).await
}

input! {
    /// 更正: which bulletin this one takes the place of.
    struct CorrectionInput {
        /// 通报编号 of the earlier one.
        bulletin: BulletinId,
        /// What was wrong with it, at most 200 characters.
        reason: Text<200> = "一个单位漏列",
    }
}

input! {
    /// A bulletin to publish. Its table follows from the log and is not given.
    struct NewBulletin {
        /// 标题, at most 80 characters.
        title: Text<80> = "关于志愿者队伍组建进度的通报",
        /// 文号, at most 40 characters.
        #[serde(default)]
        number: Option<Text<40>>,
        /// 说明 above the table, at most 1000 characters; people stand in it by number, never by name.
        #[serde(default)]
        note: Option<Text<1000>>,
        /// 截至: the moment that it tells of; that of publishing unless told.
        #[serde(default)]
        as_of: Option<Timestamp>,
        /// 更正 of an earlier bulletin.
        #[serde(default)]
        corrects: Option<CorrectionInput>,
    }
}

/// 通报发布。Publishes the ranking of the units, with gaps, late and open items, as of a moment.
///
/// 发布后不再改动；更正须另发通报。It never changes; a later one that names it corrects it.
#[utoipa::path(post, path = "/bulletins", tag = "bulletins", request_body = NewBulletin,
    responses((status = 201, body = Answer)))]
async fn publish_bulletin(
    State(state): State<AppState>,
    request: CommandRequest<NewBulletin>,
) -> Result<Answer, Problem> {
    let NewBulletin { title, number, note, as_of, corrects } = request.input;
    let corrects =
        corrects.map(|CorrectionInput { bulletin, reason }| Correction { bulletin, reason });
    let ordered = Ordered { number, title, note, as_of, corrects };
    let published = state.app.publish_bulletin(&state.queries, ordered, &request.caller).await;
    let (bulletin, done) = published?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/bulletins/{bulletin}")))
}

/// 通报一览。Lists what was published, the latest first.
#[utoipa::path(get, path = "/bulletins", tag = "bulletins", params(View),
    responses((status = 200, body = BulletinPage)))]
async fn list_bulletins(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.bulletins(&actor, &view.list()).await?;
    state.listed(&view, found).await
}

/// 一份通报。Reads a bulletin without its table.
#[utoipa::path(get, path = "/bulletins/{bulletin}", tag = "bulletins", params(View),
    responses((status = 200, body = BulletinRow)))]
async fn read_bulletin(
    State(state): State<AppState>,
    PathParam(bulletin): PathParam<BulletinId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.bulletin(&actor, bulletin, view.moment()).await?;
    state.shown(&view, found)
}

/// 通报的列表。Lists the units of a bulletin, in its order, with what it tells of each.
#[utoipa::path(get, path = "/bulletins/{bulletin}/units", tag = "bulletins", params(View),
    responses((status = 200, body = BulletinUnitPage)))]
async fn list_bulletin_units(
    State(state): State<AppState>,
    PathParam(bulletin): PathParam<BulletinId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.bulletin_units(&actor, bulletin, &view.list()).await?;
    state.listed(&view, found).await
}

/// 通报页。Returns a bulletin as a page to print, in Chinese.
#[utoipa::path(get, path = "/bulletins/{bulletin}/page", tag = "bulletins", params(View),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_bulletin(
    State(state): State<AppState>,
    PathParam(bulletin): PathParam<BulletinId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.bulletin(&actor, bulletin, view.moment()).await?;
    let told = found.ok_or_else(absent)?.row;
    let all = application::queries::View { cursor: None, extent: Extent::All, ..view.list() };
    let units = state.queries.bulletin_units(&actor, bulletin, &all).await?.items;
    let page = state.aside.run(move || paper::page(&printed(told, units))).await;
    let page = page.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, Cow::Borrowed(paper::POLICY.as_str())),
        (header::CACHE_CONTROL, "no-cache".into()),
    ];
    Ok((headers.map(|(name, value)| (name, value.into_owned())), Html(page)).into_response())
}

fn printed(told: Bulletin, units: Vec<BulletinUnit>) -> paper::Bulletin {
    let mut tables: Vec<(Kind, Table)> = Vec::new();
    for unit in units {
        let kind = unit.kind;
        match tables.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, table)) => table.units.push(row(unit)),
            None => {
                let table = Table { kind: kind.zh().to_owned(), units: vec![row(unit)] };
                tables.push((kind, table));
            }
        }
    }
    let corrects = told.corrects.map(|earlier| earlier.to_string());
    paper::Bulletin {
        id: told.bulletin.to_string(),
        number: told.number,
        title: told.title,
        note: told.note,
        as_of: told.as_of.map(in_county).unwrap_or_default(),
        published_at: told.published_at.map(in_county).unwrap_or_default(),
        corrects: corrects.zip(told.correction_reason),
        corrected_by: told.corrected_by.map(|later| later.to_string()),
        tables: tables.into_iter().map(|(_, table)| table).collect(),
    }
}

fn row(unit: BulletinUnit) -> Unit {
    Unit {
        rank: unit.rank,
        name: unit.name,
        required: unit.required,
        members: unit.members,
        gap: unit.gap,
        completion: unit.completion,
        registered: unit.registered,
        matched: unit.matched,
        refused: unit.refused,
        pending: unit.pending,
        open: unit.open,
        late: unit.late.0,
    }
}

/// A moment in the county, to the second.
fn in_county(at: Timestamp) -> String {
    Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
