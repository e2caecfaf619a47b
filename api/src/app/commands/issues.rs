use domain::issue::{Asker, Channel, Command, Expedition, Issue, Registered, Rejection, Source};
use domain::permission::Act;
use domain::station::{Group, Station};
use domain::{IssueId, PersonId, Role, Text, TopicCode, UnitCode, county_date};
use jiff::Timestamp;
use uuid::Uuid;
use vault::Code;

use crate::app::contact::ASKER;
use crate::app::refused::Unfit;
use crate::app::{App, Caller, Contact, Done, Error};

/// 登记簿: an issue to register.
#[derive(Debug, Clone)]
pub struct NewIssue {
    /// The station's village.
    pub station: UnitCode,
    /// 时间; none: now.
    pub raised_at: Option<Timestamp>,
    /// 地点.
    pub place: Text<100>,
    /// As what the register is kept; none: as the account's role says.
    pub source: Option<Source>,
    /// 咨询方式.
    pub channel: Channel,
    /// 咨询人、联系电话, for the vault.
    pub asker: Contact,
    /// 具体问题.
    pub problem: Text<1000>,
    /// 解决方式.
    pub solution: Option<Text<500>>,
    /// 备注.
    pub remark: Option<Text<200>>,
}

/// An issue that was registered, and what its asker keeps.
#[derive(Debug)]
pub struct RegisteredIssue {
    /// 议题编号.
    pub issue: IssueId,
    /// With this the asker follows it.
    pub code: Code,
    /// What was stored.
    pub done: Done,
}

impl App {
    /// 登记, by somebody with an account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn register_issue(
        &self,
        new: NewIssue,
        caller: &Caller,
    ) -> Result<RegisteredIssue, Error> {
        self.permit(&caller.actor, Act::RegisterIssue, Some(&new.station), None)?;
        let source = source(caller.actor.role, new.source)?;
        self.register(new, source, caller).await
    }

    /// 网上提交, by anybody; it is answered in time, or shown as late.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn register_issue_online(
        &self,
        new: NewIssue,
        caller: &Caller,
    ) -> Result<RegisteredIssue, Error> {
        self.permit(&caller.actor, Act::RegisterIssueOnline, Some(&new.station), None)?;
        self.register(NewIssue { channel: Channel::Web, ..new }, Source::Online, caller).await
    }

    /// The rules are asked first, then the vault is written, then the log.
    async fn register(
        &self,
        new: NewIssue,
        source: Source,
        caller: &Caller,
    ) -> Result<RegisteredIssue, Error> {
        self.require_open(&new.station).await?;
        let issue = issue_of(caller);
        let key = issue.to_string();
        let mut registered = Registered {
            station: new.station,
            raised_at: new.raised_at.unwrap_or_else(|| self.clock.now()),
            place: new.place,
            registrar: caller.actor.person,
            source,
            channel: new.channel,
            asker: None,
            problem: new.problem,
            solution: new.solution,
            remark: new.remark,
            answer_due: None,
        };
        let register = |registered: &Registered| Command::Register(Box::new(registered.clone()));
        self.ask::<Issue>(&key, register(&registered), caller).await?;
        let sealed = self.seal_contact(ASKER, &new.asker, caller).await?;
        registered.asker = sealed.map(|(person, sealed)| Asker { person, sealed });
        let done = self.execute::<Issue>(&key, register(&registered), caller).await?;
        Ok(RegisteredIssue { issue, code: self.follow_up_code(issue).await?, done })
    }

    /// The station of an issue.
    ///
    /// # Errors
    /// When there is no such issue.
    pub async fn station_of_issue(&self, issue: IssueId) -> Result<UnitCode, Error> {
        let station =
            self.look::<Issue, _>(&issue.to_string(), |known| known.station().cloned()).await?;
        station.ok_or_else(|| Error::refused(Rejection::Unregistered {}))
    }

    /// The station of an issue, and who raised it.
    pub(in crate::app) async fn asker_of(
        &self,
        issue: IssueId,
    ) -> Result<(UnitCode, Option<PersonId>), Error> {
        let station = self.station_of_issue(issue).await?;
        let asker = self
            .look::<Issue, _>(&issue.to_string(), |known| known.asker().map(|asker| asker.person))
            .await?;
        Ok((station, asker))
    }

    async fn permit_issue(
        &self,
        act: Act,
        issue: IssueId,
        caller: &Caller,
    ) -> Result<UnitCode, Error> {
        let station = self.station_of_issue(issue).await?;
        self.permit(&caller.actor, act, Some(&station), None)?;
        Ok(station)
    }

    async fn change_issue(
        &self,
        act: Act,
        issue: IssueId,
        command: Command,
        caller: &Caller,
    ) -> Result<Done, Error> {
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
    ) -> Result<Done, Error> {
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
    ) -> Result<Done, Error> {
        let station = self.permit_issue(Act::TriageIssue, issue, caller).await?;
        let known = self.ground();
        let in_force = known.rulebook.in_force(county_date(self.clock.now()));
        let listed = self
            .look::<Station, _>(station.as_str(), |station| {
                station.lists(&topic, in_force.rules.deliberation())
            })
            .await?;
        let command = Command::Triage { topic, listed };
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 列入议题.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn accept_issue(&self, issue: IssueId, caller: &Caller) -> Result<Done, Error> {
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
    ) -> Result<Done, Error> {
        let station = self.permit_issue(Act::TriageIssue, issue, caller).await?;
        let stands = self
            .look::<Issue, _>(&into.to_string(), |other| {
                other.station() == Some(&station) && other.is_open()
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
    ) -> Result<Done, Error> {
        self.change_issue(Act::TriageIssue, issue, Command::Reject { reason }, caller).await
    }

    /// 转办.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn route_out_issue(
        &self,
        issue: IssueId,
        to: Text<80>,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<Done, Error> {
        self.change_issue(Act::TriageIssue, issue, Command::RouteOut { to, reason }, caller).await
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
    ) -> Result<Done, Error> {
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
    ) -> Result<Done, Error> {
        let command = Command::Settle { resolution: None, result };
        self.change_issue(Act::AnswerIssue, issue, command, caller).await
    }
}

/// As what an account keeps the register.
fn source(role: Role, wanted: Option<Source>) -> Result<Source, Error> {
    let may: &[Source] = match role {
        Role::GridWorker => &[Source::GridWorker, Source::Mediator],
        Role::Volunteer => &[Source::Volunteer],
        Role::CountyOffice
        | Role::UnitAdministrator
        | Role::Recorder
        | Role::Attester
        | Role::Supervisor
        | Role::Auditor
        | Role::LeadingGroup
        | Role::Councillor
        | Role::PartyBranch
        | Role::System => &[Source::Office],
        Role::Resident => &[Source::Online],
    };
    let found = may.iter().find(|source| wanted.is_none_or(|wanted| wanted == **source));
    found.copied().ok_or_else(|| {
        let sources: Vec<&str> = may.iter().map(|source| source.as_str()).collect();
        Error::refused(Unfit::Source { sources: sources.join(", ") })
    })
}

/// The command's own number, the same however often it is repeated.
fn issue_of(caller: &Caller) -> IssueId {
    IssueId::from_bits(Uuid::new_v5(&caller.command, b"issue").as_u64_pair().1)
}
