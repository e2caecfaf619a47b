//! 决议落实: the course of a resolution from its adoption to its completion, step by step.

use std::sync::Arc;

use application::Clock as _;
use domain::{ResolutionId, county_date};
use jiff::civil::Date;

use super::super::action::{Action, Next};
use super::super::agenda::{at, days_after};
use super::super::dice::Dice;
use super::super::{DemoError, Story};
use super::planted::{Failing, Planted};
use super::subjects::Subject;
use super::village::{Office, Village};
use super::{STAGED, VillageAction};

/// Days for a step that nobody dated, as the rulebook has it.
const STEP_DAYS: u32 = 10;

/// A resolution on its way.
#[derive(Debug)]
pub struct Course {
    /// Which.
    pub id: ResolutionId,
    /// What is to be done.
    pub subject: &'static Subject,
    /// How it goes.
    pub turn: Turn,
    /// Whether it was planted.
    pub planted: bool,
    /// Who is to do it.
    pub executor: Office,
    /// Its own number, for its dice.
    pub number: u64,
}

/// How a resolution goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// As it should.
    Ordinary,
    /// 延期.
    Extended,
    /// An objection is dismissed in time.
    Dismissed,
    /// An objector goes up to the town, which dismisses it too.
    Unsatisfied,
    /// An objection is upheld: corrected, and publicised anew.
    Upheld,
    /// An objection after the period goes up to the town.
    LateObjection,
    /// The village does not answer an objection; the town does.
    AnsweredLate,
    /// Nobody answers an objection.
    Unanswered,
    /// Nobody puts it on the board.
    NotPublicised,
    /// Nobody does it.
    NotExecuted,
    /// The executor would verify it, and nobody else does.
    SelfVerified,
    /// A near relative of the executor would verify it.
    Relative,
    /// Supervision returns it once.
    Returned,
    /// Reopened after its completion, and forgotten.
    Reopened,
}

/// What is done about a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    Publicise,
    Object,
    Answer,
    Escalate,
    AnswerAbove,
    Correct,
    Assign,
    Report,
    Extend,
    Claim,
    Return,
    ClaimAgain,
    Verify,
    InformBranch,
    Complete,
    Reopen,
}

/// The first resolution of a village's meeting in a month, if it was planted.
fn staged(village: usize, month: i8) -> Option<Turn> {
    Some(match (village, month) {
        (0, 1) => Turn::Upheld,
        (1, 1) => Turn::Returned,
        (2, 1) => Turn::Reopened,
        (3, 1) => Turn::SelfVerified,
        (4, 1) => Turn::NotPublicised,
        (5, 1) => Turn::NotExecuted,
        (6, 1) => Turn::AnsweredLate,
        (7, 1) => Turn::Unanswered,
        (0, 2) => Turn::LateObjection,
        (1, 2) => Turn::Relative,
        (2, 2) => Turn::Unsatisfied,
        _ => return None,
    })
}

impl Turn {
    /// By a roll below 100; nothing that leaves a step undone.
    fn of(roll: u32) -> Self {
        match roll {
            0..10 => Self::Dismissed,
            10..20 => Self::Extended,
            20..24 => Self::Returned,
            24..27 => Self::Upheld,
            27..29 => Self::LateObjection,
            29..30 => Self::Unsatisfied,
            _ => Self::Ordinary,
        }
    }

    /// What the summary calls it.
    fn said(self) -> &'static str {
        match self {
            Self::Ordinary => "如期办结 in time",
            Self::Extended => "延期 extended",
            Self::Dismissed => "异议不成立 objection dismissed",
            Self::Unsatisfied => "异议人上报,镇级维持 taken to the town, dismissed",
            Self::Upheld => "异议成立,修正后重新公示 objection upheld, corrected, publicised anew",
            Self::LateObjection => "公示期后异议,镇级答复 late objection, answered by the town",
            Self::AnsweredLate => "村级逾期未答复,镇级答复 village silent, answered by the town",
            Self::Unanswered => "异议一直无人答复 objection never answered",
            Self::NotPublicised => "一直没有公示 never publicised",
            Self::NotExecuted => "逾期未执行 execution overdue, no claim",
            Self::SelfVerified => {
                "执行人自行核实被拒,无人核实 executor refused as verifier, nobody else verifies"
            }
            Self::Relative => "近亲属核实被拒,另由他人核实 near relative refused, another verified",
            Self::Returned => "退回整改后核实 returned, claimed again, verified",
            Self::Reopened => "完成后重新办理,再未明确专人 reopened, never assigned again",
        }
    }

    fn executor(self, dice: &mut Dice) -> Office {
        let offices = [Office::GridWorker, Office::Mediator, Office::Committee];
        let any = dice.pick(&offices).copied().unwrap_or(Office::Committee);
        if self == Self::SelfVerified {
            Office::Volunteer
        } else if self == Self::Relative {
            Office::GridWorker
        } else {
            any
        }
    }
}

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
        let (planted, executor) = (staged.is_some(), turn.executor(&mut dice));
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
