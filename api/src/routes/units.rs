//! 单位.

use application::AdministratorContact;
use axum::extract::State;
use domain::permission::Act;
use domain::unit::{Correction, Kind, PopulationStated, Registered, Rejection};
use domain::{CampaignCode, Text, UnitCode};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::personal::{PersonName, Telephone};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(register_unit), Act::RegisterUnit, &[Rejection::CODES]))
        .routes(command(routes!(declare_headcount), Act::DeclareHeadcount, &[Rejection::CODES]))
        .routes(command(routes!(assign_quota), Act::AssignQuota, &[Rejection::CODES]))
        .routes(command(routes!(attribute_unit), Act::AttributeUnit, &[Rejection::CODES]))
        .routes(vaulted(command(
            routes!(report_administrator),
            Act::ReportAdministrator,
            &[Rejection::CODES],
        )))
        .routes(command(routes!(succeed_unit), Act::SucceedUnit, &[Rejection::CODES]))
        .routes(command(routes!(state_population), Act::StatePopulation, &[Rejection::CODES]))
        .routes(command(routes!(correct_unit), Act::CorrectUnit, &[Rejection::CODES]))
}

input! {
    /// A unit to register.
    struct NewUnit {
        /// 单位代码, 1–32 letters, digits or hyphens.
        unit: UnitCode = "330225-sfj",
        /// 单位名称, at most 80 characters.
        name: Text<80> = "县司法局",
        /// 类别.
        kind: Kind,
        /// 上级代码; only the county has none.
        #[serde(default)]
        parent: Option<UnitCode> = "330225",
    }
}

/// 登记单位。Registers a unit.
///
/// 更名、改类别或上级用更正。Another name, kind or superior is a correction.
#[utoipa::path(post, path = "/units", tag = "units", request_body = NewUnit,
    responses((status = 201, body = Answer)))]
async fn register_unit(
    State(state): State<AppState>,
    request: CommandRequest<NewUnit>,
) -> Result<Answer, Problem> {
    let NewUnit { unit, name, kind, parent } = request.input;
    let place = format!("/api/v1/quota/{unit}");
    let new = Registered { unit, name, kind, parent };
    Ok(Answer::of(&state.app.register_unit(new, &request.caller).await?)?.made(place))
}

input! {
    /// 总人数.
    struct Headcount {
        /// People of the unit itself, sub-units not included.
        headcount: u32,
    }
}

/// 申报总人数。Declares how many people the unit itself has.
///
/// 不含下级单位。Those of units below it do not count.
#[utoipa::path(post, path = "/units/{unit}/headcount", tag = "units", request_body = Headcount,
    responses((status = 200, body = Answer)))]
async fn declare_headcount(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Headcount>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.declare_headcount(&unit, request.input.headcount, &request.caller).await?)
}

input! {
    /// 任务数.
    struct QuotaAssignment {
        /// Members that the squad must reach; 0: no task any more.
        task: u32,
        /// 行动代码; without it the campaign adopted last that is not over.
        #[serde(default)]
        campaign: Option<CampaignCode>,
    }
}

/// 下达任务数。Assigns the number of members that the unit's squad must reach.
#[utoipa::path(post, path = "/units/{unit}/quota", tag = "units", request_body = QuotaAssignment,
    responses((status = 200, body = Answer)))]
async fn assign_quota(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<QuotaAssignment>,
) -> Result<Answer, Problem> {
    let QuotaAssignment { task, campaign } = request.input;
    Answer::of(&state.app.assign_quota_in(&unit, task, campaign, &request.caller).await?)
}

input! {
    /// 归口.
    struct Attribution {
        /// 单位代码 of the department.
        to: UnitCode,
    }
}

/// 归口。Makes the unit's people count towards a department.
///
/// 此后不再计入上级。They count towards its parent no longer.
#[utoipa::path(post, path = "/units/{unit}/attribution", tag = "units", request_body = Attribution,
    responses((status = 200, body = Answer)))]
