//! 援法议事: a year of deliberation in some villages, from the opening of their stations.
//!
//! What happens in a village happens one after the other; villages do not wait for each other. An [`VillageAction`] brings
//! the next ones, each within its time, so that nothing is missing on any day but what is [planted].

mod course;
mod execution;
mod founding;
mod issues;
mod meetings;
mod notice;
mod picture;
mod planted;
mod subjects;
mod surveys;
mod village;
mod year;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use application::Caller;
use domain::{BadValue, IssueId, SurveyId};
use jiff::civil::Date;

pub use planted::{Failing, Planted};
pub use village::{Office, Village};

use super::action::Next;
use super::{DemoError, Story};
use course::{Course, Step};
use founding::Plan;
use issues::Concern;
use meetings::{Called, Held, Sitting};

/// The villages in which something is planted: the first of them.
const STAGED: usize = 8;

/// What somebody does in or about a village.
#[derive(Debug)]
pub enum VillageAction {
    /// 设站.
    Found(Box<Plan>),
    /// 登记议题.
    Raise(Arc<Village>, Concern),
    /// 答复.
    Answer(Arc<Village>, IssueId),
    /// 对照清单.
    Triage(Arc<Village>, IssueId, Concern),
    /// 急事急议.
    Expedite(Arc<Village>, IssueId, Concern),
    /// 办结 what a meeting ratified.
    Settle(Arc<Village>, IssueId),
    /// 召集.
    Convene(Arc<Village>, Sitting),
    /// 开会.
    Meet(Arc<Village>, Box<Called>),
    /// 会议记录封存.
    Seal(Arc<Village>, Box<Held>),
    /// 决议落实.
    Follow(Arc<Village>, Arc<Course>, Step),
    /// 测评.
    Survey(Arc<Village>, Date),
    /// 测评回复.
    Reply(Arc<Village>, SurveyId, Vec<String>),
}

/// What the story knows of its villages.
#[derive(Debug, Default)]
pub struct Deliberation {
    villages: Mutex<BTreeMap<usize, Arc<Village>>>,
    /// By stream.
    planted: Mutex<BTreeMap<String, Planted>>,
}

impl Deliberation {
    fn enter(&self, village: &Arc<Village>) {
        let mut villages = self.villages.lock().unwrap_or_else(PoisonError::into_inner);
        villages.insert(village.number, Arc::clone(village));
    }

    fn plant(&self, planted: Planted) {
        let mut all = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(planted.stream.clone(), planted);
    }

    /// The first village with a station.
    pub fn first(&self) -> Option<Arc<Village>> {
        let villages = self.villages.lock().unwrap_or_else(PoisonError::into_inner);
        villages.values().next().cloned()
    }

    /// What was planted so far.
    pub fn planted(&self) -> Vec<Planted> {
        let planted = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        planted.values().cloned().collect()
    }
}

impl VillageAction {
    /// The village's number; two village_actions of one village never happen at the same moment.
    #[must_use]
    pub fn village(&self) -> usize {
        match self {
            Self::Found(plan) => plan.number,
            Self::Raise(village, _)
            | Self::Answer(village, _)
            | Self::Triage(village, ..)
            | Self::Expedite(village, ..)
            | Self::Settle(village, _)
            | Self::Convene(village, _)
            | Self::Meet(village, _)
            | Self::Follow(village, ..)
            | Self::Seal(village, _)
            | Self::Survey(village, _)
            | Self::Reply(village, ..) => village.number,
        }
    }
}

impl Story {
    /// Carries an village_action out.
    pub(super) async fn deliberate(
        &self,
        village_action: VillageAction,
    ) -> Result<Next, DemoError> {
        match village_action {
            VillageAction::Found(plan) => self.found(*plan).await,
            VillageAction::Raise(village, concern) => self.raise(village, concern).await,
            VillageAction::Answer(village, issue) => self.answer_issue(&village, issue).await,
            VillageAction::Triage(village, issue, concern) => {
                self.triage(village, issue, concern).await
            }
            VillageAction::Expedite(village, issue, concern) => {
                self.expedite(&village, issue, concern).await
            }
            VillageAction::Settle(village, issue) => self.settle_issue(&village, issue).await,
            VillageAction::Convene(village, sitting) => self.convene(village, sitting).await,
            VillageAction::Meet(village, called) => self.meet(village, *called).await,
            VillageAction::Seal(village, held) => self.seal(village, *held).await,
            VillageAction::Follow(village, course, step) => {
                self.follow(&village, &course, step).await
            }
            VillageAction::Survey(village, day) => self.survey(village, day).await,
            VillageAction::Reply(village, survey, codes) => {
                self.reply(&village, survey, codes).await
            }
        }
    }

    /// An office's account with the next command.
    fn of(&self, village: &Village, office: Office) -> Result<Caller, BadValue> {
        Ok(self.stage.by(village.account(office)?))
    }

    /// An office's account with a command that has a name of its own, for what is numbered after it.
    fn named(&self, village: &Village, office: Office, name: &str) -> Result<Caller, BadValue> {
        let command = self.stage.named(&format!("village-{}/{name}", village.number));
        Ok(Caller::new(village.account(office)?, command))
    }
}
