//! 附件2–4 as they are printed: what the read models tell, with names for whom the account may read them and says what for.

use std::collections::{BTreeSet, HashMap};

use domain::meeting::{Attendee, Event as MeetingEvent, Meeting};
use domain::permission::Act;
use domain::sealed::ASKER;
use domain::station::Group;
use domain::{Actor, Event, MeetingId, PersonId, UnitCode};
use projections::models::issue_register::{self, Issue};
use projections::models::meeting_calendar::{self, Minutes};
use projections::models::station_board::{self, Member};
use projections::{Fact, MAX_PAGE, Page, PageRequest};

use super::{Extent, Moment, Queries, Seen, View, all, whole};
use crate::{Contact, Error, stream_of};

/// Whether names are wanted on a form, and what for; the chosen purpose where none is said.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// Whether they are wanted.
    pub wanted: bool,
    /// 查阅事由.
    pub purpose: Option<String>,
}

/// Somebody on a form. Has no `Debug` form: it is personal.
pub struct Named {
    number: PersonId,
    told: Option<Contact>,
}

impl Named {
    /// 姓名; 人员编号 of whoever told none, was erased, or is not to be named.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.told.as_ref().and_then(|told| told.name.clone());
        name.unwrap_or_else(|| self.number.to_string())
    }

    /// 联系电话, where it was told and is to be shown.
    #[must_use]
    pub fn telephone(&self) -> Option<String> {
        self.told.as_ref().and_then(|told| told.telephone.clone())
    }
}

/// What a form shows.
pub struct Shown<T> {
    /// Its content.
    pub content: T,
    /// What names were read for; none where nobody is named.
    pub purpose: Option<String>,
}

/// A line of 附件2. Has no `Debug` form: it may name people.
pub struct RegisterLine {
    /// The issue.
    pub issue: Issue,
    /// 登记人.
    pub registrar: Option<Named>,
    /// 咨询人; none of who stayed unknown, and where names are not asked for.
    pub asker: Option<Named>,
}

/// What 附件3 says. Has no `Debug` form: it may name people.
pub struct MeetingRecord {
    /// The meeting with its minutes.
    pub minutes: Minutes,
    /// 参加人员.
    pub present: Vec<Present>,
    /// 记录人.
    pub recorder: Option<Named>,
}

/// Somebody who came. Has no `Debug` form: it may name people.
pub struct Present {
    /// Who.
    pub who: Named,
    /// 受托人: who was there for them.
    pub proxy: Option<Named>,
    /// Whether they left and did not come back.
    pub left: bool,
}

