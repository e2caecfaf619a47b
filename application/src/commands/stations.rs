use domain::meeting::Body;
use domain::permission::Act;
use domain::station::{
    Appointment, Capacity, Command, Group, HouseholdsStated, Item, NewElection, Rejection,
    SealedMember, Standing, Station, TopicListed, Way,
};
use domain::{
    Actor, BadValue, Event, PersonId, Role, SealedDigest, Text, UnitCode, county_date, station,
};
use jiff::civil::Date;

use crate::{App, Appointee, Caller, CommandOutcome, Error};

/// Who is to sit in which group, from when to when.
#[derive(Debug, Clone)]
pub struct NewAppointment {
    /// Which group.
    pub group: Group,
    /// Who.
    pub member: Appointee,
    /// As what.
    pub capacity: Capacity,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The election that a supervisor's term rests on.
    pub election: Option<u32>,
    /// 近亲属 with a number of their own, as far as declared.
    pub relatives: Vec<PersonId>,
}

impl NewAppointment {
    fn of(&self, member: PersonId, sealed_here: Option<SealedDigest>) -> Command {
        Command::Appoint(Box::new(Appointment {
            group: self.group,
            member,
            capacity: self.capacity,
            from: self.from,
            until: self.until,
            election: self.election,
            relatives: self.relatives.clone(),
            sealed_here,
        }))
    }
}

/// Whom residents chose to supervise.
#[derive(Debug, Clone)]
pub struct ElectionResult {
    /// The day.
    pub held_on: Date,
    /// Which body chose.
    pub body: Body,
    /// Whether it elected or recommended.
    pub way: Way,
    /// Whom; those without a number get theirs here.
    pub elected: Vec<Appointee>,
    /// How it came out.
    pub result: Text<200>,
    /// Digests of what shows it.
    pub evidence: Vec<SealedDigest>,
}

impl App {
    /// What the person is to a station today.
    pub(crate) async fn standing(
        &self,
        station: &UnitCode,
        person: Option<PersonId>,
    ) -> Result<Standing, Error> {
        let today = county_date(self.clock.now());
        self.read_state::<Station, _>(station.as_str(), |known| known.standing(person, today)).await
    }

    /// Refuses what is asked of a station that was never opened.
    pub(crate) async fn require_open(&self, station: &UnitCode) -> Result<(), Error> {
        if self.read_state::<Station, _>(station.as_str(), Station::is_open).await? {
            Ok(())
        } else {
            Err(Error::refused(Rejection::NotOpen {}))
        }
    }

    /// Whether the account speaks for a unit above the station's: the county, or a unit it lies in.
    pub(crate) fn is_above(&self, station: &UnitCode, actor: &Actor) -> bool {
        let of_a_unit_above = || match &actor.unit {
            None => true,
            Some(unit) => unit != station && self.reference_data().units.is_within(station, unit),
        };
        match actor.role {
            Role::CountyOffice => true,
            Role::UnitAdministrator => of_a_unit_above(),
            Role::Recorder
            | Role::Attester
            | Role::Supervisor
            | Role::Auditor
            | Role::CountyLeader
            | Role::Volunteer
            | Role::LeadingGroup
            | Role::Councillor
            | Role::LegalAdviser
            | Role::PartyBranch
            | Role::GridWorker
            | Role::Resident
            | Role::System => false,
        }
    }

