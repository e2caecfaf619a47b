use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::{ActorId, PersonId, Text, UnitCode};

/// What happens to an activity (志愿服务活动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 发布.
    Published(Box<Published>),
    /// 核准补录.
    BackfillApproved(BackfillApproved),
    /// 不予补录.
    BackfillRefused(BackfillRefused),
    /// 风险评估.
    RiskAssessed(RiskAssessed),
    /// 投保.
    Insured(Insured),
    /// 报名.
    SignedUp(SignedUp),
    /// 取消报名.
    SignUpCancelled(SignUpCancelled),
    /// 开始.
    Started(Started),
    /// 结束.
    Closed(Closed),
    /// 取消.
    Cancelled(Cancelled),
}

named! {
    /// 服务类别: the seven kinds of rule-of-law service.
    Kind {
        PublicOrder "public_order" "维护社会公共秩序",
        LegalPublicity "legal_publicity" "法治宣传",
        LegalService "legal_service" "法律服务",
        DisputeMediation "dispute_mediation" "矛盾纠纷化解",
        LegalInspection "legal_inspection" "法治督察",
        SatisfactionSurvey "satisfaction_survey" "满意度测评",
        Other "other" "其他法治志愿活动",
    }
}

named! {
    /// 三类志愿服务.
    Class {
        Professional "professional" "专业类",
        PublicWelfare "public_welfare" "公益类",
        Governance "governance" "治理类",
    }
}

/// An activity was published: before it starts, an emergency while it runs, or later, from paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// 活动名称.
    pub title: Text<80>,
    /// 服务类别.
    pub kind: Kind,
    /// 三类之一.
    pub class: Class,
    /// 组织单位.
    pub organiser: UnitCode,
    /// 地点.
    pub place: Text<80>,
    /// Announced start.
    pub starts_at: Timestamp,
    /// Announced end.
    pub ends_at: Timestamp,
    /// 应急性 rather than 经常性.
    pub emergency: bool,
    /// Whether it may endanger who takes part (志愿服务条例 §17).
    pub dangerous: bool,
    /// Most people that may sign up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// 负责人: the account in charge.
    pub in_charge: ActorId,
    /// 补录: the paper that shows it was held, where it was over before it was entered; it waits for approval then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<FromPaper>,
}

/// The risk was assessed; the verdict replaces the announced one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskAssessed {
    /// Whether it may endanger who takes part.
    pub dangerous: bool,
    /// What was found and done about it.
    pub findings: Text<500>,
}

/// These people are insured for the activity (人身意外伤害保险).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insured {
    /// Policy number and insurer.
    pub policy: Text<80>,
    /// Who is covered.
    pub volunteers: Vec<PersonId>,
}

/// A volunteer signed up. Whether they are a minor was asked of the vault for that day, as the log holds no date of birth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedUp {
    /// Who.
    pub volunteer: PersonId,
    /// Whether a minor on the activity's day: the work may turn out to be dangerous later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub minor: bool,
    /// 现场报名: came unannounced, while the activity ran.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub walk_in: bool,
}

/// A volunteer cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpCancelled {
    /// Who.
    pub volunteer: PersonId,
}

/// The activity started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// People signed up at the start.
    pub participants: u32,
}

/// The activity ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When it really ended.
    pub ended_at: Timestamp,
    /// What came of it.
    pub summary: Text<500>,
}

/// The activity will not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Why.
    pub reason: Text<200>,
}
