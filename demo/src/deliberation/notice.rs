//! 公示与异议: what was adopted stands on the board, and residents object now and then.

use std::sync::Arc;

use application::{Caller, Contact};
use domain::notice::Verdict;

use super::course::{Course, Step, Turn};
use super::office::Office;
use super::planted::Failing;
use super::village::Village;
use crate::action::Next;
use crate::agenda::days_after;
use crate::error::DemoError;
use crate::stage::{Desk, text};
use crate::story::Story;

/// Days for an answer, as the rulebook has it.
const ANSWER_DAYS: u32 = 5;
/// The day of the period on whose evening it closes, counted from the first.
const CLOSED_AFTER: u32 = 8;
/// The only objection of a resolution.
const FIRST: u32 = 1;

impl Story {
    pub(super) async fn publicise(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let picture = self.picture(village, "公示栏").await?;
        if course.turn == Turn::FromPaper {
            self.enter_notice(village, course, &picture).await?;
        } else {
            let caller = self.of(village, Office::Secretary)?;
            self.stage.app.publicise_resolution(course.id, &picture, &caller).await?;
        }
        let objected = matches!(
            course.turn,
            Turn::Dismissed
                | Turn::Unsatisfied
                | Turn::Upheld
                | Turn::AnsweredLate
                | Turn::Unanswered
        );
        Ok(if objected {
            self.step_in(village, course, Step::Object, 2, 20)
        } else {
            self.assign_after(village, course, CLOSED_AFTER)
        })
    }

    /// Assigned soon after the evening on which the notice closes, so many days from now.
    fn assign_after(&self, village: &Arc<Village>, course: &Arc<Course>, closed: u32) -> Next {
        let days = self.step_dice(course, "assign").between(1, 4);
        self.step_in(village, course, Step::Assign, closed + days, 9)
    }

    pub(super) async fn object_to(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let mut dice = self.step_dice(course, "object");
        let named = dice.percent(50);
        let contact = Contact {
            name: named.then(|| "示例居民".to_owned()),
            telephone: named.then(|| format!("154{:08}", 80_000_000 + dice.below(1_000_000))),
        };
        let ground = text("方案对相邻住户出行有影响,希望调整施工时间和范围")?;
        let command = self.stage.named(&format!("objection-{}", course.number));
        let caller = Caller::resident(command);
        self.stage.app.file_resolution_objection(course.id, ground, &contact, &caller).await?;
        Ok(if course.turn == Turn::AnsweredLate {
            let answered = ANSWER_DAYS + 4;
            self.plant_unanswered(course, Some(answered));
            self.step_in(village, course, Step::AnswerAbove, answered, 10)
        } else if course.turn == Turn::Unanswered {
            self.plant_unanswered(course, None);
            vec![]
        } else if course.turn == Turn::LateObjection {
            self.step_in(village, course, Step::AnswerAbove, 2, 16)
        } else {
            self.step_in(village, course, Step::Answer, 2, 16)
        })
    }

    /// An objection that the village leaves without an answer, perhaps until the town gives one.
    fn plant_unanswered(&self, course: &Course, answered: Option<u32>) {
        let due = days_after(self.today(), ANSWER_DAYS);
        let mended_on = answered.map(|days| days_after(self.today(), days));
        let code = "decision.objection_unanswered";
        self.plant_turn(course, Some(Failing { code, due, mended_on }));
    }

    /// The village answers on the fourth day of the period.
    pub(super) async fn answer_objection(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let (verdict, answer) = if course.turn == Turn::Upheld {
            (Verdict::Upheld, "意见有理,调整施工时间和范围后重新公示")
        } else {
            (Verdict::Dismissed, "施工安排在日间,已预留通道,不影响出行")
        };
        // Who voted dismisses nothing; the village's own administrator did not.
        let caller = match verdict {
            Verdict::Upheld => self.of(village, Office::Secretary)?,
            Verdict::Dismissed => self.stage.desk(Desk::Administrator, &village.unit)?,
        };
        let app = &self.stage.app;
        app.answer_resolution_objection(course.id, FIRST, verdict, text(answer)?, &caller).await?;
        Ok(if course.turn == Turn::Upheld {
            self.step_in(village, course, Step::Correct, 2, 10)
        } else if course.turn == Turn::Unsatisfied {
            self.step_in(village, course, Step::Escalate, 1, 20)
        } else {
            self.assign_after(village, course, CLOSED_AFTER - 4)
        })
    }

    pub(super) async fn escalate(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let app = &self.stage.app;
        let code = app.objection_code(course.id, FIRST).await?;
        let command = self.stage.named(&format!("escalation-{}", course.number));
        app.escalate_objection(course.id, FIRST, code.expose(), &Caller::resident(command)).await?;
        Ok(self.step_in(village, course, Step::AnswerAbove, 2, 10))
    }

    /// The town has the last word.
    pub(super) async fn answer_above(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let answer = text("经镇级复核,方案符合议事程序,已要求施工错峰")?;
        let caller = self.stage.desk(Desk::Administrator, &village.town)?;
        let app = &self.stage.app;
        app.answer_resolution_objection(course.id, FIRST, Verdict::Dismissed, answer, &caller)
            .await?;
        // A late one stops nobody: the execution went on meanwhile.
        let late = course.turn == Turn::LateObjection;
        Ok(if late { vec![] } else { self.assign_after(village, course, 1) })
    }

    pub(super) async fn correct(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
    ) -> Result<Next, DemoError> {
        let corrected = format!("{};施工避开早晚高峰,预留住户通道", course.subject.remedy);
        let reason = text("采纳居民异议")?;
        let picture = self.picture(village, "修正后的公示栏").await?;
        let caller = self.of(village, Office::Secretary)?;
        let app = &self.stage.app;
        app.correct_resolution(course.id, text(&corrected)?, reason, &picture, &caller).await?;
        Ok(self.assign_after(village, course, CLOSED_AFTER))
    }
}