async fn attribute_unit(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Attribution>,
) -> Result<Answer, Problem> {
    let to = request.input.to;
    Answer::of(&state.app.attribute_unit(&unit, to, &request.caller).await?)
}

input! {
    /// 管理员 of a unit; goes to the vault, not into the log.
    struct Administrator {
        /// 姓名.
        name: PersonName,
        /// 联系电话.
        telephone: Telephone,
    }
}

/// 上报管理员。Reports the unit's administrator.
///
/// 再次上报即替换；姓名和电话只进个人信息库。A later report replaces an earlier one. Name and telephone go to the vault only.
#[utoipa::path(post, path = "/units/{unit}/administrator", tag = "units", request_body = Administrator,
    responses((status = 200, body = Answer)))]
async fn report_administrator(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Administrator>,
) -> Result<Answer, Problem> {
    let Administrator { name, telephone } = request.input;
    let contact = AdministratorContact { name: name.0, telephone: telephone.0 };
    Answer::of(&state.app.report_administrator(&unit, contact, &request.caller).await?)
}

input! {
    /// 承接.
    struct Succession {
        /// 单位代码 of the successor: of several the one that goes on with what is open. Without it (撤销) the superior.
        #[serde(default)]
        by: Option<UnitCode>,
        /// 分设: 单位代码 of the others.
        #[serde(default)]
        also: Vec<UnitCode>,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 单位承接。Lets another unit take over from this one, or several.
///
/// 合并、撤销、分设皆用此；总人数、任务数、小分队和未了事项归承接单位。So units are merged, dissolved and split. People, task, squad and open
/// items are the successor's from then on; who was late before stays so.
#[utoipa::path(post, path = "/units/{unit}/succession", tag = "units", request_body = Succession,
    responses((status = 200, body = Answer)))]
async fn succeed_unit(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Succession>,
) -> Result<Answer, Problem> {
    let Succession { by, also, reason } = request.input;
    Answer::of(&state.app.succeed_unit(&unit, by, also, reason, &request.caller).await?)
}

input! {
    /// 更正单位: whatever is left out stays.
    struct UnitCorrection {
        /// 单位名称, at most 80 characters.
        #[serde(default)]
        name: Option<Text<80>> = "县司法局",
        /// 类别.
        #[serde(default)]
        kind: Option<Kind>,
        /// 上级代码; the unit comes with all below it.
        #[serde(default)]
        parent: Option<UnitCode> = "330225",
        /// Why, at most 200 characters.
        reason: Text<200> = "机构改革更名",
    }
}

/// 更正单位。Gives a unit or division another name, kind or superior.
///
/// 此前的名称仍在历史中。The history keeps what it was.
#[utoipa::path(post, path = "/units/{unit}/correction", tag = "units", request_body = UnitCorrection,
    responses((status = 200, body = Answer)))]
async fn correct_unit(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<UnitCorrection>,
) -> Result<Answer, Problem> {
    let UnitCorrection { name, kind, parent, reason } = request.input;
    let correction = Correction { name, kind, parent, reason };
    Answer::of(&state.app.correct_unit(&unit, correction, &request.caller).await?)
}

input! {
    /// 常住人口.
    struct Population {
        /// People.
        population: u32,
        /// The day for which they were counted.
        counted_on: Date = "2020-11-01",
        /// Where the figure stands, at most 200 characters.
        source: Text<200> = "第七次全国人口普查公报",
    }
}

/// 公布常住人口。States how many people live in the county, a town or a village.
///
/// 注册志愿者占常住人口的比例以此计算。What share of them registers as volunteers is reckoned from it.
#[utoipa::path(post, path = "/units/{unit}/population", tag = "units", request_body = Population,
    responses((status = 200, body = Answer)))]
async fn state_population(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Population>,
) -> Result<Answer, Problem> {
    let Population { population, counted_on, source } = request.input;
    let stated = PopulationStated { population, counted_on, source };
    Answer::of(&state.app.state_population(&unit, stated, &request.caller).await?)
}
