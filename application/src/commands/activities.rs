use domain::activity::{Activity, Command, Insured, Published, RiskAssessed};
use domain::permission::Act;
use domain::service::Service;
use domain::volunteer::Volunteer;
use domain::{ActivityId, PersonId, Text, UnitCode, county_date};
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

    /// 开始. Before dangerous work it is asked once more who is a minor: a date of birth may have been corrected.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn start_activity(
        &self,
        activity: ActivityId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let organiser = self.organiser_of(activity);
        self.permit_at(&caller.actor, Act::ManageActivity, organiser, None).await?;
        let key = activity.to_string();
        let today = county_date(self.clock.now());
        let look = |known: &Activity| {
            let people = known.is_dangerous().then(|| known.people().collect::<Vec<_>>());
            (known.day_of_age(today), people.unwrap_or_default())
        };
        let (day, people) = self.read_state::<Activity, _>(&key, look).await?;
        let mut minors = Vec::new();
        for volunteer in people {
            if self.is_minor_on(volunteer, day.unwrap_or(today), caller).await? {
                minors.push(volunteer);
            }
        }
        self.execute::<Activity>(&key, Command::Start { minors }, caller).await
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

    /// 报名; while the activity runs, 现场报名. Whether a minor signs up is asked for the activity's day.
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
        let (key, today) = (activity.to_string(), county_date(self.clock.now()));
        let look = |known: &Activity| {
            (known.day_of_age(today), known.has(volunteer), known.is_dangerous())
        };
        let (day, has, dangerous) = self.read_state::<Activity, _>(&key, look).await?;
        let look = |known: &Volunteer| (known.may_serve(), known.is_of_age());
        let (may_serve, of_age) =
            self.read_state::<Volunteer, _>(&volunteer.to_string(), look).await?;
        let command = |minor| Command::SignUp { volunteer, may_serve, minor };
        let mut minor = false;
        if may_serve && !of_age && !has {
            // A rule against it is heard before anything is opened; where there is danger, age comes before all else.
            if !dangerous {
                self.dry_run::<Activity>(&key, command(false), caller).await?;
            }
            minor = self.is_minor_on(volunteer, day.unwrap_or(today), caller).await?;
        }
        self.execute::<Activity>(&key, command(minor), caller).await
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
        let key = volunteer.to_string();
        let look = |known: &Service| known.served_at(activity);
        let served = self.read_state::<Service, _>(&key, look).await?;
        let command = Command::CancelSignUp { volunteer, served };
        self.execute::<Activity>(&activity.to_string(), command, caller).await
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
