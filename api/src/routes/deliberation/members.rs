//! 工作站成员: who sits in which group of a station.

use application::BadPersonal;
use application::InvalidReference;
use application::{Appointee, NewAppointment};
use axum::Json;
use axum::extract::State;
use domain::identity_number::BadIdentityNumber;
use domain::identity_number::IdentityNumber;
use domain::permission::Act;
use domain::station::{Capacity, Group, Rejection};
use domain::{PersonId, Text, UnitCode};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::{ContactShown, PersonName, Purpose, Telephone};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(vaulted(command(
            routes!(appoint_member),
            Act::AppointMember,
            &[
                Rejection::CODES,
                InvalidReference::CODES,
                BadPersonal::CODES,
                BadIdentityNumber::CODES,
            ],
        )))
        .routes(command(routes!(end_membership), Act::AppointMember, &[Rejection::CODES]))
        .routes(command(
            routes!(declare_relatives),
            Act::DeclareRelatives,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(routes!(end_kinship), Act::AppointMember, &[Rejection::CODES]))
        .routes(vaulted(command(
            routes!(read_member_contact),
            Act::AppointMember,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
}

input! {
    /// Somebody with a number, or whose number the vault finds or makes. Has no `Debug` form: it is personal.
    pub struct Somebody {
        /// 人员编号, where it is known; then nothing else.
        #[serde(default)]
        person: Option<PersonId> = "V0123456789AB",
        /// 姓名; to the vault.
        #[serde(default)]
        name: Option<PersonName>,
        /// 公民身份号码 of 18 characters; to the vault. One human has one number, whatever they become.
        #[serde(default)]
        identity_number: Option<IdentityNumber>,
        /// 联系电话; to the vault.
        #[serde(default)]
        telephone: Option<Telephone>,
    }
}

/// Somebody by number: an example.
pub fn somebody() -> serde_json::Value {
    serde_json::json!({ "person": "V0123456789AB" })
}

impl Somebody {
    /// Who it is.
    ///
    /// # Errors
    /// 422 where neither a number nor name and identity number are given, or both.
    pub fn read(self) -> Result<Appointee, Problem> {
        match (self.person, self.name, self.identity_number, self.telephone) {
            (Some(person), None, None, None) => Ok(Appointee::Known(person)),
            (None, Some(name), Some(identity_number), telephone) => {
                Ok(Appointee::New(application::NewMember {
                    name: name.0,
                    identity_number: identity_number.expose().to_owned(),
                    telephone: telephone.map(|telephone| telephone.0),
                }))
            }
            _ => Err(nobody()),
        }
    }
}

fn nobody() -> Problem {
    Problem::new(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        "person.not_told",
        "请填写人员编号，或者姓名和公民身份号码；不能两者都填。",
        "Give the person's number, or name and identity number; not both.",
    )
    .at("person")
}

input! {
    /// A member to appoint.
    struct NewMember {
        /// Who.
        who: Somebody = somebody(),
        /// Which group.
        group: Group,
        /// As what.
        capacity: Capacity,
        /// 任期首日.
        from: Date,
        /// 任期末日.
        until: Date,
        /// 推选号: the election that a supervisor's term rests on; for the supervision group only.
        #[serde(default)]
        election: Option<u32>,
        /// 近亲属 with a number of their own, as far as declared.
        #[serde(default)]
        relatives: Vec<PersonId>,
    }
}

/// 聘任成员。Appoints a member of a group of the station.
///
/// 身份信息进个人信息库，日志只得编号。监督小组成员按推选结果聘任。Who it is goes to the vault; the log gets a number. Supervisors
/// are appointed as they were elected.
#[utoipa::path(post, path = "/stations/{unit}/members", tag = "stations", request_body = NewMember,
    responses((status = 201, body = Answer)))]
async fn appoint_member(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<NewMember>,
) -> Result<Answer, Problem> {
    let NewMember { who, group, capacity, from, until, election, relatives } = request.input;
    let member = who.read()?;
    let new = NewAppointment { group, member, capacity, from, until, election, relatives };
    let (member, done) = state.app.appoint_member(&unit, new, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/stations/{unit}/members/{member}")))
}

input! {
    /// 离任.
    struct Leaving {
        /// Which group.
        group: Group,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 成员离任。Ends a membership before the end of its term.
#[utoipa::path(post, path = "/stations/{unit}/members/{person}/leave", tag = "stations",
    request_body = Leaving, responses((status = 200, body = Answer)))]
async fn end_membership(
    State(state): State<AppState>,
    PathParams2(unit, member): PathParams2<UnitCode, PersonId>,
    request: CommandRequest<Leaving>,
) -> Result<Answer, Problem> {
    let Leaving { group, reason } = request.input;
    Answer::of(&state.app.end_membership(&unit, group, member, reason, &request.caller).await?)
}

input! {
    /// 近亲属.
    struct Relatives {
        /// Near relatives with a number of their own, beside those declared before.
        relatives: Vec<PersonId>,
    }
}

/// 申报近亲属。Declares near relatives of a member (after 村民委员会组织法 §32).
///
/// 近亲属之间不得互相核实。They verify nothing of each other's.
#[utoipa::path(post, path = "/stations/{unit}/members/{person}/relatives", tag = "stations",
    request_body = Relatives, responses((status = 200, body = Answer)))]
async fn declare_relatives(
    State(state): State<AppState>,
    PathParams2(unit, member): PathParams2<UnitCode, PersonId>,
    request: CommandRequest<Relatives>,
) -> Result<Answer, Problem> {
    let relatives = request.input.relatives;
    Answer::of(&state.app.declare_relatives(&unit, member, relatives, &request.caller).await?)
}

input! {
    /// 近亲属关系终止.
    struct EndedKinship {
        /// Whose relative they were.
        relative: PersonId,
        /// The last day on which they were; what was decided until today stays closed to them.
        ended_on: Date,
    }
}

/// 近亲属关系终止。Says that two people are no near relatives any more, whoever of them had declared it.
#[utoipa::path(post, path = "/stations/{unit}/members/{person}/relatives/end", tag = "stations",
    request_body = EndedKinship, responses((status = 200, body = Answer)))]
async fn end_kinship(
    State(state): State<AppState>,
    PathParams2(unit, member): PathParams2<UnitCode, PersonId>,
    request: CommandRequest<EndedKinship>,
) -> Result<Answer, Problem> {
    let EndedKinship { relative, ended_on } = request.input;
    let done = state.app.end_kinship(&unit, member, relative, ended_on, &request.caller).await?;
    Answer::of(&done)
}

/// 查阅成员联系方式。Reads how to reach a member.
///
/// 先记录由谁、为何查阅。Who read it and what for is recorded first.
#[utoipa::path(post, path = "/stations/{unit}/members/{person}/contact", tag = "stations",
    request_body = Purpose, responses((status = 200, body = ContactShown)))]
async fn read_member_contact(
    State(state): State<AppState>,
    PathParams2(unit, member): PathParams2<UnitCode, PersonId>,
    request: CommandRequest<Purpose>,
) -> Result<Json<ContactShown>, Problem> {
    let purpose = request.input.of(&state, &request.caller.actor, Act::AppointMember).await?;
    ContactShown::of(state.app.read_member(&unit, member, purpose, &request.caller).await?)
}