    /// 设立工作站.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn open_station(
        &self,
        unit: &UnitCode,
        estate: bool,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Open { unit: unit.clone(), estate };
        self.change_of_unit::<Station>(Act::OpenStation, unit, command, caller).await
    }

    /// 五有达标佐证.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn evidence_item(
        &self,
        station: &UnitCode,
        item: Item,
        note: Text<200>,
        evidence: &[SealedDigest],
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageStation, Some(station), None)?;
        let evidence = self.evidence_of(evidence).await?;
        let command = Command::EvidenceItem { item, note, evidence };
        self.execute::<Station>(station.as_str(), command, caller).await
    }

    /// 五有失格.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn lose_item(
        &self,
        station: &UnitCode,
        item: Item,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::LoseItem { item, reason };
        self.change_of_unit::<Station>(Act::ManageStation, station, command, caller).await
    }

    /// 登记户数, with its source, by the county or a unit above: the surveyed do not say how many ballots they get.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn state_households(
        &self,
        station: &UnitCode,
        stated: HouseholdsStated,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::StateHouseholds, Some(station), None)?;
        let above = self.maker_for(station, &caller.actor).await?.is_some();
        let command = Command::StateHouseholds { stated, above };
        self.execute::<Station>(station.as_str(), command, caller).await
    }

    /// 监督小组推选: the rules are asked first, then the vault is written, then the log. Gives the number of the election and
    /// those of the elected, as they were named.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn record_election(
        &self,
        station: &UnitCode,
        new: ElectionResult,
        caller: &Caller,
    ) -> Result<(u32, Vec<PersonId>, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::RecordElection, Some(station), None)?;
        let ElectionResult { held_on, body, way, elected: chosen, result, evidence } = new;
        let evidence = self.evidence_of(&evidence).await?;
        let of = |elected: Vec<PersonId>, sealed_here| {
            let (result, evidence) = (result.clone(), evidence.clone());
            let new = NewElection { held_on, body, way, elected, result, evidence, sealed_here };
            Command::RecordElection(Box::new(new))
        };
        let key = station.as_str();
        let asked = self.numbers_so_far(&chosen, caller).await?;
        self.dry_run::<Station>(key, of(asked, vec![]), caller).await?;
        let known = self.enrol_appointees(station, chosen, caller).await?;
        let sealed = known.iter().filter_map(|&(member, digest)| {
            let digest = digest?;
            Some(SealedMember { member, digest })
        });
        let sealed = sealed.collect();
        let elected: Vec<PersonId> = known.into_iter().map(|(person, _)| person).collect();
        let done = self.execute::<Station>(key, of(elected.clone(), sealed), caller).await?;
        let election = done.events.iter().find_map(number_of_election).unwrap_or_default();
        Ok((election, elected, done))
    }

    /// 聘任成员: the rules are asked first, then the vault is written, then the log. Who has a number already – as a
    /// volunteer, say – is appointed under it, because one human has one.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn appoint_member(
        &self,
        station: &UnitCode,
        new: NewAppointment,
        caller: &Caller,
    ) -> Result<(PersonId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::AppointMember, Some(station), None)?;
        let key = station.as_str();
        let people = vec![new.member.clone()];
        for asked in self.numbers_so_far(&people, caller).await? {
            self.dry_run::<Station>(key, new.of(asked, None), caller).await?;
        }
        let known = self.enrol_appointees(station, people, caller).await?;
        let &[(member, sealed_here)] = known.as_slice() else {
            return Err(Error::refused(BadValue::Person {}));
        };
        Ok((member, self.execute::<Station>(key, new.of(member, sealed_here), caller).await?))
    }

    /// 成员离任.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_membership(
        &self,
        station: &UnitCode,
        group: Group,
        member: PersonId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Leave { group, member, reason };
        self.change_of_unit::<Station>(Act::AppointMember, station, command, caller).await
    }

    /// 申报近亲属, by the member or by whoever appoints members.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn declare_relatives(
        &self,
        station: &UnitCode,
        member: PersonId,
        relatives: Vec<PersonId>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::DeclareRelatives, Some(station), Some(member))?;
        let command = Command::DeclareRelatives { member, relatives };
        self.execute::<Station>(station.as_str(), command, caller).await
    }

    /// 近亲属关系终止, by whoever appoints members and is neither of the two: nobody lets go of a tie of their own.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_kinship(
        &self,
        station: &UnitCode,
        member: PersonId,
        relative: PersonId,
        ended_on: Date,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::EndKinship { member, relative, ended_on };
        self.change_of_unit::<Station>(Act::AppointMember, station, command, caller).await
    }

    /// 增列清单事项.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list_topic(
        &self,
        station: &UnitCode,
        topic: TopicListed,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ListTopic(topic);
        self.change_of_unit::<Station>(Act::ManageStation, station, command, caller).await
    }
}

fn number_of_election(event: &Event) -> Option<u32> {
    if let Event::Station(station::Event::SupervisorsElected(elected)) = event {
        Some(elected.election)
    } else {
        None
    }
}
