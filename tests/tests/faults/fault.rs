//! What can go wrong, and where.

use std::fmt;

use fastrand::Rng;

/// What happens at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The process dies; what it wrote stays.
    Kill,
    /// The power goes: what was not synced may be lost.
    Cut,
    /// An error of the disk, once.
    Fail,
    /// From now on no file grows, until there is room again.
    Full,
    /// From now on no file can be opened, until some can.
    Starve,
    /// Half is written, and that is what the program hears.
    Short,
    /// Half is written, then the process dies.
    Tear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Before,
    After,
}

use Kind::{Cut, Fail, Full, Kill, Short, Starve, Tear};
use Moment::{After, Before};

const ANY: &[(Moment, Kind)] =
    &[(Before, Kill), (After, Kill), (Before, Cut), (After, Cut), (Before, Fail), (After, Fail)];
const MAKING: &[(Moment, Kind)] = &[(Before, Full), (Before, Starve)];
const WRITING: &[(Moment, Kind)] =
    &[(Before, Full), (Before, Starve), (Before, Short), (Before, Tear)];

/// An effect of the service on a file of its data folder, and how often a life has it: in an empty folder, and in one that was
/// left in order.
pub type Point = (&'static str, u32, u32);

/// A fault at the n-th time that a point is passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub at: &'static str,
    pub nth: u32,
    pub moment: Moment,
    pub kind: Kind,
}

impl Fault {
    /// Whether it ends, and everything goes on.
    pub fn passes(&self) -> bool {
        matches!(self.kind, Full | Starve)
    }

    /// Every fault at every point, once.
    pub fn all(points: &'static [Point]) -> impl Iterator<Item = (&'static Point, Moment, Kind)> {
        points.iter().flat_map(|point| {
            let more = match point.0.split(' ').next() {
                Some("write") => WRITING,
                Some("make" | "link") => MAKING,
                _ => &[],
            };
            ANY.iter().chain(more).map(move |&(moment, kind)| (point, moment, kind))
        })
    }

    pub fn draw(dice: &mut Rng, at: &'static str, most: u32, moment: Moment, kind: Kind) -> Self {
        Self { at, nth: dice.u32(1..=most), moment, kind }
    }

    /// The file that it strikes.
    pub fn file(&self) -> &'static str {
        self.at.split_once(' ').map_or("", |(_, file)| file)
    }

    /// How the library below the program is told.
    pub fn variables(&self) -> [(&'static str, String); 4] {
        [
            ("FAULT_AT", self.at.to_owned()),
            ("FAULT_NTH", self.nth.to_string()),
            ("FAULT_MOMENT", format!("{:?}", self.moment).to_lowercase()),
            ("FAULT_KIND", format!("{:?}", self.kind).to_lowercase()),
        ]
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, nth, moment, kind } = self;
        write!(f, "{kind:?} {moment:?} {at} number {nth}")
    }
}
