use domain::issue::{Command, Expedition, Issue, OpinionsCollected, Rejection, Step};
use domain::permission::Act;
use domain::station::{Group, Station};
use domain::{IssueId, PersonId, SealedDigest, Text, TopicCode, UnitCode, county_date};
use jiff::civil::Date;

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// The station that an issue is at: where it was registered, or whoever took that over.
    ///
    /// # Errors
    /// When there is no such issue.
    pub async fn station_of_issue(&self, issue: IssueId) -> Result<UnitCode, Error> {
        let station = self
            .read_state::<Issue, _>(&issue.to_string(), |known| known.station().cloned())
            .await?;
        let station = station.ok_or_else(|| Error::refused(Rejection::Unregistered {}))?;
        Ok(self.reference_data().units.acting(&station).clone())
    }

    /// Who raised an issue; none where they stayed unknown.
    pub(crate) async fn asker_of(&self, issue: IssueId) -> Result<Option<PersonId>, Error> {
        let person = |known: &Issue| known.asker().map(|asker| asker.person);
        self.read_state::<Issue, _>(&issue.to_string(), person).await
    }

    pub(crate) async fn permit_issue(
        &self,
        act: Act,
        issue: IssueId,
        caller: &Caller,
    ) -> Result<UnitCode, Error> {
        let station = self.station_of_issue(issue);
        self.permit_at(&caller.actor, act, station, None).await
    }

    pub(super) async fn change_issue(
        &self,
        act: Act,
        issue: IssueId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_issue(act, issue, caller).await?;
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 答复.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn answer_issue(
        &self,
        issue: IssueId,
        answer: Text<1000>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_issue(Act::AnswerIssue, issue, Command::Answer { answer }, caller).await
    }

    /// 对照清单.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn triage_issue(
        &self,
        issue: IssueId,
        topic: TopicCode,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_issue(Act::TriageIssue, issue, caller).await?;
        let listed = self.lists(&station, &topic).await?;
        let command = Command::Triage { topic, listed };
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// Whether the lists of a station have an item.
    pub(crate) async fn lists(&self, station: &UnitCode, topic: &TopicCode) -> Result<bool, Error> {
        let known = self.reference_data();
        let in_force = known.rulebook.in_force(county_date(self.clock.now()));
        self.read_state::<Station, _>(station.as_str(), |station| {
            station.lists(topic, in_force.rules.deliberation())
        })
        .await
    }

    /// 广场、楼栋、现场议事.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn collect_opinions(
        &self,
        issue: IssueId,
        heard: OpinionsCollected,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CollectOpinions(Box::new(heard));
        self.change_issue(Act::AnswerIssue, issue, command, caller).await
    }

    /// 支部提议、两委商议、党员大会审议.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn take_step(
        &self,
        issue: IssueId,
        step: Step,
        held_on: Date,
        conclusion: Text<500>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_issue(Act::TakeStep, issue, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::TakeStep { step, held_on, conclusion, evidence };
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 列入议题.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn accept_issue(
        &self,
        issue: IssueId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_issue(Act::TriageIssue, issue, Command::Accept, caller).await
    }

    /// 并案.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn merge_issue(
        &self,
        issue: IssueId,
        into: IssueId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_issue(Act::TriageIssue, issue, caller).await?;
        let known = self.reference_data();
        let here = |of: &UnitCode| *known.units.acting(of) == station;
        let stands = self
            .read_state::<Issue, _>(&into.to_string(), |other| {
                other.station().is_some_and(here) && other.is_open()
            })
            .await?;
        let command = Command::Merge { issue, into, stands };
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 不予列入.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reject_issue(
        &self,
        issue: IssueId,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_issue(Act::TriageIssue, issue, Command::Reject { reason }, caller).await
    }

    /// 急事急议、特事特议, from the account of whoever of the leading group approves.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn expedite_issue(
        &self,
        issue: IssueId,
        kind: Expedition,
        reason: Text<200>,
        measure: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_issue(Act::TriageIssue, issue, caller).await?;
        let approver = caller.actor.person;
        let leads = self.standing(&station, approver).await?.is_in(Group::LeadingGroup);
        let command = Command::Expedite { kind, approver, leads, reason, measure };
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 办结 by an answer, without a resolution.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn settle_issue(
        &self,
        issue: IssueId,
        result: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Settle { resolution: None, result };
        self.change_issue(Act::TriageIssue, issue, command, caller).await
    }
}
