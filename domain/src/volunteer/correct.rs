//! 更正: what was entered wrongly, or has changed since.

use jiff::civil::Date;

use super::{
    CategoriesChanged, Event, IdentityCorrected, IdentityCorrectionRefused,
    IdentityCorrectionRequested, PersonalDataCorrected, PoliticalStatus, PoliticalStatusChanged,
    Rejection, Volunteer,
};
use crate::aggregate::once;
use crate::identity_number::AgeGroup;
use crate::service::Recorder;
use crate::{Given, SealedDigest, Text};

/// A request to correct an identity number that nobody has decided on yet.
#[derive(Debug, Clone)]
pub struct IdentityRequest {
    /// Which.
    pub correction: u32,
    /// Who asked.
    pub by: Recorder,
    /// Digest of the registration that it would correct.
    pub replaces: SealedDigest,
    /// Digest of the registration with the right number.
    pub prepared: SealedDigest,
}

impl Volunteer {
    /// The request to correct the identity number that is to be decided on.
    #[must_use]
    pub fn identity_request(&self) -> Option<&IdentityRequest> {
        self.identity_request.as_ref()
    }

    /// Digest of the registration that a request to correct the identity number, open or decided, would let stand.
    #[must_use]
    pub fn prepared_for(&self, correction: u32) -> Option<SealedDigest> {
        let index = usize::try_from(correction.checked_sub(1)?).ok()?;
        self.prepared.get(index).copied()
    }

    pub(super) fn correct_personal_data(
        &self,
        corrected: PersonalDataCorrected,
        age_group: AgeGroup,
    ) -> Result<Vec<Event>, Rejection> {
        self.known()?;
        if age_group == AgeGroup::Minor && !corrected.guardian_consent {
            return Err(Rejection::MinorWithoutGuardian {});
        }
        let new = self.sealed != Some(corrected.sealed) && !corrected.items.is_empty();
        Ok(once(new, || Event::PersonalDataCorrected(corrected)))
    }

    pub(super) fn change_political_status(
        &self,
        to: PoliticalStatus,
        since: Date,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let from = self.political_status.ok_or(Rejection::Unregistered {})?;
        if since > given.today() {
            return Err(Rejection::SinceAhead { today: given.today() });
        }
        let changed = PoliticalStatusChanged { from, to, since, reason };
        Ok(once(from != to, || Event::PoliticalStatusChanged(changed)))
    }

    pub(super) fn change_categories(&self, changed: CategoriesChanged) -> Vec<Event> {
        let now = Some((changed.kind, changed.recruitment));
        once(self.categories != now, || Event::CategoriesChanged(changed))
    }

    pub(super) fn request_identity_correction(
        &self,
        prepared: SealedDigest,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        self.known()?;
        if let Some(open) = &self.identity_request {
            return Err(Rejection::IdentityCorrectionOpen { correction: open.correction });
        }
        let by = Recorder::of(given.actor);
        let replaces = self.sealed.ok_or(Rejection::Unregistered {})?;
        let correction = u32::try_from(self.prepared.len()).unwrap_or(u32::MAX).saturating_add(1);
        let requested = IdentityCorrectionRequested { correction, by, reason, replaces, prepared };
        Ok(vec![Event::IdentityCorrectionRequested(requested)])
    }

    pub(super) fn approve_identity_correction(
        &self,
        correction: u32,
        age_group: AgeGroup,
        guardian_consent: bool,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let open = self.open_request(correction)?;
        if open.by.is(given.actor) {
            return Err(Rejection::SecondPerson {});
        }
        if self.sealed != Some(open.replaces) {
            return Err(Rejection::CorrectedSince {});
        }
        if age_group == AgeGroup::Minor && !guardian_consent {
            return Err(Rejection::MinorWithoutGuardian {});
        }
        let sealed = open.prepared;
        Ok(vec![Event::IdentityCorrected(IdentityCorrected { correction, age_group, sealed })])
    }

    pub(super) fn refuse_identity_correction(
        &self,
        correction: u32,
        reason: Text<200>,
    ) -> Result<Vec<Event>, Rejection> {
        self.open_request(correction)?;
        let refused = IdentityCorrectionRefused { correction, reason };
        Ok(vec![Event::IdentityCorrectionRefused(refused)])
    }

    /// The request of this number; only while it is open.
    fn open_request(&self, correction: u32) -> Result<&IdentityRequest, Rejection> {
        self.known()?;
        let open = self.identity_request.as_ref();
        open.filter(|open| open.correction == correction)
            .ok_or(Rejection::NoIdentityRequest { correction })
    }
}
