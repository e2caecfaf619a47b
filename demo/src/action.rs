//! 事项: everything that somebody does in the story at a moment.

use std::sync::Arc;

use application::AdministratorContact;
use domain::NoticeId;
use domain::notice::Verdict;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::deliberation::VillageAction;
use crate::oddity::Oddity;
use crate::people::Row;
use crate::plan::Plan;

/// Something to do.
#[derive(Debug)]
pub enum Action {
    /// 通过规则簿.
    AdoptRulebook,
    /// 导入区划.
    ImportDivisions,
    /// 导入单位.
    ImportUnits,
    /// 核准小分队.
    ApproveSquad(usize),
    /// 上报管理员.
    ReportAdministrator(usize, AdministratorContact),
    /// 导入花名册.
    ImportRoster(Box<Batch>),
    /// 宣布组建完成, or the code of the rule that refuses it.
    DeclareComplete(usize, Option<&'static str>),
    /// 实名比对: who, and whether the roster bears it out.
    MatchRealName(usize, bool),
    /// 发布进展公示.
    PublishProgress(Date),
    /// 发布活动.
    Publish(Arc<Plan>),
    /// 报名.
    Enlist(Arc<Plan>),
    /// 开始.
    Start(Arc<Plan>),
    /// The first one leaves early.
    LeaveEarly(Arc<Plan>),
    /// 结束.
    Finish(Arc<Plan>),
    /// 记录.
    Record(Part),
    /// 补录.
    Backfill(Part),
    /// 核准补录.
    ApproveBackfill(Part, u32),
    /// 认定.
    Attest(Part, u32),
    /// 提出异议.
    Dispute(Part, u32),
    /// 处理异议.
    Settle(Part, u32),
    /// 更正后重新认定.
    AttestAgain(Part, u32),
    /// 作废: who, which record.
    Void(usize, u32),
    /// 定为骨干.
    Promote(usize),
    /// 兑换: who, what, and whether it is undone later.
    Redeem(usize, &'static str, bool),
    /// 撤销兑换: who, which.
    CancelRedemption(usize, u32),
    /// To redeem more than the balance.
    Overdraw(usize),
    /// To close a notice early.
    CloseEarly(NoticeId),
    /// 对公示提出异议: which notice, and how it will be decided.
    Object(NoticeId, Verdict),
    /// 答复异议.
    Answer(NoticeId, Verdict),
    /// 退出; with the erasure of personal data or without.
    Withdraw(usize, bool),
    /// What no rule refuses and an audit has to find.
    Odd(Oddity),
    /// 援法议事.
    Deliberate(VillageAction),
}

/// On whose history an action writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A volunteer's, by the place in the census.
    Volunteer(usize),
    /// A village's, by its number.
    Village(usize),
}

/// A roster as it comes in.
#[derive(Debug)]
pub struct Batch {
    /// Of which squad.
    pub squad: usize,
    /// When.
    pub at: Timestamp,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Imported by the county office, not by the unit's administrator.
    pub by_office: bool,
    /// What is planted in it.
    pub refused: Option<&'static str>,
}

/// One person's part in an activity.
#[derive(Debug, Clone)]
pub struct Part {
    /// The activity.
    pub plan: Arc<Plan>,
    /// The place among those who came.
    pub index: usize,
    /// Who, as a place in the census.
    pub who: usize,
    /// Time given.
    pub minutes: u32,
}

impl Action {
    /// On whose own history it writes; two of these never happen at the same moment.
    #[must_use]
    pub fn whose(&self) -> Option<Whose> {
        match self {
            Self::Record(part)
            | Self::Backfill(part)
            | Self::ApproveBackfill(part, _)
            | Self::Attest(part, _)
            | Self::AttestAgain(part, _)
            | Self::Dispute(part, _)
            | Self::Settle(part, _) => Some(Whose::Volunteer(part.who)),
            Self::MatchRealName(who, _)
            | Self::Void(who, _)
            | Self::Promote(who)
            | Self::Redeem(who, ..)
            | Self::CancelRedemption(who, _)
            | Self::Overdraw(who)
            | Self::Withdraw(who, _) => Some(Whose::Volunteer(*who)),
            Self::Deliberate(action) => Some(Whose::Village(action.village())),
            Self::AdoptRulebook
            | Self::ImportDivisions
            | Self::ImportUnits
            | Self::ApproveSquad(_)
            | Self::ReportAdministrator(..)
            | Self::ImportRoster(_)
            | Self::DeclareComplete(..)
            | Self::PublishProgress(_)
            | Self::Publish(_)
            | Self::Enlist(_)
            | Self::Start(_)
            | Self::LeaveEarly(_)
            | Self::Finish(_)
            | Self::CloseEarly(_)
            | Self::Object(..)
            | Self::Answer(..)
            | Self::Odd(_) => None,
        }
    }
}

/// What follows from an action, and when.
pub type Next = Vec<(Timestamp, Action)>;
