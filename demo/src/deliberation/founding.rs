//! 设站: which villages open a station, with what and with whom.

use application::{Appointee, Caller, Clock as _, ElectionResult, NewAppointment, NewMember};
use domain::meeting::Body;
use domain::station::{Capacity, Group, HouseholdsStated, Item, Way};
use domain::{Actor, PersonId, UnitCode};
use jiff::civil::{Date, date};

use super::office::Office;
use super::plans::{Plan, plans};
use super::village::{Seats, Village};
use super::village_action::VillageAction;
use super::year;
use crate::action::{Action, Next};
use crate::agenda::at;
use crate::error::DemoError;
use crate::stage::{Desk, account, text};
use crate::story::Story;

/// Last day of the terms of office.
const UNTIL: Date = date(2026, 11, 30);
/// What each of the five is, as the station writes it.
fn note(item: Item) -> &'static str {
    match item {
        Item::Premises => "村委会一楼设援法议事室",
        Item::Staff => "网格员和法律明白人轮流值守",
        Item::Register => "问题登记簿一本,按月归档",
        Item::SuggestionBox => "村口设意见建议信箱",
        Item::NoticeBoard => "村委会外墙设公示公告栏",
    }
}

fn term(group: Group, capacity: Capacity, member: Appointee, from: Date) -> NewAppointment {
    let (until, election) = (UNTIL, None);
    NewAppointment { group, member, capacity, from, until, election, relatives: vec![] }
}

impl Story {
    /// Opens a station with the five that it must have, and appoints its groups.
    pub(super) async fn found(&self, mut plan: Plan) -> Result<Next, DemoError> {
        let (app, town) = (&self.stage.app, plan.town.clone());
        let caller = self.stage.desk(Desk::Administrator, &town)?;
        app.open_station(&plan.unit, plan.estate, &caller).await?;
        let stated = HouseholdsStated {
            households: 180 + 17 * u32::try_from(plan.number % 20).unwrap_or(0),
            as_of: domain::county_date(self.stage.clock.now()),
            source: text("镇统计站户籍人口表")?,
        };
        let caller = self.stage.desk(Desk::Administrator, &town)?;
        app.state_households(&plan.unit, stated, &caller).await?;
        let members = std::mem::take(&mut plan.members);
        let (supervisors, others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|(group, ..)| *group == Group::Supervision);
        let (seats, opens_on) = (self.appoint(&plan, others).await?, plan.opens_on);
        let mut village = Village::new(plan, seats);
        village.seats.supervisors = self.elect(&village, supervisors, opens_on).await?;
        let village = std::sync::Arc::new(village);
        for &item in Item::ALL {
            let picture = self.picture(&village, item.as_str()).await?;
            let caller = self.of(&village, Office::Secretary)?;
            let note = text(note(item))?;
            app.evidence_item(&village.unit, item, note, &picture, &caller).await?;
        }
        self.declare_relatives(&village).await?;
        self.deliberation.enter(&village);
        Ok(year::of(&village, domain::county_date(self.stage.clock.now()), self.stage.seed))
    }

    async fn appoint(
        &self,
        plan: &Plan,
        members: Vec<(Group, Capacity, NewMember)>,
    ) -> Result<Seats, DemoError> {
        let mut seats = Seats::default();
        for (group, capacity, member) in members {
            let known = (capacity == Capacity::Volunteer && group == Group::Council)
                .then(|| self.neighbour(plan))
                .flatten();
            let member = known.map_or(Appointee::New(member), Appointee::Known);
            let person = self.seat(plan, group, capacity, member).await?;
            match group {
                Group::LeadingGroup => {
                    seats.leaders.push(person);
                    seats.council.push(person);
                    self.seat(plan, Group::Council, capacity, Appointee::Known(person)).await?;
                }
                Group::Council => seats.council.push(person),
                Group::PartyBranch => seats.branch.push(person),
                Group::LegalAdviser => seats.advisers.push(person),
                Group::Representatives => seats.representatives.push(person),
                Group::Supervision | Group::Backbone => {}
            }
        }
        if let Some(&secretary) = seats.leaders.first() {
            let (group, member) = (Group::PartyBranch, Appointee::Known(secretary));
            self.seat(plan, group, Capacity::BranchSecretary, member).await?;
            seats.branch.insert(0, secretary);
        }
        Ok(seats)
    }

