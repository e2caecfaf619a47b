use domain::issue::{Command as IssueCommand, Issue};
use domain::notice::{Command as NoticeCommand, Notice};
use domain::points::{Account, Command as PointsCommand};
use domain::resolution::{Command as ResolutionCommand, Resolution};
use domain::service::{Command as ServiceCommand, Service};
use domain::station::{Command as StationCommand, Station};
use domain::survey::{Command as SurveyCommand, Survey};
use domain::{
    ActivityId, IssueId, MeetingId, Month, NoticeId, PersonId, ResolutionId, SurveyId, UnitCode,
};
use jiff::civil::Date;
use uuid::Uuid;

use crate::{App, Caller, CommandOutcome, Error};

/// Something that is due because a day has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// 公示期满.
    CloseNotice(NoticeId),
    /// 积分到期.
    ExpirePoints(PersonId),
    /// 未签退, of an activity that nobody closed.
    EndPresence(ActivityId, PersonId),
    /// 议题答复逾期.
    MissAnswer(IssueId),
    /// 转办逾期.
    MissRouting(IssueId),
    /// 逾期未追认, by a meeting that was held since.
    MissRatification(IssueId, MeetingId),
    /// 当月未议事.
    MissMeeting(UnitCode, Month),
    /// 异议答复逾期.
    MissObjection(ResolutionId, u32),
    /// 公示异议答复逾期.
    MissNoticeObjection(NoticeId, u32),
    /// 决议公示期满.
    CloseResolution(ResolutionId),
    /// 执行逾期.
    RecordOverdue(ResolutionId),
    /// 测评结束.
    CloseSurvey(SurveyId),
    /// 记录期限确认, once the holidays it waited for are known.
    SettleDue(PersonId, u32),
}

impl Duty {
    /// A short name, for the account that acts.
    fn name(&self) -> &'static str {
        match self {
            Self::CloseNotice(_) => "notice",
            Self::ExpirePoints(_) => "points",
            Self::EndPresence(..) => "presence",
            Self::MissAnswer(_) => "answer",
            Self::MissRouting(_) => "routing",
            Self::MissRatification(..) => "ratification",
            Self::MissMeeting(..) => "month",
            Self::MissObjection(..) => "objection",
            Self::MissNoticeObjection(..) => "notice-objection",
            Self::CloseResolution(_) => "resolution-notice",
            Self::RecordOverdue(_) => "execution",
            Self::CloseSurvey(_) => "survey",
            Self::SettleDue(..) => "service-due",
        }
    }

    /// What it is about.
    fn key(&self) -> String {
        match self {
            Self::CloseNotice(notice) => notice.to_string(),
            Self::ExpirePoints(account) => account.to_string(),
            Self::EndPresence(activity, volunteer) => format!("{activity}/{volunteer}"),
            Self::MissAnswer(issue) | Self::MissRouting(issue) => issue.to_string(),
            Self::MissRatification(issue, meeting) => format!("{issue}/{meeting}"),
            Self::MissMeeting(station, month) => format!("{station}/{month}"),
            Self::MissObjection(resolution, objection) => format!("{resolution}/{objection}"),
            Self::MissNoticeObjection(notice, objection) => format!("{notice}/{objection}"),
            Self::CloseResolution(resolution) | Self::RecordOverdue(resolution) => {
                resolution.to_string()
            }
            Self::CloseSurvey(survey) => survey.to_string(),
            Self::SettleDue(volunteer, record) => format!("{volunteer}/{record}"),
        }
    }

    /// The service, with a command that is the same all day.
    fn caller(&self, today: Date) -> Result<Caller, Error> {
        let (name, key) = (self.name(), self.key());
        let due = format!("yuanfa:scheduler/{name}/{key}/{today}");
        let command = Uuid::new_v5(&Uuid::NAMESPACE_URL, due.as_bytes());
        Caller::system(&format!("scheduler:{name}"), command).map_err(Error::refused)
    }

    /// Does it.
    pub async fn dispatch(&self, app: &App, today: Date) -> Result<CommandOutcome, Error> {
        let caller = &self.caller(today)?;
        match self {
            Self::CloseNotice(notice) => {
                app.execute::<Notice>(notice.as_str(), NoticeCommand::Close, caller).await
            }
            Self::ExpirePoints(account) => {
                app.execute::<Account>(&account.to_string(), PointsCommand::Expire, caller).await
            }
            Self::EndPresence(activity, volunteer) => {
                app.end_presence(*activity, *volunteer, caller).await
            }
            Self::MissAnswer(issue) => {
                app.execute::<Issue>(&issue.to_string(), IssueCommand::MissAnswer, caller).await
            }
            Self::MissRouting(issue) => {
                app.execute::<Issue>(&issue.to_string(), IssueCommand::MissRouting, caller).await
            }
            Self::MissRatification(issue, meeting) => {
                let command = IssueCommand::MissRatification { meeting: *meeting };
                app.execute::<Issue>(&issue.to_string(), command, caller).await
            }
            Self::MissMeeting(station, month) => {
                let command = StationCommand::MissMeeting { month: *month };
                app.execute::<Station>(station.as_str(), command, caller).await
            }
            Self::MissObjection(resolution, objection) => {
                let command = ResolutionCommand::MissAnswer { objection: *objection };
                app.execute::<Resolution>(&resolution.to_string(), command, caller).await
            }
            Self::MissNoticeObjection(notice, objection) => {
                let command = NoticeCommand::MissAnswer { objection: *objection };
                app.execute::<Notice>(notice.as_str(), command, caller).await
            }
            Self::CloseResolution(resolution) => {
                let command = ResolutionCommand::CloseNotice;
                app.execute::<Resolution>(&resolution.to_string(), command, caller).await
            }
            Self::RecordOverdue(resolution) => {
                let command = ResolutionCommand::RecordOverdue;
                app.execute::<Resolution>(&resolution.to_string(), command, caller).await
            }
            Self::CloseSurvey(survey) => {
                app.execute::<Survey>(&survey.to_string(), SurveyCommand::Close, caller).await
            }
            Self::SettleDue(volunteer, record) => {
                let command = ServiceCommand::SettleDue { record: *record };
                app.execute::<Service>(&volunteer.to_string(), command, caller).await
            }
        }
    }
}
