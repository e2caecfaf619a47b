//! 注册、重新注册和调换单位: who becomes a volunteer, and of which unit.

use super::{Event, Moved, Registered, Rejection, Volunteer};
use crate::identity_number::AgeGroup;
use crate::writing::{NoAnswer, no_answer};
use crate::{Given, Text, UnitCode};

impl Volunteer {
    /// Whether the volunteer is one now: registered, neither withdrawn nor erased.
    #[must_use]
    pub fn is_registered(&self) -> bool {
        self.standing().is_ok()
    }

    /// Whether a guardian agreed, as a registration or correction said last.
    #[must_use]
    pub fn has_guardian_consent(&self) -> bool {
        self.guardian_consent
    }

    pub(super) fn register(
        &self,
        asked: Box<Registered>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.erased {
            return Err(Rejection::Erased {});
        }
        if self.registered && !self.withdrawn {
            return Err(Rejection::AlreadyRegistered {});
        }
        // The number they come back under would be the one a second person has not seen yet.
        if let Some(open) = &self.identity_request {
            return Err(Rejection::IdentityCorrectionOpen { correction: open.correction });
        }
        known_unit(&asked.unit, given)?;
        if asked.age_group == AgeGroup::Minor && !asked.guardian_consent {
            return Err(Rejection::MinorWithoutGuardian {});
        }
        if !asked.consent.is_given() {
            return Err(Rejection::NoConsent {});
        }
        if asked.consent.given_on > given.today() {
            return Err(Rejection::ConsentAhead { today: given.today() });
        }
        real_skills(&asked.skills)?;
        if !self.registered {
            return Ok(vec![Event::Registered(asked)]);
        }
        match self.withdrawn_on.filter(|withdrawn| asked.consent.given_on < *withdrawn) {
            Some(withdrawn) => Err(Rejection::ConsentBeforeWithdrawal { withdrawn }),
            None => Ok(vec![Event::Returned(asked)]),
        }
    }

    /// Takes in what a registration says, the first or a later one.
    pub(super) fn take_in(&mut self, registered: &Registered) {
        self.registered = true;
        self.unit = Some(registered.unit.clone());
        self.categories = Some((registered.kind, registered.recruitment));
        self.political_status = Some(registered.political_status);
        self.age_group = Some(registered.age_group);
        self.guardian_consent = registered.guardian_consent;
        self.sealed = Some(registered.sealed);
        self.skills.clone_from(&registered.skills);
        // Who comes back says anew what they are called.
        self.real_name = None;
        (self.withdrawn, self.withdrawn_on) = (false, None);
    }

    pub(super) fn move_to(
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

pub(super) fn real_skills(skills: &[Text<40>]) -> Result<(), Rejection> {
    if skills.len() > 20 {
        return Err(Rejection::TooManySkills {});
    }
    match skills.iter().find_map(|skill| no_answer(skill.as_str())) {
        Some(NoAnswer { word, .. }) => Err(Rejection::NoSkill { word }),
        None => Ok(()),
    }
}
