//! 志愿者: one real person, known here by number only.

mod correct;
mod events;
mod register;
mod star;
#[cfg(test)]
mod tests;

pub use correct::IdentityRequest;
pub use events::{
    CategoriesChanged, Event, IdentityCorrected, IdentityCorrectionRefused,
    IdentityCorrectionRequested, Kind, Moved, PersonalDataCorrected, PersonalDataErased,
    PersonalItem, PoliticalStatus, PoliticalStatusChanged, ProposalEnd, RealNameMatched,
    RealNameRefused, Recruitment, Registered, Resumed, SkillsDeclared, StarChanged,
    StarProposalEnded, StarProposed, Suspended, Tier, TierChanged, Withdrawn,
};

use jiff::civil::Date;

use crate::aggregate::once;
use crate::identity_number::AgeGroup;
use crate::squad::Applicant;
use crate::{Aggregate, Given, Minutes, PersonId, SealedDigest, Text, UnitCode};

/// A volunteer as their own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Volunteer {
    registered: bool,
    unit: Option<UnitCode>,
    categories: Option<(Kind, Recruitment)>,
    political_status: Option<PoliticalStatus>,
    age_group: Option<AgeGroup>,
    guardian_consent: bool,
    /// Of the registration in the vault as it stands.
    sealed: Option<SealedDigest>,
    /// Digest of the registration with the right number, of each request so far.
    prepared: Vec<SealedDigest>,
    identity_request: Option<IdentityRequest>,
    tier: Option<Tier>,
    skills: Vec<Text<40>>,
    real_name: Option<bool>,
    /// What the latest roster said against the registration.
    refused: Option<RealNameRefused>,
    stars: u8,
    proposals: u32,
    open_proposal: Option<StarProposed>,
    suspended: bool,
    withdrawn: bool,
    withdrawn_on: Option<Date>,
    erased: bool,
}

/// What may be asked of a volunteer.
#[derive(Debug, Clone)]
pub enum Command {
    /// 注册, or 重新注册 of somebody who withdrew.
    Register(Box<Registered>),
    /// 实名比对一致.
    MatchRealName(RealNameMatched),
    /// 实名比对不一致.
    RefuseRealName(RealNameRefused),
    /// 定级.
    ChangeTier(TierChanged),
    /// 更新技能.
    DeclareSkills(SkillsDeclared),
    /// 调换单位.
    Move {
        /// The unit from now on.
        to: UnitCode,
        /// Why.
        reason: Text<200>,
    },
    /// Compare the star with the attested hours; proposes a change or ends a proposal, if due.
    ReviewStar {
        /// The volunteer.
        volunteer: PersonId,
        /// All attested minutes.
        attested: Minutes,
    },
    /// The notice of a proposal ended.
    SettleStar {
        /// Which proposal.
        proposal: u32,
        /// Whether an objection was upheld.
        upheld: bool,
    },
    /// 暂停.
    Suspend(Suspended),
    /// 恢复.
    Resume(Resumed),
    /// 退出.
    Withdraw {
        /// Why.
        reason: Text<200>,
    },
    /// 更正个人信息; also of somebody who withdrew (个人信息保护法 §46).
    CorrectPersonalData {
        /// What is said of it.
        corrected: PersonalDataCorrected,
        /// On this day.
        age_group: AgeGroup,
    },
    /// 变更政治面貌; what it was before is known.
    ChangePoliticalStatus {
        /// From then on.
        to: PoliticalStatus,
        /// The day from which it holds.
        since: Date,
        /// Why.
        reason: Text<200>,
    },
    /// 变更类别.
    ChangeCategories(CategoriesChanged),
    /// 申请更正身份号码.
    RequestIdentityCorrection {
        /// Digest of the registration with the right number.
        prepared: SealedDigest,
        /// Why.
        reason: Text<200>,
    },
    /// 核准更正身份号码, by another person than who asked.
    ApproveIdentityCorrection {
        /// The request.
        correction: u32,
        /// On this day, by the right date of birth.
        age_group: AgeGroup,
        /// Whether a guardian agreed.
        guardian_consent: bool,
    },
    /// 不予更正身份号码; also by who asked.
    RefuseIdentityCorrection {
        /// The request.
        correction: u32,
        /// Why.
        reason: Text<200>,
    },
    /// 删除个人信息, also of a member, an asker or an objector who never registered; that somebody has the number was found
    /// out before.
    ErasePersonalData(PersonalDataErased),
}

