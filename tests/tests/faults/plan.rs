//! What a round does.

use std::fmt;

use fastrand::Rng;
use tests::altered;

use super::fault::{Fault, Kind, Moment, Point};
use super::life::Conditions;
use super::points::POINTS;

/// How a life ends that no fault ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Kill,
    Cut,
    Stop,
}

/// A life that is to end badly.
#[derive(Debug, Clone)]
pub struct Doom {
    pub conditions: Conditions,
    pub end: End,
    /// It ends once so many commands are acknowledged, or when all were sent.
    pub after: Option<usize>,
}

/// What a round does.
#[derive(Debug, Clone)]
pub struct Plan {
    pub empty: bool,
    pub dooms: Vec<Doom>,
}

impl Plan {
    /// The plan of a seed. Seeds in a row go through every fault at every point, in an order that chance made.
    pub fn of(seed: u64) -> Self {
        let mut faults: Vec<_> = Fault::all(POINTS).collect();
        Rng::with_seed(0).shuffle(&mut faults);
        let mut dice = Rng::with_seed(seed);
        let first = faults[usize::try_from(seed).unwrap() % faults.len()];
        let empty = first.0.2 == 0 || (first.0.1 > 0 && dice.u8(..6) == 0);
        let mut dooms = vec![Doom::draw(&mut dice, first, empty)];
        if dice.u8(..4) == 0 {
            faults.retain(|(point, ..)| if empty { point.1 } else { point.2 } > 0);
            let second = faults[dice.usize(..faults.len())];
            dooms.push(Doom::draw(&mut dice, second, empty));
        }
        Self { empty, dooms }
    }
}

impl Doom {
    fn draw(
        dice: &mut Rng,
        (point, moment, kind): (&'static Point, Moment, Kind),
        empty: bool,
    ) -> Self {
        let most = if empty { point.1 } else { point.2 };
        let fault = Fault::draw(dice, point.0, most, moment, kind);
        let ends = [End::Kill, End::Cut, End::Stop];
        Self {
            conditions: Conditions {
                fault: Some(fault),
                chance: dice.bool().then(|| dice.u64(1..)),
                altered: (dice.u8(..4) == 0).then_some(altered::BUSY),
                ..Conditions::default()
            },
            end: ends[dice.usize(..ends.len())],
            after: (dice.u8(..3) == 0).then(|| dice.usize(1..24)),
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.empty { "in an empty folder" } else { "in a folder kept in order" })?;
        for Doom { conditions, end, after } in &self.dooms {
            let Conditions { fault, chance, lie, altered } = conditions;
            match fault {
                Some(fault) => write!(f, "; {fault}")?,
                None => f.write_str("; no fault")?,
            }
            write!(f, ", else {end:?}")?;
            let more = [
                after.map(|after| format!("after {after} acknowledgements")),
                chance.map(|chance| format!("chance {chance}")),
                lie.map(|file| format!("{file} is not synced")),
                altered.map(str::to_owned),
            ];
            for more in more.iter().flatten() {
                write!(f, ", {more}")?;
            }
        }
        Ok(())
    }
}
