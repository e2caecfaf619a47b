//! 补录: what counts from paper was approved by somebody other than who entered it.

use domain::backfill::BackfillApproved;
use domain::service::Recorder;

use crate::audit::finding::Finding;
use crate::audit::seen::Seen;

/// Neither by the account of whoever entered it or wrote what it says, nor by the same person with another account.
pub fn approving_backfill<'r>(
    seen: Seen<'_>,
    approved: &BackfillApproved,
    mut entered: impl Iterator<Item = &'r Recorder>,
) -> Option<Finding> {
    let (by, named) = (&seen.fact.metadata.actor, &approved.approver);
    let own = |one: &Recorder| {
        one.is(by) || *one == *named || one.person.is_some() && one.person == named.person
    };
    entered.any(own).then(|| {
        seen.wrong(
            "decision.backfill_self_approved",
            "补录由录入人自己核准。",
            "The backfill was approved by who had entered it.",
        )
    })
}

/// Nothing that was entered from paper counts before that.
pub fn unapproved(seen: Seen<'_>) -> Finding {
    seen.wrong(
        "decision.backfill_unapproved",
        "补录未经另一人核准即生效。",
        "What was entered from paper took effect without the approval of a second person.",
    )
}
