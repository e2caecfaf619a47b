use domain::notice::Subject;
use domain::volunteer::{StarProposalEnded, StarProposed};
use domain::{Event, Minutes, NoticeId, PersonId, UnitCode, notice, service, volunteer};
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
}

impl Reaction {
    /// A short name; with the event it makes the command's id.
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
        }
    }
}

/// What follows from a fact.
#[must_use]
pub fn react(fact: &Fact) -> Vec<Reaction> {
    match (&fact.event, fact.volunteer()) {
        (Event::Service(event), Some(volunteer)) => after_service(volunteer, event),
        (Event::Volunteer(event), Some(volunteer)) => after_volunteer(volunteer, event),
        (Event::Notice(notice::Event::Closed(closed)), _) => match closed.subject {
            Subject::StarChange { volunteer, proposal } => {
                vec![Reaction::SettleStar { volunteer, proposal, upheld: closed.upheld }]
            }
            Subject::General => vec![],
        },
        (
            Event::Rulebook(_)
            | Event::Unit(_)
            | Event::Squad(_)
            | Event::Activity(_)
            | Event::Points(_)
            | Event::Notice(_)
            | Event::Station(_)
            | Event::Issue(_)
            | Event::Meeting(_)
            | Event::Resolution(_)
            | Event::Survey(_)
            | Event::Service(_)
            | Event::Volunteer(_),
            _,
        ) => vec![],
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
