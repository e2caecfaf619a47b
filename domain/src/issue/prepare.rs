//! 广场、楼栋、现场议事 and 四议两公开: what is said and decided of an issue before a meeting votes on it.

use jiff::civil::Date;

use super::{Event, Issue, OpinionsCollected, Rejection, Step, StepTaken};
use crate::meeting::Form;
use crate::{Evidence, Given, Text, TopicCode, county_date};

/// Times that opinions on one issue are collected, at most.
const MOST_OPINIONS: usize = 20;

impl Issue {
    /// The item of the lists it was last held against.
    #[must_use]
    pub fn listed(&self) -> Option<&TopicCode> {
        self.topic.as_ref()
    }

    /// Whether a great matter was proposed, consulted on and reviewed, so that the assembly may decide.
    #[must_use]
    pub fn is_prepared(&self) -> bool {
        self.next_step().is_none()
    }

    fn next_step(&self) -> Option<Step> {
        Step::ALL.get(self.steps.len()).copied()
    }

    /// Refuses what has no place once an issue is ended: it is open, also while a meeting is called on it, or was voted down and
    /// may be taken up again.
    fn is_discussed(&self) -> Result<(), Rejection> {
        self.registered()?;
        if self.phase.is_open() || self.may_be_taken_up_again() {
            Ok(())
        } else {
            Err(self.phase.ended())
        }
    }

    pub(super) fn collect_opinions(
        &self,
        heard: Box<OpinionsCollected>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.is_discussed()?;
        if heard.form == Form::Room {
            return Err(Rejection::InRoom {});
        }
        if heard.people == 0 {
            return Err(Rejection::NobodyThere {});
        }
        was_held(heard.held_on, given)?;
        if self.heard >= MOST_OPINIONS {
            return Err(Rejection::EnoughOpinions { limit: MOST_OPINIONS });
        }
        Ok(vec![Event::OpinionsCollected(heard)])
    }

    /// The next step of a great matter, with something that shows it; none is skipped or taken twice, and none was taken before
    /// the issue was raised.
    pub(super) fn take_step(
        &self,
        step: Step,
        held_on: Date,
        conclusion: Text<500>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.on_no_agenda()?;
        self.is_discussed()?;
        let topic = self.listed().ok_or(Rejection::NotTriaged {})?;
        if !given.rulebook.rules.deliberation().procedure().is_great(Some(topic)) {
            return Err(Rejection::NotGreat { topic: topic.clone() });
        }
        let next = self.next_step().ok_or(Rejection::StepsTaken {})?;
        if step != next {
            return Err(Rejection::StepOutOfTurn { step: next });
        }
        was_held(held_on, given)?;
        let raised_on = county_date(self.registered()?.raised_at);
        let earliest = self.steps.last().copied().unwrap_or(raised_on).max(raised_on);
        if held_on < earliest {
            return Err(Rejection::StepTooEarly { earliest });
        }
        Evidence::check(&evidence)?;
        if evidence.is_empty() {
            return Err(Rejection::StepUnproven {});
        }
        Ok(vec![Event::StepTaken(Box::new(StepTaken { step, held_on, conclusion, evidence }))])
    }
}

fn was_held(on: Date, given: &Given<'_>) -> Result<(), Rejection> {
    let today = given.today();
    if on > today { Err(Rejection::NotHeldYet { today }) } else { Ok(()) }
}
