//! 小分队: a unit's squad of volunteers.

mod events;
#[cfg(test)]
mod tests;

pub use events::{
    Applied, Approved, Completed, Consent, Event, MemberJoined, MemberLeft, PartyShareChanged,
};

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::aggregate::once;
use crate::campaign::Duties;
use crate::{Aggregate, CampaignCode, Given, PersonId, Text, UnitCode};

/// A squad as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Squad {
    unit: Option<UnitCode>,
    /// The campaigns in which it was complete; none: before there was any, or without a task.
    completed: HashSet<Option<CampaignCode>>,
    registration: Option<Text<40>>,
    members: HashMap<PersonId, Member>,
    /// Who left and is no member since, and the day.
    left: HashMap<PersonId, Option<Date>>,
}

/// A member as the squad knows them.
#[derive(Debug, Clone)]
struct Member {
    /// Party member or activist.
    party: bool,
    consent: Consent,
}

/// Members of a squad, or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heads {
    /// All.
    pub members: u32,
    /// Party members and activists among them.
    pub party: u32,
}

impl std::ops::AddAssign for Heads {
    fn add_assign(&mut self, more: Self) {
        self.members = self.members.saturating_add(more.members);
        self.party = self.party.saturating_add(more.party);
    }
}

/// Who asks to join: what the squad must know of a volunteer's own history.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who.
    pub volunteer: PersonId,
    /// The volunteer's unit.
    pub unit: UnitCode,
    /// Party member or activist.
    pub party: bool,
    /// Registered, not withdrawn, not suspended.
    pub may_serve: bool,
}

/// What may be asked of a squad.
#[derive(Debug, Clone)]
pub enum Command {
    /// 申请注册小分队.
    Apply {
        /// The unit that raises it.
        unit: UnitCode,
    },
    /// 核准注册.
    Approve {
        /// 注册编号.
        registration: Text<40>,
    },
    /// 加入小分队.
    Join {
        /// Who asks.
        applicant: Applicant,
        /// 本人同意; nobody joins without it.
        consent: Option<Consent>,
    },
    /// 退出小分队.
    Leave {
        /// Who leaves.
        volunteer: PersonId,
        /// Why.
        reason: Text<200>,
    },
    /// 队员政治面貌变更; of somebody who is no member it changes nothing.
    CountParty {
        /// Who.
        volunteer: PersonId,
        /// Party member or activist.
        party: bool,
    },
    /// 宣布组建完成.
    Complete {
        /// Members of the other squads whose heads count in the unit, by the rulebook in force.
        others: Heads,
    },
}

