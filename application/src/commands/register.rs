use domain::issue::{Asker, Channel, Command, Issue, Registered, Source};
use domain::permission::Act;
use domain::sealed::ASKER;
use domain::{IssueId, Role, SealedDigest, Several, Text, UnitCode};
use jiff::Timestamp;
use uuid::Uuid;
use vault::Code;

use crate::commands::InvalidReference;
use crate::{App, Caller, CommandOutcome, Contact, Error};

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
    /// 希望的解决方式.
    pub wish: Option<Text<500>>,
    /// 备注.
    pub remark: Option<Text<200>>,
    /// 补录: photographs of the register on paper; none: it was not entered from paper.
    pub photographs: Vec<SealedDigest>,
}

/// An issue that was registered, and what its asker keeps.
#[derive(Debug)]
pub struct RegisteredIssue {
    /// 议题编号.
    pub issue: IssueId,
    /// With this the asker follows it.
    pub code: Code,
    /// What was stored.
    pub done: CommandOutcome,
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
        let new = NewIssue { channel: Channel::Web, photographs: vec![], ..new };
        self.register(new, Source::Online, caller).await
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
            wish: new.wish,
            remark: new.remark,
            answer_due: None,
            paper: self.paper(&new.photographs, caller).await?,
        };
        let register = |registered: &Registered| Command::Register(Box::new(registered.clone()));
        self.dry_run::<Issue>(&key, register(&registered), caller).await?;
        let sealed = self.seal_contact(ASKER, &new.asker, caller).await?;
        registered.asker = sealed.map(|(person, sealed)| Asker { person, sealed });
        let done = self.execute::<Issue>(&key, register(&registered), caller).await?;
        Ok(RegisteredIssue { issue, code: self.follow_up_code(issue).await?, done })
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
        | Role::CountyLeader
        | Role::LeadingGroup
        | Role::Councillor
        | Role::LegalAdviser
        | Role::PartyBranch
        | Role::System => &[Source::Office],
        Role::Resident => &[Source::Online],
    };
    let found = may.iter().find(|source| wanted.is_none_or(|wanted| wanted == **source));
    found
        .copied()
        .ok_or_else(|| Error::refused(InvalidReference::Source { sources: Several(may.to_vec()) }))
}

/// The command's own number, the same however often it is repeated.
fn issue_of(caller: &Caller) -> IssueId {
    IssueId::from_bits(Uuid::new_v5(&caller.command, b"issue").as_u64_pair().1)
}
