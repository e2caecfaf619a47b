use std::collections::BTreeSet;

use domain::backfill::FromPaper;
use domain::issue::Issue;
use domain::meeting::{
    AgendaItem, Body, Command, Convened, Electorate, Form, Meeting, Minute, Occasion, Rejection,
    ReportMinutes,
};
use domain::permission::Act;
use domain::station::{Group, Station};
use domain::{IssueId, MeetingId, ResolutionId, Text, TopicCode, UnitCode, county_date};
use jiff::Timestamp;

use crate::commands::InvalidReference;
use crate::{App, Caller, CommandOutcome, Error};

/// A meeting to convene; who may vote and who advises, the station knows.
#[derive(Debug, Clone)]
pub struct NewMeeting {
    /// The station's village.
    pub station: UnitCode,
    /// Which body.
    pub body: Body,
    /// 议事形式.
    pub form: Form,
    /// When it is to begin.
    pub starts_at: Timestamp,
    /// 地点.
    pub place: Text<100>,
    /// What it goes with.
    pub occasion: Option<Occasion>,
    /// 议程; under which item of the list a topic falls, its issue tells where it has one.
    pub agenda: Vec<AgendaItem>,
    /// Resolutions whose execution is reported.
    pub reports: Vec<ResolutionId>,
    /// How many owners or villagers there are in all.
    pub electorate: Option<Electorate>,
}

