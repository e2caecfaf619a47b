mod deliberation;

use domain::meeting::Outcome;
use domain::notice::Subject;
use domain::volunteer::{StarProposalEnded, StarProposed};
use domain::{
    IssueId, MeetingId, Minutes, NoticeId, PersonId, ResolutionId, Text, UnitCode, notice, service,
    volunteer,
};
use jiff::civil::Date;
use projections::Fact;

/// A command that a policy wants.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reaction {
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
            Self::EarnPoints { .. } => "earn-points",
            Self::ReversePoints { .. } => "reverse-points",
            Self::ReviewStar { .. } => "review-star",
            Self::PublishStar { .. } => "publish-star",
            Self::WithdrawStar { .. } => "withdraw-star",
            Self::SettleStar { .. } => "settle-star",
            Self::LeaveSquadOf { .. } | Self::LeaveSquad { .. } => "leave-squad",
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
            Self::EarnPoints { .. }
            | Self::ReversePoints { .. }
            | Self::ReviewStar { .. }
            | Self::PublishStar { .. }
            | Self::WithdrawStar { .. }
            | Self::SettleStar { .. }
            | Self::LeaveSquadOf { .. }
            | Self::LeaveSquad { .. }
            | Self::EraseFromVault { .. }
            | Self::ReleaseIssues { .. }
            | Self::HoldMeeting { .. }
            | Self::SettleIssue { .. }
            | Self::ReopenIssue { .. } => name.to_owned(),
        }
    }
}

/// What follows from a fact.
#[must_use]
pub fn policy(fact: &Fact) -> Vec<Reaction> {
    if let Some((&volunteer, event)) = fact.service() {
        after_service(volunteer, event)
    } else if let Some((&volunteer, event)) = fact.volunteer() {
        after_volunteer(volunteer, event)
    } else if let Some((_, event)) = fact.notice() {
        after_notice(event)
    } else if let Some((&meeting, event)) = fact.meeting() {
        deliberation::meeting(meeting, event)
    } else if let Some((&resolution, event)) = fact.resolution() {
        deliberation::resolution(resolution, event)
    } else {
        vec![]
    }
}

fn after_notice(event: &notice::Event) -> Vec<Reaction> {
    match event {
        notice::Event::Closed(closed) => match closed.subject {
            Subject::StarChange { volunteer, proposal } => {
                vec![Reaction::SettleStar { volunteer, proposal, upheld: closed.upheld }]
            }
            Subject::General => vec![],
        },
        notice::Event::Published(_)
        | notice::Event::ObjectionFiled(_)
        | notice::Event::ObjectionAnswered(_)
        | notice::Event::Withdrawn(_) => vec![],
    }
}

fn after_service(volunteer: PersonId, event: &service::Event) -> Vec<Reaction> {
    match event {
        service::Event::Attested(attested) => vec![
            Reaction::EarnPoints {
                volunteer,
                record: attested.record,
                revision: attested.revision,
                minutes: attested.minutes,
            },
            Reaction::ReviewStar { volunteer, attested: attested.total },
        ],
        service::Event::Corrected(corrected) if corrected.withdrawn > Minutes(0) => vec![
            Reaction::ReversePoints {
                volunteer,
                record: corrected.record,
                revision: corrected.revision.saturating_sub(1),
            },
            Reaction::ReviewStar { volunteer, attested: corrected.total },
        ],
        service::Event::Voided(voided) if voided.withdrawn > Minutes(0) => vec![
            Reaction::ReversePoints { volunteer, record: voided.record, revision: voided.revision },
            Reaction::ReviewStar { volunteer, attested: voided.total },
        ],
        service::Event::CheckedIn(_)
        | service::Event::CheckedOut(_)
        | service::Event::Recorded(_)
        | service::Event::BackfillRequested(_)
        | service::Event::BackfillApproved(_)
        | service::Event::Disputed(_)
        | service::Event::DisputeDismissed(_)
        | service::Event::Corrected(_)
        | service::Event::Voided(_) => vec![],
    }
}

fn after_volunteer(volunteer: PersonId, event: &volunteer::Event) -> Vec<Reaction> {
    match event {
        volunteer::Event::StarProposed(proposed) => {
            vec![Reaction::PublishStar { volunteer, proposed: proposed.clone() }]
        }
        volunteer::Event::StarProposalEnded(StarProposalEnded { proposal, reason }) => match reason
        {
            volunteer::ProposalEnd::HoursChanged => {
                vec![Reaction::WithdrawStar { notice: NoticeId::star(volunteer, *proposal) }]
            }
            volunteer::ProposalEnd::ObjectionUpheld => vec![],
        },
        volunteer::Event::Moved(moved) => {
            vec![Reaction::LeaveSquadOf {
                volunteer,
                unit: moved.from.clone(),
                to: moved.to.clone(),
            }]
        }
        volunteer::Event::Withdrawn(_) => vec![Reaction::LeaveSquad { volunteer }],
        volunteer::Event::PersonalDataErased(_) => {
            vec![Reaction::LeaveSquad { volunteer }, Reaction::EraseFromVault { volunteer }]
        }
        volunteer::Event::Registered(_)
        | volunteer::Event::RealNameMatched(_)
        | volunteer::Event::RealNameRefused(_)
        | volunteer::Event::TierChanged(_)
        | volunteer::Event::SkillsDeclared(_)
        | volunteer::Event::StarChanged(_)
        | volunteer::Event::Suspended(_)
        | volunteer::Event::Resumed(_) => vec![],
    }
}
