//! 更正: what was entered wrongly of a volunteer, or has changed since.

use std::sync::Arc;

use application::{BadPersonal, Caller, Error, NoCorrection, PersonalCorrection};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::identity_number::{BadIdentityNumber, IdentityNumber};
use domain::permission::Act;
use domain::volunteer::{CategoriesChanged, Kind, PoliticalStatus, Recruitment, Rejection};
use domain::{PersonId, Text, county_date};
use jiff::civil::Date;
use projections::models::volunteer_archive::Correction;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::personal_data::{PersonalData, Purpose};
use crate::answer::command::Answer;
use crate::answer::problem::{Problem, failed};
use crate::answer::rows::RowPage;
use crate::openapi::operation::{command, list, one, purposed, vaulted};
use crate::request::account::Account;
use crate::request::bodies::Reason;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::filter::Unfiltered;
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::{Guardian, PersonName, PersonalText, Telephone};
use crate::request::query::{Params, View, Viewed};
use crate::state::AppState;

type CorrectionPage = RowPage<Correction>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(vaulted(command(
            routes!(correct_personal_data),
            Act::CorrectPersonalData,
            &[Rejection::CODES, BadPersonal::CODES],
        )))
        .routes(command(
            routes!(change_political_status),
            Act::ChangeDeclaration,
            &[Rejection::CODES],
        ))
        .routes(command(routes!(change_categories), Act::ChangeDeclaration, &[Rejection::CODES]))
        .routes(vaulted(command(
            routes!(request_identity_correction),
            Act::RequestIdentityCorrection,
            &[Rejection::CODES, BadIdentityNumber::CODES, NoCorrection::CODES],
        )))
        .routes(purposed(vaulted(one(
            routes!(read_identity_request),
            Act::DecideIdentityCorrection,
        ))))
        .routes(vaulted(command(
            routes!(approve_identity_correction),
            Act::DecideIdentityCorrection,
            &[Rejection::CODES],
        )))
        .routes(vaulted(command(
            routes!(refuse_identity_correction),
            Act::DecideIdentityCorrection,
            &[Rejection::CODES],
        )))
        .routes(list(routes!(list_corrections), Act::ReadVolunteers))
}

/// Does it to its end: a client that hangs up does not part what the vault holds from what the log says.
async fn whole<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Problem> {
    Ok(tokio::spawn(work).await.map_err(|error| failed(&error))??)
}

input! {
    /// 更正个人信息: whatever is left out stays. Has no `Debug` form: it is personal.
    struct PersonalDataCorrection {
        /// 姓名; the real-name comparison is made anew.
        #[serde(default)]
        name: Option<PersonName>,
        /// 联系电话.
        #[serde(default)]
        telephone: Option<Telephone>,
        /// 居住区域; empty: none.
        #[serde(default)]
        residence: Option<PersonalText>,
        /// 监护人, name and telephone; empty: none.
        #[serde(default)]
        guardian: Option<Guardian>,
        /// Why, at most 200 characters, without personal data.
        reason: Text<200> = "更换号码",
    }
}

/// 更正个人信息。Corrects name, telephone, residence or guardian of a volunteer.
///
/// 日志只记更正了哪一项；原信息密封保留30天后销毁。The log holds which of them, no more. What stood before is kept sealed for 30 days.
#[utoipa::path(post, path = "/volunteers/{volunteer}/personal-data/correction", tag = "volunteers",
    request_body = PersonalDataCorrection, responses((status = 200, body = Answer)))]
async fn correct_personal_data(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<PersonalDataCorrection>,
) -> Result<Answer, Problem> {
    let (app, CommandRequest { input, caller }) = (Arc::clone(&state.app), request);
    let correction = PersonalCorrection {
        name: input.name.map(|name| name.0),
        telephone: input.telephone.map(|telephone| telephone.0),
        residence: input.residence.map(|residence| residence.0),
        guardian: input.guardian.map(|guardian| guardian.0),
    };
    let done = whole(async move {
        app.correct_personal_data(volunteer, &correction, input.reason, &caller).await
    });
    Answer::of(&done.await?)
}

input! {
    /// 变更政治面貌.
    struct PoliticalStatusChange {
        /// 政治面貌 from then on.
        to: PoliticalStatus,
        /// The day from which it holds; none: today.
        #[serde(default)]
        since: Option<Date>,
        /// Why, at most 200 characters.
        reason: Text<200> = "支部大会通过",
    }
}

/// 变更政治面貌。Changes the political status from a day on.
///
/// 所在小分队的党员比例随之变化。The share of party members in the squad follows.
#[utoipa::path(post, path = "/volunteers/{volunteer}/political-status", tag = "volunteers",
    request_body = PoliticalStatusChange, responses((status = 200, body = Answer)))]
