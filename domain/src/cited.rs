//! 佐证材料的引用: which pieces of evidence an event names. They lie outside the log; the event has their digests.

use crate::activity::Event as A;
use crate::backfill::FromPaper;
use crate::issue::Event as I;
use crate::meeting::Event as M;
use crate::notice::Event as N;
use crate::resolution::Event as R;
use crate::service::Event as V;
use crate::station::Event as T;
use crate::{Event, Evidence, SealedDigest};

/// A piece of evidence, as an event names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited {
    /// Of its bytes.
    pub digest: SealedDigest,
    /// Whether it was in the evidence store when the event came to be. A backfill may name a document that is kept
    /// elsewhere.
    pub was_kept: bool,
}

impl Event {
    /// The pieces of evidence that the event names.
    #[must_use]
    pub fn cited(&self) -> Vec<Cited> {
        let kept = if let Self::Resolution(event) = self {
            of_resolution(event)
        } else if let Self::Station(event) = self {
            of_station(event)
        } else if let Self::Notice(event) = self {
            of_notice(event)
        } else if let Self::Activity(A::Published(published)) = self {
            of_paper(published.paper.as_ref())
        } else if let Self::Issue(I::Registered(registered)) = self {
            of_paper(registered.paper.as_ref())
        } else if let Self::Issue(I::StepTaken(taken)) = self {
            &taken.evidence
        } else if let Self::Meeting(M::Convened(convened)) = self {
            of_paper(convened.paper.as_ref())
        } else if let Self::Meeting(M::CountingListsTaken(taken)) = self {
            &taken.evidence
        } else if let Self::Service(event) = self {
            return of_service(event).into_iter().collect();
        } else {
            return Vec::new();
        };
        kept.iter().map(|piece| Cited { digest: piece.digest, was_kept: true }).collect()
    }
}

fn of_paper(paper: Option<&FromPaper>) -> &[Evidence] {
    paper.map_or(&[], |paper| &paper.evidence)
}

fn of_resolution(event: &R) -> &[Evidence] {
    match event {
        R::BackfillRequested(asked) => &asked.paper.evidence,
        R::Publicised(publicised) => &publicised.evidence,
        R::Progressed(progressed) => &progressed.evidence,
        R::CompletionClaimed(claimed) => &claimed.evidence,
        R::CompletionVerified(verified) => &verified.evidence,
        R::CompletionPublicised(publicised) => &publicised.evidence,
        R::Reopened(reopened) => &reopened.evidence,
        R::Adopted(_)
        | R::BackfillApproved(_)
        | R::BackfillRefused(_)
        | R::ObjectionFiled(_)
        | R::ObjectionAnswered(_)
        | R::ObjectionOverdue(_)
        | R::ObjectionEscalated(_)
        | R::Corrected(_)
        | R::Withdrawn(_)
        | R::NoticeClosed(_)
        | R::Assigned(_)
        | R::Extended(_)
        | R::ExecutionOverdue(_)
        | R::CompletionReturned(_)
        | R::BranchInformed(_)
        | R::MeetingInformed(_) => &[],
    }
}

fn of_station(event: &T) -> &[Evidence] {
    match event {
        T::ItemEvidenced(evidenced) => &evidenced.evidence,
        T::SupervisorsElected(elected) => &elected.evidence,
        T::Opened(_)
        | T::ItemLost(_)
        | T::MemberAppointed(_)
        | T::MemberLeft(_)
        | T::RelativesDeclared(_)
        | T::KinshipEnded(_)
        | T::TopicListed(_)
        | T::HouseholdsStated(_)
        | T::MeetingHeld(_)
        | T::MeetingMissed(_) => &[],
    }
}

fn of_notice(event: &N) -> &[Evidence] {
    match event {
        N::Posted(posted) => &posted.evidence,
        N::Published(_)
        | N::ObjectionFiled(_)
        | N::ObjectionAnswered(_)
        | N::ObjectionOverdue(_)
        | N::ObjectionEscalated(_)
        | N::Closed(_)
        | N::Withdrawn(_) => &[],
    }
}

fn of_service(event: &V) -> Option<Cited> {
    match event {
        V::BackfillRequested(asked) => asked.digest.map(|digest| Cited { digest, was_kept: false }),
        V::CheckedIn(_)
        | V::CheckedOut(_)
        | V::Recorded(_)
        | V::BackfillApproved(_)
        | V::Attested(_)
        | V::DueSettled(_)
        | V::Disputed(_)
        | V::DisputeDismissed(_)
        | V::Corrected(_)
        | V::Voided(_) => None,
    }
}
