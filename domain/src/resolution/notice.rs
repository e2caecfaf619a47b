//! 公示、修正、撤销: what was adopted stands open to objections before anybody acts on it.

use super::{
    Adopted, Corrected, Escalation, Event, NoticeClosed, ObjectionFiled, Objector, Phase,
    Publicised, Rejection, Resolution, Shown, Stage, Withdrawn,
};
use crate::notice::Verdict;
use crate::objection::escalated;
use crate::service::Recorder;
use crate::time::days_after;
use crate::{Evidence, Given, Role, Text};

impl Resolution {
    pub(super) fn adopt(&self, adopted: Box<Adopted>) -> Result<Event, Rejection> {
        if self.phase == Phase::Unadopted {
            Ok(Event::Adopted(adopted))
        } else {
            Err(Rejection::AlreadyAdopted {})
        }
    }

    pub(super) fn publicise(
        &self,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.unpublicised()?;
        Ok(Event::Publicised(self.next_period(self.text().cloned(), evidence, given)?))
    }

    pub(super) fn next_period(
        &self,
        text: Option<Text<500>>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Publicised, Rejection> {
        Evidence::check(&evidence)?;
        let opens_on = given.today();
        let days = *given.rulebook.rules.deliberation().resolution_notice_days;
        let closes_on = days_after(opens_on, days);
        let period = self.periods.saturating_add(1);
        let title = self.adopted.as_deref().map(|adopted| adopted.title.clone());
        let shown = title.zip(text).map(|(title, text)| Box::new(Shown { title, text }));
        Ok(Publicised { period, opens_on, closes_on, shown, evidence, backfilled: false })
    }

    /// An objection is in time until the end of the period's last day, also when an upheld objection cut the period short.
    /// One that comes late is kept, and goes up at once.
    pub(super) fn object(
        &self,
        ground: Text<500>,
        objector: Option<Objector>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.phase.publicised()?;
        let late = self.phase.open_until().is_none_or(|last| given.today() > last);
        let (objection, answer_due) = self.objections.next(given)?;
        let by = (given.actor.role != Role::Resident).then(|| Recorder::of(given.actor));
        let filed = ObjectionFiled { objection, ground, objector, answer_due, late, by };
        let mut events = vec![Event::ObjectionFiled(filed)];
        if late {
            events.push(Event::ObjectionEscalated(escalated(objection, Escalation::Late, given)));
        }
        Ok(events)
    }

    /// Nobody answers an objection that they filed from an account, nor dismisses one to what they decided. Who a resident is
    /// that objects without an account, only the vault knows.
    pub(super) fn answer(
        &self,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        above: bool,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.phase.publicised()?;
        let answered = self.objections.answer(objection, verdict, answer, above)?;
        if self.filed_by.get(&objection).is_some_and(|by| by.is(given.actor)) {
            return Err(Rejection::OwnObjection { objection });
        }
        let decided = given.actor.person.is_some_and(|person| self.deciders().contains(&person));
        if verdict == Verdict::Dismissed && decided {
            return Err(Rejection::OwnVote { objection });
        }
        Ok(Event::ObjectionAnswered(answered))
    }

    pub(super) fn miss_answer(
        &self,
        objection: u32,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.phase.publicised()?;
        let missed = self.objections.miss_answer(objection, given)?;
        Ok(missed.map_or_else(Vec::new, |(overdue, goes_up)| {
            let overdue = Event::ObjectionOverdue(overdue);
            [overdue].into_iter().chain(goes_up.map(Event::ObjectionEscalated)).collect()
        }))
    }

    pub(super) fn correct(
        &self,
        text: Text<500>,
        reason: Text<200>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let stage = self.phase.live()?;
        if stage != Stage::AwaitingCorrection {
            return Err(Rejection::NotAwaitingCorrection { stage });
        }
        let publicised = self.next_period(Some(text.clone()), evidence, given)?;
        Ok(vec![Event::Corrected(Corrected { text, reason }), Event::Publicised(publicised)])
    }

    /// The village does not undo what it adopted; it may only where an objection was upheld.
    pub(super) fn withdraw(&self, reason: Text<200>, above: bool) -> Result<Event, Rejection> {
        let stage = self.phase.live()?;
        if stage == Stage::Completed {
            return Err(Rejection::Completed {});
        }
        if above || stage == Stage::AwaitingCorrection {
            Ok(Event::Withdrawn(Withdrawn { reason }))
        } else {
            Err(Rejection::Stands { stage })
        }
    }

    pub(super) fn close_notice(&self, given: &Given<'_>) -> Result<Event, Rejection> {
        let closes_on = self.phase.open()?;
        if given.today() <= closes_on {
            return Err(Rejection::TooEarly { closes_on });
        }
        self.objections.none_open()?;
        Ok(Event::NoticeClosed(NoticeClosed { period: self.periods }))
    }
}
