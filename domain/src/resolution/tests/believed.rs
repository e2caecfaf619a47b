//! What a reader of the events alone believes, and what they would not believe. It knows nothing of
//! the state that decided.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::*;
use crate::meeting::Body;

/// The world in which a fact was stated.
pub struct Moment {
    pub today: Date,
    /// The person behind the account.
    pub asker: Option<PersonId>,
    /// Whoever is near to that person.
    pub relatives: Vec<PersonId>,
    /// Whether a unit above the village acts.
    pub above: bool,
    /// The day of the meeting that is told.
    pub held_on: Option<Date>,
}

#[derive(Default)]
pub struct Believed {
    adopted: Option<Adopted>,
    /// A notice from paper that waits, and since when it hung there once it was approved.
    asked: Option<BackfillRequested>,
    entered: Option<Date>,
    withdrawn: bool,
    period: Option<Publicised>,
    closed: bool,
    /// An objection was upheld since the last publication.
    upheld: bool,
    objections: BTreeMap<u32, Seen>,
    execution: Option<Assigned>,
    executors: BTreeSet<PersonId>,
    overdue: BTreeSet<Date>,
    claims: u32,
    claim_waits: bool,
    /// Steps since the claim was verified: verified, branch, meeting, residents.
    feedback: u8,
    verified_on: Option<Date>,
    /// The present execution was late or returned.
    troubled: bool,
}

#[derive(Default)]
struct Seen {
    town: bool,
    due: Option<Date>,
    overdue: Option<Date>,
    dismissed: bool,
}

type Check = Result<(), TestCaseError>;

impl Believed {
    fn open(&self) -> bool {
        self.objections.values().any(|objection| objection.due.is_some())
    }

    /// The latest period is over, and nothing stands against what was publicised in it.
    fn undisputed(&self) -> bool {
        self.closed && !self.upheld && !self.open()
    }

    pub fn take_in(&mut self, event: &Event, moment: &Moment) -> Check {
        prop_assert!(!self.withdrawn, "something follows a withdrawal: {event:?}");
        prop_assert_eq!(self.adopted.is_none(), matches!(event, Event::Adopted(_)));
        match event {
            Event::Adopted(adopted) => self.adopted = Some((**adopted).clone()),
            Event::BackfillRequested(asked) => {
                prop_assert!(self.period.is_none() && self.asked.is_none());
                self.asked = Some(asked.clone());
            }
            Event::BackfillApproved(_) => {
                self.entered = Some(self.judged_by_another(moment)?.posted_on);
            }
            Event::BackfillRefused(_) => drop(self.judged_by_another(moment)?),
            Event::Publicised(publicised) => self.publicised(publicised, moment)?,
            Event::ObjectionFiled(filed) => self.filed(filed, moment)?,
            Event::ObjectionAnswered(answered) => self.answered(answered, moment)?,
            Event::ObjectionOverdue(overdue) => self.objection_overdue(overdue, moment)?,
            Event::ObjectionEscalated(escalated) => self.escalated(escalated, moment)?,
            Event::Corrected(_) => prop_assert!(self.upheld),
            Event::Withdrawn(_) => {
                prop_assert!(self.upheld || moment.above, "the village undid its own vote");
                prop_assert!(self.feedback < 4, "withdrawn after the completion");
                self.withdrawn = true;
            }
            Event::NoticeClosed(closed) => self.notice_closed(closed, moment)?,
            Event::Assigned(assigned) => self.assigned(assigned, moment)?,
            Event::Progressed(_) => self.by_the_executor(moment)?,
            Event::Extended(extended) => self.extended(extended, moment)?,
            Event::ExecutionOverdue(overdue) => self.execution_overdue(overdue, moment)?,
            Event::CompletionClaimed(claimed) => self.claimed(claimed, moment)?,
            Event::CompletionReturned(returned) => {
                self.judged(returned.claim, returned.verifier, moment)?;
                prop_assert!(returned.due >= moment.today);
                self.troubled = true;
                self.execution.as_mut().unwrap().due = returned.due;
            }
            Event::CompletionVerified(verified) => {
                self.judged(verified.claim, verified.verifier, moment)?;
                (self.execution, self.feedback) = (None, 1);
                prop_assert_eq!(verified.verified_on, Some(moment.today));
                self.verified_on = verified.verified_on;
            }
            Event::BranchInformed(_) => match self.feedback {
                0 => prop_assert!(self.claim_waits || self.troubled, "nothing was found"),
                _ => self.informed(2)?,
            },
            Event::MeetingInformed(_) => {
                self.informed(3)?;
                prop_assert!(moment.held_on >= self.verified_on, "told before it was verified");
            }
            Event::CompletionPublicised(shown) => {
                self.informed(4)?;
                prop_assert!(self.undisputed() && shown.opens_on == moment.today);
            }
            Event::Reopened(_) => {
                prop_assert!(self.feedback > 0);
                self.feedback = 0;
            }
        }
        Ok(())
    }

