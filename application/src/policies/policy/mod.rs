mod deliberation;
mod reaction;

pub use reaction::Reaction;

use domain::notice::Subject;
use domain::volunteer::StarProposalEnded;
use domain::{ActivityId, Minutes, NoticeId, PersonId, activity, notice, service, unit, volunteer};
use projections::Fact;

/// What follows from a fact.
#[must_use]
pub fn policy(fact: &Fact) -> Vec<Reaction> {
    if let Some((&volunteer, event)) = fact.service() {
        after_service(volunteer, event)
    } else if let Some((unit, unit::Event::Succeeded(succeeded))) = fact.unit() {
        let taken = succeeded.takes_over.iter();
        let (unit, by) = (unit.clone(), succeeded.by.clone());
        taken.map(|_| Reaction::TakeOverSquad { unit: unit.clone(), by: by.clone() }).collect()
    } else if let Some((&volunteer, event)) = fact.volunteer() {
        after_volunteer(volunteer, event)
    } else if let Some((&activity, event)) = fact.activity() {
        after_activity(activity, event)
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
        | notice::Event::ObjectionOverdue(_)
        | notice::Event::ObjectionEscalated(_)
        | notice::Event::Posted(_)
        | notice::Event::Withdrawn(_) => vec![],
    }
}

fn after_activity(activity: ActivityId, event: &activity::Event) -> Vec<Reaction> {
    match event {
        activity::Event::Closed(_) => vec![Reaction::EndPresences { activity }],
        activity::Event::Published(_)
        | activity::Event::BackfillApproved(_)
        | activity::Event::BackfillRefused(_)
        | activity::Event::RiskAssessed(_)
        | activity::Event::Insured(_)
        | activity::Event::SignedUp(_)
        | activity::Event::SignUpCancelled(_)
        | activity::Event::Started(_)
        | activity::Event::Cancelled(_) => vec![],
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
        | service::Event::DueSettled(_)
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
        volunteer::Event::PersonalDataCorrected(_)
        | volunteer::Event::IdentityCorrected(_)
        | volunteer::Event::Returned(_) => vec![Reaction::SettleRegistration { volunteer }],
        volunteer::Event::IdentityCorrectionRefused(refused) => {
            vec![Reaction::GiveUpCorrection { volunteer, correction: refused.correction }]
        }
        volunteer::Event::PoliticalStatusChanged(changed) => {
            vec![Reaction::CountParty { volunteer, party: changed.to.counts_as_party() }]
        }
        volunteer::Event::Registered(_)
        | volunteer::Event::CategoriesChanged(_)
        | volunteer::Event::IdentityCorrectionRequested(_)
        | volunteer::Event::RealNameMatched(_)
        | volunteer::Event::RealNameRefused(_)
        | volunteer::Event::TierChanged(_)
        | volunteer::Event::SkillsDeclared(_)
        | volunteer::Event::StarChanged(_)
        | volunteer::Event::Suspended(_)
        | volunteer::Event::Resumed(_) => vec![],
    }
}