impl Queries {
    /// 问题登记簿 of one station, all of it or a year's, in the order of its numbers. With names, askers are shown as far as
    /// the account may read them ([`Act::ReadAsker`]), registrars as members are.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn register(
        &self,
        actor: &Actor,
        station: UnitCode,
        year: Option<i16>,
        moment: Moment,
        naming: Naming,
    ) -> Result<Shown<Vec<RegisterLine>>, Error> {
        self.app.permit(actor, Act::ReadDeliberation, Some(&station), None)?;
        let named = naming.wanted;
        let purpose = self.purposed(actor, Act::ReadAsker, &station, moment, naming).await?;
        let within = Some(station.clone());
        let filter = issue_register::Filter { within, ..issue_register::Filter::default() };
        let view = View { moment, cursor: None, extent: Extent::All };
        let listed = self
            .list(&view, move |seen, page| issue_register::list(seen.rows, &filter, page))
            .await?;
        let of_it =
            |issue: &Issue| issue.station == station && year.is_none_or(|year| issue.year == year);
        let mut issues: Vec<Issue> = listed.items.into_iter().filter(of_it).collect();
        issues.sort_by_key(|issue| (issue.year, issue.serial));

        let mut askers = HashMap::new();
        for issue in issues.iter().filter(|issue| named && issue.has_asker) {
            askers.extend(self.app.asker_of(issue.issue).await?.map(|who| (issue.issue, who)));
        }
        let registrars = issues.iter().filter_map(|issue| issue.registrar);
        let registrars = registrars.map(|who| (station.clone(), who)).collect();
        let registrars = self.members_for(registrars, actor, purpose.as_deref()).await?;
        let mut told = HashMap::new();
        if let Some(purpose) = &purpose {
            let people: Vec<PersonId> = askers.values().copied().collect();
            let wanted = people.iter().map(|who| (*who, ASKER.into())).collect();
            let opened = self.app.contacts_in(wanted, actor, purpose).await?;
            told.extend(
                people.into_iter().zip(opened).filter_map(|(who, told)| Some((who, told?))),
            );
        }
        let line = |issue: Issue| RegisterLine {
            registrar: issue.registrar.map(|who| named_at(&registrars, &station, who)),
            asker: askers
                .get(&issue.issue)
                .map(|who| Named { number: *who, told: told.get(who).cloned() }),
            issue,
        };
        Ok(Shown { content: issues.into_iter().map(line).collect(), purpose })
    }

    /// 会议记录 of a meeting, with who came. Names are shown to who may read those of the station's members
    /// ([`Act::AppointMember`]).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn meeting_record(
        &self,
        actor: &Actor,
        meeting: MeetingId,
        moment: Moment,
        naming: Naming,
    ) -> Result<Option<Shown<MeetingRecord>>, Error> {
        let station = self.app.station_of_meeting(meeting);
        let station = self.app.permit_at(actor, Act::ReadDeliberation, station, None).await?;
        let purpose = self.purposed(actor, Act::AppointMember, &station, moment, naming).await?;
        let minutes = self
            .one::<Meeting, _>(&meeting.to_string(), moment, move |seen| {
                meeting_calendar::minutes(seen.rows, meeting)
            })
            .await?;
        let Some(minutes) = minutes else { return Ok(None) };
        let minutes = minutes.row;
        // Who came stands in no table.
        let stream = stream_of::<Meeting>(&meeting.to_string())?;
        let history = self.reader.history(moment, &stream).await?;
        let (came, gone) = attended(&history);
        let people = came.iter().flat_map(|one| [Some(one.member), one.proxy]);
        let people = people.chain([minutes.meeting.recorder]).flatten();
        let people = people.map(|who| (station.clone(), who)).collect();
        let told = self.members_for(people, actor, purpose.as_deref()).await?;
        let named = |who| named_at(&told, &station, who);
        let present = |one: &Attendee| Present {
            who: named(one.member),
            proxy: one.proxy.map(named),
            left: gone.contains(&one.member),
        };
        let present = came.iter().map(present).collect();
        let recorder = minutes.meeting.recorder.map(named);
        Ok(Some(Shown { content: MeetingRecord { minutes, present, recorder }, purpose }))
    }

    /// 法律顾问名单: who is in office as a legal adviser of each village of a unit, by village. Names as of a meeting's record.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn legal_advisers(
        &self,
        actor: &Actor,
        unit: UnitCode,
        moment: Moment,
        naming: Naming,
    ) -> Result<Shown<Vec<(Member, Named)>>, Error> {
        self.app.permit(actor, Act::ReadDeliberation, Some(&unit), None)?;
        let purpose = self.purposed(actor, Act::AppointMember, &unit, moment, naming).await?;
        let filter = station_board::Filter { within: Some(unit), complete: None };
        let query = move |seen: &Seen<'_>, _: &_| {
            let stations = all(None, |page| station_board::list(seen.rows, &filter, page))?;
            let (group, on) = (Some(Group::LegalAdviser), Some(seen.today()));
            let page = PageRequest { after: None, limit: MAX_PAGE };
            let mut advisers = Vec::new();
            for at in stations.items {
                let found = station_board::members(seen.rows, &at.station, group, on, &page)?;
                advisers.extend(found.items);
            }
            Ok(whole(advisers))
        };
        let view = View { moment, cursor: None, extent: Extent::Page(MAX_PAGE) };
        let Page { items: advisers, .. } = self.list(&view, query).await?;
        let people = advisers.iter().map(|one| (one.station.clone(), one.member)).collect();
        let told = self.members_for(people, actor, purpose.as_deref()).await?;
        let named = |one: Member| {
            let who = named_at(&told, &one.station, one.member);
            (one, who)
        };
        Ok(Shown { content: advisers.into_iter().map(named).collect(), purpose })
    }

    /// What names are read for. None where they are not wanted, and of the past, of which nobody is named.
    async fn purposed(
        &self,
        actor: &Actor,
        act: Act,
        at: &UnitCode,
        moment: Moment,
        naming: Naming,
    ) -> Result<Option<String>, Error> {
        if !naming.wanted {
            return Ok(None);
        }
        self.app.permit(actor, act, Some(at), None)?;
        match moment {
            Moment::Past(_) => Ok(None),
            Moment::Now | Moment::Reached(_) => {
                self.app.purpose_of(actor, act, naming.purpose).await.map(Some)
            }
        }
    }

    async fn members_for(
        &self,
        people: BTreeSet<(UnitCode, PersonId)>,
        actor: &Actor,
        purpose: Option<&str>,
    ) -> Result<HashMap<(UnitCode, PersonId), Contact>, Error> {
        match purpose {
            Some(purpose) => self.app.members_named(people, actor, purpose).await,
            None => Ok(HashMap::new()),
        }
    }
}

fn named_at(
    told: &HashMap<(UnitCode, PersonId), Contact>,
    station: &UnitCode,
    number: PersonId,
) -> Named {
    Named { number, told: told.get(&(station.clone(), number)).cloned() }
}

/// Everybody who came, in order, and those who left for good.
fn attended(history: &[Fact]) -> (Vec<Attendee>, BTreeSet<PersonId>) {
    let (mut came, mut gone) = (Vec::new(), BTreeSet::new());
    for fact in history {
        let Event::Meeting(event) = &fact.event else { continue };
        if let MeetingEvent::AttendanceTaken(taken) = event {
            came.extend_from_slice(&taken.present);
        } else if let MeetingEvent::Departed(departed) = event {
            gone.extend(&departed.members);
        } else if let MeetingEvent::Returned(returned) = event {
            gone.retain(|one| !returned.members.contains(one));
        }
    }
    (came, gone)
}
