//! A problem before it is registered.

use super::subjects::Subject;

/// A problem before it has a number.
#[derive(Debug)]
pub struct Concern {
    /// Its name in the story.
    pub name: String,
    /// What it is about.
    pub subject: &'static Subject,
    /// How it comes in.
    pub way: Way,
    /// What becomes of it.
    pub fate: Fate,
}

/// How a problem comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 网格员走访.
    GridWorker,
    /// 人民调解员.
    Mediator,
    /// 志愿者.
    Volunteer,
    /// 网上提交.
    Online,
    /// 网上提交, and nobody looks in time.
    Unnoticed,
}

impl Way {
    /// By a roll below 100.
    pub fn of(roll: u32) -> Self {
        match roll {
            0..40 => Self::GridWorker,
            40..60 => Self::Mediator,
            60..75 => Self::Volunteer,
            75..98 => Self::Online,
            _ => Self::Unnoticed,
        }
    }

    /// Whether nobody with an account registers it.
    pub fn is_online(self) -> bool {
        match self {
            Self::Online | Self::Unnoticed => true,
            Self::GridWorker | Self::Mediator | Self::Volunteer => false,
        }
    }
}

/// What becomes of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// 列入议题.
    Accepted,
    /// 并案, if there is something to merge it into.
    Merged,
    /// 不予列入.
    Rejected,
    /// 转办.
    RoutedOut,
    /// 转办, replied to after its last day.
    RoutedLate,
    /// 急事急议, ratified by the next meeting.
    Expedited,
    /// 急事急议 that nobody remembers.
    Forgotten,
}

impl Fate {
    /// By a roll below 100.
    pub fn of(roll: u32) -> Self {
        match roll {
            0..76 => Self::Accepted,
            76..84 => Self::Merged,
            84..92 => Self::Rejected,
            _ => Self::RoutedOut,
        }
    }
}
