//! 会议签到: who came, left and came back.

use application::BadPersonal;
use application::InvalidReference;
use application::Present;
use axum::extract::State;
use axum::response::Response;
use domain::identity_number::BadIdentityNumber;
use domain::meeting::Rejection;
use domain::permission::Act;
use domain::{Area, MeetingId, PersonId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::members::{Somebody, somebody};
use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(vaulted(command(
            routes!(take_attendance),
            Act::RecordMeeting,
            &[
                Rejection::CODES,
                InvalidReference::CODES,
                BadPersonal::CODES,
                BadIdentityNumber::CODES,
            ],
        )))
        .routes(command(routes!(leave_meeting), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(command(routes!(come_back), Act::RecordMeeting, &[Rejection::CODES]))
}

input! {
    /// 签到.
    struct Attendance {
        /// Who came, besides those taken down before.
        present: Vec<Attendee>,
    }
}

input! {
    /// Somebody who is present.
    struct Attendee {
        /// Who; owners and villagers may get their number here.
        who: Somebody = somebody(),
        /// 专有部分面积 of an owner, in hundredths of a square metre.
        #[serde(default)]
        area: Option<u32>,
        /// 受托人: who is there for an owner; they may get their number here.
        #[serde(default)]
        proxy: Option<Somebody> = somebody(),
    }
}

/// Attendance as it was taken down.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Attended {
    /// 人员编号 of those named who were there already.
    #[schema(value_type = Vec<String>)]
    already: Vec<PersonId>,
    /// What was stored.
    #[serde(flatten)]
    answer: Answer,
}

/// 签到。Takes down who is present at the meeting.
///
/// 已签到的不重复登记，在回答中列出；离会后再签到的即返会。Who is there already is named in the answer; who had left is back.
#[utoipa::path(post, path = "/meetings/{meeting}/attendance", tag = "meetings",
    request_body = Attendance, responses((status = 200, body = Attended)))]
async fn take_attendance(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Attendance>,
) -> Result<Response, Problem> {
    let present = request.input.present.into_iter();
    let read = |one: Attendee| {
        let proxy = one.proxy.map(Somebody::read).transpose()?;
        Ok(Present { who: one.who.read()?, area: one.area.map(Area), proxy })
    };
    let present = present.map(read).collect::<Result<_, Problem>>()?;
    let taken = state.app.take_attendance(meeting, present, &request.caller).await?;
    let (already, answer) = (taken.already, Answer::of(&taken.done)?);
    Ok(answer.into_response_with(|answer| Attended { already, answer }))
}

input! {
    /// People who leave or come back.
    struct People {
        /// 人员编号; with a proxy, the owners they are there for.
        people: Vec<PersonId>,
    }
}

/// 离会。Takes down who leaves before the end.
///
/// 离会的不再计入到会人数。They no longer count as present.
#[utoipa::path(post, path = "/meetings/{meeting}/departures", tag = "meetings",
    request_body = People, responses((status = 200, body = Answer)))]
async fn leave_meeting(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<People>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.depart(meeting, request.input.people, &request.caller).await?)
}

/// 返会。Takes down who had left and is back.
#[utoipa::path(post, path = "/meetings/{meeting}/returns", tag = "meetings",
    request_body = People, responses((status = 200, body = Answer)))]
async fn come_back(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<People>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.come_back(meeting, request.input.people, &request.caller).await?)
}
