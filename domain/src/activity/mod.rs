//! 活动: published before it starts, an emergency (应急) soon after, signed up for, insured where dangerous, closed. One that is only
//! on paper is over when it is entered; services done in it are backfilled when a second person has approved it.

mod backfill;
mod events;
mod taking_part;
#[cfg(test)]
mod tests;

pub use events::{
    Cancelled, Class, Closed, Event, Insured, Kind, Published, RiskAssessed, SignUpCancelled,
    SignedUp, Started,
};

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::{Aggregate, Given, Moment, PersonId, SealedDigest, Text, UnitCode};

/// An activity as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    published: Option<Box<Published>>,
    dangerous: bool,
    risk_assessed: bool,
    /// 补录待核准.
    awaits_approval: bool,
    /// Who signed up, and whether they are covered by insurance.
    participants: HashMap<PersonId, Participant>,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, Default)]
struct Participant {
    insured: bool,
    signed_up: bool,
    minor: bool,
    walk_in: bool,
}

/// How far an activity has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    /// 已发布, sign-up is open.
    #[default]
    Announced,
    /// 进行中.
    Running,
    /// 已结束 at this moment.
    Closed(Timestamp),
    /// 已取消.
    Cancelled,
}

/// What may be asked of an activity.
#[derive(Debug, Clone)]
pub enum Command {
    /// 发布活动; with a paper, 申请补录.
    Publish(Box<Published>),
    /// 核准补录.
    ApproveBackfill,
    /// 不予补录.
    RefuseBackfill {
        /// Why.
        reason: Text<200>,
    },
    /// 风险评估.
    AssessRisk(RiskAssessed),
    /// 投保.
    Insure(Insured),
    /// 报名; while the activity runs, 现场报名 of somebody who came unannounced.
    SignUp {
        /// Who.
        volunteer: PersonId,
        /// Registered, not suspended, not withdrawn.
        may_serve: bool,
        /// On [`Activity::day_of_age`]; a minor never does dangerous work.
        minor: bool,
    },
    /// 取消报名.
    CancelSignUp {
        /// Who.
        volunteer: PersonId,
        /// Whether they checked in to the activity, or a record says that they served there.
        served: bool,
    },
    /// 开始.
    Start {
        /// Who of those who signed up is a minor on [`Activity::day_of_age`], as far as it was asked again: a date of birth may
        /// have been corrected since the sign-up.
        minors: Vec<PersonId>,
    },
    /// 结束.
    Close {
        /// When it really ended.
        ended_at: Timestamp,
        /// What came of it.
        summary: Text<500>,
    },
    /// 取消活动.
    Cancel {
        /// Why.
        reason: Text<200>,
    },
}

