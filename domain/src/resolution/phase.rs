//! The phases of a resolution. What belongs to a phase exists only in it, and a rule asks for its phase by
//! name, so that a rule about a claim cannot be asked where there is none.

use jiff::civil::Date;

use super::{Assigned, Rejection, Stage};
use crate::PersonId;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Phase {
    #[default]
    Unadopted,
    /// 已通过.
    Adopted,
    /// 公示中.
    Open { closes_on: Date },
    /// 待修正: an objection was upheld. If that cut a period short, its days stay open to objections.
    AwaitingCorrection { open_until: Option<Date> },
    /// 公示后无异议.
    Clean,
    /// 执行中.
    Executing(Assignment),
    /// 待核实.
    Claimed { claim: u32, assignment: Assignment },
    /// 已核实.
    Verified(Verified),
    /// 已完成.
    Completed,
    /// 已撤销.
    Withdrawn,
}

/// Who is to execute it, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Assignment {
    pub executor: PersonId,
    pub due: Date,
    /// Whether it is on record that this last day passed.
    pub overdue: bool,
    /// Whether a last day passed or a claim was returned, for the party branch to know.
    pub troubled: bool,
}

/// When supervision found it done, and who was told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verified {
    /// The day, where it is on record.
    pub on: Option<Date>,
    pub informed: Informed,
}

/// Who was told what supervision found, each after the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Informed {
    Nobody,
    Branch,
    Meeting,
}

/// What a rule asks for. Each names the stage it met instead.
impl Phase {
    /// Adopted and not withdrawn.
    pub fn live(self) -> Result<Stage, Rejection> {
        match self.stage() {
            None => Err(Rejection::Unadopted {}),
            Some(Stage::Withdrawn) => Err(Rejection::Withdrawn {}),
            Some(stage) => Ok(stage),
        }
    }

    /// Open to objections, in time or late.
    pub fn publicised(self) -> Result<(), Rejection> {
        if self.live()? == Stage::Adopted { Err(Rejection::NotPublicised {}) } else { Ok(()) }
    }

    pub fn open(self) -> Result<Date, Rejection> {
        match (self, self.live()?) {
            (Self::Open { closes_on }, _) => Ok(closes_on),
            (_, Stage::AwaitingCorrection) => Err(Rejection::AwaitingCorrection {}),
            (_, stage) => Err(Rejection::NotOpen { stage }),
        }
    }

    pub fn executing(self) -> Result<Assignment, Rejection> {
        let stage = self.live()?;
        if let Self::Executing(assignment) = self {
            return Ok(assignment);
        }
        Err(Rejection::NotExecuting { stage })
    }

    pub fn claim(self) -> Result<(u32, Assignment), Rejection> {
        let stage = self.live()?;
        if let Self::Claimed { claim, assignment } = self {
            return Ok((claim, assignment));
        }
        Err(Rejection::NotClaimed { stage })
    }

    pub fn verified(self) -> Result<Verified, Rejection> {
        let stage = self.live()?;
        if let Self::Verified(verified) = self {
            return Ok(verified);
        }
        Err(Rejection::NotVerified { stage })
    }
}

impl Phase {
    /// What the party branch is told: that it is done, or on the way there what is wrong and what is claimed.
    pub fn for_the_branch(self) -> Result<(), Rejection> {
        match (self, self.live()?) {
            (Self::Executing(assignment), _) if assignment.troubled => Ok(()),
            (Self::Executing(_), _) => Err(Rejection::NothingFound {}),
            (Self::Claimed { .. }, _) => Ok(()),
            (Self::Verified(verified), _) if verified.informed == Informed::Nobody => Ok(()),
            (Self::Verified(_), _) => Err(Rejection::BranchKnows {}),
            (_, stage) => Err(Rejection::NotVerified { stage }),
        }
    }
}

/// The phase after a fact. A fact that does not fit the phase changes nothing, because history cannot be refused.
impl Phase {
    /// An objection was upheld.
    pub fn stopped(self) -> Self {
        Self::AwaitingCorrection { open_until: self.open_until() }
    }

    /// With another executor. That the last day passed stays on record unless the day is another.
    pub fn assigned(self, assigned: &Assigned) -> Self {
        let &Assigned { executor, due, .. } = assigned;
        let before = self.assignment();
        let overdue = before.is_some_and(|before| before.overdue && before.due == due);
        let troubled = before.is_some_and(|before| before.troubled);
        Self::Executing(Assignment { executor, due, overdue, troubled })
    }

    pub fn executed_until(self, due: Date) -> Self {
        self.assignment().map_or(self, |assignment| {
            Self::Executing(Assignment { due, overdue: false, ..assignment })
        })
    }

    pub fn returned(self, due: Date) -> Self {
        self.assignment().map_or(self, |assignment| {
            Self::Executing(Assignment { due, overdue: false, troubled: true, ..assignment })
        })
    }

    pub fn overdue(self) -> Self {
        self.assignment().map_or(self, |assignment| {
            Self::Executing(Assignment { overdue: true, troubled: true, ..assignment })
        })
    }

    pub fn informed(self, informed: Informed) -> Self {
        if let Self::Verified(verified) = self {
            Self::Verified(Verified { informed, ..verified })
        } else {
            self
        }
    }

    pub fn claimed(self, claim: u32) -> Self {
        self.assignment().map_or(self, |assignment| Self::Claimed { claim, assignment })
    }
}

impl Phase {
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::Unadopted => return None,
            Self::Adopted => Stage::Adopted,
            Self::Open { .. } => Stage::Publicised,
            Self::AwaitingCorrection { .. } => Stage::AwaitingCorrection,
            Self::Clean => Stage::Closed,
            Self::Executing(_) => Stage::Executing,
            Self::Claimed { .. } => Stage::Claimed,
            Self::Verified(_) => Stage::Verified,
            Self::Completed => Stage::Completed,
            Self::Withdrawn => Stage::Withdrawn,
        })
    }

    /// Last day on which an objection is in time.
    pub fn open_until(self) -> Option<Date> {
        match self {
            Self::Open { closes_on } => Some(closes_on),
            Self::AwaitingCorrection { open_until } => open_until,
            Self::Unadopted
            | Self::Adopted
            | Self::Clean
            | Self::Executing(_)
            | Self::Claimed { .. }
            | Self::Verified(_)
            | Self::Completed
            | Self::Withdrawn => None,
        }
    }

    pub fn assignment(self) -> Option<Assignment> {
        match self {
            Self::Executing(assignment) | Self::Claimed { assignment, .. } => Some(assignment),
            Self::Unadopted
            | Self::Adopted
            | Self::Open { .. }
            | Self::AwaitingCorrection { .. }
            | Self::Clean
            | Self::Verified(_)
            | Self::Completed
            | Self::Withdrawn => None,
        }
    }
}
