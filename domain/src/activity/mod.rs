//! 活动: published before it starts, signed up for, insured where dangerous, closed.

mod events;
#[cfg(test)]
mod tests;

pub use events::{
    Cancelled, Class, Closed, Event, Insured, Kind, Published, RiskAssessed, SignUpCancelled,
    SignedUp, Started,
};

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::{Aggregate, Given, PersonId, Text, UnitCode};

/// An activity as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    published: Option<Box<Published>>,
    dangerous: bool,
    risk_assessed: bool,
    /// Who signed up, and whether they are covered by insurance.
    participants: HashMap<PersonId, Participant>,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, Default)]
struct Participant {
    insured: bool,
    signed_up: bool,
    minor: bool,
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
    /// 发布活动.
    Publish(Box<Published>),
    /// 风险评估.
    AssessRisk(RiskAssessed),
    /// 投保.
    Insure(Insured),
    /// 报名.
    SignUp {
        /// Who.
        volunteer: PersonId,
        /// Registered, not suspended, not withdrawn.
        may_serve: bool,
        /// A minor never does dangerous work.
        minor: bool,
    },
    /// 取消报名.
    CancelSignUp {
        /// Who.
        volunteer: PersonId,
    },
    /// 开始.
    Start,
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
        NotAhead { now: Timestamp } "activity.not_ahead" at "starts_at" =>
            "活动须在开始之前发布;开始时间应晚于{now}。",
            "An activity is published before it starts; starts_at must be after {now}.";
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
        EndsAhead { now: Timestamp } "activity.ends_in_future" at "ended_at" =>
            "实际结束时间不能晚于现在({now})。", "It cannot have ended after now ({now}).";
        EndsBeforeStart { starts_at: Timestamp } "activity.ended_before_start" at "ended_at" =>
            "实际结束时间应晚于开始时间{starts_at}。", "It cannot have ended before its start {starts_at}.";
    }
}

/// One activity lasts at most this long.
const LONGEST_HOURS: u32 = 24 * 7;
/// People named in one insurance event, so that it stays far below the log's 64 KiB.
const INSURED_AT_ONCE: usize = 2_000;

/// What a service record must know of the activity it was done in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// What was published.
    pub activity: Box<Published>,
    /// Whether it took place.
    pub phase: Phase,
    /// Whether the volunteer had signed up.
    pub signed_up: bool,
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
            activity,
            phase: self.phase,
            signed_up: participant.is_some_and(|one| one.signed_up),
        })
    }

    fn signed_up(&self) -> impl Iterator<Item = (&PersonId, &Participant)> {
        self.participants.iter().filter(|(_, participant)| participant.signed_up)
    }

    /// 开始: nobody goes into danger uninsured, and no minor at all (志愿服务条例 §17).
    fn start(&self) -> Result<Vec<Event>, Rejection> {
        self.announced()?;
        if self.dangerous {
            if !self.risk_assessed {
                return Err(Rejection::RiskNotAssessed {});
            }
            let minor = self.signed_up().filter(|(_, one)| one.minor).map(|(who, _)| *who).min();
            if let Some(volunteer) = minor {
                return Err(Rejection::MinorInDanger { volunteer });
            }
            let uninsured: Vec<_> =
                self.signed_up().filter(|(_, one)| !one.insured).map(|(who, _)| *who).collect();
            if let Some(&volunteer) = uninsured.iter().min() {
                return Err(Rejection::Uninsured { volunteer, count: uninsured.len() });
            }
        }
        let participants = u32::try_from(self.signed_up().count()).unwrap_or(u32::MAX);
        Ok(vec![Event::Started(Started { participants })])
    }

    fn announced(&self) -> Result<&Published, Rejection> {
        let published = self.published.as_deref().ok_or(Rejection::Unpublished {})?;
        if self.phase == Phase::Announced { Ok(published) } else { Err(Rejection::NotAnnounced {}) }
    }

    fn publish(&self, asked: Box<Published>, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        if self.published.is_some() {
            return Err(Rejection::AlreadyPublished {});
        }
        if given.units.get(&asked.organiser).is_none() {
            return Err(Rejection::UnknownUnit { unit: asked.organiser });
        }
        if asked.starts_at <= given.now {
            return Err(Rejection::NotAhead { now: given.now });
        }
        if asked.ends_at <= asked.starts_at {
            return Err(Rejection::Backwards {});
        }
        not_too_long(asked.starts_at, asked.ends_at)?;
        Ok(vec![Event::Published(asked)])
    }

    fn sign_up(
        &self,
        volunteer: PersonId,
        may_serve: bool,
        minor: bool,
    ) -> Result<Vec<Event>, Rejection> {
        let published = self.announced()?;
        if self.participants.get(&volunteer).is_some_and(|one| one.signed_up) {
            return Ok(vec![]);
        }
        if !may_serve {
            return Err(Rejection::NotServing { volunteer });
        }
        if minor && self.dangerous {
            return Err(Rejection::MinorInDanger { volunteer });
        }
        match published.capacity {
            Some(capacity) if self.signed_up().count() >= capacity as usize => {
                Err(Rejection::Full { capacity })
            }
            Some(_) | None => Ok(vec![Event::SignedUp(SignedUp { volunteer, minor })]),
        }
    }

    fn insure(&self, insured: Insured) -> Result<Vec<Event>, Rejection> {
        self.announced()?;
        if insured.volunteers.is_empty() {
            return Err(Rejection::NobodyNamed {});
        }
        if insured.volunteers.len() > INSURED_AT_ONCE {
            return Err(Rejection::TooManyAtOnce { limit: INSURED_AT_ONCE });
        }
        Ok(vec![Event::Insured(insured)])
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
            return Err(Rejection::EndsAhead { now: given.now });
        }
        if ended_at <= published.starts_at {
            return Err(Rejection::EndsBeforeStart { starts_at: published.starts_at });
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
            Command::AssessRisk(assessed) => {
                self.announced()?;
                Ok(vec![Event::RiskAssessed(assessed)])
            }
            Command::Insure(insured) => self.insure(insured),
            Command::SignUp { volunteer, may_serve, minor } => {
                self.sign_up(volunteer, may_serve, minor)
            }
            Command::CancelSignUp { volunteer } => {
                self.announced()?;
                if self.participants.get(&volunteer).is_some_and(|one| one.signed_up) {
                    Ok(vec![Event::SignUpCancelled(SignUpCancelled { volunteer })])
                } else {
                    Err(Rejection::NotSignedUp { volunteer })
                }
            }
            Command::Start => self.start(),
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
                self.published = Some(published.clone());
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
