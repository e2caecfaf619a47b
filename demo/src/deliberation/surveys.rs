//! 满意度测评: twice a year residents say what they think.

use std::sync::Arc;

use application::{Ballot, Caller};
use domain::SurveyId;
use domain::survey::{Answers, Carrier, HandedOut, Opened, Satisfaction};
use jiff::civil::Date;

use super::office::Office;
use super::village::Village;
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::stage::{Desk, text};
use crate::story::Story;

/// Households asked.
const ASKED: u32 = 30;
/// The village whose codes go through its own hands, which the rules forbid and a record tells of all the same.
const LEAKY: usize = 6;
/// Days for replies.
const DAYS: u32 = 12;
/// Those who reply on one day.
const A_DAY: usize = 8;

impl Story {
    pub(super) async fn survey(&self, village: Arc<Village>, day: Date) -> Result<Next, DemoError> {
        let opened = Opened {
            station: village.unit.clone(),
            resolution: None,
            question: text("您知道援法议事吗?对本村议事和落实是否满意?")?,
            eligible: ASKED,
            households: None,
            closes_on: days_after(day, DAYS),
        };
        let app = &self.stage.app;
        let caller = self.named(&village, Office::Supervisor(0), &format!("survey-{day}"))?;
        let (survey, _) = app.open_survey(opened, &caller).await?;
        let town = self.stage.desk(Desk::Administrator, &village.town)?;
        let issued = app.issue_ballots(survey, &town).await?;
        let carrier = if village.number == LEAKY { Carrier::Village } else { Carrier::Maker };
        let handed = HandedOut { carrier, handed_out_on: day };
        let town = self.stage.desk(Desk::Administrator, &village.town)?;
        app.hand_out_ballots(survey, handed, &town).await?;
        if carrier == Carrier::Village {
            let what = "测评码交村里转发 ballots that went through the village's hands";
            self.odd("surveys", what, format!("survey-{survey}"), "survey.codes_with_village");
        }
        let mut dice = self.survey_dice(&village, day, "replies");
        let replies = dice.between(18, ASKED) as usize;
        let codes: Vec<String> = issued.ballots.iter().take(replies).map(Ballot::written).collect();
        let days = (1..).zip(codes.chunks(A_DAY));
        let replies = days.map(|(later, codes)| {
            let reply = VillageAction::Reply(Arc::clone(&village), survey, codes.to_vec());
            (at(days_after(day, later), 19, 30), Action::Deliberate(reply))
        });
        Ok(replies.collect())
    }

    fn survey_dice(&self, village: &Village, day: Date, what: &str) -> Dice {
        let number = u64::try_from(day.day_of_year()).unwrap_or(0);
        Dice::new(self.stage.seed, what, village.number as u64 * 1000 + number)
    }

    /// Nearly all are content, in some villages fewer.
    pub(super) async fn reply(
        &self,
        village: &Village,
        survey: SurveyId,
        codes: Vec<String>,
    ) -> Result<Next, DemoError> {
        let mut dice = self.survey_dice(village, self.today(), "reply");
        let content = if village.number % 9 == 4 { 80 } else { 96 };
        for code in codes {
            let caller = Caller::resident(self.stage.named(&format!("{survey}/{code}")));
            let satisfaction = match dice.below(100) {
                roll if roll >= content => Satisfaction::Neutral,
                roll if roll % 2 == 0 => Satisfaction::VerySatisfied,
                _ => Satisfaction::Satisfied,
            };
            let answers = Answers {
                aware: dice.percent(97),
                took_part: dice.percent(40),
                recognises: dice.percent(95),
                satisfaction,
            };
            self.stage.app.reply_survey(survey, &code, answers, &caller).await?;
        }
        Ok(vec![])
    }
}
