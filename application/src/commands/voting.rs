//! Who is there, how they vote and how it is counted.

use std::collections::BTreeSet;

use domain::meeting::{Attendee, Command, Count, CountingList, Event, Meeting, Vote};
use domain::permission::Act;
use domain::{Area, MeetingId, PersonId, SealedDigest, Text};

use crate::people::by_place;
use crate::{App, Appointee, Caller, CommandOutcome, Error};

/// Somebody who is present.
#[derive(Debug, Clone)]
pub struct Present {
    /// Who; owners and villagers may get their number here.
    pub who: Appointee,
    /// An owner's area.
    pub area: Option<Area>,
    /// Who is there for an owner; they may get their number here too.
    pub proxy: Option<Appointee>,
}

/// Attendance that was taken down.
#[derive(Debug)]
pub struct Attendance {
    /// What was stored.
    pub done: CommandOutcome,
    /// Those named who were there already.
    pub already: Vec<PersonId>,
}

impl App {
    /// 签到, and who was there already. Owners, their proxies and villagers who have no number yet are given one: the rules
    /// are asked first, then the vault is written, then the log.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn take_attendance(
        &self,
        meeting: MeetingId,
        present: Vec<Present>,
        caller: &Caller,
    ) -> Result<Attendance, Error> {
        let station = self.permit_meeting(Act::RecordMeeting, meeting, caller).await?;
        let key = meeting.to_string();
        let areas: Vec<(Option<Area>, bool)> =
            present.iter().map(|one| (one.area, one.proxy.is_some())).collect();
        let people: Vec<Appointee> =
            present.into_iter().flat_map(|one| [Some(one.who), one.proxy]).flatten().collect();
        let asked = self.numbers_so_far(&people, caller).await?;
        let asked = Command::TakeAttendance { present: attendees(asked, &areas) };
        let asked = self.dry_run::<Meeting>(&key, asked, caller).await;
        asked.map_err(|error| by_place(error, &people, caller))?;
        let numbers = self.enrol_appointees(&station, people, caller).await?;
        let numbers = numbers.into_iter().map(|(number, _)| number).collect();
        let present = attendees(numbers, &areas);
        let named: Vec<PersonId> = present.iter().map(|one| one.member).collect();
        let command = Command::TakeAttendance { present };
        let done = self.execute::<Meeting>(&key, command, caller).await?;
        let came = taken_down(&done);
        let already = named.into_iter().filter(|one| !came.contains(one)).collect();
        Ok(Attendance { done, already })
    }

    /// 离会.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn depart(
        &self,
        meeting: MeetingId,
        people: Vec<PersonId>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Depart { people };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 返会.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn come_back(
        &self,
        meeting: MeetingId,
        people: Vec<PersonId>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Return { people };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
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
        count: Count,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::DecideTopic { topic, count };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 无记名投票.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cast_ballots(
        &self,
        meeting: MeetingId,
        topic: u8,
        voters: Vec<PersonId>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CastBallots { topic, voters };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }

    /// 楼栋计票表.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn take_counting_lists(
        &self,
        meeting: MeetingId,
        topic: u8,
        lists: Vec<CountingList>,
        evidence: &[SealedDigest],
        reason: Option<Text<200>>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit_meeting(Act::RecordMeeting, meeting, caller).await?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::TakeCountingLists { topic, lists, evidence, reason };
        self.execute::<Meeting>(&meeting.to_string(), command, caller).await
    }

    /// 重新计票.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reopen_count(
        &self,
        meeting: MeetingId,
        topic: u8,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ReopenCount { topic, reason };
        self.change_meeting(Act::RecordMeeting, meeting, command, caller).await
    }
}

/// Attendees from the numbers of each and, where they have one, of their proxy.
fn attendees(numbers: Vec<PersonId>, areas: &[(Option<Area>, bool)]) -> Vec<Attendee> {
    let mut numbers = numbers.into_iter();
    let attendee = |&(area, represented): &(Option<Area>, bool)| {
        let member = numbers.next()?;
        let proxy = if represented { numbers.next() } else { None };
        Some(Attendee { member, area, proxy })
    };
    areas.iter().map_while(attendee).collect()
}

/// Who came or came back.
fn taken_down(done: &CommandOutcome) -> BTreeSet<PersonId> {
    let mut came = BTreeSet::new();
    for event in &done.events {
        if let domain::Event::Meeting(Event::AttendanceTaken(taken)) = event {
            came.extend(taken.present.iter().map(|one| one.member));
        } else if let domain::Event::Meeting(Event::Returned(returned)) = event {
            came.extend(&returned.members);
        }
    }
    came
}