refusals! {
    /// Why an activity's command is refused.
    pub enum Rejection {
        Unpublished {} "activity.unpublished" absent at "activity" =>
            "没有该编号的活动。", "There is no activity with this id.";
        AlreadyPublished {} "activity.already_published" at "activity" =>
            "该活动已发布。", "The activity is published already.";
        UnknownUnit { unit: UnitCode } "activity.unknown_unit" absent at "organiser" =>
            "组织单位{unit}不存在。", "There is no unit {unit} to organise it.";
        NotAhead { now: Moment } "activity.not_ahead" at "starts_at" =>
            "活动须在开始之前发布;开始时间应晚于{now}。",
            "An activity is published before it starts; starts_at must be after {now}.";
        EmergencyOver { now: Moment } "activity.emergency_over" at "ends_at" =>
            "应急活动可在进行中发布,结束时间应晚于{now};已结束的请凭纸质材料补录。",
            "An emergency may be published while it runs, so ends_at must be after {now}; enter one that is over from paper.";
        EmergencyLate { earliest: Moment, hours: u16 } "activity.emergency_late" at "starts_at" =>
            "应急活动须在开始后{hours}小时内发布;开始时间应不早于{earliest}。",
            "An emergency that runs is published within {hours} hours of its start; starts_at must not be before {earliest}.";
        NotOver { now: Moment } "activity.not_over" at "ends_at" =>
            "补录的活动须已结束,结束时间应早于{now}。",
            "Only an activity that is over is entered from paper: ends_at is before {now}.";
        NoPhotograph {} "activity.no_photograph" at "evidence" =>
            "补录须至少附一张纸质签到表或活动记录的照片。",
            "Show the paper by at least one photograph of the list of those present or of the report.";
        TooMuchEvidence { limit: usize } "activity.too_much_evidence" at "evidence" =>
            "佐证材料最多{limit}件。", "At most {limit} pieces of evidence.";
        SameEvidence { digest: SealedDigest } "activity.same_evidence" at "evidence" =>
            "佐证材料{digest}重复;每件只列一次。", "The evidence {digest} is listed twice; list each piece once.";
        AwaitsApproval {} "activity.awaits_approval" at "activity" =>
            "补录的活动待核准;请由另一人核准后再补录服务。",
            "The activity was entered from paper and waits for approval by a second person; backfill services after that.";
        NotRequested {} "activity.not_requested" at "activity" =>
            "该活动不是待核准的补录。", "The activity is no backfill that waits for approval.";
        BackfillSelfApproved {} "activity.backfill_self_approved" at "actor" =>
            "补录须由录入人以外的人核准。",
            "What was entered from paper is approved or refused by somebody other than who entered it.";
        Backwards {} "activity.backwards" at "ends_at" =>
            "结束时间应晚于开始时间。", "It must end after it starts.";
        TooLong { hours: u32 } "activity.too_long" at "ends_at" =>
            "一次活动最长{hours}小时;更长的请分次发布。",
            "One activity lasts at most {hours} hours; publish longer ones in parts.";
        NotAnnounced {} "activity.not_announced" at "activity" =>
            "活动已开始、结束或取消。", "The activity has started, ended or was cancelled.";
        NotRunning {} "activity.not_running" at "activity" =>
            "活动尚未开始或已经结束。", "The activity is not running.";
        Full { capacity: u32 } "activity.full" at "volunteer" =>
            "报名已满({capacity}人)。", "All {capacity} places are taken.";
        NotServing { volunteer: PersonId } "activity.not_serving" at "volunteer" =>
            "{volunteer}未注册、已暂停或已退出,不能报名。",
            "{volunteer} is not registered, suspended or withdrawn and cannot sign up.";
        MinorInDanger { volunteer: PersonId } "activity.minor_in_danger" at "volunteer" =>
            "{volunteer}为未成年人,不得参加有人身危险的活动。",
            "{volunteer} is a minor and may not take part in dangerous work.";
        JoinsTooLate { ends_at: Moment } "activity.joins_too_late" at "volunteer" =>
            "现场报名须在活动预定结束时间({ends_at})之前办理。",
            "Who comes unannounced is signed up before the announced end ({ends_at}); time before that is not counted.";
        WalkInUninsured { volunteer: PersonId } "activity.walk_in_uninsured" at "volunteer" =>
            "有人身危险的活动须先为{volunteer}投保,再现场报名(志愿服务条例§17)。",
            "Insure {volunteer} first, then sign them up: the work is dangerous and is under way (志愿服务条例 §17).";
        HasServed { volunteer: PersonId } "activity.has_served" at "volunteer" =>
            "{volunteer}已在此活动签到或有服务记录,不能取消报名;记录有误的请作废记录。",
            "{volunteer} checked in or has a record of this activity, so the sign-up stands; void a record that is wrong.";
        AgeUnknown { volunteer: PersonId } "activity.age_unknown" at "volunteer" =>
            "{volunteer}登记的身份信息暂时无法读取,不能核对是否成年;请核对身份信息后再办理。",
            "It cannot be told whether {volunteer} is of age, because their registration cannot be read; once it can, ask again.";
        NotSignedUp { volunteer: PersonId } "activity.not_signed_up" at "volunteer" =>
            "{volunteer}没有报名。", "{volunteer} has not signed up.";
        TooManyAtOnce { limit: usize } "activity.too_many_at_once" at "volunteers" =>
            "一次最多为{limit}人投保;请分批办理。", "At most {limit} people at once; insure them in parts.";
        NobodyNamed {} "activity.nobody_named" at "volunteers" =>
            "请列出参保志愿者编号。", "Name the volunteers who are covered.";
        RiskNotAssessed {} "activity.risk_not_assessed" at "activity" =>
            "有人身危险的活动开始前须作风险评估。",
            "Dangerous work starts only after its risk was assessed.";
        Uninsured { volunteer: PersonId, count: usize } "activity.uninsured" at "volunteers" =>
            "有人身危险的活动开始前须为全部参加者投保;尚有{count}人未投保,例如{volunteer}(志愿服务条例§17)。",
            "Before dangerous work everybody who takes part is insured; {count} are not, {volunteer} among them (志愿服务条例 §17).";
        EndsAhead { now: Moment } "activity.ends_in_future" at "ended_at" =>
            "实际结束时间不能晚于现在({now})。", "It cannot have ended after now ({now}).";
        EndsBeforeStart { starts_at: Moment } "activity.ended_before_start" at "ended_at" =>
            "实际结束时间应晚于开始时间{starts_at}。", "It cannot have ended before its start {starts_at}.";
    }
}

/// One activity lasts at most this long.
const LONGEST_HOURS: u32 = 24 * 7;
/// What a service record must know of the activity it was done in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// What was published.
    pub activity: Box<Published>,
    /// Whether it took place.
    pub phase: Phase,
    /// Whether the volunteer had signed up; not asked of an activity from paper.
    pub signed_up: bool,
    /// Whether they did so while it ran.
    pub walk_in: bool,
}

impl Participation {
    /// The moment with which the activity was over, where it is over at `now`: its closing, or its announced end where nobody
    /// has closed it.
    #[must_use]
    pub fn over_at(&self, now: Timestamp) -> Option<Timestamp> {
        match self.phase {
            Phase::Closed(at) => Some(at),
            Phase::Running => Some(self.activity.ends_at).filter(|end| *end < now),
            Phase::Announced | Phase::Cancelled => None,
        }
    }
}