async fn change_political_status(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<PoliticalStatusChange>,
) -> Result<Answer, Problem> {
    let PoliticalStatusChange { to, since, reason } = request.input;
    let since = since.unwrap_or_else(|| county_date(state.app.clock.now()));
    let changed = state.app.change_political_status(volunteer, to, since, reason, &request.caller);
    Answer::of(&changed.await?)
}

input! {
    /// 变更类别.
    struct Categories {
        /// 类别 from now on.
        kind: Kind,
        /// 招募方式 from now on.
        recruitment: Recruitment,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 变更类别和招募方式。Changes kind and recruitment of the registration.
#[utoipa::path(post, path = "/volunteers/{volunteer}/categories", tag = "volunteers",
    request_body = Categories, responses((status = 200, body = Answer)))]
async fn change_categories(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Categories>,
) -> Result<Answer, Problem> {
    let Categories { kind, recruitment, reason } = request.input;
    let changed = CategoriesChanged { kind, recruitment, reason };
    Answer::of(&state.app.change_categories(volunteer, changed, &request.caller).await?)
}

input! {
    /// The right identity number. Has no `Debug` form: it is personal.
    struct IdentityCorrection {
        /// 公民身份号码 of 18 characters, as the card has it; with it the date of birth is corrected.
        identity_number: IdentityNumber,
        /// Why, at most 200 characters, without personal data.
        reason: Text<200> = "登记时抄错一位",
    }
}

/// 申请更正身份号码。Asks to correct a wrong identity number, and with it the date of birth.
///
/// 须由另一人核准，此前一切不变。Another person decides; until then nothing changes.
#[utoipa::path(post, path = "/volunteers/{volunteer}/identity-corrections", tag = "volunteers",
    request_body = IdentityCorrection, responses((status = 200, body = Answer)))]
async fn request_identity_correction(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<IdentityCorrection>,
) -> Result<Answer, Problem> {
    let (app, CommandRequest { input, caller }) = (Arc::clone(&state.app), request);
    let done = whole(async move {
        let IdentityCorrection { identity_number, reason } = input;
        app.request_identity_correction(volunteer, &identity_number, reason, &caller).await
    });
    Answer::of(&done.await?)
}

/// 查看待核准的更正。Reads what the registration would be once the request is approved.
///
/// 请对照证件核对；先记录由谁、为何查阅。Compare it with the card. Who read it and what for is recorded first.
#[utoipa::path(get, path = "/volunteers/{volunteer}/identity-corrections/{correction}", tag = "volunteers",
    params(Purpose), responses((status = 200, body = PersonalData)))]
async fn read_identity_request(
    State(state): State<AppState>,
    PathParams2(volunteer, correction): PathParams2<PersonId, u32>,
    Account(actor): Account,
    Params(purpose): Params<Purpose>,
) -> Result<Json<PersonalData>, Problem> {
    let purpose = purpose.of(&state, &actor, Act::DecideIdentityCorrection).await?;
    let caller = Caller::new(actor, Uuid::now_v7());
    let found = state.app.read_identity_request(volunteer, correction, purpose, &caller).await?;
    Ok(Json(PersonalData::of(&found)))
}

/// 核准更正身份号码。Approves a request to correct the identity number.
///
/// 核准人不得是申请人。Whoever asked may not approve.
#[utoipa::path(post, path = "/volunteers/{volunteer}/identity-corrections/{correction}/approval", tag = "volunteers",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_identity_correction(
    State(state): State<AppState>,
    PathParams2(volunteer, correction): PathParams2<PersonId, u32>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    let (app, caller) = (Arc::clone(&state.app), request.caller);
    let done =
        whole(async move { app.approve_identity_correction(volunteer, correction, &caller).await });
    Answer::of(&done.await?)
}

/// 不予更正身份号码。Refuses a request to correct the identity number.
///
/// 也可由申请人撤回。Whoever asked may take it back so.
#[utoipa::path(post, path = "/volunteers/{volunteer}/identity-corrections/{correction}/refusal", tag = "volunteers",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn refuse_identity_correction(
    State(state): State<AppState>,
    PathParams2(volunteer, correction): PathParams2<PersonId, u32>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let (app, CommandRequest { input, caller }) = (Arc::clone(&state.app), request);
    let done = whole(async move {
        app.refuse_identity_correction(volunteer, correction, input.reason, &caller).await
    });
    Answer::of(&done.await?)
}

/// 更正记录。Lists what was corrected of a volunteer, by whom and why, oldest first.
///
/// 本人也可查看。The volunteer sees it too.
#[utoipa::path(get, path = "/volunteers/{volunteer}/corrections", tag = "read", params(View),
    responses((status = 200, body = CorrectionPage)))]
async fn list_corrections(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.corrections(&actor, volunteer, &view.list()).await?;
    state.listed(&view, found).await
}
