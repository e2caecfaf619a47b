use application::queries::Fields;
use application::{
    BadPersonal, Error, FindableBy, FoundPeople, NamePart, NoPurpose, Personal, SoughtBy,
};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::identity_number::{BadIdentityNumber, IdentityNumber};
use domain::permission::{Act, check_role};
use domain::{Text, UnitCode};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shown::Person;
use crate::answer::problem::Problem;
use crate::openapi::operation::{also, command, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::personal::{PersonalText, Telephone};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    let refusals = &[NoPurpose::CODES, BadPersonal::CODES, BadIdentityNumber::CODES];
    let search = vaulted(command(routes!(search_people), Act::SearchPeople, refusals));
    OpenApiRouter::new().routes(also(
        search,
        &[
            (StatusCode::UNPROCESSABLE_ENTITY, "search.one", "One thing to look for is expected."),
            (
                StatusCode::TOO_MANY_REQUESTS,
                "search.too_many",
                "Too many searches at once or in an hour.",
            ),
        ],
    ))
}

input! {
    /// Whom to look for, by one of telephone, identity number and a part of the name. Has no `Debug` form: it is personal.
    struct PeopleSought {
        /// 联系电话, all of it.
        #[serde(default)]
        telephone: Option<Telephone>,
        /// 公民身份号码 of 18 characters.
        #[serde(default)]
        identity_number: Option<IdentityNumber>,
        /// 姓名 or a part of it.
        #[serde(default)]
        name: Option<PersonalText> = "小明",
        /// How much: `names` or `contacts` (with telephones); names unless told. `register` shows no more than `contacts`.
        #[serde(default)]
        fields: Option<Fields> = "contacts",
        /// 单位代码: only among the people of this unit and below it.
        #[serde(default)]
        unit: Option<UnitCode> = "330225-sfj",
        /// 查阅事由 of this search; the chosen one where it is left out.
        #[serde(default)]
        purpose: Option<Text<200>> = "电话回访",
    }
}

/// Who was found.
#[derive(Serialize, ToSchema)]
struct PeopleFound {
    /// They, at most 50.
    items: Vec<Person>,
    /// Whether these are all; else say more of the name.
    whole: bool,
}

/// 查找人员。Finds volunteers by telephone, identity number or a part of the name.
///
/// 只在有权查阅的单位范围内查找；每次查找连同所示人员记为一次查阅，查无此人也记。Only among those whom the account may read. Each search
/// is one reading, recorded with the people it shows, also where it finds nobody.
#[utoipa::path(post, path = "/people/search", tag = "people", request_body = PeopleSought,
    responses((status = 200, body = PeopleFound)))]
async fn search_people(
    State(state): State<AppState>,
    request: CommandRequest<PeopleSought>,
) -> Result<Json<PeopleFound>, Problem> {
    let CommandRequest { input, caller } = request;
    check_role(caller.actor.role, Act::SearchPeople).map_err(Error::from)?;
    let PeopleSought { telephone, identity_number, name, fields, unit, purpose } = input;
    let sought = match (telephone, identity_number, name) {
        (Some(Telephone(number)), None, None) => {
            let number = Personal::telephone(&number).map_err(|bad| Problem::refused(&bad))?;
            SoughtBy::Number(FindableBy::Telephone(number))
        }
        (None, Some(number), None) => SoughtBy::Number(FindableBy::Identity(number)),
        (None, None, Some(PersonalText(part))) => {
            let part = NamePart::new(&part);
            SoughtBy::NamePart(part.map_err(|bad| Problem::bad_value("name", &bad))?)
        }
        _ => return Err(not_one()),
    };
    let _share = state.search_share(&caller.actor)?;
    let purpose = purpose.map(|purpose| purpose.to_string());
    let found = state.queries.find_people(&caller.actor, sought, unit, purpose).await?;
    let FoundPeople { people, whole } = found;
    let known = state.app.reference_data();
    let fields = fields.unwrap_or(Fields::Names);
    let shown = people
        .into_iter()
        .map(|(who, unit, personal)| Person::of(who, unit, Some(&personal), fields, &known.units));
    Ok(Json(PeopleFound { items: shown.collect(), whole }))
}

fn not_one() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "search.one",
        "请给出 telephone(电话)、identity_number(身份证号)、name(姓名或其一部分)三者之一。",
        "Give one of telephone, identity_number and name (or a part of it).",
    )
}
