use domain::meeting::Meeting;
use domain::permission::Act;
use domain::resolution::{Command, Resolution};
use domain::{MeetingId, ResolutionId, SealedDigest, Text};
use jiff::civil::Date;

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// 退回: the supervision group found that it is not done.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn return_completion(
        &self,
        resolution: ResolutionId,
        findings: Text<500>,
        due: Option<Date>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_resolution(Act::VerifyCompletion, resolution, caller).await?;
        let verifier = self.standing(&station, caller.actor.person).await?;
        let command = Command::Return { verifier, findings, due };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 核实: the supervision group found that it is done.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn verify_completion(
        &self,
        resolution: ResolutionId,
        findings: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_resolution(Act::VerifyCompletion, resolution, caller).await?;
        let verifier = self.standing(&station, caller.actor.person).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::Verify { verifier, findings, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 反馈党支部.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn inform_branch(
        &self,
        resolution: ResolutionId,
        findings: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::InformBranch, resolution, caller).await?;
        let command = Command::InformBranch { findings };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 会议通报, by the sealed minutes of a meeting; a policy does it too.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn inform_meeting(
        &self,
        resolution: ResolutionId,
        meeting: MeetingId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::InformMeeting, resolution, caller).await?;
        let reported = self
            .read_state::<Meeting, _>(&meeting.to_string(), |known| known.reported(&resolution))
            .await?;
        let command = Command::InformMeeting { meeting, reported };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 完成情况公示.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publicise_completion(
        &self,
        resolution: ResolutionId,
        result: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ManageResolution, resolution, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::PubliciseCompletion { result, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 重新办理.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reopen_resolution(
        &self,
        resolution: ResolutionId,
        reason: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ReopenResolution, resolution, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::Reopen { reason, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }
}
