//! 补录: what stood on paper before the program knew of it, because it was earlier than the program or there was no network.
//!
//! Whoever enters it shows the paper by photographs, and somebody else approves it; until then nothing follows from it. From then
//! on it is a fact as any other, of its own day, and stays marked. Services have a backfill of their own, which is as old as
//! their records ([`crate::service`]).

use serde::{Deserialize, Serialize};

use crate::service::Recorder;
use crate::values::Flaw;
use crate::{Evidence, Given, Text};

/// 纸质材料: the paper that something is known from, and who entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPaper {
    /// 录入人: approves it not.
    pub recorder: Recorder,
    /// Photographs of the paper; at least one.
    pub evidence: Vec<Evidence>,
}

/// A second person held the paper against what was entered: it counts from now on, and stays marked as entered late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillApproved {
    /// 核准人.
    pub approver: Recorder,
}

/// A second person found that the paper does not bear out what was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillRefused {
    /// Why.
    pub reason: Text<200>,
}

/// Why something is not taken from paper, or not approved; each aggregate says it in its own words.
#[derive(Debug)]
pub(crate) enum Fault {
    NoPhotograph,
    Flawed(Flaw),
    SelfApproved,
}

impl FromPaper {
    /// Entered by whoever acts.
    pub(crate) fn entered(evidence: Vec<Evidence>, given: &Given<'_>) -> Result<Self, Fault> {
        if evidence.is_empty() {
            return Err(Fault::NoPhotograph);
        }
        Evidence::check(&evidence).map_err(Fault::Flawed)?;
        Ok(Self { recorder: Recorder::of(given.actor), evidence })
    }

    /// Approved by whoever acts, who is not who entered it.
    pub(crate) fn approved(&self, given: &Given<'_>) -> Result<BackfillApproved, Fault> {
        self.judged(given)?;
        Ok(BackfillApproved { approver: Recorder::of(given.actor) })
    }

    /// Refused by whoever acts, who is not who entered it.
    pub(crate) fn refused(
        &self,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<BackfillRefused, Fault> {
        self.judged(given)?;
        Ok(BackfillRefused { reason })
    }

    fn judged(&self, given: &Given<'_>) -> Result<(), Fault> {
        if self.recorder.is(given.actor) { Err(Fault::SelfApproved) } else { Ok(()) }
    }
}
