use std::sync::Arc;

use application::BadPersonal;
use axum::extract::State;
use domain::identity_number::BadIdentityNumber;
use domain::identity_number::IdentityNumber;
use domain::permission::Act;
use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::{Text, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{command, vaulted};
use crate::request::bodies::ConsentInput;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::personal::{Guardian, PersonName, PersonalText, Telephone};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(vaulted(command(
        routes!(register_volunteer),
        Act::RegisterVolunteer,
        &[domain::volunteer::Rejection::CODES, BadPersonal::CODES, BadIdentityNumber::CODES],
    )))
}

input! {
    /// A person to register, as a row of the roster. Has no `Debug` form: it is personal.
    struct NewVolunteer {
        /// 姓名; to the vault.
        name: PersonName,
        /// 公民身份号码 of 18 characters; to the vault. One person is one person however it was typed.
        identity_number: IdentityNumber,
        /// 联系电话; to the vault.
        telephone: Telephone,
        /// 居住区域; to the vault.
        #[serde(default)]
        residence: PersonalText,
        /// 监护人, name and telephone; a must for minors; to the vault.
        #[serde(default)]
        guardian: Guardian,
        /// 单位代码.
        unit: UnitCode = "330225-sfj",
        /// 类别.
        kind: Kind,
        /// 招募方式.
        recruitment: Recruitment,
        /// 政治面貌.
        political_status: PoliticalStatus,
        /// 技能, at most 20 of at most 40 characters each.
        #[serde(default)]
        skills: Vec<Text<40>>,
        /// 本人同意; nobody is registered without it.
        #[serde(default)]
        consent: Option<ConsentInput>,
    }
}

impl From<NewVolunteer> for application::NewVolunteer {
    fn from(new: NewVolunteer) -> Self {
        Self {
            personal: application::PersonalData {
                name: new.name.0,
                identity_number: new.identity_number.expose().to_owned(),
                telephone: new.telephone.0,
                residence: new.residence.0,
                guardian: new.guardian.0,
            },
            unit: new.unit,
            kind: new.kind,
            recruitment: new.recruitment,
            political_status: new.political_status,
            skills: new.skills,
            consent: new.consent.map(Into::into),
        }
    }
}

/// 注册志愿者。Registers a volunteer.
///
/// 身份信息进个人信息库，日志只得随机编号。Who it is goes to the vault; the log gets a random number.
#[utoipa::path(post, path = "/volunteers", tag = "volunteers", request_body = NewVolunteer,
    responses((status = 201, body = Answer)))]
async fn register_volunteer(
    State(state): State<AppState>,
    request: CommandRequest<NewVolunteer>,
) -> Result<Answer, Problem> {
    let (app, CommandRequest { input, caller }) = (Arc::clone(&state.app), request);
    // A client that hangs up does not part what the vault holds from what the log says.
    let registering =
        tokio::spawn(async move { app.register_volunteer(input.into(), &caller).await });
    let registered = registering.await.map_err(|error| failed(&error))??;
    let place = format!("/api/v1/volunteers/{}", registered.volunteer);
    Ok(Answer::of(&registered.done)?.made(place))
}
