//! 单位 of the demo county: the real towns and villages, and offices around them with made-up figures.

use domain::UnitCode;
use jiff::Timestamp;
use jiff::civil::date;

use super::agenda::{at, days_after};
use super::dice::Dice;
use super::error::DemoError;
use super::names::{DEPARTMENTS, ENTERPRISES, IN_EVERY_TOWN, ORGANISATIONS};
use super::people::People;

/// The real divisions, as `yuanfa import divisions` takes them.
pub const DIVISIONS: &str = include_str!("../../data/divisions-330225-xiangshan.csv");
/// 县.
pub const COUNTY: &str = "330225";

/// A unit with a squad of its own.
#[derive(Debug, Clone)]
pub struct Squad {
    /// Its unit.
    pub unit: UnitCode,
    /// 单位名称.
    pub name: String,
    kind: &'static str,
    /// 任务数.
    pub task: u32,
    /// People who will join.
    pub members: u32,
    /// Party members and activists among them.
    pub party: u32,
    /// 总人数, those of its attributed units apart.
    pub headcount: u32,
    /// The units its people belong to, its own first.
    pub places: Vec<UnitCode>,
    /// How its November ends.
    pub fate: Fate,
    /// When it reports its administrator; none: never.
    pub reports_at: Option<Timestamp>,
}

/// How a squad's November ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Complete in time.
    InTime,
    /// Complete in December.
    Late,
    /// Never has enough members.
    TooFew,
    /// Never has enough party members and activists.
    TooFewParty,
}

/// A unit whose people count towards a department.
#[derive(Debug, Clone)]
struct Attributed {
    unit: UnitCode,
    name: String,
    kind: &'static str,
    parent: String,
    to: usize,
}

/// All units of the story.
#[derive(Debug)]
pub struct County {
    /// Those with a squad.
    pub squads: Vec<Squad>,
    attributed: Vec<(Attributed, u32)>,
}

/// Shares of a total by weight; they sum to the total.
fn split(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|&weight| u64::from(weight)).sum::<u64>().max(1);
    let up_to = |part: u64| u32::try_from(u64::from(total) * part / sum).unwrap_or(total);
    let mut reached = 0;
    weights
        .iter()
        .map(|&weight| {
            let before = up_to(reached);
            reached += u64::from(weight);
            up_to(reached) - before
        })
        .collect()
}

/// Codes and names of one level of [`DIVISIONS`], and what lies directly above.
pub fn divisions(level: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let rows = DIVISIONS.lines().filter_map(|line| {
        let mut cells = line.split(',');
        let row = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        (row.1 == level).then_some((row.0, row.2, row.3))
    });
    rows.collect()
}

impl County {
    /// The county that raises so many volunteers.
    pub fn build(volunteers: u32, seed: u64) -> Result<Self, DemoError> {
        let mut dice = Dice::new(seed, "county", 0);
        let (mut squads, mut weights) = (Vec::new(), Vec::new());
        let mut raise = |code: &str, name: &str, kind, weight| {
            weights.push(weight);
            squads.push(Squad::new(UnitCode::new(code)?, name, kind));
            Ok::<_, DemoError>(())
        };
        for (code, name, _) in divisions("town") {
            raise(code, name, "镇乡街道", dice.between(60, 140))?;
        }
        let of = |most: usize, people: u32| (volunteers / people).max(1).min(most as u32) as usize;
        let departments = of(DEPARTMENTS.len(), 220).max(6);
        for (index, name) in (1..).zip(&DEPARTMENTS[..departments]) {
            let weight = if index <= 4 { dice.between(50, 80) } else { dice.between(8, 25) };
            raise(&format!("{COUNTY}-D{index:02}"), name, "县级部门", weight)?;
        }
        for (index, name) in (1..).zip(&ENTERPRISES[..of(ENTERPRISES.len(), 900)]) {
            raise(&format!("{COUNTY}-E{index:02}"), name, "企业", dice.between(10, 30))?;
        }
        for (index, name) in (1..).zip(&ORGANISATIONS[..of(ORGANISATIONS.len(), 1800)]) {
            raise(&format!("{COUNTY}-O{index:02}"), name, "社会组织", dice.between(10, 20))?;
        }
        let mut county = Self { squads, attributed: Vec::new() };
        county.set_figures(volunteers, &weights, &mut dice);
        county.settle_places()?;
        Ok(county)
    }

