use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ObjectionAnswered, ObjectionEscalated, ObjectionOverdue, Objector};
use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::meeting::Body;
use crate::service::Recorder;
use crate::{Evidence, IssueId, MeetingId, PersonId, Text, UnitCode};

/// What happens to a resolution (决议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 通过.
    Adopted(Box<Adopted>),
    /// 申请补录公示.
    BackfillRequested(BackfillRequested),
    /// 核准补录.
    BackfillApproved(BackfillApproved),
    /// 不予补录.
    BackfillRefused(BackfillRefused),
    /// 公示.
    Publicised(Publicised),
    /// 提出异议.
    ObjectionFiled(ObjectionFiled),
    /// 异议答复.
    ObjectionAnswered(ObjectionAnswered),
    /// 异议答复逾期.
    ObjectionOverdue(ObjectionOverdue),
    /// 异议上报.
    ObjectionEscalated(ObjectionEscalated),
    /// 修正.
    Corrected(Corrected),
    /// 撤销.
    Withdrawn(Withdrawn),
    /// 公示期满.
    NoticeClosed(NoticeClosed),
    /// 明确专人.
    Assigned(Assigned),
    /// 进展.
    Progressed(Progressed),
    /// 延期.
    Extended(Extended),
    /// 执行逾期.
    ExecutionOverdue(ExecutionOverdue),
    /// 报告完成.
    CompletionClaimed(CompletionClaimed),
    /// 退回.
    CompletionReturned(CompletionReturned),
    /// 核实.
    CompletionVerified(CompletionVerified),
    /// 反馈党支部.
    BranchInformed(BranchInformed),
    /// 会议通报.
    MeetingInformed(MeetingInformed),
    /// 完成情况公示.
    CompletionPublicised(CompletionPublicised),
    /// 重新办理.
    Reopened(Reopened),
}

/// A meeting adopted it. The stream is named after the meeting and the topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The station's village.
    pub station: UnitCode,
    /// The issue it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<IssueId>,
    /// 标题.
    pub title: Text<80>,
    /// What is to be done.
    pub text: Text<500>,
    /// The day of the meeting.
    pub decided_on: Date,
    /// Which body decided. Not in what was stored before it told who verifies: then nobody who voted does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Who voted, in whatever way.
    pub voters: Vec<PersonId>,
    /// Who of the council voted for it; none after a secret vote, and of other bodies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_favour: Option<Vec<PersonId>>,
}

impl Adopted {
    /// Who decided it, so that neither they nor their near relatives verify it: of the council those who voted for it, after a
    /// secret vote all who voted. When everybody or their representatives were asked, having voted excludes nobody.
    #[must_use]
    pub fn deciders(&self) -> &[PersonId] {
        match self.body {
            None => &self.voters,
            Some(Body::Council) => self.in_favour.as_deref().unwrap_or(&self.voters),
            Some(Body::Villagers | Body::Representatives | Body::Owners) => &[],
        }
    }
}

/// It stands open to objections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publicised {
    /// 1 for the first period, rising by one with each correction.
    pub period: u32,
    /// First day.
    pub opens_on: Date,
    /// Last day on which objections are in time.
    pub closes_on: Date,
    /// What the notice says, so that this one record proves it; not in what was stored before notices could be proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Box<Shown>>,
    /// What shows it on the board.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// 补录: whether it hung on the board before it was entered. Then its first day is the one on paper, and its last day
    /// leaves the whole period from the day of entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backfilled: bool,
}

/// Its notice hung on the board before the program knew it; a second person is to look at the photographs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillRequested {
    /// First day on the board.
    pub posted_on: Date,
    /// The notice on paper.
    pub paper: FromPaper,
}

/// The words of a resolution as they hang on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// 标题.
    pub title: Text<80>,
    /// What is to be done, as last corrected.
    pub text: Text<500>,
}

/// Somebody objected. Who it was, only the vault knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionFiled {
    /// 1 for the resolution's first objection, rising by one.
    pub objection: u32,
    /// What is objected.
    pub ground: Text<500>,
    /// Who objects; none who wants to stay unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objector: Option<Objector>,
    /// Last day for the answer.
    pub answer_due: Date,
    /// Whether the period was over already.
    pub late: bool,
    /// The account that filed it; none of a resident without one, and not in what was stored before it mattered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Recorder>,
}

/// What is to be done was changed after an upheld objection; the period starts anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// What is to be done now.
    pub text: Text<500>,
    /// Why.
    pub reason: Text<200>,
}

/// It will not be executed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why.
    pub reason: Text<200>,
}

/// The period passed and no objection is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeClosed {
    /// Which period.
    pub period: u32,
}

/// A named person is to execute it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// Who.
    pub executor: PersonId,
    /// The office in which they act; that may be public.
    pub office: Text<40>,
    /// Last day.
    pub due: Date,
}

/// How far the execution is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progressed {
    /// What was done.
    pub note: Text<500>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// The execution has more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// The last day so far.
    pub from: Date,
    /// The last day now.
    pub to: Date,
    /// Why.
    pub reason: Text<200>,
}

/// The last day passed without a claim of completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecutionOverdue {
    /// The last day.
    pub due: Date,
}

/// The executor says that it is done. Nobody else has said so yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionClaimed {
    /// 1 for the first claim, rising by one.
    pub claim: u32,
    /// What was done.
    pub note: Text<500>,
    /// What shows it; at least one.
    pub evidence: Vec<Evidence>,
}

/// The supervision group found that it is not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionReturned {
    /// Which claim.
    pub claim: u32,
    /// Who of the supervision group.
    pub verifier: PersonId,
    /// What is missing.
    pub findings: Text<500>,
    /// Last day now.
    pub due: Date,
}

/// The supervision group found that it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionVerified {
    /// Which claim.
    pub claim: u32,
    /// Who of the supervision group.
    pub verifier: PersonId,
    /// What was found.
    pub findings: Text<500>,
    /// The day; a meeting that is told was held on it or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<Date>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// The party branch knows what the supervision group found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchInformed {
    /// What it was told.
    pub findings: Text<500>,
}

/// A meeting was told how the execution went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingInformed {
    /// The meeting, in whose sealed minutes the report stands.
    pub meeting: MeetingId,
}

/// The residents can see that it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionPublicised {
    /// First day on the board.
    pub opens_on: Date,
    /// Last day on the board.
    pub closes_on: Date,
    /// What came of it, for the residents.
    pub result: Text<500>,
    /// What shows it on the board.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What was thought done is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// Why.
    pub reason: Text<500>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}