impl App {
    /// 召集; its id is the command's.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn convene_meeting(
        &self,
        new: NewMeeting,
        caller: &Caller,
    ) -> Result<(MeetingId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::ConveneMeeting, Some(&new.station), None)?;
        self.call_meeting(new, None, caller).await
    }

    /// Calls a meeting, or enters one from paper.
    pub(crate) async fn call_meeting(
        &self,
        mut new: NewMeeting,
        paper: Option<FromPaper>,
        caller: &Caller,
    ) -> Result<(MeetingId, CommandOutcome), Error> {
        self.require_open(&new.station).await?;
        let id = MeetingId(caller.command);
        let key = id.to_string();
        // A command repeated: its issues are on its own agenda by now.
        if !self.read_state::<Meeting, _>(&key, |known| known.convened().is_some()).await? {
            self.require_fit(&new).await?;
            let standing = self.standing(&new.station, caller.actor.person).await?;
            if paper.is_none() {
                standing.calls(new.body).map_err(Error::refused)?;
            }
        }
        let prepared = self.list_topics(&mut new.agenda).await?;
        let asked = Box::new(Convened { paper, ..self.convened(new).await? });
        let command = Command::Convene { asked, prepared };
        Ok((id, self.execute::<Meeting>(&key, command, caller).await?))
    }

    /// Says of every topic that comes from an issue under which item it falls, and which of the issues are prepared.
    async fn list_topics(&self, agenda: &mut [AgendaItem]) -> Result<BTreeSet<IssueId>, Error> {
        let mut prepared = BTreeSet::new();
        for item in agenda {
            let Some(issue) = item.issue else { continue };
            let known = |issue: &Issue| (issue.listed().cloned(), issue.is_prepared());
            let (listed, is_prepared) = self.read_state(&issue.to_string(), known).await?;
            item.listed = listed;
            if is_prepared {
                prepared.insert(issue);
            }
        }
        Ok(prepared)
    }

    /// Agenda and reports hold what is the station's own, and ready for a meeting.
    async fn require_fit(&self, new: &NewMeeting) -> Result<(), Error> {
        for item in &new.agenda {
            if let Some(issue) = item.issue {
                self.require_ready(issue, item.ratifies, &new.station).await?;
            } else if let Some(listed) = &item.listed {
                self.require_listed(listed, &new.station).await?;
            }
        }
        for &resolution in &new.reports {
            self.require_of_station(resolution, &new.station).await?;
        }
        Ok(())
    }

    /// What goes on an agenda was accepted or voted down, or waits to be ratified, at this station.
    async fn require_ready(
        &self,
        issue: IssueId,
        ratifies: bool,
        station: &UnitCode,
    ) -> Result<(), Error> {
        let units = self.reference_data();
        let here = |of: &UnitCode| units.units.acting(of) == station;
        let ready = self
            .read_state::<Issue, _>(&issue.to_string(), |known| {
                known.fits_agenda(ratifies).is_ok() && known.station().is_some_and(here)
            })
            .await?;
        match (ready, ratifies) {
            (true, _) => Ok(()),
            (false, true) => Err(Error::refused(InvalidReference::NotToRatify { issue })),
            (false, false) => Err(Error::refused(InvalidReference::NotReady { issue })),
        }
    }

    async fn require_listed(&self, listed: &TopicCode, station: &UnitCode) -> Result<(), Error> {
        if self.lists(station, listed).await? {
            return Ok(());
        }
        let listed = listed.clone();
        Err(Error::refused(InvalidReference::NotListed { listed }))
    }

    async fn convened(&self, new: NewMeeting) -> Result<Convened, Error> {
        let day = county_date(new.starts_at);
        let voting = match new.body {
            Body::Council => Some(Group::Council),
            Body::Representatives => Some(Group::Representatives),
            Body::Villagers | Body::Owners => None,
        };
        let (members, advisers) = self
            .read_state::<Station, _>(new.station.as_str(), |known| {
                let members = voting.map(|group| known.members(group, day)).unwrap_or_default();
                (members, known.members(Group::LegalAdviser, day))
            })
            .await?;
        let NewMeeting { station, body, form, starts_at, place, .. } = new;
        let NewMeeting { occasion, agenda, reports, electorate, .. } = new;
        Ok(Convened {
            station,
            body,
            form,
            starts_at,
            place,
            occasion,
            agenda,
            reports,
            members,
            advisers,
            electorate,
            paper: None,
        })
    }

    /// The station of a meeting.
    ///
    /// # Errors
    /// When there is no such meeting.
    pub async fn station_of_meeting(&self, meeting: MeetingId) -> Result<UnitCode, Error> {
        let station = self
            .read_state::<Meeting, _>(&meeting.to_string(), |known| known.station().cloned())
            .await?;
        station.ok_or_else(|| Error::refused(Rejection::Unconvened {}))
    }

    pub(crate) async fn permit_meeting(
        &self,
        act: Act,
        meeting: MeetingId,
        caller: &Caller,
    ) -> Result<UnitCode, Error> {
        let station = self.station_of_meeting(meeting);
        self.permit_at(&caller.actor, act, station, None).await
    }

    pub(crate) async fn change_meeting(
        &self,
        act: Act,
        meeting: MeetingId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_meeting(act, meeting, caller).await?;
        self.execute::<Meeting>(&meeting.to_string(), command, caller).await
    }

    /// 法律意见, from the adviser's own account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn give_opinion(
        &self,
        meeting: MeetingId,
        topic: u8,
        lawful: bool,
        opinion: Text<1000>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let adviser = caller.actor.person;
        let command = Command::GiveOpinion { topic, adviser, lawful, opinion };
        self.change_meeting(Act::GiveOpinion, meeting, command, caller).await
    }

    /// 会议记录封存; resolutions and all else follow by policy.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn seal_minutes(
        &self,
        meeting: MeetingId,
        topics: Vec<Minute>,
        reports: Vec<ReportMinutes>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::SealMinutes { topics, reports };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 会议记录更正.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn correct_minutes(
        &self,
        meeting: MeetingId,
        topic: u8,
        correction: Text<500>,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CorrectMinutes { topic, correction, reason };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 会议取消.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cancel_meeting(
        &self,
        meeting: MeetingId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Cancel { reason };
        self.change_meeting(Act::ConveneMeeting, meeting, command, caller).await
    }
}
