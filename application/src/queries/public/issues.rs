use domain::IssueId;
use domain::issue::{RoutingOutcome, Stage};
use domain::meeting::Outcome;
use jiff::Timestamp;
use jiff::civil::Date;
use projections::models::issue_register::{self, Issue};
use projections::models::{execution_ledger, meeting_calendar};
use projections::{QueryError, described};
use rusqlite::Connection;

use super::resolutions::PublicResolution;
use crate::Error;
use crate::queries::{Queries, Seen};

/// Issues into which one was merged, one after the other, that are followed.
const MOST_MERGERS: usize = 16;

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
        /// 转办时间 when it was passed on (UTC)
        pub routed_at: Option<Timestamp>,
        /// 转办期限 last day for the authority's reply
        pub routing_due: Option<Date>,
        /// 转办签收日 day on which the authority received it
        pub routing_received_on: Option<Date>,
        /// 转办结果 what the authority made of it
        pub routing_outcome: Option<RoutingOutcome>,
        /// 转办回复 what the authority says
        #[example = "已更换灯具"]
        pub routing_reply: Option<String>,
        /// 转办是否逾期 whether the last day passed without a reply
        pub routing_overdue: bool,
        /// 并入议题的办理进度 the issue that it goes on with, as far as it is this one's matter
        pub goes_on_as: Option<GoesOnAs>,
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
    /// 并入议题 the issue that another goes on with: what is done about it, and nothing of who raised it or how.
    pub struct GoesOnAs {
        /// 登记号 number in the station's register
        #[example = "议题〔2022〕第2号"]
        pub number: String,
        /// 状态 stage
        pub stage: Stage,
        /// 答复 latest answer
        #[example = "已列入下次议事"]
        pub answer: Option<String>,
        /// 不予列入或转办的理由 why it was rejected or routed out
        #[example = "不属于议事范围"]
        pub reason: Option<String>,
        /// 转办单位 authority it was routed to
        #[example = "县供电公司"]
        pub routed_to: Option<String>,
        /// 转办期限 last day for the authority's reply
        pub routing_due: Option<Date>,
        /// 转办回复 what the authority says
        #[example = "已更换灯具"]
        pub routing_reply: Option<String>,
        /// 议事会 meeting on whose agenda it is, or was last
        pub meeting: Option<OnAgenda>,
        /// 决议 resolution that came of it
        pub resolution: Option<PublicResolution>,
        /// 办结时间 when it was settled (UTC)
        pub settled_at: Option<Timestamp>,
        /// 办理结果 what came of it
        #[example = "路灯已修复"]
        pub result: Option<String>,
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
    let goes_on_as = last_of(seen.rows, &found)?.map(|last| GoesOnAs::of(seen, last));
    Ok(Some(FollowedIssue {
        issue,
        meeting: on_agenda(seen.rows, &found)?,
        resolution: resolution_of(seen, &found)?,
        goes_on_as: goes_on_as.transpose()?,
        number: found.number,
        stage: found.stage,
        raised_at: found.raised_at,
        problem: found.problem,
        answer_due: found.answer_due,
        answer: found.answer,
        answer_overdue: found.answer_overdue,
        reason: found.reason,
        routed_to: found.routed_to,
        routed_at: found.routed_at,
        routing_due: found.routing_due,
        routing_received_on: found.routing_received_on,
        routing_outcome: found.routing_outcome,
        routing_reply: found.routing_reply,
        routing_overdue: found.routing_overdue,
        settled_at: found.settled_at,
        result: found.result,
        reopened: found.reopened,
    }))
}

/// The issue into which one was merged, with those into which that was merged in turn; none that was not merged.
fn last_of(rows: &Connection, issue: &Issue) -> Result<Option<Issue>, QueryError> {
    let (mut next, mut last) = (issue.merged_into, None);
    for _ in 0..MOST_MERGERS {
        let Some(into) = next else { break };
        let Some(found) = issue_register::get(rows, into)? else { break };
        next = found.merged_into;
        last = Some(found);
    }
    Ok(last)
}

impl GoesOnAs {
    fn of(seen: &Seen<'_>, issue: Issue) -> Result<Self, QueryError> {
        Ok(Self {
            meeting: on_agenda(seen.rows, &issue)?,
            resolution: resolution_of(seen, &issue)?,
            number: issue.number,
            stage: issue.stage,
            answer: issue.answer,
            reason: issue.reason,
            routed_to: issue.routed_to,
            routing_due: issue.routing_due,
            routing_reply: issue.routing_reply,
            settled_at: issue.settled_at,
            result: issue.result,
        })
    }
}

fn resolution_of(seen: &Seen<'_>, issue: &Issue) -> Result<Option<PublicResolution>, QueryError> {
    let Some(id) = issue.resolution else { return Ok(None) };
    Ok(execution_ledger::get(seen.rows, id, seen.today())?.map(PublicResolution::of))
}

fn on_agenda(rows: &Connection, issue: &Issue) -> Result<Option<OnAgenda>, QueryError> {
    let Some(meeting) = issue.meeting else { return Ok(None) };
    let found = meeting_calendar::get(rows, meeting)?;
    Ok(found.map(|meeting| OnAgenda {
        topic: issue.meeting_topic,
        starts_at: meeting.starts_at,
        held_on: meeting.held_on,
        cancelled: meeting.cancelled_at.is_some(),
        outcome: issue.outcome,
    }))
}
