//! 志愿者: one real person, known here by number only.

mod events;
mod star;
#[cfg(test)]
mod tests;

pub use events::{
    Event, Kind, Moved, PersonalDataErased, PoliticalStatus, ProposalEnd, RealNameMatched,
    RealNameRefused, Recruitment, Registered, Resumed, SkillsDeclared, StarChanged,
    StarProposalEnded, StarProposed, Suspended, Tier, TierChanged, Withdrawn,
};

use jiff::civil::Date;

use crate::aggregate::once;
use crate::identity_number::AgeGroup;
use crate::squad::Applicant;
use crate::{Aggregate, Given, Minutes, PersonId, Text, UnitCode};

/// A volunteer as their own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Volunteer {
    registered: Option<Box<Registered>>,
    unit: Option<UnitCode>,
    tier: Option<Tier>,
    skills: Vec<Text<40>>,
    real_name: Option<bool>,
    stars: u8,
    proposals: u32,
    open_proposal: Option<StarProposed>,
    suspended: bool,
    withdrawn: bool,
    erased: bool,
}

/// What may be asked of a volunteer.
#[derive(Debug, Clone)]
pub enum Command {
    /// 注册.
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
    Withdraw(Withdrawn),
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
        UnknownUnit { unit: UnitCode } "volunteer.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在;请填写已登记单位的代码。",
            "There is no unit {unit}; give the code of a registered unit.";
        EndedUnit { unit: UnitCode, successor: UnitCode } "volunteer.ended_unit" at "unit" =>
            "单位{unit}已由{successor}承接;请填写承接单位。",
            "Unit {unit} was succeeded by {successor}; give the successor.";
        MinorWithoutGuardian {} "volunteer.minor_without_guardian" at "guardian" =>
            "未成年人注册须有监护人同意(志愿服务条例§7)。",
            "A minor registers with a guardian's consent only (志愿服务条例 §7).";
        NoConsent {} "volunteer.no_consent" at "consent" =>
            "注册须本人自愿并记录同意(方式和日期);不得摊派(志愿服务条例§25)。",
            "Registration is voluntary: record how and when the person consented; nobody is enrolled by a quota (志愿服务条例 §25).";
        ConsentAhead { today: Date } "volunteer.consent_in_future" at "consent" =>
            "同意日期不能晚于今天({today})。", "The consent cannot be dated after today ({today}).";
        TooManySkills {} "volunteer.too_many_skills" at "skills" =>
            "技能最多20项。", "At most 20 skills.";
        Erased {} "volunteer.erased" at "volunteer" =>
            "该志愿者的个人信息已删除,不能再变更。",
            "The volunteer's personal data was erased; nothing more can change.";
        AlreadyWithdrawn {} "volunteer.withdrawn" at "volunteer" =>
            "该志愿者已退出。", "The volunteer has withdrawn.";
        AlreadySuspended {} "volunteer.suspended" at "volunteer" =>
            "该志愿者已暂停服务。", "The volunteer is suspended already.";
        NotSuspended {} "volunteer.not_suspended" at "volunteer" =>
            "该志愿者未被暂停。", "The volunteer is not suspended.";
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
        self.registered.is_some() && !self.withdrawn && !self.suspended && !self.erased
    }

    /// Whether the volunteer was a minor when registering.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.registered.as_ref().is_some_and(|known| known.age_group == AgeGroup::Minor)
    }

    /// What a squad must know to take the volunteer in.
    ///
    /// # Errors
    /// When nobody is registered under this number.
    pub fn applicant(&self, volunteer: PersonId) -> Result<Applicant, Rejection> {
        let known = self.registered.as_ref().ok_or(Rejection::Unregistered {})?;
        Ok(Applicant {
            volunteer,
            unit: self.unit.clone().unwrap_or_else(|| known.unit.clone()),
            party: known.political_status.counts_as_party(),
            may_serve: self.may_serve(),
        })
    }

    /// Refuses what is asked of somebody who is not, or no longer, a volunteer.
    fn standing(&self) -> Result<(), Rejection> {
        match (&self.registered, self.erased, self.withdrawn) {
            (None, ..) => Err(Rejection::Unregistered {}),
            (_, true, _) => Err(Rejection::Erased {}),
            (_, _, true) => Err(Rejection::AlreadyWithdrawn {}),
            (Some(_), false, false) => Ok(()),
        }
    }

    fn register(&self, asked: Box<Registered>, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        if self.unit.is_some() {
            return Err(Rejection::AlreadyRegistered {});
        }
        if self.erased {
            return Err(Rejection::Erased {});
        }
        known_unit(&asked.unit, given)?;
        if asked.age_group == AgeGroup::Minor && !asked.guardian_consent {
            return Err(Rejection::MinorWithoutGuardian {});
        }
        if asked.consent.given_on > given.today() {
            return Err(Rejection::ConsentAhead { today: given.today() });
        }
        few_skills(&asked.skills)?;
        Ok(vec![Event::Registered(asked)])
    }

    fn move_to(
        &self,
        to: UnitCode,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.standing()?;
        known_unit(&to, given)?;
        match &self.unit {
            Some(from) if *from != to => {
                Ok(vec![Event::Moved(Moved { from: from.clone(), to, reason })])
            }
            Some(_) | None => Ok(vec![]),
        }
    }
}

fn known_unit(unit: &UnitCode, given: &Given<'_>) -> Result<(), Rejection> {
    let node = given.units.get(unit).ok_or(Rejection::UnknownUnit { unit: unit.clone() })?;
    match &node.succeeded_by {
        Some(successor) => {
            Err(Rejection::EndedUnit { unit: unit.clone(), successor: successor.clone() })
        }
        None => Ok(()),
    }
}

fn few_skills(skills: &[Text<40>]) -> Result<(), Rejection> {
    if skills.len() > 20 { Err(Rejection::TooManySkills {}) } else { Ok(()) }
}

impl Aggregate for Volunteer {
    const CATEGORY: &'static str = "volunteer";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        if !matches!(command, Command::Register(_) | Command::ErasePersonalData(_)) {
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
            Command::RefuseRealName(refused) => vec![Event::RealNameRefused(refused)],
            Command::ChangeTier(changed) => {
                once(self.tier != Some(changed.tier), || Event::TierChanged(changed))
            }
            Command::DeclareSkills(declared) => {
                few_skills(&declared.skills)?;
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
            Command::Withdraw(withdrawn) => vec![Event::Withdrawn(withdrawn)],
        })
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Registered(registered) => {
                self.unit = Some(registered.unit.clone());
                self.skills.clone_from(&registered.skills);
                self.registered = Some(registered.clone());
            }
            Event::RealNameMatched(_) => self.real_name = Some(true),
            Event::RealNameRefused(_) => self.real_name = Some(false),
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
            Event::Withdrawn(_) => self.withdrawn = true,
            Event::PersonalDataErased(_) => self.erased = true,
        }
    }
}