impl Activity {
    /// What was published, if anything.
    #[must_use]
    pub fn published(&self) -> Option<&Published> {
        self.published.as_deref()
    }

    /// What a volunteer's record must know of this activity.
    ///
    /// # Errors
    /// When the activity was never published.
    pub fn participation(&self, volunteer: PersonId) -> Result<Participation, Rejection> {
        let activity = self.published.clone().ok_or(Rejection::Unpublished {})?;
        let participant = self.participants.get(&volunteer);
        Ok(Participation {
            phase: self.phase,
            // Who was there, the paper shows.
            signed_up: participant.is_some_and(|one| one.signed_up) || activity.paper.is_some(),
            activity,
            walk_in: participant.is_some_and(|one| one.signed_up && one.walk_in),
        })
    }

    fn announced(&self) -> Result<&Published, Rejection> {
        let published = self.published.as_deref().ok_or(Rejection::Unpublished {})?;
        if self.awaits_approval {
            return Err(Rejection::AwaitsApproval {});
        }
        if self.phase == Phase::Announced { Ok(published) } else { Err(Rejection::NotAnnounced {}) }
    }

    fn publish(
        &self,
        mut asked: Box<Published>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.published.is_some() {
            return Err(Rejection::AlreadyPublished {});
        }
        if given.units.get(&asked.organiser).is_none() {
            return Err(Rejection::UnknownUnit { unit: asked.organiser });
        }
        if asked.ends_at <= asked.starts_at {
            return Err(Rejection::Backwards {});
        }
        if let Some(paper) = asked.paper.take() {
            asked.paper = Some(backfill::taken_from(paper, &asked, given)?);
        } else if asked.starts_at <= given.now {
            backfill::runs_in_emergency(&asked, given)?;
        }
        not_too_long(asked.starts_at, asked.ends_at)?;
        Ok(vec![Event::Published(asked)])
    }

    fn close(
        &self,
        ended_at: Timestamp,
        summary: Text<500>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let published = self.published.as_deref().ok_or(Rejection::Unpublished {})?;
        if self.phase != Phase::Running {
            return Err(Rejection::NotRunning {});
        }
        if ended_at > given.now {
            return Err(Rejection::EndsAhead { now: given.now.into() });
        }
        if ended_at <= published.starts_at {
            return Err(Rejection::EndsBeforeStart { starts_at: published.starts_at.into() });
        }
        not_too_long(published.starts_at, ended_at)?;
        Ok(vec![Event::Closed(Closed { ended_at, summary })])
    }
}

fn not_too_long(from: Timestamp, to: Timestamp) -> Result<(), Rejection> {
    if to.duration_since(from) > SignedDuration::from_hours(i64::from(LONGEST_HOURS)) {
        return Err(Rejection::TooLong { hours: LONGEST_HOURS });
    }
    Ok(())
}

impl Aggregate for Activity {
    const CATEGORY: &'static str = "activity";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Publish(asked) => self.publish(asked, given),
            Command::ApproveBackfill => self.approve_backfill(given),
            Command::RefuseBackfill { reason } => self.refuse_backfill(reason, given),
            Command::AssessRisk(assessed) => {
                self.announced()?;
                Ok(vec![Event::RiskAssessed(assessed)])
            }
            Command::Insure(insured) => self.insure(insured),
            Command::SignUp { volunteer, may_serve, minor } => {
                self.sign_up(volunteer, may_serve, minor, given)
            }
            Command::CancelSignUp { volunteer, served } => self.cancel_sign_up(volunteer, served),
            Command::Start { minors } => self.start(&minors),
            Command::Close { ended_at, summary } => self.close(ended_at, summary, given),
            Command::Cancel { reason } => {
                self.announced()?;
                Ok(vec![Event::Cancelled(Cancelled { reason })])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Published(published) => {
                self.dangerous = published.dangerous;
                self.awaits_approval = published.paper.is_some();
                self.published = Some(published.clone());
            }
            Event::BackfillApproved(_) => {
                let ended_at = self.published.as_ref().map(|published| published.ends_at);
                self.awaits_approval = false;
                self.phase = ended_at.map_or(self.phase, Phase::Closed);
            }
            Event::BackfillRefused(_) => {
                (self.awaits_approval, self.phase) = (false, Phase::Cancelled);
            }
            Event::RiskAssessed(assessed) => {
                self.risk_assessed = true;
                self.dangerous = assessed.dangerous;
            }
            Event::Insured(insured) => {
                for volunteer in &insured.volunteers {
                    self.participants.entry(*volunteer).or_default().insured = true;
                }
            }
            Event::SignedUp(signed_up) => {
                let participant = self.participants.entry(signed_up.volunteer).or_default();
                participant.signed_up = true;
                participant.minor = signed_up.minor;
                participant.walk_in = signed_up.walk_in;
            }
            Event::SignUpCancelled(cancelled) => {
                self.participants.entry(cancelled.volunteer).or_default().signed_up = false;
            }
            Event::Started(_) => self.phase = Phase::Running,
            Event::Closed(closed) => self.phase = Phase::Closed(closed.ended_at),
            Event::Cancelled(_) => self.phase = Phase::Cancelled,
        }
    }
}