    fn judged_by_another(&mut self, moment: &Moment) -> Result<BackfillRequested, TestCaseError> {
        let asked = self.asked.take();
        let by_another = |asked: &BackfillRequested| {
            asked.paper.recorder.person.is_none() || asked.paper.recorder.person != moment.asker
        };
        prop_assert!(asked.as_ref().is_some_and(by_another), "judged by who entered it");
        Ok(asked.unwrap())
    }

    fn publicised(&mut self, publicised: &Publicised, moment: &Moment) -> Check {
        let last = self.period.as_ref().map_or(0, |period| period.period);
        prop_assert_eq!(publicised.period, last + 1);
        prop_assert!(last == 0 || self.upheld, "a new period without a correction");
        prop_assert!(self.asked.is_none(), "publicised while one from paper waits");
        prop_assert_eq!(publicised.backfilled, self.entered.is_some());
        prop_assert_eq!(publicised.opens_on, self.entered.take().unwrap_or(moment.today));
        prop_assert_eq!(moment.today.until(publicised.closes_on).unwrap().get_days(), 7);
        self.period = Some(publicised.clone());
        (self.closed, self.upheld) = (false, false);
        Ok(())
    }

    fn filed(&mut self, filed: &ObjectionFiled, moment: &Moment) -> Check {
        prop_assert_eq!(filed.objection as usize, self.objections.len() + 1, "not dense");
        let period = self.period.as_ref();
        prop_assert!(period.is_some(), "objected before it was publicised");
        let over = self.closed || period.is_some_and(|period| moment.today > period.closes_on);
        prop_assert_eq!(filed.late, over);
        let seen = Seen { due: Some(filed.answer_due), ..Seen::default() };
        self.objections.insert(filed.objection, seen);
        Ok(())
    }

    fn answered(&mut self, answered: &ObjectionAnswered, moment: &Moment) -> Check {
        let objection = self.objections.get_mut(&answered.objection).unwrap();
        prop_assert!(objection.due.take().is_some(), "answered twice");
        prop_assert!(moment.above || !objection.town, "the village answered for the town");
        objection.dismissed = answered.verdict == Verdict::Dismissed;
        if answered.verdict == Verdict::Upheld {
            self.upheld = true;
            (self.execution, self.claim_waits, self.feedback) = (None, false, 0);
            self.troubled = false;
        }
        Ok(())
    }

    fn objection_overdue(&mut self, overdue: &ObjectionOverdue, moment: &Moment) -> Check {
        let objection = self.objections.get_mut(&overdue.objection).unwrap();
        prop_assert_eq!(objection.due, Some(overdue.due));
        prop_assert!(moment.today > overdue.due);
        prop_assert!(objection.overdue.replace(overdue.due) != Some(overdue.due), "stated twice");
        Ok(())
    }

    fn escalated(&mut self, escalated: &ObjectionEscalated, moment: &Moment) -> Check {
        let objection = self.objections.get_mut(&escalated.objection).unwrap();
        prop_assert!(!objection.town, "went up twice");
        prop_assert!(escalated.answer_due > moment.today);
        match escalated.cause {
            Escalation::Unsatisfied => prop_assert!(objection.dismissed),
            Escalation::Overdue => prop_assert_eq!(objection.overdue, objection.due),
            Escalation::Late => prop_assert!(objection.due.is_some()),
        }
        (objection.town, objection.due) = (true, Some(escalated.answer_due));
        Ok(())
    }

    fn notice_closed(&mut self, closed: &NoticeClosed, moment: &Moment) -> Check {
        let period = self.period.as_ref().unwrap();
        prop_assert_eq!(closed.period, period.period);
        prop_assert!(moment.today > period.closes_on, "closed early");
        prop_assert!(!self.closed && !self.upheld && !self.open());
        self.closed = true;
        Ok(())
    }