refusals! {
    /// Why a volunteer's command is refused.
    pub enum Rejection {
        Unregistered {} "volunteer.unregistered" absent at "volunteer" =>
            "没有该编号的志愿者。", "There is no volunteer with this number.";
        AlreadyRegistered {} "volunteer.already_registered" at "identity_number" =>
            "该公民身份号码已注册为志愿者;一人只能注册一次,如需转入请由其现单位办理调换。",
            "This identity is registered as a volunteer already; one person registers once, and their unit may move them.";
        ConsentBeforeWithdrawal { withdrawn: Date } "volunteer.consent_before_withdrawal" at "consent" =>
            "该志愿者已于{withdrawn}退出;重新注册须有退出当日或之后的本人同意。",
            "The volunteer withdrew on {withdrawn}; to register again they consent on that day or later.";
        UnknownUnit { unit: UnitCode } "volunteer.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在;请填写已登记单位的代码。",
            "There is no unit {unit}; give the code of a registered unit.";
        EndedUnit { unit: UnitCode, successor: UnitCode } "volunteer.ended_unit" at "unit" =>
            "单位{unit}已由{successor}承接;请填写承接单位。",
            "Unit {unit} was succeeded by {successor}; give the successor.";
        MinorWithoutGuardian {} "volunteer.minor_without_guardian" at "guardian" =>
            "未成年人注册须有监护人同意(本程序所设条件,参照民法典§19–20)。",
            "A minor registers with a guardian's consent only (a condition of this program, after 民法典 §19–20).";
        NoConsent {} "volunteer.no_consent" at "consent" =>
            "注册须本人自愿并记录同意(方式和日期);不得摊派(志愿服务条例§25)。",
            "Registration is voluntary: record how and when the person consented; nobody is enrolled by a quota (志愿服务条例 §25).";
        ConsentAhead { today: Date } "volunteer.consent_in_future" at "consent" =>
            "同意日期不能晚于今天({today})。", "The consent cannot be dated after today ({today}).";
        TooManySkills {} "volunteer.too_many_skills" at "skills" =>
            "技能最多20项。", "At most 20 skills.";
        NoSkill { word: &'static str } "volunteer.no_skill" at "skills" =>
            "“{word}”不是技能;没有技能的请留空。", "“{word}” is no skill; leave the list empty where there is none.";
        Erased {} "volunteer.erased" at "volunteer" =>
            "该志愿者的个人信息已删除,不能再变更。",
            "The volunteer's personal data was erased; nothing more can change.";
        AlreadyWithdrawn {} "volunteer.withdrawn" at "volunteer" =>
            "该志愿者已退出;重新加入须凭新的本人同意重新注册,编号、时长和积分保留。",
            "The volunteer has withdrawn; who comes back registers again with a new consent, and number, hours and points are kept.";
        AlreadySuspended {} "volunteer.suspended" at "volunteer" =>
            "该志愿者已暂停服务。", "The volunteer is suspended already.";
        NotSuspended {} "volunteer.not_suspended" at "volunteer" =>
            "该志愿者未被暂停。", "The volunteer is not suspended.";
        SinceAhead { today: Date } "volunteer.since_in_future" at "since" =>
            "政治面貌变更日期不能晚于今天({today})。", "The political status cannot change after today ({today}).";
        IdentityCorrectionOpen { correction: u32 } "volunteer.identity_correction_open" at "volunteer" =>
            "第{correction}号身份号码更正申请尚未办结;请先核准或不予更正。",
            "Request {correction} to correct the identity number is open; approve or refuse it first.";
        NoIdentityRequest { correction: u32 } "volunteer.no_identity_request" absent at "correction" =>
            "没有待核准的第{correction}号身份号码更正申请。",
            "There is no open request {correction} to correct the identity number.";
        SecondPerson {} "volunteer.second_person" at "correction" =>
            "身份号码的更正须由申请人以外的另一人核准。",
            "Another person than who asked for it approves the correction of an identity number.";
        CorrectedSince {} "volunteer.corrected_since" at "correction" =>
            "申请之后个人信息又有更正,或申请已搁置超过30天;请不予更正本申请,再重新申请。",
            "The personal data was corrected after the request, or it waited for more than 30 days; refuse this request and ask again.";
        UnknownProposal { proposal: u32 } "volunteer.unknown_proposal" absent at "proposal" =>
            "没有待定的第{proposal}号星级拟评。", "There is no open star proposal {proposal}.";
    }
}

impl Volunteer {
    /// The unit, once registered.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitCode> {
        self.unit.as_ref()
    }

    /// Registered, not withdrawn and not suspended.
    #[must_use]
    pub fn may_serve(&self) -> bool {
        self.registered && !self.withdrawn && !self.suspended && !self.erased
    }

    /// Whether the volunteer ended the registration, and may register again.
    #[must_use]
    pub fn has_withdrawn(&self) -> bool {
        self.withdrawn && !self.erased
    }

    /// Whether all that was personal is deleted.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.erased
    }

    /// Whether the volunteer was of age when the log last learned of it, at a registration or a correction; nobody grows
    /// younger. Of anybody else the vault has to be asked for the day concerned.
    #[must_use]
    pub fn is_of_age(&self) -> bool {
        self.age_group.is_some_and(|group| group != AgeGroup::Minor)
    }

    /// What was declared of them: 类别, 招募方式, 政治面貌 and 技能 as they stand.
    #[must_use]
    pub fn declared(&self) -> Option<(Kind, Recruitment, PoliticalStatus, &[Text<40>])> {
        let (kind, recruitment) = self.categories?;
        Some((kind, recruitment, self.political_status?, &self.skills))
    }

    /// Digest of the registration in the vault as it stands.
    #[must_use]
    pub fn sealed(&self) -> Option<SealedDigest> {
        self.sealed
    }

    /// What a squad must know to take the volunteer in.
    ///
    /// # Errors
    /// When nobody is registered under this number.
    pub fn applicant(&self, volunteer: PersonId) -> Result<Applicant, Rejection> {
        let unit = self.unit.clone().ok_or(Rejection::Unregistered {})?;
        let party = self.political_status.is_some_and(PoliticalStatus::counts_as_party);
        Ok(Applicant { volunteer, unit, party, may_serve: self.may_serve() })
    }

    /// Refuses what is asked of somebody who never registered, or was erased.
    fn known(&self) -> Result<(), Rejection> {
        match (self.registered, self.erased) {
            (false, _) => Err(Rejection::Unregistered {}),
            (true, true) => Err(Rejection::Erased {}),
            (true, false) => Ok(()),
        }
    }

    /// Refuses what is asked of somebody who is not, or no longer, a volunteer.
    fn standing(&self) -> Result<(), Rejection> {
        self.known()?;
        if self.withdrawn { Err(Rejection::AlreadyWithdrawn {}) } else { Ok(()) }
    }
}

