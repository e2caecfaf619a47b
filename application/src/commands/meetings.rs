use domain::issue::Issue;
use domain::meeting::{
    AgendaItem, Attendee, Body, Command, Convened, Electorate, Form, Meeting, Minute, Rejection,
    ReportMinutes, Vote,
};
use domain::permission::Act;
use domain::station::{Group, Station};
use domain::{Area, IssueId, MeetingId, PersonId, ResolutionId, Text, UnitCode, county_date};
use jiff::Timestamp;

use crate::commands::InvalidReference;
use crate::{App, Appointee, Caller, CommandOutcome, Error};

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
    /// 议程.
    pub agenda: Vec<AgendaItem>,
    /// Resolutions whose execution is reported.
    pub reports: Vec<ResolutionId>,
    /// How many owners or villagers there are in all.
    pub electorate: Option<Electorate>,
}

/// Somebody who is present.
#[derive(Debug, Clone)]
pub struct Present {
    /// Who; owners and villagers may get their number here.
    pub who: Appointee,
    /// An owner's area.
    pub area: Option<Area>,
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
        self.require_open(&new.station).await?;
        let id = MeetingId(caller.command);
        let key = id.to_string();
        // A command repeated: its issues are on its own agenda by now.
        if !self.read_state::<Meeting, _>(&key, |known| known.convened().is_some()).await? {
            self.require_fit(&new).await?;
        }
        let convened = self.convened(new).await?;
        let command = Command::Convene(Box::new(convened));
        Ok((id, self.execute::<Meeting>(&key, command, caller).await?))
    }

    /// Agenda and reports hold what is the station's own, and ready for a meeting.
    async fn require_fit(&self, new: &NewMeeting) -> Result<(), Error> {
        for item in &new.agenda {
            if let Some(issue) = item.issue {
                self.require_ready(issue, item.ratifies, &new.station).await?;
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
        let ready = self
            .read_state::<Issue, _>(&issue.to_string(), |known| {
                known.fits_agenda(ratifies).is_ok() && known.station() == Some(station)
            })
            .await?;
        match (ready, ratifies) {
            (true, _) => Ok(()),
            (false, true) => Err(Error::refused(InvalidReference::NotToRatify { issue })),
            (false, false) => Err(Error::refused(InvalidReference::NotReady { issue })),
        }
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
        let NewMeeting { station, body, form, starts_at, place, agenda, reports, electorate } = new;
        Ok(Convened {
            station,
            body,
            form,
            starts_at,
            place,
            agenda,
            reports,
            members,
            advisers,
            electorate,
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

    async fn permit_meeting(
        &self,
        act: Act,
        meeting: MeetingId,
        caller: &Caller,
    ) -> Result<UnitCode, Error> {
        let station = self.station_of_meeting(meeting);
        self.permit_at(&caller.actor, act, station, None).await
    }

    async fn change_meeting(
        &self,
        act: Act,
        meeting: MeetingId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_meeting(act, meeting, caller).await?;
        self.execute::<Meeting>(&meeting.to_string(), command, caller).await
    }

    /// 签到. Owners and villagers who have no number yet are given one: the rules are asked first, then the vault is
    /// written, then the log.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn take_attendance(
        &self,
        meeting: MeetingId,
        present: Vec<Present>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let station = self.permit_meeting(Act::RecordMeeting, meeting, caller).await?;
        let key = meeting.to_string();
        let (who, areas): (Vec<Appointee>, Vec<Option<Area>>) =
            present.into_iter().map(|one| (one.who, one.area)).unzip();
        let attend = |numbers: Vec<PersonId>| {
            let present = numbers.into_iter().zip(&areas);
            let attendee = |(member, &area)| Attendee { member, area };
            Command::TakeAttendance { present: present.map(attendee).collect() }
        };
        let asked = (0..).zip(&who).map(|(nth, one)| one.placeholder(caller, nth)).collect();
        self.dry_run::<Meeting>(&key, attend(asked), caller).await?;
        let numbers = self.enrol_appointees(&station, who, caller).await?;
        let numbers = numbers.into_iter().map(|(number, _)| number).collect();
        self.execute::<Meeting>(&key, attend(numbers), caller).await
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

    /// 表决.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cast_votes(
        &self,
        meeting: MeetingId,
        topic: u8,
        votes: Vec<Vote>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CastVotes { topic, votes };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 计票议定, or 暂缓.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn decide_topic(
        &self,
        meeting: MeetingId,
        topic: u8,
        defer: bool,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::DecideTopic { topic, defer };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
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
