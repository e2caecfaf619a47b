use axum::extract::State;
use domain::identity_number::IdentityNumber;
use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::schema::{self, ConsentInput};
use crate::request::command_request::{CommandRequest, take};
use crate::request::personal;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(register))
}

/// A person to register, as a row of the roster. Has no `Debug` form: it is personal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewVolunteer {
    /// 姓名; to the vault.
    name: String,
    /// 公民身份号码 of 18 characters; to the vault.
    identity_number: String,
    /// 联系电话; to the vault.
    telephone: String,
    /// 居住区域; to the vault.
    #[serde(default)]
    residence: String,
    /// 监护人, name and telephone; a must for minors; to the vault.
    #[serde(default)]
    guardian: String,
    /// 单位代码.
    #[schema(example = "330225-sfj")]
    unit: String,
    /// 类别.
    #[schema(schema_with = schema::volunteer_kind)]
    kind: Kind,
    /// 招募方式.
    #[schema(schema_with = schema::recruitment)]
    recruitment: Recruitment,
    /// 政治面貌.
    #[schema(schema_with = schema::political_status)]
    political_status: PoliticalStatus,
    /// 技能, at most 20 of at most 40 characters each.
    #[serde(default)]
    skills: Vec<String>,
    /// 本人同意; nobody is registered without it.
    consent: Option<ConsentInput>,
}

impl NewVolunteer {
    fn read(self) -> Result<application::NewVolunteer, Problem> {
        // One spelling of a number, so that one person is one person however it was typed.
        let identity =
            IdentityNumber::parse(&self.identity_number).map_err(|bad| Problem::refused(&bad))?;
        let skills = self.skills.iter().map(|skill| take("skills", skill));
        Ok(application::NewVolunteer {
            personal: application::PersonalData {
                name: personal::name("name", self.name)?,
                identity_number: identity.expose().to_owned(),
                telephone: personal::telephone("telephone", self.telephone)?,
                residence: personal::text("residence", self.residence)?,
                guardian: personal::text("guardian", self.guardian)?,
            },
            unit: take("unit", &self.unit)?,
            kind: self.kind,
            recruitment: self.recruitment,
            political_status: self.political_status,
            skills: skills.collect::<Result<_, _>>()?,
            consent: self.consent.map(ConsentInput::read).transpose()?,
        })
    }
}

/// 注册志愿者: who it is goes to the vault, the log gets a random number.
#[utoipa::path(post, path = "/volunteers", tag = "volunteers", request_body = NewVolunteer,
    responses((status = 201, body = Answer)))]
async fn register(
    State(state): State<AppState>,
    request: CommandRequest<NewVolunteer>,
) -> Result<Answer, Problem> {
    let registered = state.app.register_volunteer(request.input.read()?, &request.caller).await?;
    let place = format!("/api/v1/volunteers/{}", registered.volunteer);
    Ok(Answer::of(&registered.done)?.made(place))
}