refusals! {
    /// Why a squad's command is refused.
    pub enum Rejection {
        NotApplied {} "squad.not_applied" at "squad" =>
            "该单位尚未申请注册小分队;请先申请。", "The unit has not applied for a squad; apply first.";
        UnknownUnit { unit: UnitCode } "squad.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        EndedUnit { successor: UnitCode } "squad.ended_unit" at "unit" =>
            "该单位已由{successor}承接;请在承接单位组建小分队。",
            "The unit was succeeded by {successor}; raise the squad there.";
        Attributed { department: UnitCode } "squad.attributed_unit" at "unit" =>
            "该单位已归口到{department},人员计入所属部门;请加入部门的小分队。",
            "The unit's people count towards {department}; they join that department's squad.";
        NotApproved {} "squad.not_approved" at "squad" =>
            "小分队尚未经团县委核准注册。", "The squad is not approved by the county committee of the Youth League (团县委) yet.";
        AlreadyApproved {} "squad.already_approved" at "squad" =>
            "小分队已核准注册。", "The squad is approved already.";
        NoConsent {} "squad.no_consent" at "consent" =>
            "加入须本人自愿并记录同意(方式和日期);不得摊派(志愿服务条例§25)。",
            "Joining is voluntary: record how and when the person consented; nobody is enrolled by a quota (志愿服务条例 §25).";
        ConsentAhead { today: Date } "squad.consent_in_future" at "consent" =>
            "同意日期不能晚于今天({today})。", "The consent cannot be dated after today ({today}).";
        ConsentBeforeLeaving { left: Date } "squad.consent_before_leaving" at "consent" =>
            "此人已于{left}退出本小分队;重新加入须本人重新同意,同意日期不早于该日。",
            "This person left the squad on {left}; joining again takes a fresh consent, given on that day or later.";
        NotServing {} "squad.not_serving" at "volunteer" =>
            "该志愿者未注册、已暂停或已退出。", "The volunteer is not registered, suspended or withdrawn.";
        OtherUnit {} "squad.other_unit" at "volunteer" =>
            "本小分队范围内的单位没有此编号的志愿者;每人只计入其单位所属的小分队。",
            "No unit of this squad has a volunteer with this number; each head counts once, in the squad of their unit.";
        NotAMember { volunteer: PersonId } "squad.not_a_member" at "volunteer" =>
            "{volunteer}不是本小分队成员。", "{volunteer} is no member of this squad.";
        AlreadyCompleted {} "squad.already_completed" at "squad" =>
            "小分队已宣布组建完成;有新任务的行动开始后,或承接未完成的任务后,才可再次宣布。",
            "The squad was declared complete already; it is again once its unit has another task by a campaign, or takes over an unfinished one.";
        NoHeadcount {} "squad.no_headcount" at "squad" =>
            "单位尚未申报总人数,无法核算比例;请先申报。",
            "The unit has declared no headcount, so no share can be reckoned; declare it first.";
        TooFew { members: u32, required: u32 } "squad.too_few" at "squad" =>
            "成员{members}人,应不少于{required}人(任务数与总人数比例取大者)。",
            "{members} members; at least {required} are required (the task number or the share of the headcount, whichever is more).";
        TooFewParty { party: u32, members: u32, percent: u8 } "squad.too_few_party" at "squad" =>
            "党员和入党积极分子{party}人,应不少于成员{members}人的{percent}%。",
            "{party} party members and activists; at least {percent} % of {members} members are required.";
    }
}

impl Squad {
    /// Whether the volunteer is a member.
    #[must_use]
    pub fn has(&self, volunteer: PersonId) -> bool {
        self.members.contains_key(&volunteer)
    }

    /// How many it has.
    #[must_use]
    pub fn heads(&self) -> Heads {
        let party = self.members.values().filter(|member| member.party).count();
        Heads { members: count(self.members.len()), party: count(party) }
    }

    /// 本人同意 of a member.
    #[must_use]
    pub fn consent(&self, volunteer: PersonId) -> Option<&Consent> {
        self.members.get(&volunteer).map(|member| &member.consent)
    }

    /// 注册编号, once it is approved.
    #[must_use]
    pub fn registration(&self) -> Option<&Text<40>> {
        self.registration.as_ref()
    }

    /// Whether the volunteer left and is no member since; with the day, where it was recorded.
    #[must_use]
    pub fn left(&self, volunteer: PersonId) -> Option<Option<Date>> {
        self.left.get(&volunteer).copied()
    }

    fn unit(&self) -> Result<&UnitCode, Rejection> {
        self.unit.as_ref().ok_or(Rejection::NotApplied {})
    }

    fn apply(&self, unit: UnitCode, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        if self.unit.is_some() {
            return Ok(vec![]);
        }
        let node = given.units.get(&unit).ok_or(Rejection::UnknownUnit { unit: unit.clone() })?;
        if let Some(successor) = &node.succeeded_by {
            return Err(Rejection::EndedUnit { successor: successor.clone() });
        }
        match &node.attributed_to {
            Some(department) => Err(Rejection::Attributed { department: department.clone() }),
            None => Ok(vec![Event::Applied(Applied { unit })]),
        }
    }

