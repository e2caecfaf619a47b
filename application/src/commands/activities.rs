use domain::activity::{Activity, Command, Insured, Published, RiskAssessed};
use domain::permission::Act;
use domain::volunteer::Volunteer;
use domain::{ActivityId, PersonId, Text, UnitCode};
use jiff::Timestamp;

use crate::{App, Caller, CommandOutcome, Error};

/// An activity to publish.
pub type NewActivity = Published;

impl App {
    /// 发布活动; its id is the command's.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publish_activity(
        &self,
        activity: NewActivity,
        caller: &Caller,
    ) -> Result<(ActivityId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::ManageActivity, Some(&activity.organiser), None)?;
        let id = ActivityId(caller.command);
        let command = Command::Publish(Box::new(activity));
        Ok((id, self.execute::<Activity>(&id.to_string(), command, caller).await?))
    }

    /// The unit that organises an activity.
    ///
    /// # Errors
    /// When there is no such activity.
    pub async fn organiser_of(&self, activity: ActivityId) -> Result<UnitCode, Error> {
        let organiser = self
            .read_state::<Activity, _>(&activity.to_string(), |known| {
                known.published().map(|published| published.organiser.clone())
            })
            .await?;
        organiser.ok_or_else(|| Error::refused(domain::activity::Rejection::Unpublished {}))
    }

    async fn change_activity(
        &self,
        activity: ActivityId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let organiser = self.organiser_of(activity);
        self.permit_at(&caller.actor, Act::ManageActivity, organiser, None).await?;
        self.execute::<Activity>(&activity.to_string(), command, caller).await
    }

    /// 风险评估.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn assess_risk(
        &self,
        activity: ActivityId,
        assessed: RiskAssessed,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_activity(activity, Command::AssessRisk(assessed), caller).await
    }

    /// 投保.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn insure(
        &self,
        activity: ActivityId,
        insured: Insured,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_activity(activity, Command::Insure(insured), caller).await
    }

    /// 开始.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn start_activity(
        &self,
        activity: ActivityId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_activity(activity, Command::Start, caller).await
    }

    /// 结束.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn close_activity(
        &self,
        activity: ActivityId,
        ended_at: Timestamp,
        summary: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_activity(activity, Command::Close { ended_at, summary }, caller).await
    }

    /// 取消活动.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cancel_activity(
        &self,
        activity: ActivityId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_activity(activity, Command::Cancel { reason }, caller).await
    }

    /// 报名.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn sign_up(
        &self,
        activity: ActivityId,
        volunteer: PersonId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_sign_up(activity, volunteer, caller).await?;
        let (may_serve, minor) = self
            .read_state::<Volunteer, _>(&volunteer.to_string(), |known| {
                (known.may_serve(), known.is_minor())
            })
            .await?;
        let command = Command::SignUp { volunteer, may_serve, minor };
        self.execute::<Activity>(&activity.to_string(), command, caller).await
    }

    /// 取消报名.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cancel_sign_up(
        &self,
        activity: ActivityId,
        volunteer: PersonId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_sign_up(activity, volunteer, caller).await?;
        self.execute::<Activity>(&activity.to_string(), Command::CancelSignUp { volunteer }, caller)
            .await
    }

    async fn permit_sign_up(
        &self,
        activity: ActivityId,
        volunteer: PersonId,
        caller: &Caller,
    ) -> Result<(), Error> {
        let organiser = self.organiser_of(activity);
        self.permit_at(&caller.actor, Act::SignUp, organiser, Some(volunteer)).await.map(drop)
    }
}
