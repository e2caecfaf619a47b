//! Stations before they open, and who is to sit in their groups.

use application::NewMember;
use domain::UnitCode;
use domain::station::{Capacity, Group};
use jiff::civil::{Date, date};

use super::planted::STAGED;
use crate::agenda::days_after;
use crate::county::{County, divisions};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::people::People;

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
    /// Who is to sit where.
    pub members: Vec<(Group, Capacity, NewMember)>,
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
