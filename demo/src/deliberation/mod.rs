//! 援法议事: a year of deliberation in some villages, from the opening of their stations.
//!
//! What happens in a village happens one after the other; villages do not wait for each other. A [`VillageAction`] brings
//! the next ones, each within its time, so that nothing is missing on any day but what is [planted].

mod concern;
mod course;
mod execution;
mod following;
mod founding;
mod issues;
mod meetings;
mod notice;
mod office;
mod paper;
mod picture;
mod plans;
mod planted;
mod routing;
mod sitting;
mod subjects;
mod surveys;
mod village;
mod village_action;
mod villages;
mod year;

pub use office::Office;
pub use planted::{Failing, Planted};
pub use village_action::VillageAction;
pub use villages::Deliberation;

use application::Caller;
use domain::BadValue;

use crate::action::Next;
use crate::error::DemoError;
use crate::story::Story;
use village::Village;

impl Story {
    /// Carries an action out.
    pub(super) async fn deliberate(&self, action: VillageAction) -> Result<Next, DemoError> {
        match action {
            VillageAction::Found(plan) => self.found(*plan).await,
            VillageAction::Raise(village, concern) => self.raise(village, concern).await,
            VillageAction::Answer(village, issue) => self.answer_issue(&village, issue).await,
            VillageAction::Triage(village, issue, concern) => {
                self.triage(village, issue, concern).await
            }
            VillageAction::Expedite(village, issue, concern) => {
                self.expedite(&village, issue, concern).await
            }
            VillageAction::Receive(village, issue) => self.receive_routing(&village, issue).await,
            VillageAction::ReplyRouting(village, issue, concern) => {
                self.reply_routing(village, issue, concern).await
            }
            VillageAction::SettleRouted(village, issue) => {
                self.settle_routed(&village, issue).await
            }
            VillageAction::Settle(village, issue) => self.settle_issue(&village, issue).await,
            VillageAction::Convene(village, sitting) => self.convene(village, sitting).await,
            VillageAction::EnterMeeting(village) => self.enter_meeting(village).await,
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
