use bytes::Bytes;
use domain::permission::Act;
use domain::{Evidence, MediaType, SealedDigest};
use event_store::free_bytes;
use evidence::{Digest, StoredEvidence};
use jiff::Timestamp;

use crate::commands::InvalidReference;
use crate::{App, Caller, Error};

/// With less room on the disk no evidence is taken in: the last of it is for the log.
const RESERVE: u64 = 512 * 1024 * 1024;
/// Pieces of evidence that a rule takes at most.
const MOST: usize = 20;

impl App {
    /// Keeps a photograph or document, so that commands can cite it by its digest.
    ///
    /// # Errors
    /// When the caller may not, it is not accepted, there is no room for it, or the storage fails.
    pub async fn keep_evidence(&self, bytes: Bytes, caller: &Caller) -> Result<Evidence, Error> {
        self.permit(&caller.actor, Act::KeepEvidence, None, None)?;
        self.clock.trusted()?;
        let free = self.evidence.folder().and_then(free_bytes);
        if free.is_some_and(|free| free < RESERVE) {
            return Err(Error::NoRoomForEvidence);
        }
        let _turn = self.evidence_turn.read().await;
        let kept = cited(self.evidence.keep(bytes).await?);
        self.node.keeps(kept.digest, self.clock.now())?;
        Ok(kept)
    }

    /// A piece of evidence with its bytes; none where there is no such.
    ///
    /// # Errors
    /// When the caller may not, it is damaged, or the storage fails.
    pub async fn read_evidence(
        &self,
        digest: SealedDigest,
        caller: &Caller,
    ) -> Result<Option<(Evidence, Bytes)>, Error> {
        self.permit(&caller.actor, Act::ReadEvidence, None, None)?;
        if let Some(at) = self.node.removed_at(digest)? {
            return Err(Error::EvidenceRemoved(
                Timestamp::from_microsecond(at).unwrap_or_default(),
            ));
        }
        let found = self.evidence.read(&Digest::from_bytes(digest.0)).await?;
        Ok(found.map(|(kept, bytes)| (cited(kept), bytes)))
    }

    /// What an event says of the evidence that a command cites.
    pub(crate) async fn evidence_of(
        &self,
        digests: &[SealedDigest],
    ) -> Result<Vec<Evidence>, Error> {
        let mut found = Vec::with_capacity(digests.len());
        // One more than any rule takes, so that the rule says so.
        for &digest in digests.iter().take(MOST + 1) {
            let kept = self.evidence.find(&Digest::from_bytes(digest.0)).await?;
            let kept = kept.ok_or_else(|| Error::refused(InvalidReference::Evidence { digest }))?;
            if !self.node.waits_anew(digest, self.clock.now())? {
                return Err(Error::refused(InvalidReference::Evidence { digest }));
            }
            found.push(cited(kept));
        }
        Ok(found)
    }
}

fn cited(kept: StoredEvidence) -> Evidence {
    let media_type = match kept.media_type {
        evidence::MediaType::Jpeg => MediaType::Jpeg,
        evidence::MediaType::Png => MediaType::Png,
        evidence::MediaType::Webp => MediaType::Webp,
        evidence::MediaType::Pdf => MediaType::Pdf,
    };
    // The store keeps at most 20 MB.
    let bytes = u32::try_from(kept.bytes).unwrap_or(u32::MAX);
    Evidence { digest: SealedDigest(*kept.digest.as_bytes()), media_type, bytes }
}