    fn join(
        &self,
        applicant: Applicant,
        consent: Option<Consent>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let unit = self.unit()?;
        let Applicant { volunteer, unit: home, party, may_serve } = applicant;
        if self.has(volunteer) {
            return Ok(vec![]);
        }
        let consent = consent.filter(Consent::is_given).ok_or(Rejection::NoConsent {})?;
        if consent.given_on > given.today() {
            return Err(Rejection::ConsentAhead { today: given.today() });
        }
        if let Some(Some(left)) = self.left.get(&volunteer)
            && consent.given_on < *left
        {
            return Err(Rejection::ConsentBeforeLeaving { left: *left });
        }
        let counts = given.units.counts_in(&home, unit, &given.rulebook.rules);
        if given.units.squad_of(&home) != Some(unit) || !counts {
            return Err(Rejection::OtherUnit {});
        }
        if !may_serve {
            return Err(Rejection::NotServing {});
        }
        Ok(vec![Event::MemberJoined(MemberJoined { volunteer, consent, party })])
    }

    fn complete(&self, others: Heads, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let unit = self.unit()?;
        let Duties { campaign, task, deadlines } = given.duties_of(unit);
        let known = if let Some(code) = &campaign {
            let of = given.units.campaigns().get(code);
            self.completed.contains(&campaign) && !of.is_some_and(|of| of.is_reopened(unit))
        } else {
            !self.completed.is_empty()
        };
        if known {
            return Err(Rejection::AlreadyCompleted {});
        }
        if self.registration.is_none() {
            return Err(Rejection::NotApproved {});
        }
        let rules = &given.rulebook.rules;
        let headcount = given.units.counted_headcount(unit, rules);
        if headcount == 0 {
            return Err(Rejection::NoHeadcount {});
        }
        let required = match task {
            0 => rules.required_members(headcount, 0),
            _ => {
                let task = given.units.counted_task(unit, campaign.as_ref(), rules);
                rules.required_members(headcount, task)
            }
        };
        let mut heads = self.heads();
        heads += others;
        let Heads { members, party: party_members } = heads;
        if members < required {
            return Err(Rejection::TooFew { members, required });
        }
        let percent = *rules.party_percent;
        if u64::from(party_members) * 100 < u64::from(members) * u64::from(percent) {
            return Err(Rejection::TooFewParty { party: party_members, members, percent });
        }
        let deadline = deadlines.squad;
        let late = deadline.is_some_and(|deadline| given.now >= deadline);
        Ok(vec![Event::Completed(Completed {
            members,
            party_members,
            required,
            deadline,
            late,
            campaign,
        })])
    }
}

fn count(members: usize) -> u32 {
    u32::try_from(members).unwrap_or(u32::MAX)
}

impl Aggregate for Squad {
    const CATEGORY: &'static str = "squad";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Apply { unit } => self.apply(unit, given),
            Command::Approve { registration } => {
                self.unit()?;
                if self.registration.is_some() {
                    return Err(Rejection::AlreadyApproved {});
                }
                Ok(vec![Event::Approved(Approved { registration })])
            }
            Command::Join { applicant, consent } => self.join(applicant, consent, given),
            Command::Leave { volunteer, reason } => {
                if !self.has(volunteer) {
                    return Err(Rejection::NotAMember { volunteer });
                }
                let on = Some(given.today());
                Ok(vec![Event::MemberLeft(MemberLeft { volunteer, reason, on })])
            }
            Command::CountParty { volunteer, party } => {
                let counted = self.members.get(&volunteer).map(|member| member.party);
                Ok(once(counted.is_some_and(|counted| counted != party), || {
                    Event::PartyShareChanged(PartyShareChanged { volunteer, party })
                }))
            }
            Command::Complete { others } => self.complete(others, given),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Applied(applied) => self.unit = Some(applied.unit.clone()),
            Event::Approved(approved) => self.registration = Some(approved.registration.clone()),
            Event::MemberJoined(joined) => {
                let (party, consent) = (joined.party, joined.consent.clone());
                self.members.insert(joined.volunteer, Member { party, consent });
                self.left.remove(&joined.volunteer);
            }
            Event::MemberLeft(left) => {
                self.members.remove(&left.volunteer);
                self.left.insert(left.volunteer, left.on);
            }
            Event::PartyShareChanged(changed) => {
                if let Some(member) = self.members.get_mut(&changed.volunteer) {
                    member.party = changed.party;
                }
            }
            Event::Completed(completed) => {
                self.completed.insert(completed.campaign.clone());
            }
        }
    }
}
