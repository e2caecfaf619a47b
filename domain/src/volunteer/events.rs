use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identity_number::AgeGroup;
use crate::service::Recorder;
use crate::squad::Consent;
use crate::{Minutes, NoticeId, SealedDigest, Text, UnitCode};

/// What happens to a volunteer (志愿者).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 注册.
    Registered(Box<Registered>),
    /// 实名比对一致.
    RealNameMatched(RealNameMatched),
    /// 实名比对不一致.
    RealNameRefused(RealNameRefused),
    /// 定级.
    TierChanged(TierChanged),
    /// 技能更新.
    SkillsDeclared(SkillsDeclared),
    /// 调换单位.
    Moved(Moved),
    /// 拟评星级.
    StarProposed(StarProposed),
    /// 撤回拟评.
    StarProposalEnded(StarProposalEnded),
    /// 星级变更.
    StarChanged(StarChanged),
    /// 暂停.
    Suspended(Suspended),
    /// 恢复.
    Resumed(Resumed),
    /// 退出.
    Withdrawn(Withdrawn),
    /// 重新注册: somebody who withdrew registers again, with the consent of today.
    Returned(Box<Registered>),
    /// 个人信息更正.
    PersonalDataCorrected(PersonalDataCorrected),
    /// 政治面貌变更.
    PoliticalStatusChanged(PoliticalStatusChanged),
    /// 类别变更.
    CategoriesChanged(CategoriesChanged),
    /// 申请更正身份号码.
    IdentityCorrectionRequested(IdentityCorrectionRequested),
    /// 身份号码更正.
    IdentityCorrected(IdentityCorrected),
    /// 不予更正身份号码.
    IdentityCorrectionRefused(IdentityCorrectionRefused),
    /// 个人信息删除.
    PersonalDataErased(PersonalDataErased),
}

/// A person registered as a volunteer. Who it is lies sealed in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The volunteer's unit.
    pub unit: UnitCode,
    /// 类别.
    pub kind: Kind,
    /// 招募方式.
    pub recruitment: Recruitment,
    /// 政治面貌.
    pub political_status: PoliticalStatus,
    /// Age group on the day of registration.
    pub age_group: AgeGroup,
    /// 技能.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<Text<40>>,
    /// 本人同意.
    pub consent: Consent,
    /// Whether a guardian (监护人) agreed; always so for a minor.
    pub guardian_consent: bool,
    /// Digest of the personal section in the vault.
    pub sealed: SealedDigest,
}

named! {
    /// 类别 of a registration.
    Kind {
        Registered "registered" "注册志愿者",
        Professional "professional" "注册专业志愿者",
    }
}

named! {
    /// 招募方式.
    Recruitment {
        LongTerm "long_term" "长期",
        Emergency "emergency" "短期应急",
        Reserve "reserve" "储备",
    }
}

named! {
    /// 政治面貌, as far as the quota of party members needs it.
    PoliticalStatus {
        PartyMember "party_member" "中共党员",
        ProbationaryMember "probationary_member" "中共预备党员",
        Activist "activist" "入党积极分子",
        LeagueMember "league_member" "共青团员",
        DemocraticParty "democratic_party" "民主党派",
        NonPartisan "non_partisan" "无党派人士",
        Masses "masses" "群众",
    }
}

impl PoliticalStatus {
    /// Counts towards the share of 党员 + 入党积极分子 in a squad.
    #[must_use]
    pub fn counts_as_party(self) -> bool {
        matches!(self, Self::PartyMember | Self::ProbationaryMember | Self::Activist)
    }
}

named! {
    /// 层级: what training and tasks a volunteer is meant for.
    Tier {
        Ordinary "ordinary" "普通",
        KeyManager "key_manager" "骨干(管理型)",
        KeyProfessional "key_professional" "骨干(专业型)",
    }
}

/// The real-name roster bears the registration out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealNameMatched {
    /// The roster it was compared with.
    pub roster: Text<80>,
}

/// The real-name roster does not bear the registration out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealNameRefused {
    /// The roster it was compared with.
    pub roster: Text<80>,
    /// What does not agree.
    pub reason: Text<200>,
}

/// The tier changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierChanged {
    /// The tier from now on.
    pub tier: Tier,
    /// Why.
    pub reason: Text<200>,
}

