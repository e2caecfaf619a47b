use domain::campaign::{Adopted, Campaign, Command, Deadlines, KindDeadlines};
use domain::permission::Act;
use domain::{CampaignCode, Text};

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// 发起组建行动. With `take_over`, the tasks that units were given while there was no campaign become its tasks.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn adopt_campaign(
        &self,
        campaign: &CampaignCode,
        plan: Adopted,
        take_over: bool,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageCampaign, None, None)?;
        let command = Command::Adopt { plan: Box::new(plan), take_over };
        self.execute::<Campaign>(campaign.as_str(), command, caller).await
    }

    /// 延长期限; what is left out stays.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn move_campaign_deadlines(
        &self,
        campaign: &CampaignCode,
        deadlines: Deadlines,
        by_kind: Vec<KindDeadlines>,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageCampaign, None, None)?;
        let command = Command::MoveDeadlines { deadlines, by_kind, reason };
        self.execute::<Campaign>(campaign.as_str(), command, caller).await
    }

    /// 结束组建行动.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_campaign(
        &self,
        campaign: &CampaignCode,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageCampaign, None, None)?;
        self.execute::<Campaign>(campaign.as_str(), Command::End { reason }, caller).await
    }
}
