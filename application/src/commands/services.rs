use domain::activity::{Activity, Participation};
use domain::permission::Act;
use domain::service::{Command, OpenPresence, Outcome, Report, Service};
use domain::{ActivityId, Minutes, PersonId, SealedDigest, Text};
use jiff::Timestamp;

use crate::{App, Caller, CommandOutcome, Error};

/// What a recorder says of a service.
#[derive(Debug, Clone)]
pub struct EntryReport {
    /// The activity it was done in.
    pub activity: ActivityId,
    /// 服务内容.
    pub content: Text<500>,
    /// First moment.
    pub started_at: Timestamp,
    /// Last moment.
    pub ended_at: Timestamp,
    /// Time actually given.
    pub minutes: Minutes,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
}

impl App {
    async fn participation(
        &self,
        activity: ActivityId,
        volunteer: PersonId,
    ) -> Result<Participation, Error> {
        let participation = self
            .read_state::<Activity, _>(&activity.to_string(), |known| {
                known.participation(volunteer)
            })
            .await?;
        participation.map_err(Error::refused)
    }

    /// Checks the caller for an act on a volunteer's service in an activity.
    async fn permit_service(
        &self,
        act: Act,
        volunteer: PersonId,
        activity: ActivityId,
        caller: &Caller,
    ) -> Result<Participation, Error> {
        let organiser = self.organiser_of(activity);
        self.permit_at(&caller.actor, act, organiser, Some(volunteer)).await?;
        self.participation(activity, volunteer).await
    }

    async fn report(
        &self,
        act: Act,
        volunteer: PersonId,
        said: EntryReport,
        caller: &Caller,
    ) -> Result<Box<Report>, Error> {
        let participation = self.permit_service(act, volunteer, said.activity, caller).await?;
        let EntryReport { activity, content, started_at, ended_at, minutes, outcomes } = said;
        Ok(Box::new(Report {
            volunteer,
            activity,
            content,
            started_at,
            ended_at,
            minutes,
            outcomes,
            participation,
        }))
    }

    async fn change_record(
        &self,
        act: Act,
        volunteer: PersonId,
        record: u32,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_record(act, volunteer, record, caller).await?;
        self.execute::<Service>(&volunteer.to_string(), command, caller).await
    }

    /// Checks that the caller may do this about a record, at the unit that organised it.
    pub(crate) async fn permit_record(
        &self,
        act: Act,
        volunteer: PersonId,
        record: u32,
        caller: &Caller,
    ) -> Result<(), Error> {
        let key = volunteer.to_string();
        let organiser = async {
            let look = |known: &Service| known.entry(record).map(|entry| entry.organiser.clone());
            let organiser = self.read_state::<Service, _>(&key, look);
            organiser.await?.map_err(Error::refused)
        };
        self.permit_at(&caller.actor, act, organiser, Some(volunteer)).await?;
        Ok(())
    }

    /// 签到. Presence at another activity that is over ends with that.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn check_in(
        &self,
        volunteer: PersonId,
        activity: ActivityId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let participation = self.permit_service(Act::CheckIn, volunteer, activity, caller).await?;
        let key = volunteer.to_string();
        let open = match self.read_state::<Service, _>(&key, Service::present_at).await? {
            Some(activity) => {
                let participation = self.participation(activity, volunteer).await?;
                Some(OpenPresence { activity, participation })
            }
            None => None,
        };
        let command = Command::CheckIn { activity, participation, open };
        self.execute::<Service>(&key, command, caller).await
    }

    /// 签退.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn check_out(
        &self,
        volunteer: PersonId,
        activity: ActivityId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let participation = self.permit_service(Act::CheckIn, volunteer, activity, caller).await?;
        let command = Command::CheckOut { activity, participation };
        self.execute::<Service>(&volunteer.to_string(), command, caller).await
    }

    /// Ends the presence of who did not check out of an activity that is over; does nothing where it is not, or they are not there.
    ///
    /// # Errors
    /// When the log fails, or there is no such activity.
    pub(crate) async fn end_presence(
        &self,
        activity: ActivityId,
        volunteer: PersonId,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let participation = self.participation(activity, volunteer).await?;
        let command = Command::EndPresence { activity, participation };
        self.execute::<Service>(&volunteer.to_string(), command, caller).await
    }

    /// 记录服务.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn record_service(
        &self,
        volunteer: PersonId,
        said: EntryReport,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let report = self.report(Act::RecordService, volunteer, said, caller).await?;
        self.execute::<Service>(&volunteer.to_string(), Command::Record(report), caller).await
    }

    /// Whether a service may be recorded as things stand; nothing is.
    ///
    /// # Errors
    /// See [`Error`].
    pub(crate) async fn may_record_service(
        &self,
        volunteer: PersonId,
        said: EntryReport,
        caller: &Caller,
    ) -> Result<(), Error> {
        let report = self.report(Act::RecordService, volunteer, said, caller).await?;
        self.dry_run::<Service>(&volunteer.to_string(), Command::Record(report), caller).await
    }

    /// 申请补录.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn request_backfill(
        &self,
        volunteer: PersonId,
        said: EntryReport,
        evidence: Text<200>,
        digest: Option<SealedDigest>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let report = self.report(Act::RecordService, volunteer, said, caller).await?;
        let command = Command::RequestBackfill { report, evidence, digest };
        self.execute::<Service>(&volunteer.to_string(), command, caller).await
    }

    /// 核准补录.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn approve_backfill(
        &self,
        volunteer: PersonId,
        record: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ApproveBackfill { record };
        self.change_record(Act::ApproveBackfill, volunteer, record, command, caller).await
    }

    /// 认定.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn attest_service(
        &self,
        volunteer: PersonId,
        record: u32,
        rating: Option<u8>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Attest { record, rating };
        self.change_record(Act::AttestService, volunteer, record, command, caller).await
    }

    /// 提出异议.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn dispute_service(
        &self,
        volunteer: PersonId,
        record: u32,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Dispute { record, reason };
        self.change_record(Act::DisputeService, volunteer, record, command, caller).await
    }

    /// 驳回异议.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn dismiss_dispute(
        &self,
        volunteer: PersonId,
        record: u32,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::DismissDispute { record, reason };
        self.change_record(Act::SettleDispute, volunteer, record, command, caller).await
    }

    /// 更正.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn correct_service(
        &self,
        volunteer: PersonId,
        record: u32,
        said: EntryReport,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let report = self.report(Act::SettleDispute, volunteer, said, caller).await?;
        let command = Command::Correct { record, report, reason };
        self.change_record(Act::SettleDispute, volunteer, record, command, caller).await
    }

    /// 作废.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn void_service(
        &self,
        volunteer: PersonId,
        record: u32,
        reason: Text<500>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Void { record, reason };
        self.change_record(Act::SettleDispute, volunteer, record, command, caller).await
    }
}
