//! 逐步落实: each step of a resolution puts the next one down.

use std::sync::Arc;

use application::Clock as _;
use domain::{ResolutionId, county_date};
use jiff::civil::Date;

use super::course::{Course, Step, Turn, staged};
use super::planted::{Failing, Planted, STAGED};
use super::subjects::Subject;
use super::village::Village;
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::story::Story;

/// Days for a step that nobody dated, as the rulebook has it.
const STEP_DAYS: u32 = 10;

impl Course {
    /// A step to be put down.
    pub fn step(self: &Arc<Self>, village: &Arc<Village>, step: Step) -> Action {
        Action::Deliberate(VillageAction::Follow(Arc::clone(village), Arc::clone(self), step))
    }
}

impl Story {
    /// What follows from a resolution that was adopted today.
    pub(super) fn begin(
        &self,
        village: &Arc<Village>,
        month: i8,
        id: ResolutionId,
        subject: &'static Subject,
    ) -> Next {
        let place = village.number as u64 * 100 + u64::try_from(month).unwrap_or(0);
        let number = place * 10 + u64::from(id.topic);
        let mut dice = Dice::new(self.stage.seed, "course", number);
        let staged =
            staged(village.number, month).filter(|_| village.number < STAGED && id.topic == 1);
        let turn = staged.unwrap_or_else(|| Turn::of(dice.below(100)));
        let planted = staged.is_some_and(|turn| turn.oddity().is_none());
        let executor = turn.executor(&mut dice);
        let course = Arc::new(Course { id, subject, turn, planted, executor, number });
        village.waiting().resolutions.insert(id);
        if turn == Turn::NotPublicised {
            let due = days_after(self.today(), STEP_DAYS);
            self.plant_turn(&course, Some(Failing::after("decision.not_publicised", due)));
            return vec![];
        }
        self.plant_turn(&course, None);
        self.step_in(village, &course, Step::Publicise, dice.between(1, 3), 10)
    }

    pub(super) fn today(&self) -> Date {
        county_date(self.stage.clock.now())
    }

    /// A step so many days from today.
    pub(super) fn step_in(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
        step: Step,
        days: u32,
        hour: u32,
    ) -> Next {
        vec![(at(days_after(self.today(), days), hour, 0), course.step(village, step))]
    }

    /// The dice of one step.
    pub(super) fn step_dice(&self, course: &Course, step: &str) -> Dice {
        Dice::new(self.stage.seed, step, course.number)
    }

    /// Notes what was planted; what is to be found replaces what was hoped for.
    pub(super) fn plant_turn(&self, course: &Course, finding: Option<Failing>) {
        if course.planted {
            let said = course.turn.said();
            self.deliberation.plant(Planted::resolution(said, course.id, finding));
        }
    }

    /// A step that nobody takes from now on.
    pub(super) fn plant_undone(&self, course: &Course, code: &'static str) {
        let due = days_after(self.today(), STEP_DAYS);
        self.plant_turn(course, Some(Failing::after(code, due)));
    }

    pub(super) async fn follow(
        &self,
        village: &Arc<Village>,
        course: &Arc<Course>,
        step: Step,
    ) -> Result<Next, DemoError> {
        match step {
            Step::Publicise => self.publicise(village, course).await,
            Step::Object => self.object_to(village, course).await,
            Step::Answer => self.answer_objection(village, course).await,
            Step::Escalate => self.escalate(village, course).await,
            Step::AnswerAbove => self.answer_above(village, course).await,
            Step::Correct => self.correct(village, course).await,
            Step::Assign => self.assign(village, course).await,
            Step::Report => self.report_on(village, course).await,
            Step::Extend => self.extend(village, course).await,
            Step::Claim => self.claim(village, course).await,
            Step::Return => self.return_claim(village, course).await,
            Step::ClaimAgain => self.claim_again(village, course).await,
            Step::Verify => self.verify(village, course).await,
            Step::InformBranch => self.inform_branch(village, course).await,
            Step::Complete => self.complete(village, course).await,
            Step::Reopen => self.reopen(village, course).await,
        }
    }
}
