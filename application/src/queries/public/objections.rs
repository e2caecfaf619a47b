use domain::notice::Verdict;
use domain::resolution::Escalation;
use domain::{NoticeId, ResolutionId};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::models::execution_ledger::ObjectionText;
use projections::models::public_notice::{self, Objection};
use projections::{QueryError, described, find};
use rusqlite::Connection;

use crate::Error;
use crate::queries::Queries;
use crate::queries::reader::Seen;

described! {
    /// 异议办理进度 an objection as whoever filed it sees it.
    pub struct FollowedObjection {
        /// 异议序号 number of the objection
        pub objection: u32,
        /// 异议理由 ground
        #[example = "费用分摊不公"]
        pub ground: String,
        /// 提出时间 when it was filed (UTC)
        pub filed_at: Timestamp,
        /// 是否逾期提出 whether the period was over
        pub late: bool,
        /// 答复期限 last day for the answer
        pub answer_due: Date,
        /// 答复时间 when it was answered (UTC)
        pub answered_at: Option<Timestamp>,
        /// 处理结果 verdict
        pub verdict: Option<Verdict>,
        /// 答复 answer
        #[example = "已重新核算"]
        pub answer: Option<String>,
        /// 最近逾期的答复期限 latest last day that passed without an answer
        pub overdue_since: Option<Date>,
        /// 上报时间 since when a unit above answers it (UTC)
        pub escalated_at: Option<Timestamp>,
        /// 上报原因 why
        pub escalation: Option<Escalation>,
    }
}

impl Queries {
    /// An objection, for whoever holds the code that was given out for it, as of all that the log holds by now.
    ///
    /// # Errors
    /// `code.wrong`; see [`Error`].
    pub async fn followed_objection(
        &self,
        resolution: ResolutionId,
        objection: u32,
        code: &str,
    ) -> Result<Option<FollowedObjection>, Error> {
        self.app.check_objection(resolution, objection, code).await?;
        let latest = self.reader.latest().await?;
        self.reader.ask(latest, move |seen| followed(seen.rows, resolution, objection)).await
    }
}

impl Queries {
    /// An objection to a notice, likewise.
    ///
    /// # Errors
    /// `code.wrong`; see [`Error`].
    pub async fn followed_notice_objection(
        &self,
        notice: NoticeId,
        objection: u32,
        code: &str,
    ) -> Result<Option<FollowedObjection>, Error> {
        self.app.check_notice_objection(&notice, objection, code).await?;
        let latest = self.reader.latest().await?;
        let ask = move |seen: &Seen<'_>| {
            let found = public_notice::objection(seen.rows, &notice, objection)?;
            let text = public_notice::objection_text(seen.rows, &notice, objection)?;
            let shown = found.zip(text);
            Ok(shown.map(|(found, text)| FollowedObjection::of(found, text.ground, text.answer)))
        };
        self.reader.ask(latest, ask).await
    }
}

impl FollowedObjection {
    fn of(found: Objection, ground: String, answer: Option<String>) -> Self {
        Self {
            objection: found.objection,
            ground,
            filed_at: found.filed_at,
            late: found.late,
            answer_due: found.answer_due,
            answered_at: found.answered_at,
            verdict: found.verdict,
            answer,
            overdue_since: found.overdue_since,
            escalated_at: found.escalated_at,
            escalation: found.escalation,
        }
    }
}

fn followed(
    rows: &Connection,
    resolution: ResolutionId,
    objection: u32,
) -> Result<Option<FollowedObjection>, QueryError> {
    let Some(found) = public_notice::objection_to(rows, resolution, objection)? else {
        return Ok(None);
    };
    let Some(text) = find::<ObjectionText>(rows, &(resolution, objection))? else {
        return Ok(None);
    };
    Ok(Some(FollowedObjection::of(found, text.ground, text.answer)))
}
