//! 设站: which villages open a station, with what and with whom.

use application::{Appointee, Clock as _, NewAppointment, NewMember};
use domain::station::{Capacity, Group, Item};
use domain::{PersonId, UnitCode};
use jiff::civil::{Date, date};

use super::super::action::{Action, Next};
use super::super::agenda::{at, days_after};
use super::super::county::{County, divisions};
use super::super::dice::Dice;
use super::super::people::People;
use super::super::stage::{Desk, account, text};
use super::super::{DemoError, Story};
use super::village::{Office, Seats, Village};
use super::{STAGED, VillageAction, year};

/// Last day of the terms of office.
const UNTIL: Date = date(2026, 11, 30);
/// Owners who come to a meeting of an estate.
const OWNERS: usize = 12;
/// 村民代表 of a village that has them meet.
const REPRESENTATIVES: usize = 9;

/// A station before it opens.
#[derive(Debug)]
pub struct Plan {
    /// The village's number in the story, from 0.
    pub number: usize,
    /// The village or community.
    pub unit: UnitCode,
    /// 单位名称.
    pub name: String,
    /// The town it lies in.
    pub town: UnitCode,
    /// Whether it has an estate.
    pub estate: bool,
    /// The day.
    pub opens_on: Date,
    members: Vec<(Group, Capacity, NewMember)>,
    /// Owners of its estate.
    pub owners: Vec<NewMember>,
}

/// How many villages deliberate: 40 of the whole county, and enough of the smallest for all that is planted.
fn villages(volunteers: u32) -> usize {
    (volunteers / 270).clamp(8, 40) as usize
}

/// Those who open a station, spread over the county.
pub fn plans(county: &County, volunteers: u32, seed: u64) -> Result<Vec<Plan>, DemoError> {
    let (wanted, all) = (villages(volunteers), divisions("village"));
    let mut people = People::of_stations(seed);
    let mut dice = Dice::new(seed, "stations", 0);
    let chosen = (0..wanted).filter_map(|number| all.get(number * all.len() / wanted));
    let in_town = |town: &str| county.squads.iter().any(|squad| squad.unit.as_str() == town);
    let chosen = chosen.filter(|(_, _, town)| in_town(town));
    chosen
        .enumerate()
        .map(|(number, (unit, name, town))| {
            // What is planted begins with the meetings of January.
            let late = number >= STAGED && number % 5 == 4;
            let first = if late { date(2022, 1, 4) } else { date(2021, 12, 6) };
            let mut plan = Plan {
                number,
                unit: UnitCode::new(unit)?,
                name: (*name).to_owned(),
                town: UnitCode::new(town)?,
                estate: name.ends_with("社区"),
                opens_on: days_after(first, dice.below(if late { 4 } else { 15 })),
                members: Vec::new(),
                owners: Vec::new(),
            };
            plan.recruit(&mut people)?;
            Ok(plan)
        })
        .collect()
}

impl Plan {
    fn recruit(&mut self, people: &mut People) -> Result<(), DemoError> {
        use Capacity as C;
        use Group as G;
        let council = [C::GridWorker, C::Mediator, C::LegalReader, C::Representative];
        let council = council.into_iter().chain([C::RetiredPartyMember, C::Volunteer]);
        let watching = [C::Representative, C::RetiredPartyMember, C::LegalReader, C::Volunteer];
        let seats = [C::BranchSecretary, C::CommitteeMember, C::CommitteeMember]
            .into_iter()
            .map(|capacity| (G::LeadingGroup, capacity))
            .chain(council.map(|capacity| (G::Council, capacity)))
            .chain(watching.map(|capacity| (G::Supervision, capacity)))
            .chain([(G::PartyBranch, C::RetiredPartyMember), (G::LegalAdviser, C::LegalAdviser)]);
        let speaking = if self.has_representatives() { REPRESENTATIVES } else { 0 };
        let speaking = std::iter::repeat_n((G::Representatives, C::Representative), speaking);
        for (group, capacity) in seats.chain(speaking) {
            self.members.push((group, capacity, people.member()?));
        }
        for _ in 0..if self.estate { OWNERS } else { 0 } {
            self.owners.push(people.member()?);
        }
        Ok(())
    }

    fn has_representatives(&self) -> bool {
        !self.estate && self.number % 3 == 1
    }
}

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

impl Story {
    /// Opens a station with the five that it must have, and appoints its groups.
    pub(super) async fn found(&self, mut plan: Plan) -> Result<Next, DemoError> {
        let (app, town) = (&self.stage.app, plan.town.clone());
        let caller = self.stage.desk(Desk::Administrator, &town)?;
        app.open_station(&plan.unit, plan.estate, &caller).await?;
        let members = std::mem::take(&mut plan.members);
        let seats = self.appoint(&plan, members).await?;
        let village = std::sync::Arc::new(Village::new(plan, seats));
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
                Group::Supervision => seats.supervisors.push(person),
                Group::PartyBranch => seats.branch.push(person),
                Group::LegalAdviser => seats.advisers.push(person),
                Group::Representatives => seats.representatives.push(person),
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
        let (from, until) = (plan.opens_on, UNTIL);
        let new = NewAppointment { group, member, capacity, from, until, relatives: vec![] };
        Ok(self.stage.app.appoint_member(&plan.unit, new, &caller).await?.0)
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
