//! The commands that policies want.

use domain::meeting::Outcome;
use domain::volunteer::StarProposed;
use domain::{
    ActivityId, IssueId, MeetingId, Minutes, NoticeId, PersonId, ResolutionId, Text, UnitCode,
};
use jiff::civil::Date;

/// A command that a policy wants.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reaction {
    /// An activity is over: whoever did not check out was there until then.
    EndPresences { activity: ActivityId },
    /// An attested service earns its points, once.
    EarnPoints { volunteer: PersonId, record: u32, revision: u32, minutes: Minutes },
    /// A service that no longer counts takes them back.
    ReversePoints { volunteer: PersonId, record: u32, revision: u32 },
    /// Attested hours changed: is another star due?
    ReviewStar { volunteer: PersonId, attested: Minutes },
    /// A proposed star is publicised.
    PublishStar { volunteer: PersonId, proposed: StarProposed },
    /// A proposal that ended takes its notice down.
    WithdrawStar { notice: NoticeId },
    /// A notice that closed settles its proposal.
    SettleStar { volunteer: PersonId, proposal: u32, upheld: bool },
    /// Who moved leaves the squad of the earlier unit, unless both units share it.
    LeaveSquadOf { volunteer: PersonId, unit: UnitCode, to: UnitCode },
    /// Who withdrew leaves their squad.
    LeaveSquad { volunteer: PersonId },
    /// Who took a unit over has its squad, too.
    TakeOverSquad { unit: UnitCode, by: UnitCode },
    /// Whose political status changed counts in their squad accordingly.
    CountParty { volunteer: PersonId, party: bool },
    /// What the log says of a registration stands in the vault.
    SettleRegistration { volunteer: PersonId },
    /// What lay ready for a correction that was refused is destroyed in the vault.
    GiveUpCorrection { volunteer: PersonId, correction: u32 },
    /// What was to be erased is erased from the vault.
    EraseFromVault { volunteer: PersonId },
    /// An issue is on the agenda of a meeting that was convened.
    ScheduleIssue { issue: IssueId, meeting: MeetingId, topic: u8, ratifies: bool },
    /// Sealed minutes hold an adopted topic; what only ratifies makes no resolution.
    AdoptResolution { resolution: ResolutionId },
    /// Sealed minutes say what became of a topic: the issue behind it learns it; and that it is put off after
    /// all, where the resolution was withdrawn.
    DecideIssue { meeting: MeetingId, topic: u8, outcome: Outcome },
    /// A meeting that was cancelled lets its issues go.
    ReleaseIssues { meeting: MeetingId },
    /// A meeting was held, in its station's month.
    HoldMeeting { meeting: MeetingId, held_on: Date },
    /// Sealed minutes hold a report on a resolution.
    InformMeeting { resolution: ResolutionId, meeting: MeetingId },
    /// What was decided on an issue is done, and shown to the residents.
    SettleIssue { resolution: ResolutionId, result: Text<500> },
    /// What was thought done is not; also because an objection was upheld later.
    ReopenIssue { resolution: ResolutionId },
}

impl Reaction {
    /// A short name, for the account that acts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::EndPresences { .. } => "end-presence",
            Self::EarnPoints { .. } => "earn-points",
            Self::ReversePoints { .. } => "reverse-points",
            Self::ReviewStar { .. } => "review-star",
            Self::PublishStar { .. } => "publish-star",
            Self::WithdrawStar { .. } => "withdraw-star",
            Self::SettleStar { .. } => "settle-star",
            Self::LeaveSquadOf { .. } | Self::LeaveSquad { .. } => "leave-squad",
            Self::TakeOverSquad { .. } => "take-over-squad",
            Self::CountParty { .. } => "count-party",
            Self::SettleRegistration { .. } => "settle-registration",
            Self::GiveUpCorrection { .. } => "give-up-correction",
            Self::EraseFromVault { .. } => "erase-from-vault",
            Self::ScheduleIssue { .. } => "schedule-issue",
            Self::AdoptResolution { .. } => "adopt-resolution",
            Self::DecideIssue { .. } => "decide-issue",
            Self::ReleaseIssues { .. } => "release-issues",
            Self::HoldMeeting { .. } => "hold-meeting",
            Self::InformMeeting { .. } => "inform-meeting",
            Self::SettleIssue { .. } => "settle-issue",
            Self::ReopenIssue { .. } => "reopen-issue",
        }
    }

    /// What makes the command's id together with the event: the name, and which of several where one event has several.
    #[must_use]
    pub fn key(&self) -> String {
        let name = self.name();
        match self {
            Self::ScheduleIssue { topic, .. } | Self::DecideIssue { topic, .. } => {
                format!("{name}-{topic}")
            }
            Self::AdoptResolution { resolution } => format!("{name}-{}", resolution.topic),
            Self::InformMeeting { resolution, .. } => format!("{name}-{resolution}"),
            Self::EndPresences { .. }
            | Self::EarnPoints { .. }
            | Self::ReversePoints { .. }
            | Self::ReviewStar { .. }
            | Self::PublishStar { .. }
            | Self::WithdrawStar { .. }
            | Self::SettleStar { .. }
            | Self::LeaveSquadOf { .. }
            | Self::LeaveSquad { .. }
            | Self::TakeOverSquad { .. }
            | Self::CountParty { .. }
            | Self::SettleRegistration { .. }
            | Self::GiveUpCorrection { .. }
            | Self::EraseFromVault { .. }
            | Self::ReleaseIssues { .. }
            | Self::HoldMeeting { .. }
            | Self::SettleIssue { .. }
            | Self::ReopenIssue { .. } => name.to_owned(),
        }
    }
}
