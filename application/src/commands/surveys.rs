use domain::permission::Act;
use domain::station::Station;
use domain::survey::{Answers, Command, Event, HandedOut, Maker, Opened, Rejection, Survey};
use domain::{Actor, Role, SurveyId, UnitCode};

use crate::commands::InvalidReference;
use crate::people::Ballot;
use crate::{App, Caller, CommandOutcome, Error};

/// The ballots of a survey, each for one household.
#[derive(Debug)]
pub struct IssuedBallots {
    /// From 1 on; they are not kept, so this is the only time they are seen.
    pub ballots: Vec<Ballot>,
    /// What is asked of whom.
    pub survey: Opened,
    /// What was stored.
    pub done: CommandOutcome,
}

impl App {
    /// 开始测评; its id is the command's, and the households known are the station's.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn open_survey(
        &self,
        survey: Opened,
        caller: &Caller,
    ) -> Result<(SurveyId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::ManageSurvey, Some(&survey.station), None)?;
        self.not_of_own(&survey.station, &caller.actor)?;
        self.require_open(&survey.station).await?;
        if let Some(resolution) = survey.resolution {
            self.require_of_station(resolution, &survey.station).await?;
        }
        let households = Station::households;
        let households = self.read_state::<Station, _>(survey.station.as_str(), households).await?;
        let survey = Opened { households, ..survey };
        let id = SurveyId(caller.command);
        Ok((id, self.execute::<Survey>(&id.to_string(), Command::Open(survey), caller).await?))
    }

    /// The station of a survey.
    ///
    /// # Errors
    /// When there is no such survey.
    pub async fn station_of_survey(&self, survey: SurveyId) -> Result<UnitCode, Error> {
        let station = self
            .read_state::<Survey, _>(&survey.to_string(), |known| known.station().cloned())
            .await?;
        station.ok_or_else(|| Error::refused(Rejection::Unopened {}))
    }

    /// A station does not survey itself: its supervision group does, or a unit above.
    fn not_of_own(&self, station: &UnitCode, actor: &Actor) -> Result<(), Error> {
        if actor.role == Role::UnitAdministrator && !self.is_above(station, actor) {
            return Err(Error::refused(InvalidReference::OwnSurvey {}));
        }
        Ok(())
    }

    /// Who makes a survey's ballots, or says how many there may be: none where the account is of the village, or of somebody in
    /// office there.
    pub(crate) async fn maker_for(
        &self,
        station: &UnitCode,
        actor: &Actor,
    ) -> Result<Option<Maker>, Error> {
        let of_the_village = !self.standing(station, actor.person).await?.groups.is_empty();
        if of_the_village || !self.is_above(station, actor) {
            return Ok(None);
        }
        let county = actor.role == Role::CountyOffice;
        Ok(Some(if county { Maker::County } else { Maker::UnitAbove }))
    }

    async fn change_survey(
        &self,
        act: Act,
        survey: SurveyId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.station_of_survey(survey);
        let station = self.permit_at(&caller.actor, act, station, None).await?;
        self.not_of_own(&station, &caller.actor)?;
        self.execute::<Survey>(&survey.to_string(), command, caller).await
    }

    /// 制作测评码, once; only the same command again shows the same codes, and to nobody of the village.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn issue_ballots(
        &self,
        survey: SurveyId,
        caller: &Caller,
    ) -> Result<IssuedBallots, Error> {
        let station = self.station_of_survey(survey);
        let station = self.permit_at(&caller.actor, Act::IssueBallots, station, None).await?;
        let maker = self.maker_for(&station, &caller.actor).await?;
        if maker.is_none() {
            return Err(Error::refused(Rejection::OwnBallots {}));
        }
        let command = Command::IssueBallots { maker };
        let done = self.execute::<Survey>(&survey.to_string(), command, caller).await?;
        let last = done.events.iter().find_map(issued).unwrap_or_default();
        let key = survey.to_string();
        let opened = self.read_state::<Survey, _>(&key, |known| known.opened().cloned()).await?;
        let opened = opened.ok_or_else(|| Error::refused(Rejection::Unopened {}))?;
        Ok(IssuedBallots { ballots: self.ballots(survey, last).await?, survey: opened, done })
    }

    /// 分发测评码: through whom the sealed ballots reached the households.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn hand_out_ballots(
        &self,
        survey: SurveyId,
        handed: HandedOut,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_survey(Act::IssueBallots, survey, Command::HandOut(handed), caller).await
    }

    /// 测评回复, by whoever shows a ballot's code.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reply_survey(
        &self,
        survey: SurveyId,
        code: &str,
        answers: Answers,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ReplySurvey, None, None)?;
        let ballot = self.check_ballot(survey, code).await?;
        let command = Command::Reply { ballot, answers };
        self.execute::<Survey>(&survey.to_string(), command, caller).await
    }

    /// 测评结束; the scheduler does it too.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn close_survey(
        &self,
        survey: SurveyId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_survey(Act::ManageSurvey, survey, Command::Close, caller).await
    }
}

fn issued(event: &domain::Event) -> Option<u32> {
    let domain::Event::Survey(Event::BallotsIssued(issued)) = event else { return None };
    Some(issued.ballots)
}
