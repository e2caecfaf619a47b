//! 事项: everything that somebody does in the story at a moment, and who carries it out.

use std::sync::Arc;

use application::AdministratorContact;
use domain::NoticeId;
use domain::notice::Verdict;
use jiff::Timestamp;
use jiff::civil::Date;

use super::deliberation::VillageAction;
use super::november::Batch;
use super::plan::Plan;
use super::{DemoError, Story};

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
    /// 对公示提出异议: whose star, which notice, and how it will be decided.
    Object(usize, NoticeId, Verdict),
    /// 答复异议.
    Answer(NoticeId, Verdict),
    /// 退出; with the erasure of personal data or without.
    Withdraw(usize, bool),
    /// 援法议事.
    Deliberate(VillageAction),
}

/// On whose history a action writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A volunteer's, by the place in the census.
    Volunteer(usize),
    /// A village's, by its number.
    Village(usize),
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
            Self::Deliberate(village_action) => Some(Whose::Village(village_action.village())),
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
            | Self::Answer(..) => None,
        }
    }
}

/// What follows from a action, and when.
pub type Next = Vec<(Timestamp, Action)>;

impl Story {
    /// Carries a action out.
    pub(super) async fn perform(&self, action: Action) -> Result<Next, DemoError> {
        match action {
            Action::AdoptRulebook => self.adopt_rulebook().await,
            Action::ImportDivisions => self.import_divisions().await,
            Action::ImportUnits => self.import_units().await,
            Action::ApproveSquad(squad) => self.approve_squad(squad).await,
            Action::ReportAdministrator(squad, contact) => {
                self.report_administrator(squad, contact).await
            }
            Action::ImportRoster(batch) => self.import_roster(&batch).await,
            Action::DeclareComplete(squad, refused) => self.declare_complete(squad, refused).await,
            Action::MatchRealName(who, agrees) => self.match_real_name(who, agrees).await,
            Action::PublishProgress(day) => self.publish_progress(day).await,
            Action::Publish(plan) => self.publish(plan).await,
            Action::Enlist(plan) => self.enlist(plan).await,
            Action::Start(plan) => self.start(plan).await,
            Action::LeaveEarly(plan) => self.leave_early(&plan).await,
            Action::Finish(plan) => self.finish(plan).await,
            Action::Record(part) => self.record(part).await,
            Action::Backfill(part) => self.backfill(part).await,
            Action::ApproveBackfill(part, record) => self.approve_backfill(part, record).await,
            Action::Attest(part, record) => self.attest(part, record).await,
            Action::Dispute(part, record) => self.dispute(part, record).await,
            Action::Settle(part, record) => self.settle(part, record).await,
            Action::AttestAgain(part, record) => self.attest_again(&part, record).await,
            Action::Void(who, record) => self.void(who, record).await,
            Action::Promote(who) => self.promote(who).await,
            Action::Redeem(who, item, undone) => self.redeem(who, item, undone).await,
            Action::CancelRedemption(who, number) => self.cancel_redemption(who, number).await,
            Action::Overdraw(who) => self.overdraw(who).await,
            Action::CloseEarly(notice) => self.close_early(&notice).await,
            Action::Object(who, notice, verdict) => self.object(who, notice, verdict).await,
            Action::Answer(notice, verdict) => self.answer(&notice, verdict).await,
            Action::Withdraw(who, erased) => self.withdraw(who, erased).await,
            Action::Deliberate(village_action) => self.deliberate(village_action).await,
        }
    }
}
