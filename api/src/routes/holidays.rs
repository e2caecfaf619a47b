//! 节假日安排.

use application::HolidayNotice;
use axum::Json;
use axum::extract::State;
use domain::Text;
use domain::calendar::{Days, Rejection};
use domain::permission::Act;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, one};
use crate::request::account::Account;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(one(routes!(read_holidays), Act::ReadUnits)).routes(command(
        routes!(adopt_holidays),
        Act::AdoptHolidays,
        &[Rejection::CODES],
    ))
}

input! {
    /// The State Council's notice about a year's holidays (国务院办公厅关于部分节假日安排的通知).
    struct NewHolidays {
        /// The year. Its notice speaks of the days from 24 December of the year before to 23 December.
        year: i16,
        /// 文号 of the notice, at most 80 characters.
        source: Text<80> = "国办发明电〔2026〕9号",
        /// 放假: all days off, weekends among them if the notice names them.
        off: Vec<Date> = ["2027-01-01", "2027-05-01", "2027-10-01"],
        /// 调休上班: Saturdays and Sundays that are worked.
        worked: Vec<Date> = ["2027-10-09"],
        /// 更正原因, where the year is known already, at most 200 characters.
        #[serde(default)]
        reason: Option<Text<200>>,
    }
}

/// 采用节假日安排。Adopts the notice about a year's holidays, or corrects what is known of the year.
///
/// 此前暂定的记录期限随后重新确认。Last days that were provisional are counted anew soon after.
#[utoipa::path(post, path = "/holidays", tag = "holidays", request_body = NewHolidays,
    responses((status = 200, body = Answer)))]
async fn adopt_holidays(
    State(state): State<AppState>,
    request: CommandRequest<NewHolidays>,
) -> Result<Answer, Problem> {
    let NewHolidays { year, source, off, worked, reason } = request.input;
    let days = Days { off: off.into_iter().collect(), worked: worked.into_iter().collect() };
    let notice = HolidayNotice { year, source, days, reason };
    Answer::of(&state.app.adopt_holidays(notice, &request.caller).await?)
}

/// What is known of one year.
#[derive(Debug, Serialize, ToSchema)]
struct Year {
    /// The year.
    year: i16,
    /// 文号 of the notice that the county adopted; none: it ships with the program.
    source: Option<String>,
    /// 放假.
    off: Vec<Date>,
    /// 调休上班.
    worked: Vec<Date>,
}

/// Which days are off or worked.
#[derive(Debug, Serialize, ToSchema)]
struct Holidays {
    /// The last day that is known; what is counted beyond it is provisional.
    known_until: Option<Date>,
    /// Each year whose notice is known, oldest first.
    years: Vec<Year>,
}

/// 节假日安排。Reads which days are off or worked, as far as it is known now.
#[utoipa::path(get, path = "/holidays", tag = "holidays", responses((status = 200, body = Holidays)))]
async fn read_holidays(
    State(state): State<AppState>,
    Account(actor): Account,
) -> Result<Json<Holidays>, Problem> {
    let found = state.queries.holidays(&actor, None)?;
    let years = found.years.into_iter().map(|(year, source, days)| Year {
        year,
        source: source.map(|source| source.to_string()),
        off: days.off.into_iter().collect(),
        worked: days.worked.into_iter().collect(),
    });
    Ok(Json(Holidays { known_until: found.known_until, years: years.collect() }))
}