impl Aggregate for Volunteer {
    const CATEGORY: &'static str = "volunteer";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let of_anybody = matches!(
            command,
            Command::Register(_)
                | Command::ErasePersonalData(_)
                | Command::CorrectPersonalData { .. }
                | Command::RequestIdentityCorrection { .. }
                | Command::ApproveIdentityCorrection { .. }
                | Command::RefuseIdentityCorrection { .. }
        );
        if !of_anybody {
            self.standing()?;
        }
        Ok(match command {
            Command::Register(asked) => self.register(asked, given)?,
            Command::ErasePersonalData(erased) => {
                once(!self.erased, || Event::PersonalDataErased(erased))
            }
            Command::MatchRealName(matched) => {
                once(self.real_name != Some(true), || Event::RealNameMatched(matched))
            }
            Command::RefuseRealName(refused) => {
                let standing = self.refused.as_ref().filter(|_| self.real_name == Some(false));
                once(standing != Some(&refused), || Event::RealNameRefused(refused))
            }
            Command::ChangeTier(changed) => {
                once(self.tier != Some(changed.tier), || Event::TierChanged(changed))
            }
            Command::DeclareSkills(declared) => {
                register::real_skills(&declared.skills)?;
                once(self.skills != declared.skills, || Event::SkillsDeclared(declared))
            }
            Command::Move { to, reason } => self.move_to(to, reason, given)?,
            Command::ReviewStar { volunteer, attested } => {
                self.review_star(volunteer, attested, given)
            }
            Command::SettleStar { proposal, upheld } => self.settle_star(proposal, upheld)?,
            Command::Suspend(_) if self.suspended => return Err(Rejection::AlreadySuspended {}),
            Command::Suspend(suspended) => vec![Event::Suspended(suspended)],
            Command::Resume(_) if !self.suspended => return Err(Rejection::NotSuspended {}),
            Command::Resume(resumed) => vec![Event::Resumed(resumed)],
            Command::Withdraw { reason } => {
                vec![Event::Withdrawn(Withdrawn { reason, on: Some(given.today()) })]
            }
            Command::CorrectPersonalData { corrected, age_group } => {
                self.correct_personal_data(corrected, age_group)?
            }
            Command::ChangePoliticalStatus { to, since, reason } => {
                self.change_political_status(to, since, reason, given)?
            }
            Command::ChangeCategories(changed) => self.change_categories(changed),
            Command::RequestIdentityCorrection { prepared, reason } => {
                self.request_identity_correction(prepared, reason, given)?
            }
            Command::ApproveIdentityCorrection { correction, age_group, guardian_consent } => {
                self.approve_identity_correction(correction, age_group, guardian_consent, given)?
            }
            Command::RefuseIdentityCorrection { correction, reason } => {
                self.refuse_identity_correction(correction, reason)?
            }
        })
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Registered(registered) | Event::Returned(registered) => self.take_in(registered),
            Event::PersonalDataCorrected(corrected) => {
                self.sealed = Some(corrected.sealed);
                self.guardian_consent = corrected.guardian_consent;
                if corrected.items.contains(&PersonalItem::Name) {
                    self.real_name = None;
                }
            }
            Event::PoliticalStatusChanged(changed) => self.political_status = Some(changed.to),
            Event::CategoriesChanged(changed) => {
                self.categories = Some((changed.kind, changed.recruitment));
            }
            Event::IdentityCorrectionRequested(requested) => {
                self.prepared.push(requested.prepared);
                self.identity_request = Some(IdentityRequest {
                    correction: requested.correction,
                    by: requested.by.clone(),
                    replaces: requested.replaces,
                    prepared: requested.prepared,
                });
            }
            Event::IdentityCorrected(corrected) => {
                self.identity_request = None;
                self.age_group = Some(corrected.age_group);
                self.sealed = Some(corrected.sealed);
                self.real_name = None;
            }
            Event::IdentityCorrectionRefused(_) => self.identity_request = None,
            Event::RealNameMatched(_) => self.real_name = Some(true),
            Event::RealNameRefused(refused) => {
                self.real_name = Some(false);
                self.refused = Some(refused.clone());
            }
            Event::TierChanged(changed) => self.tier = Some(changed.tier),
            Event::SkillsDeclared(declared) => self.skills.clone_from(&declared.skills),
            Event::Moved(moved) => self.unit = Some(moved.to.clone()),
            Event::StarProposed(proposed) => {
                self.proposals = proposed.proposal;
                self.open_proposal = Some(proposed.clone());
            }
            Event::StarProposalEnded(_) => self.open_proposal = None,
            Event::StarChanged(changed) => {
                self.stars = changed.to;
                self.open_proposal = None;
            }
            Event::Suspended(_) => self.suspended = true,
            Event::Resumed(_) => self.suspended = false,
            Event::Withdrawn(withdrawn) => {
                (self.withdrawn, self.withdrawn_on) = (true, withdrawn.on);
            }
            Event::PersonalDataErased(_) => self.erased = true,
        }
    }
}
