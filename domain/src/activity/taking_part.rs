//! 报名、投保、开始: who takes part, and who must not.

use jiff::civil::Date;

use super::{
    Activity, Event, Insured, Participant, Phase, Rejection, SignUpCancelled, SignedUp, Started,
};
use crate::{Given, PersonId, county_date};

/// People named in one insurance event, so that it stays far below the log's 64 KiB.
const INSURED_AT_ONCE: usize = 2_000;

impl Activity {
    fn signed_up(&self) -> impl Iterator<Item = (&PersonId, &Participant)> {
        self.participants.iter().filter(|(_, participant)| participant.signed_up)
    }

    /// Who signed up.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.signed_up().map(|(volunteer, _)| *volunteer)
    }

    /// Whether somebody signed up.
    #[must_use]
    pub fn has(&self, volunteer: PersonId) -> bool {
        self.participants.get(&volunteer).is_some_and(|one| one.signed_up)
    }

    /// Whether it may endanger who takes part, as announced or as assessed since.
    #[must_use]
    pub fn is_dangerous(&self) -> bool {
        self.dangerous
    }

    /// The day on which it counts whether somebody who signs up today is a minor: the activity's first day, or today where
    /// that has passed. Ours, as is that minors keep out of danger; the law asks that work suits the age (志愿服务条例 §15).
    #[must_use]
    pub fn day_of_age(&self, today: Date) -> Option<Date> {
        self.published().map(|published| county_date(published.starts_at).max(today))
    }

    /// 开始: nobody goes into danger uninsured (志愿服务条例 §17), and no minor at all.
    pub(super) fn start(&self, minors: &[PersonId]) -> Result<Vec<Event>, Rejection> {
        self.announced()?;
        if self.dangerous {
            if !self.risk_assessed {
                return Err(Rejection::RiskNotAssessed {});
            }
            let too_young = self.signed_up().filter(|(who, one)| one.minor || minors.contains(who));
            let minor = too_young.map(|(who, _)| *who).min();
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

    /// 报名 before the start. Who comes unannounced signs up while the activity runs: 现场报名.
    pub(super) fn sign_up(
        &self,
        volunteer: PersonId,
        may_serve: bool,
        minor: bool,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let published = self.published.as_deref().ok_or(Rejection::Unpublished {})?;
        if self.awaits_approval {
            return Err(Rejection::AwaitsApproval {});
        }
        let known = self.participants.get(&volunteer).copied().unwrap_or_default();
        let walk_in = match self.phase {
            Phase::Announced => false,
            Phase::Running if known.signed_up => return Ok(vec![]),
            Phase::Running if given.now > published.ends_at => {
                return Err(Rejection::JoinsTooLate { ends_at: published.ends_at.into() });
            }
            Phase::Running => true,
            Phase::Closed(_) | Phase::Cancelled => return Err(Rejection::NotAnnounced {}),
        };
        if known.signed_up {
            return Ok(vec![]);
        }
        if !may_serve {
            return Err(Rejection::NotServing { volunteer });
        }
        if minor && self.dangerous {
            return Err(Rejection::MinorInDanger { volunteer });
        }
        if walk_in && self.dangerous && !known.insured {
            return Err(Rejection::WalkInUninsured { volunteer });
        }
        match published.capacity {
            Some(capacity) if self.signed_up().count() >= capacity as usize => {
                Err(Rejection::Full { capacity })
            }
            Some(_) | None => Ok(vec![Event::SignedUp(SignedUp { volunteer, minor, walk_in })]),
        }
    }

    /// 取消报名 before the start; of a walk-in also later, until they checked in.
    pub(super) fn cancel_sign_up(
        &self,
        volunteer: PersonId,
        served: bool,
    ) -> Result<Vec<Event>, Rejection> {
        let known = self.participants.get(&volunteer).filter(|one| one.signed_up);
        if self.phase != Phase::Running || !known.is_some_and(|one| one.walk_in) {
            self.announced()?;
        }
        match known {
            None => Err(Rejection::NotSignedUp { volunteer }),
            Some(_) if served => Err(Rejection::HasServed { volunteer }),
            Some(_) => Ok(vec![Event::SignUpCancelled(SignUpCancelled { volunteer })]),
        }
    }

    /// 投保; while the activity runs, of who comes unannounced.
    pub(super) fn insure(&self, insured: Insured) -> Result<Vec<Event>, Rejection> {
        if self.phase != Phase::Running {
            self.announced()?;
        }
        if insured.volunteers.is_empty() {
            return Err(Rejection::NobodyNamed {});
        }
        if insured.volunteers.len() > INSURED_AT_ONCE {
            return Err(Rejection::TooManyAtOnce { limit: INSURED_AT_ONCE });
        }
        Ok(vec![Event::Insured(insured)])
    }
}