    /// Task numbers are 93 % of the volunteers; who fails has four fifths of the task, the others share the rest.
    fn set_figures(&mut self, volunteers: u32, weights: &[u32], dice: &mut Dice) {
        let tasks = split(volunteers * 93 / 100, weights);
        for (index, (squad, task)) in self.squads.iter_mut().zip(tasks).enumerate() {
            squad.fate = match index {
                7 | 40 => Fate::TooFew,
                11 => Fate::TooFewParty,
                late if late % 13 == 5 => Fate::Late,
                _ => Fate::InTime,
            };
            squad.task = task.max(2);
            squad.members = squad.task;
            if squad.fate == Fate::TooFew {
                squad.members = squad.task * 4 / 5;
            }
            squad.reports_at = match index {
                9 | 31 => None,
                late if late % 17 == 3 => {
                    Some(at(days_after(date(2021, 11, 23), dice.below(4)), 14, 30))
                }
                _ => {
                    Some(at(days_after(date(2021, 11, 12), dice.below(11)), 9 + dice.below(8), 15))
                }
            };
        }
        let met: u32 = self.squads.iter().map(|squad| squad.members).sum();
        let shares: Vec<u32> = (self.squads.iter().zip(weights))
            .map(|(squad, &weight)| if squad.fate == Fate::TooFew { 0 } else { weight })
            .collect();
        for (squad, more) in
            self.squads.iter_mut().zip(split(volunteers.saturating_sub(met), &shares))
        {
            squad.members += more;
            let percent = if squad.fate == Fate::TooFewParty { 20 } else { dice.between(33, 48) };
            let party = squad.members * percent;
            squad.party = if percent < 30 { party / 100 } else { party.div_ceil(100) };
            // With at most 100/60 people to a member, the share of members (60 %) is met.
            squad.headcount = (squad.members * dice.between(110, 166) / 100).max(1);
        }
    }

    /// Villages stand under their town, outposts, schools and health centres count towards their department.
    fn settle_places(&mut self) -> Result<(), DemoError> {
        for (code, _, parent) in divisions("village") {
            let town = self.squads.iter_mut().find(|squad| squad.unit.as_str() == parent);
            if let Some(town) = town {
                town.places.push(UnitCode::new(code)?);
            }
        }
        let towns = divisions("town");
        let offset = towns.len();
        for (number, (town, town_name, _)) in (1..).zip(&towns) {
            for (kind_number, (name, kind, department)) in (1..).zip(IN_EVERY_TOWN) {
                let unit = UnitCode::new(&format!("{COUNTY}-P{number:02}{kind_number}"))?;
                let department_squad = &mut self.squads[offset + department];
                department_squad.places.push(unit.clone());
                let name = format!("{town_name}{name}");
                let attributed = Attributed {
                    unit,
                    name,
                    kind,
                    parent: (*town).to_owned(),
                    to: offset + department,
                };
                self.attributed.push((attributed, 0));
            }
        }
        // Three fifths of a department's people work in what is attributed to it.
        let squads = &mut self.squads;
        let shares: Vec<u32> = squads
            .iter()
            .map(|squad| squad.headcount * 3 / 5 / u32::try_from(squad.places.len()).unwrap_or(1))
            .collect();
        for (attributed, headcount) in &mut self.attributed {
            *headcount = shares[attributed.to];
            squads[attributed.to].headcount -= *headcount;
        }
        Ok(())
    }

    /// The last two squads that are complete in time: what is odd about squads is played there.
    pub fn odd_squads(&self) -> Option<(usize, usize)> {
        let in_time = self.squads.iter().enumerate().filter(|(_, it)| it.fate == Fate::InTime);
        let mut last = in_time.rev().map(|(squad, _)| squad);
        last.next().zip(last.next())
    }

    /// The table of units as the county office imports it, without administrators: they report themselves.
    pub fn table(&self) -> Result<Vec<u8>, DemoError> {
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record([
            "单位代码",
            "单位名称",
            "上级代码",
            "类别",
            "总人数",
            "任务数",
            "管理员",
            "联系电话",
            "归口代码",
        ])?;
        for squad in &self.squads {
            let (headcount, task) = (squad.headcount.to_string(), squad.task.to_string());
            file.write_record([
                squad.unit.as_str(),
                &squad.name,
                COUNTY,
                squad.kind,
                &headcount,
                &task,
                "",
                "",
                "",
            ])?;
        }
        for (unit, headcount) in &self.attributed {
            let to = self.squads[unit.to].unit.as_str();
            let headcount = if *headcount == 0 { String::new() } else { headcount.to_string() };
            file.write_record([
                unit.unit.as_str(),
                &unit.name,
                &unit.parent,
                unit.kind,
                &headcount,
                "",
                "",
                "",
                to,
            ])?;
        }
        file.into_inner().map_err(|error| DemoError::Table(error.into_error().into()))
    }

    /// The people of a squad, those of the party first, each in one of its places.
    pub fn people_of(
        &self,
        squad: usize,
        people: &mut People,
        seed: u64,
    ) -> Result<Vec<super::people::Row>, DemoError> {
        let mut dice = Dice::new(seed, "places", squad as u64);
        let squad = &self.squads[squad];
        (0..squad.members)
            .map(|number| {
                let at_home = dice.percent(if squad.places.len() > 1 { 30 } else { 100 });
                let place = if at_home {
                    &squad.unit
                } else {
                    dice.pick(&squad.places).unwrap_or(&squad.unit)
                };
                let party = number < squad.party;
                let last = number + 1 == squad.members && squad.members.is_multiple_of(2);
                people.person(place, party, !party && (last || number % 40 == 39))
            })
            .collect()
    }
}

impl Squad {
    fn new(unit: UnitCode, name: &str, kind: &'static str) -> Self {
        Self {
            places: vec![unit.clone()],
            unit,
            name: name.to_owned(),
            kind,
            task: 0,
            members: 0,
            party: 0,
            headcount: 0,
            fate: Fate::InTime,
            reports_at: None,
        }
    }
}

#[cfg(test)]
mod tests;
