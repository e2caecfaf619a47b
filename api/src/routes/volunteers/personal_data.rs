use application::Caller;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::permission::Act;
use domain::{Actor, PersonId, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::answer::problem::Problem;
use crate::openapi::operation::{list, one, purposed, vaulted};
use crate::request::account::Account;
use crate::request::path::PathParam;
use crate::request::query::{Numbered, Params};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(purposed(vaulted(one(routes!(read_personal_data), Act::ReadPersonalData))))
        .routes(list(routes!(list_personal_data_reads), Act::ReadReadings))
}

/// What it is read for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Purpose {
    /// 查阅事由, recorded with the account; 1–200 bytes, without personal data. The chosen one where it is left out.
    #[param(min_length = 1, max_length = 200, example = "电话回访")]
    purpose: Option<String>,
}

impl Purpose {
    /// What was said here, without personal data; else what the account has chosen.
    pub(super) async fn of(
        &self,
        state: &AppState,
        actor: &Actor,
        act: Act,
    ) -> Result<String, Problem> {
        let said = self.purpose.as_deref().map(Text::<200>::new).transpose();
        let said = said.map_err(|bad| Problem::bad_value("purpose", &bad))?;
        Ok(state.app.purpose_of(actor, act, said.map(|said| said.to_string())).await?)
    }
}

/// 个人信息 of a volunteer, unsealed.
#[derive(Serialize, ToSchema)]
pub struct PersonalData {
    /// 姓名.
    name: String,
    /// 公民身份号码.
    identity_number: String,
    /// 联系电话.
    telephone: String,
    /// 居住区域.
    residence: String,
    /// 监护人.
    guardian: String,
}

impl PersonalData {
    pub fn of(found: &application::PersonalData) -> Self {
        Self {
            name: found.name.clone(),
            identity_number: found.identity_number.clone(),
            telephone: found.telephone.clone(),
            residence: found.residence.clone(),
            guardian: found.guardian.clone(),
        }
    }
}

/// 查阅个人信息。Reads who the volunteer is.
///
/// 先记录由谁、为何查阅。Who read it and what for is recorded first.
#[utoipa::path(get, path = "/volunteers/{volunteer}/personal-data", tag = "volunteers", params(Purpose),
    responses((status = 200, body = PersonalData)))]
async fn read_personal_data(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Params(purpose): Params<Purpose>,
) -> Result<Json<PersonalData>, Problem> {
    let purpose = purpose.of(&state, &actor, Act::ReadPersonalData).await?;
    let caller = Caller::new(actor, Uuid::now_v7());
    let found = state.app.read_personal_data(volunteer, purpose, &caller).await?;
    let found = found.ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_FOUND,
            "vault.no_section",
            "个人信息库中没有此人的登记信息。",
            "The vault holds no registration of this person.",
        )
    })?;
    Ok(Json(PersonalData::of(&found)))
}

/// One reading of a volunteer's personal data.
#[derive(Serialize, ToSchema)]
struct Reading {
    /// When.
    at: Timestamp,
    /// The account that read.
    account: String,
    /// 查阅目的.
    purpose: String,
    /// Which sealed section.
    section: String,
    /// How: `list`, or a search by `telephone`, `identity-number` or `name`, or `several` by their numbers; none for one person.
    means: Option<String>,
    /// How many people this reading showed.
    people: u32,
}

/// Who read, oldest first.
#[derive(Serialize, ToSchema)]
struct Readings {
    /// The readings.
    items: Vec<Reading>,
    /// For the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<u64>,
}

/// 个人信息查阅记录。Lists who read this volunteer's personal data, when and what for.
///
/// 本人可查本人的。A volunteer may ask it of their own.
#[utoipa::path(get, path = "/volunteers/{volunteer}/personal-data/reads", tag = "volunteers", params(Numbered),
    responses((status = 200, body = Readings)))]
async fn list_personal_data_reads(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Params(page): Params<Numbered>,
) -> Result<Json<Readings>, Problem> {
    let (after, limit) = (page.after(), page.limit()?);
    let found = state.queries.personal_data_reads(&actor, volunteer, after, limit).await?;
    let cursor = page.next(&found, |last| last.id);
    let items = found.into_iter().map(|read| Reading {
        at: read.at,
        account: read.actor,
        purpose: read.purpose,
        section: read.section,
        means: read.means,
        people: read.people,
    });
    Ok(Json(Readings { items: items.collect(), cursor }))
}