    async fn seat(
        &self,
        plan: &Plan,
        group: Group,
        capacity: Capacity,
        member: Appointee,
    ) -> Result<PersonId, DemoError> {
        let caller = self.stage.by(account(Desk::Administrator, &plan.town)?);
        let new = term(group, capacity, member, plan.opens_on);
        Ok(self.stage.app.appoint_member(&plan.unit, new, &caller).await?.0)
    }

    /// Representatives elect who supervises; a recorder of the town writes it down, and its administrator appoints them by that:
    /// two people, neither of them of the village.
    async fn elect(
        &self,
        village: &Village,
        supervisors: Vec<(Group, Capacity, NewMember)>,
        held_on: Date,
    ) -> Result<Vec<PersonId>, DemoError> {
        let (app, unit) = (&self.stage.app, &village.unit);
        let chosen = supervisors.iter().map(|(.., member)| Appointee::New(member.clone()));
        let result = ElectionResult {
            held_on,
            body: Body::Representatives,
            way: Way::Election,
            elected: chosen.collect(),
            result: text("村民代表无记名投票,当选人均得赞成票过半数")?,
            evidence: self.picture(village, "election").await?,
        };
        let recorder = self.official(Desk::Recorder, &village.town)?;
        let (election, elected, _) = app.record_election(unit, result, &recorder).await?;
        for (&person, (group, capacity, _)) in elected.iter().zip(supervisors) {
            let new = term(group, capacity, Appointee::Known(person), held_on);
            let new = NewAppointment { election: Some(election), ..new };
            let caller = self.official(Desk::Administrator, &village.town)?;
            app.appoint_member(unit, new, &caller).await?;
        }
        Ok(elected)
    }

    /// An account of the town with the person who uses it.
    fn official(&self, desk: Desk, town: &UnitCode) -> Result<Caller, DemoError> {
        let actor = account(desk, town)?;
        let (number, _) = self.stage.named(&format!("official-{}", actor.id)).as_u64_pair();
        Ok(self.stage.by(Actor { person: Some(PersonId::from_bits(number)), ..actor }))
    }

    /// A registered volunteer of the same town, where there is one.
    fn neighbour(&self, plan: &Plan) -> Option<PersonId> {
        let squad = self.county.squads.iter().position(|squad| squad.unit == plan.town)?;
        let people = self.census.of_squad.get(squad)?.iter().map(|&who| &self.census.people[who]);
        let mut adults = people.filter(|person| !person.minor && !person.withdrawn);
        adults.nth(plan.number).map(|person| person.id)
    }

    /// The grid worker has a near relative in the supervision group.
    async fn declare_relatives(&self, village: &Village) -> Result<(), DemoError> {
        let near = Office::Supervisor(2);
        let (Some(member), Some(relative)) =
            (village.holder(near), village.holder(Office::GridWorker))
        else {
            return Ok(());
        };
        let caller = self.of(village, near)?;
        self.stage.app.declare_relatives(&village.unit, member, vec![relative], &caller).await?;
        Ok(())
    }

    /// Puts the opening of all stations down.
    pub(crate) fn plan_deliberation(&mut self) -> Result<(), DemoError> {
        for plan in plans(&self.county, self.volunteers, self.stage.seed)? {
            self.agenda.add(
                at(plan.opens_on, 9, 0),
                Action::Deliberate(VillageAction::Found(plan.into())),
            );
        }
        Ok(())
    }
}
