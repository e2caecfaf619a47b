//! 账号: what one's own may do, and those of others. No answer holds a secret.

use application::tokens::{ManageError, NotRevoked, Token};
use axum::Json;
use axum::extract::State;
use domain::permission::{self, Act, Scope};
use domain::{ActorId, UnitCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::{Problem, failed};
use crate::openapi::node::{of_node, on_node};
use crate::openapi::operation::of_accounts;
use crate::request::account::Account;
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::path::PathParam;
use crate::request::query::Params;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(of_accounts(routes!(read_me), "任何账号可用。Any account may call it."))
        .routes(of_node(routes!(list_accounts), Act::ReadAccounts))
        .routes(on_node(routes!(revoke_account), Act::RevokeAccount, &[NotRevoked::CODES]))
}

impl From<ManageError> for Problem {
    fn from(error: ManageError) -> Self {
        match error {
            ManageError::Refused(error) => error.into(),
            ManageError::Tokens(error) => failed(&error),
        }
    }
}

/// An account, without its secret.
#[derive(Serialize, ToSchema)]
struct AccountRow {
    /// 账号.
    #[schema(example = "A-k2m4p6q8r2s4t6u8")]
    account: String,
    /// 角色.
    #[schema(example = "unit_administrator")]
    role: &'static str,
    /// 角色的中文名称.
    #[schema(example = "管理员")]
    role_zh: &'static str,
    /// 单位代码; none: the whole county.
    #[schema(example = "330225001")]
    unit: Option<String>,
    /// 单位名称.
    #[schema(example = "示例镇")]
    unit_name: Option<String>,
    /// 志愿者编号 of the person behind it.
    #[schema(example = "V0123456789AB")]
    person: Option<String>,
    /// 持有人: the post or desk it is for.
    #[schema(example = "综合办公室")]
    label: Option<String>,
    /// Whether its secret works now.
    working: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// When it stops working; none: when it is revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// When it was last given a new secret.
    #[schema(value_type = Option<String>, format = DateTime)]
    rotated_at: Option<Timestamp>,
    /// Until when the secret before works too.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_until: Option<Timestamp>,
    /// When it was revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
    /// The account that revoked it; none where an operator did on the machine.
    #[schema(example = "A-a2b3c4d5e6f7g8h9")]
    revoked_by: Option<String>,
    /// Why it was revoked.
    #[schema(example = "人员调离")]
    revoked_for: Option<String>,
}

impl AccountRow {
    fn of(token: Token, state: &AppState) -> Self {
        let known = state.app.reference_data();
        let unit = token.unit.as_ref().and_then(|unit| known.units.get(unit));
        Self {
            account: token.id.to_string(),
            role: token.role.as_str(),
            role_zh: token.role.zh(),
            unit_name: unit.map(|unit| unit.name.to_string()),
            working: token.works_at(state.app.clock.now()),
            unit: token.unit.map(|unit| unit.to_string()),
            person: token.person.map(|person| person.to_string()),
            label: token.label,
            made_at: token.made_at,
            expires_at: token.expires_at,
            rotated_at: token.rotated_at,
            previous_until: token.previous_until,
            revoked_at: token.revoked_at,
            revoked_by: token.revoked_by.map(|account| account.to_string()),
            revoked_for: token.revoked_for,
        }
    }
}

/// The account of the token that came, and what it may do.
#[derive(Serialize, ToSchema)]
struct Me {
    /// The account.
    #[serde(flatten)]
    account: AccountRow,
    /// 角色的职责.
    #[schema(example = "管理本单位及下级的志愿者、活动、服务记录和工作站")]
    duties_zh: &'static str,
    /// What the role is for.
    duties_en: &'static str,
    /// Everything it may do, and where.
    may: Vec<Right>,
}

/// Something that an account may do.
#[derive(Serialize, ToSchema)]
struct Right {
    /// What.
    #[schema(value_type = String, example = "record_service")]
    act: Act,
    /// Where: `county`, `subtree` (its unit and those below), or `own` (what concerns the person behind it).
    #[schema(value_type = String, example = "subtree")]
    scope: Scope,
}

/// 本账号。Reads whose token this is: role, unit, expiry, and everything it may do.
#[utoipa::path(get, path = "/me", tag = "accounts", responses((status = 200, body = Me)))]
async fn read_me(
    State(state): State<AppState>,
    Account(actor): Account,
) -> Result<Json<Me>, Problem> {
    let token = state.tokens.find(&actor.id).map_err(|error| failed(&error))?;
    let token = token.ok_or_else(Problem::internal)?;
    let may = permission::of(&actor).map(|(act, scope)| Right { act, scope }).collect();
    Ok(Json(Me {
        account: AccountRow::of(token, &state),
        duties_zh: actor.role.duties_zh(),
        duties_en: actor.role.duties_en(),
        may,
    }))
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only those of this unit and those below it.
    within: Option<String>,
    /// Only those that work now.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    working: bool,
}

/// Accounts, oldest first.
#[derive(Serialize, ToSchema)]
struct AccountList {
    /// The accounts.
    items: Vec<AccountRow>,
}

/// 账号列表。Lists the accounts of the caller's units, revoked ones too, and never a secret.
#[utoipa::path(get, path = "/accounts", tag = "accounts", params(Which),
    responses((status = 200, body = AccountList)))]
async fn list_accounts(
    State(state): State<AppState>,
    Account(actor): Account,
    Params(Which { within, working }): Params<Which>,
) -> Result<Json<AccountList>, Problem> {
    let within = within.map(|code| UnitCode::new(&code)).transpose();
    let within = within.map_err(|bad| Problem::bad_value("within", &bad))?;
    let found = state.app.accounts(&state.tokens, &actor, within.as_ref(), working)?;
    let items = found.into_iter().map(|token| AccountRow::of(token, &state)).collect();
    Ok(Json(AccountList { items }))
}

/// 撤销账号。Revokes an account at once; who did and why stays in the list.
///
/// 县委依法治县办最后一个有效账号不能在此撤销。The last working account of the county office is not revoked here.
#[utoipa::path(post, path = "/accounts/{account}/revocation", tag = "accounts",
    request_body = Reason, responses((status = 200, body = AccountRow)))]
async fn revoke_account(
    State(state): State<AppState>,
    PathParam(account): PathParam<ActorId>,
    request: CommandRequest<Reason>,
) -> Result<Json<AccountRow>, Problem> {
    let actor = &request.caller.actor;
    let revoked =
        state.app.revoke_account(&state.tokens, &account, &request.input.reason, actor)?;
    Ok(Json(AccountRow::of(revoked, &state)))
}
