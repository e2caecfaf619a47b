use std::collections::HashSet;

use super::Rejection;
use crate::Evidence;

/// So much shows anything.
const AT_MOST: usize = 20;

/// Each piece once, and not too many.
pub(super) fn check(evidence: &[Evidence]) -> Result<(), Rejection> {
    if evidence.len() > AT_MOST {
        return Err(Rejection::TooMuchEvidence { limit: AT_MOST });
    }
    let mut seen = HashSet::new();
    match evidence.iter().find(|piece| !seen.insert(piece.digest)) {
        Some(piece) => Err(Rejection::SameEvidence { digest: piece.digest }),
        None => Ok(()),
    }
}
