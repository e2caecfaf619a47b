//! 执行与监督: a named person does it, supervision looks at it, and everybody is told.

use std::sync::Arc;

use application::{Caller, Clock as _};
use domain::ActorId;

use super::course::{Course, Step, Turn};
use super::office::Office;
use super::planted::Failing;
use super::village::Village;
use crate::action::Next;
use crate::agenda::{after, at, days_after};
use crate::error::DemoError;
use crate::stage::text;
use crate::story::Story;

impl Story {
    pub(super) async fn assign(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let Some(executor) = village.holder(course.executor) else { return Ok(vec![]) };
        let mut dice = self.step_dice(course, "execution");
        let due = days_after(self.today(), dice.between(25, 35));
        let office = text(course.executor.zh())?;
        let caller = self.of(village, Office::Secretary)?;
        self.stage.app.assign_resolution(course.id, executor, office, due, &caller).await?;
        if course.turn == Turn::NotExecuted {
            self.plant_turn(course, Some(Failing::after("decision.execution_overdue", due)));
            return Ok(self.step_in(village, course, Step::Report, 6, 17));
        }
        let mut next = self.step_in(village, course, Step::Report, dice.between(4, 8), 17);
        if course.turn == Turn::LateObjection {
            next.extend(self.step_in(village, course, Step::Object, 2, 20));
        }
        let claim_in = if course.turn == Turn::Extended {
            next.extend(self.step_in(village, course, Step::Extend, 20, 9));
            dice.between(36, 38)
        } else {
            dice.between(10, 22)
        };
        next.extend(self.step_in(village, course, Step::Claim, claim_in, 17));
        Ok(next)
    }

    pub(super) async fn report_on(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let note = text("材料已备齐,已开工,过半")?;
        let caller = self.for_course(village, course, course.executor)?;
        self.stage.app.report_progress(course.id, note, &[], &caller).await?;
        Ok(vec![])
    }

    /// The secretary gives more time, before it is over.
    pub(super) async fn extend(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let to = days_after(self.today(), 30);
        let caller = self.of(village, Office::Secretary)?;
        let reason = text("连续降雨,无法施工")?;
        self.stage.app.extend_resolution(course.id, to, reason, &caller).await?;
        Ok(vec![])
    }

    /// An office's account; where it is shared, one that several use.
    fn for_course(
        &self,
        village: &Village,
        course: &Course,
        office: Office,
    ) -> Result<Caller, DemoError> {
        let mut caller = self.of(village, office)?;
        if course.turn == Turn::SharedAccount {
            caller.actor.id = ActorId::new(&format!("supervisor9.{}", village.unit))?;
        }
        Ok(caller)
    }

    async fn claim_done(&self, village: &Village, course: &Course) -> Result<(), DemoError> {
        let picture = self.picture(village, course.subject.title).await?;
        let caller = self.of(village, course.executor)?;
        let note = text("已完成,现场照片附后")?;
        self.stage.app.claim_completion(course.id, note, &picture, &caller).await?;
        Ok(())
    }

    pub(super) async fn claim(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        self.claim_done(village, course).await?;
        if course.turn == Turn::SelfVerified {
            self.plant_undone(course, "decision.claim_unverified");
        }
        if course.turn == Turn::AtOnce {
            return Ok(vec![(
                after(self.stage.clock.now(), 3),
                course.step(village, Step::Verify),
            )]);
        }
        let step = if course.turn == Turn::Returned { Step::Return } else { Step::Verify };
        let days = self.step_dice(course, "supervision").between(1, 5);
        Ok(self.step_in(village, course, step, days, 15))
    }

    pub(super) async fn return_claim(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let findings = text("东侧尚有一处未完成,请补做")?;
        let caller = self.of(village, Office::Supervisor(0))?;
        self.stage.app.return_completion(course.id, findings, None, &caller).await?;
        Ok(self.step_in(village, course, Step::ClaimAgain, 5, 17))
    }

    pub(super) async fn claim_again(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        self.claim_done(village, course).await?;
        Ok(self.step_in(village, course, Step::Verify, 2, 15))
    }

    /// Whoever is too near to it is refused, and another of the group looks at it.
    pub(super) async fn verify(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let findings = || text("现场查看,与决议一致,群众认可");
        let app = &self.stage.app;
        if course.turn == Turn::SelfVerified {
            let caller = self.of(village, Office::Supervisor(3))?;
            let verified = app.verify_completion(course.id, findings()?, &[], &caller).await;
            self.stage.refused("resolution.verifier_executes", verified)?;
            return Ok(vec![]);
        }
        if course.turn == Turn::Relative {
            let caller = self.of(village, Office::Supervisor(2))?;
            let verified = app.verify_completion(course.id, findings()?, &[], &caller).await;
            self.stage.refused("resolution.related_to_executor", verified)?;
        }
        let mut dice = self.step_dice(course, "verifier");
        let supervisor = Office::Supervisor(dice.below(2) as usize);
        let caller = self.for_course(village, course, supervisor)?;
        app.verify_completion(course.id, findings()?, &[], &caller).await?;
        if let Some(code) = course.turn.oddity() {
            let about = format!("resolution-{}", course.id);
            self.odd("supervision", course.turn.said(), about, code);
        }
        Ok(self.step_in(village, course, Step::InformBranch, dice.between(1, 3), 16))
    }

    pub(super) async fn inform_branch(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let caller = self.of(village, Office::Supervisor(0))?;
        let findings = text("监督小组已核实完成")?;
        self.stage.app.inform_branch(course.id, findings, &caller).await?;
        village.waiting().to_report.insert(course.id, Arc::clone(course));
        Ok(vec![])
    }

    pub(super) async fn complete(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let result = text(&format!("{}:已完成并经监督小组核实", course.subject.title))?;
        let picture = self.picture(village, course.subject.title).await?;
        let caller = self.of(village, Office::Secretary)?;
        self.stage.app.publicise_completion(course.id, result, &picture, &caller).await?;
        village.waiting().resolutions.remove(&course.id);
        let reopened = course.turn == Turn::Reopened;
        let reopen_at = at(days_after(self.today(), 9), 10, 0);
        let reopen = reopened.then(|| (reopen_at, course.step(village, Step::Reopen)));
        Ok(reopen.into_iter().collect())
    }

    pub(super) async fn reopen(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let reason = text("完成后再次出现同样问题,需重新办理")?;
        let caller = self.of(village, Office::Secretary)?;
        self.stage.app.reopen_resolution(course.id, reason, &[], &caller).await?;
        self.plant_undone(course, "decision.not_assigned");
        Ok(vec![])
    }
}
