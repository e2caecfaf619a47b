use domain::notice::Verdict;
use domain::permission::Act;
use domain::resolution::{Command, Rejection, Resolution};
use domain::{PersonId, ResolutionId, SealedDigest, Text, UnitCode};
use jiff::civil::Date;

use crate::commands::InvalidReference;
use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// The station that a resolution is at: where it was adopted, or whoever took that over.
    ///
    /// # Errors
    /// When there is no such resolution.
    pub async fn station_of_resolution(&self, resolution: ResolutionId) -> Result<UnitCode, Error> {
        let station = self
            .read_state::<Resolution, _>(&resolution.to_string(), |known| known.station().cloned())
            .await?;
        let station = station.ok_or_else(|| Error::refused(Rejection::Unadopted {}))?;
        Ok(self.reference_data().units.acting(&station).clone())
    }

    /// Refuses a resolution of another station.
    pub(crate) async fn require_of_station(
        &self,
        resolution: ResolutionId,
        station: &UnitCode,
    ) -> Result<(), Error> {
        if self.station_of_resolution(resolution).await? == *station {
            Ok(())
        } else {
            Err(Error::refused(InvalidReference::OtherStation {}))
        }
    }

    /// Checks the caller for an act on a resolution; answers its station.
    pub(crate) async fn permit_resolution(
        &self,
        act: Act,
        resolution: ResolutionId,
        caller: &Caller,
    ) -> Result<UnitCode, Error> {
        let station = self.station_of_resolution(resolution);
        self.permit_at(&caller.actor, act, station, None).await
    }

    async fn change_resolution(
        &self,
        act: Act,
        resolution: ResolutionId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(act, resolution, caller).await?;
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 公示.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publicise_resolution(
        &self,
        resolution: ResolutionId,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ManageResolution, resolution, caller).await?;
        let command = Command::Publicise { evidence: self.evidence_of(evidence).await? };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 修正 after an upheld objection.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn correct_resolution(
        &self,
        resolution: ResolutionId,
        text: Text<500>,
        reason: Text<200>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ManageResolution, resolution, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::Correct { text, reason, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 撤销, by the village after an upheld objection or by a unit above it.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn withdraw_resolution(
        &self,
        resolution: ResolutionId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_resolution(Act::ManageResolution, resolution, caller).await?;
        let above = self.is_above(&station, &caller.actor);
        let command = Command::Withdraw { reason, above };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 公示期满; the scheduler does it too.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn close_resolution_notice(
        &self,
        resolution: ResolutionId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CloseNotice;
        self.change_resolution(Act::ManageResolution, resolution, command, caller).await
    }

    /// 异议答复; what went up is answered by a unit above the village.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn answer_resolution_objection(
        &self,
        resolution: ResolutionId,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let act = Act::AnswerResolutionObjection;
        let station = self.permit_resolution(act, resolution, caller).await?;
        let above = self.is_above(&station, &caller.actor);
        let command = Command::AnswerObjection { objection, verdict, answer, above };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 明确专人.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn assign_resolution(
        &self,
        resolution: ResolutionId,
        executor: PersonId,
        office: Text<40>,
        due: Date,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Assign { executor, office, due };
        self.change_resolution(Act::ManageResolution, resolution, command, caller).await
    }

    /// 延期.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn extend_resolution(
        &self,
        resolution: ResolutionId,
        to: Date,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Extend { to, reason };
        self.change_resolution(Act::ManageResolution, resolution, command, caller).await
    }

    /// 进展, from the executor's own account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn report_progress(
        &self,
        resolution: ResolutionId,
        note: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ExecuteResolution, resolution, caller).await?;
        let command = Command::Report { note, evidence: self.evidence_of(evidence).await? };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 报告完成, from the executor's own account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn claim_completion(
        &self,
        resolution: ResolutionId,
        note: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ExecuteResolution, resolution, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::ClaimCompletion { note, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }
}