/// The volunteer declared their skills anew; the list replaces the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillsDeclared {
    /// All skills.
    pub skills: Vec<Text<40>>,
}

/// The volunteer moved to another unit, and with it out of the squad of the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The earlier unit.
    pub from: UnitCode,
    /// The unit from now on.
    pub to: UnitCode,
    /// Why.
    pub reason: Text<200>,
}

/// Attested hours crossed a threshold: a change of star is proposed and must be publicised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarProposed {
    /// 1 for the volunteer's first proposal, rising by one.
    pub proposal: u32,
    /// Stars held.
    pub from: u8,
    /// Stars proposed.
    pub to: u8,
    /// Attested minutes that it rests on.
    pub attested: Minutes,
    /// The notice that publicises it.
    pub notice: NoticeId,
}

/// A proposal ended without a change of star.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarProposalEnded {
    /// Which.
    pub proposal: u32,
    /// Why.
    pub reason: ProposalEnd,
}

named! {
    /// Why a proposal ended.
    ProposalEnd {
        HoursChanged "hours_changed" "认定时长变化,不再符合",
        ObjectionUpheld "objection_upheld" "公示期异议成立",
    }
}

/// The star changed after its notice passed without an upheld objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarChanged {
    /// The proposal it follows.
    pub proposal: u32,
    /// Stars held before.
    pub from: u8,
    /// Stars held now, 0 to 5.
    pub to: u8,
    /// Attested minutes that it rests on.
    pub attested: Minutes,
}

/// The volunteer may not serve for the time being.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// Why.
    pub reason: Text<200>,
}

/// The volunteer may serve again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Why.
    pub reason: Text<200>,
}

/// The volunteer ended the registration; what was served stays served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why.
    pub reason: Text<200>,
    /// The day, which the consent to a new registration must not lie before; unknown of the earliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

named! {
    /// What a registration seals of a person and may be corrected by one alone.
    PersonalItem {
        Name "name" "姓名",
        Telephone "telephone" "联系电话",
        Residence "residence" "居住区域",
        Guardian "guardian" "监护人",
    }
}

/// What the vault holds of the person was corrected (个人信息保护法 §46). What stood before is kept sealed for 30 days, our
/// default, so that a mistaken correction can be taken back, and destroyed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalDataCorrected {
    /// What differs from what stood before.
    pub items: Vec<PersonalItem>,
    /// Whether a guardian agreed, as it stands now.
    pub guardian_consent: bool,
    /// Why.
    pub reason: Text<200>,
    /// Digest of the registration in the vault as it stands now.
    pub sealed: SealedDigest,
}

/// The political status changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliticalStatusChanged {
    /// Until then.
    pub from: PoliticalStatus,
    /// From then on.
    pub to: PoliticalStatus,
    /// The day from which it holds.
    pub since: Date,
    /// Why.
    pub reason: Text<200>,
}

/// Kind or recruitment of the registration changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoriesChanged {
    /// 类别 from now on.
    pub kind: Kind,
    /// 招募方式 from now on.
    pub recruitment: Recruitment,
    /// Why.
    pub reason: Text<200>,
}

/// Somebody found that the identity number, and with it the date of birth, is wrong. Another person decides; until then
/// nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCorrectionRequested {
    /// 1 for the volunteer's first request, rising by one.
    pub correction: u32,
    /// Who asked.
    pub by: Recorder,
    /// Why.
    pub reason: Text<200>,
    /// Digest of the registration that the request would correct.
    pub replaces: SealedDigest,
    /// Digest of the registration with the right number, which lies ready in the vault.
    pub prepared: SealedDigest,
}

/// A second person agreed: the volunteer goes by the right identity number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCorrected {
    /// The request.
    pub correction: u32,
    /// Age group on this day, by the right date of birth.
    pub age_group: AgeGroup,
    /// Digest of the registration in the vault as it stands now.
    pub sealed: SealedDigest,
}

/// The identity number stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCorrectionRefused {
    /// The request.
    pub correction: u32,
    /// Why.
    pub reason: Text<200>,
}

/// Name, identity number and all other sealed sections were deleted (个人信息保护法 §47). Of members, askers and
/// objectors too: the stream of somebody who never registered holds this alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalDataErased {
    /// Why.
    pub reason: Text<200>,
    /// The provision it rests on.
    pub legal_basis: Text<80>,
}
