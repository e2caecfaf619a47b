use serde::{Deserialize, Serialize};

use super::Rejection;
use crate::meeting::Outcome;
use crate::{MeetingId, ResolutionId};

named! {
    /// How far an issue has come.
    Stage {
        Registered "registered" "已登记",
        Triaged "triaged" "已对照清单",
        Accepted "accepted" "已列入议题",
        Merged "merged" "已并案",
        Rejected "rejected" "不予列入",
        RoutedOut "routed_out" "已转办",
        Scheduled "scheduled" "已列入议程",
        Decided "decided" "已议定",
        Settled "settled" "已办结",
    }
}

/// A topic of a meeting's agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) meeting: MeetingId,
    pub(super) topic: u8,
}

impl Place {
    /// The place at which a resolution was decided.
    pub(super) fn of(resolution: ResolutionId) -> Self {
        Self { meeting: resolution.meeting, topic: resolution.topic }
    }
}

/// What has become of an issue, whether or not it is on an agenda at the moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Phase {
    #[default]
    Registered,
    Triaged,
    Accepted,
    Merged,
    Rejected,
    RoutedOut,
    Decided(Place, Outcome),
    Settled(Option<ResolutionId>),
}

impl Phase {
    pub(super) fn stage(&self) -> Stage {
        match self {
            Self::Registered => Stage::Registered,
            Self::Triaged => Stage::Triaged,
            Self::Accepted => Stage::Accepted,
            Self::Merged => Stage::Merged,
            Self::Rejected => Stage::Rejected,
            Self::RoutedOut => Stage::RoutedOut,
            Self::Decided(..) => Stage::Decided,
            Self::Settled(_) => Stage::Settled,
        }
    }

    pub(super) fn ended(&self) -> Rejection {
        Rejection::Ended { stage: self.stage() }
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Registered | Self::Triaged | Self::Accepted)
    }
}
