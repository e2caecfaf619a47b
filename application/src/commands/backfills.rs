//! 补录: what is on paper is entered, and a second person approves it or not.

use domain::activity::{Activity, Command as ActivityCommand};
use domain::backfill::FromPaper;
use domain::issue::{Command as IssueCommand, Issue};
use domain::meeting::{Command as MeetingCommand, Meeting};
use domain::permission::Act;
use domain::resolution::{Command as ResolutionCommand, Resolution};
use domain::service::Recorder;
use domain::{ActivityId, IssueId, MeetingId, ResolutionId, SealedDigest, Text};
use jiff::civil::Date;

use crate::{App, Caller, CommandOutcome, Error, NewActivity, NewMeeting};

/// What a second person found when they held a backfill against the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// 核准补录.
    Approved,
    /// 不予补录.
    Refused {
        /// Why.
        reason: Text<200>,
    },
}

impl App {
    /// The paper that shows something, entered by the caller; none where there are no photographs.
    pub(crate) async fn paper(
        &self,
        photographs: &[SealedDigest],
        caller: &Caller,
    ) -> Result<Option<FromPaper>, Error> {
        if photographs.is_empty() {
            return Ok(None);
        }
        let evidence = self.evidence_of(photographs).await?;
        Ok(Some(FromPaper { recorder: Recorder::of(&caller.actor), evidence }))
    }

    /// 补录会议: a meeting of which the minutes are on paper. Who called it, the paper shows.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn backfill_meeting(
        &self,
        new: NewMeeting,
        photographs: &[SealedDigest],
        caller: &Caller,
    ) -> Result<(MeetingId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::ConveneMeeting, Some(&new.station), None)?;
        let paper = self.paper(photographs, caller).await?;
        self.call_meeting(new, paper, caller).await
    }

    /// 补录活动: an activity that was over before it was entered.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn backfill_activity(
        &self,
        activity: NewActivity,
        photographs: &[SealedDigest],
        caller: &Caller,
    ) -> Result<(ActivityId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::ManageActivity, Some(&activity.organiser), None)?;
        let paper = self.paper(photographs, caller).await?;
        self.publish_activity(NewActivity { paper, ..activity }, caller).await
    }

    /// 申请补录公示: the notice of a resolution that has hung on the board since a day.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn backfill_publication(
        &self,
        resolution: ResolutionId,
        posted_on: Date,
        photographs: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_resolution(Act::ManageResolution, resolution, caller).await?;
        let evidence = self.evidence_of(photographs).await?;
        let command = ResolutionCommand::RequestBackfill { posted_on, evidence };
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 核准或不予补录会议; approved, its minutes are sealed.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn judge_meeting_backfill(
        &self,
        meeting: MeetingId,
        finding: Finding,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = match finding {
            Finding::Approved => MeetingCommand::ApproveBackfill,
            Finding::Refused { reason } => MeetingCommand::RefuseBackfill { reason },
        };
        self.permit_meeting(Act::ApproveBackfill, meeting, caller).await?;
        self.execute::<Meeting>(&meeting.to_string(), command, caller).await
    }

    /// 核准或不予补录议题.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn judge_issue_backfill(
        &self,
        issue: IssueId,
        finding: Finding,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = match finding {
            Finding::Approved => IssueCommand::ApproveBackfill,
            Finding::Refused { reason } => IssueCommand::RefuseBackfill { reason },
        };
        self.permit_issue(Act::ApproveBackfill, issue, caller).await?;
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// 核准或不予补录公示; approved, it stands open to objections.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn judge_publication_backfill(
        &self,
        resolution: ResolutionId,
        finding: Finding,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = match finding {
            Finding::Approved => ResolutionCommand::ApproveBackfill,
            Finding::Refused { reason } => ResolutionCommand::RefuseBackfill { reason },
        };
        self.permit_resolution(Act::ApproveBackfill, resolution, caller).await?;
        self.execute::<Resolution>(&resolution.to_string(), command, caller).await
    }

    /// 核准或不予补录活动; approved, services done in it can be backfilled.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn judge_activity_backfill(
        &self,
        activity: ActivityId,
        finding: Finding,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = match finding {
            Finding::Approved => ActivityCommand::ApproveBackfill,
            Finding::Refused { reason } => ActivityCommand::RefuseBackfill { reason },
        };
        let organiser = self.organiser_of(activity);
        self.permit_at(&caller.actor, Act::ApproveBackfill, organiser, None).await?;
        self.execute::<Activity>(&activity.to_string(), command, caller).await
    }
}
