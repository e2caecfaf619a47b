use domain::issue::Stage;
use domain::meeting::Outcome;
use domain::{IssueId, MeetingId};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::models::issue_register::{self, Issue};
use projections::models::{execution_ledger, meeting_calendar};
use projections::{QueryError, described};
use rusqlite::Connection;

use super::resolutions::PublicResolution;
use crate::Error;
use crate::queries::{Queries, Seen};

described! {
    /// 办理进度 an issue as whoever raised it sees it.
    pub struct FollowedIssue {
        /// 议题编号 case number
        pub issue: IssueId,
        /// 登记号 number in the station's register: 议题〔year〕第n号
        #[example = "议题〔2022〕第3号"]
        pub number: String,
        /// 状态 stage
        pub stage: Stage,
        /// 反映时间 when it was raised (UTC)
        pub raised_at: Timestamp,
        /// 具体问题 problem
        #[example = "路灯不亮，夜间出行不便"]
        pub problem: String,
        /// 答复期限 last day for the answer
        pub answer_due: Option<Date>,
        /// 答复 latest answer
        #[example = "已列入下次议事"]
        pub answer: Option<String>,
        /// 答复是否逾期 whether the last day passed without an answer
        pub answer_overdue: bool,
        /// 不予列入或转办的理由 why it was rejected or routed out
        #[example = "不属于议事范围"]
        pub reason: Option<String>,
        /// 转办单位 authority it was routed to
        #[example = "县供电公司"]
        pub routed_to: Option<String>,
        /// 议事会 meeting on whose agenda it is, or was last
        pub meeting: Option<OnAgenda>,
        /// 决议 resolution that came of it
        pub resolution: Option<PublicResolution>,
        /// 办结时间 when it was settled (UTC)
        pub settled_at: Option<Timestamp>,
        /// 办理结果 what came of it
        #[example = "路灯已修复"]
        pub result: Option<String>,
        /// 重新办理次数 how often it was reopened
        pub reopened: u32,
    }
}

described! {
    /// 列入会议 the meeting that deals with an issue.
    pub struct OnAgenda {
        /// 会议议题序号 number of the topic
        pub topic: Option<u8>,
        /// 开始时间 when it begins, or was to begin (UTC)
        pub starts_at: Timestamp,
        /// 议事日 day on which it was held; none as long as its minutes are not sealed
        pub held_on: Option<Date>,
        /// 是否取消 whether it was called off
        pub cancelled: bool,
        /// 议定结果 what the meeting decided
        pub outcome: Option<Outcome>,
    }
}

impl Queries {
    /// An issue, for whoever holds the code that was given out for it, as of all that the log holds by now.
    ///
    /// # Errors
    /// `code.wrong`; see [`Error`].
    pub async fn followed_issue(
        &self,
        issue: IssueId,
        code: &str,
    ) -> Result<Option<FollowedIssue>, Error> {
        self.app.check_follow_up(issue, code).await?;
        let latest = self.reader.latest().await?;
        self.reader.ask(latest, move |seen| followed(seen, issue)).await
    }
}

fn followed(seen: &Seen<'_>, issue: IssueId) -> Result<Option<FollowedIssue>, QueryError> {
    let Some(found) = issue_register::get(seen.rows, issue)? else { return Ok(None) };
    let meeting = found.meeting.map(|meeting| on_agenda(seen.rows, meeting, &found));
    let resolution = found.resolution.map(|id| execution_ledger::get(seen.rows, id, seen.today()));
    Ok(Some(FollowedIssue {
        issue,
        meeting: meeting.transpose()?.flatten(),
        resolution: resolution.transpose()?.flatten().map(PublicResolution::of),
        number: found.number,
        stage: found.stage,
        raised_at: found.raised_at,
        problem: found.problem,
        answer_due: found.answer_due,
        answer: found.answer,
        answer_overdue: found.answer_overdue,
        reason: found.reason,
        routed_to: found.routed_to,
        settled_at: found.settled_at,
        result: found.result,
        reopened: found.reopened,
    }))
}

fn on_agenda(
    rows: &Connection,
    meeting: MeetingId,
    issue: &Issue,
) -> Result<Option<OnAgenda>, QueryError> {
    let found = meeting_calendar::get(rows, meeting)?;
    Ok(found.map(|meeting| OnAgenda {
        topic: issue.meeting_topic,
        starts_at: meeting.starts_at,
        held_on: meeting.held_on,
        cancelled: meeting.cancelled_at.is_some(),
        outcome: issue.outcome,
    }))
}