    fn assigned(&mut self, assigned: &Assigned, moment: &Moment) -> Check {
        prop_assert!(self.undisputed(), "assigned over an objection or before the notice closed");
        prop_assert!(!self.claim_waits && self.feedback == 0);
        match &self.execution {
            Some(present) => {
                prop_assert!(moment.asker != Some(present.executor), "passed on by the executor");
                prop_assert!(assigned.executor != present.executor);
                prop_assert!(assigned.due <= present.due, "time was bought");
                prop_assert!(assigned.due == present.due || assigned.due >= moment.today);
            }
            None => {
                prop_assert!(assigned.due >= moment.today);
                self.troubled = false;
            }
        }
        self.executors.insert(assigned.executor);
        self.execution = Some(assigned.clone());
        Ok(())
    }

    fn by_the_executor(&self, moment: &Moment) -> Check {
        let executor = self.execution.as_ref().map(|assigned| assigned.executor);
        prop_assert!(executor.is_some() && executor == moment.asker && !self.claim_waits);
        Ok(())
    }

    fn extended(&mut self, extended: &Extended, moment: &Moment) -> Check {
        let execution = self.execution.as_mut().unwrap();
        prop_assert!(!self.claim_waits && moment.asker != Some(execution.executor));
        prop_assert_eq!(extended.from, execution.due);
        prop_assert!(extended.to > extended.from && extended.to >= moment.today);
        execution.due = extended.to;
        Ok(())
    }

    fn execution_overdue(&mut self, overdue: &ExecutionOverdue, moment: &Moment) -> Check {
        let due = self.execution.as_ref().map(|assigned| assigned.due);
        prop_assert!(due == Some(overdue.due) && moment.today > overdue.due && !self.claim_waits);
        prop_assert!(self.overdue.insert(overdue.due), "one last day passed twice");
        self.troubled = true;
        Ok(())
    }

    fn claimed(&mut self, claimed: &CompletionClaimed, moment: &Moment) -> Check {
        self.by_the_executor(moment)?;
        prop_assert_eq!(claimed.claim, self.claims + 1);
        prop_assert!(!claimed.evidence.is_empty());
        (self.claims, self.claim_waits) = (claimed.claim, true);
        Ok(())
    }

    fn judged(&mut self, claim: u32, verifier: PersonId, moment: &Moment) -> Check {
        prop_assert!(self.claim_waits && claim == self.claims && self.execution.is_some());
        prop_assert_eq!(Some(verifier), moment.asker);
        let barred: BTreeSet<PersonId> =
            self.executors.iter().copied().chain(self.decided()).collect();
        prop_assert!(!barred.contains(&verifier), "verified their own");
        prop_assert!(moment.relatives.iter().all(|one| !barred.contains(one)), "a relative's");
        prop_assert!(verifier != person(4), "who governed judged");
        self.claim_waits = false;
        Ok(())
    }

    /// Whose decision it is: without a body, and after a secret vote of the council, that of all who voted; else of those who
    /// voted for it there.
    fn decided(&self) -> Vec<PersonId> {
        let adopted = self.adopted.as_ref().unwrap();
        let by_all = adopted.body.is_some_and(|body| body != Body::Council);
        let openly = adopted.in_favour.clone().filter(|_| adopted.body.is_some());
        if by_all { vec![] } else { openly.unwrap_or(adopted.voters.clone()) }
    }

    fn informed(&mut self, step: u8) -> Check {
        prop_assert_eq!(self.feedback, step - 1, "out of order");
        self.feedback = step;
        Ok(())
    }
}

/// Which facts come together, and that no other do.
pub fn belong_together(facts: &[Event]) -> bool {
    use Event::{
        BackfillApproved, Corrected, ObjectionEscalated, ObjectionFiled, ObjectionOverdue,
        Publicised,
    };
    match facts {
        [] | [ObjectionOverdue(_)] | [Corrected(_), Publicised(_)] => true,
        [BackfillApproved(_), Publicised(entered)] => entered.backfilled,
        [ObjectionFiled(filed), ObjectionEscalated(up)] => {
            filed.late && up.cause == Escalation::Late
        }
        [ObjectionOverdue(_), ObjectionEscalated(up)] => up.cause == Escalation::Overdue,
        [ObjectionEscalated(up)] => up.cause == Escalation::Unsatisfied,
        [ObjectionFiled(filed)] => !filed.late,
        [one] => !matches!(one, Corrected(_) | BackfillApproved(_)),
        _ => false,
    }
}
