//! Evidence that nobody cites is removed after a while, and whoever asks for it is told: room on the disk is for what stands in
//! the history. Only what was uploaded here is looked at. The time is our default.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::SealedDigest;
use event_store::Position;
use evidence::Digest;
use jiff::{SignedDuration, Timestamp};
use metrics::counter;
use projections::Fact;
use rusqlite::OptionalExtension as _;

use crate::{App, Error, Node};

/// Evidence may wait so long for a command that cites it.
const CITED_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often it is looked for what nobody cites.
const EVERY: Duration = Duration::from_secs(6 * 3600);
/// Pieces that are removed with one look; the rest follows with the next.
const AT_ONCE: u32 = 1_000;
/// Events read at once.
const PAGE: u32 = 4096;

/// Name of the counter of pieces that were removed.
pub const REMOVED: &str = "yuanfa_evidence_removed_total";

impl Node {
    /// Remembers that a piece of evidence came in, or is about to be cited.
    pub(crate) fn keeps(&self, digest: SealedDigest, now: Timestamp) -> rusqlite::Result<()> {
        let put = "REPLACE INTO kept_evidence VALUES (?1, ?2, 0)";
        self.connection().execute(put, (digest.0, now.as_microsecond())).map(drop)
    }

    /// Lets a piece that nobody has cited yet wait anew; gives `false` where it was removed.
    pub(crate) fn waits_anew(
        &self,
        digest: SealedDigest,
        now: Timestamp,
    ) -> rusqlite::Result<bool> {
        let connection = self.connection();
        let touch = "UPDATE kept_evidence SET kept_at = ?2 WHERE digest = ?1 AND removed = 0";
        connection.execute(touch, (digest.0, now.as_microsecond()))?;
        let removed = "SELECT 1 FROM kept_evidence WHERE digest = ?1 AND removed > 0";
        let removed = connection.query_row(removed, [digest.0], |_| Ok(())).optional()?;
        Ok(removed.is_none())
    }

    /// Since when a piece is removed, in microseconds since 1970; none where it is not.
    pub(crate) fn removed_at(&self, digest: SealedDigest) -> rusqlite::Result<Option<i64>> {
        let removed = "SELECT kept_at FROM kept_evidence WHERE digest = ?1 AND removed > 0";
        self.connection().query_row(removed, [digest.0], |row| row.get(0)).optional()
    }

    /// Pieces that are marked as removed and may still lie in the storage.
    fn half_removed(&self) -> rusqlite::Result<Vec<[u8; 32]>> {
        let connection = self.connection();
        let mut query = connection.prepare("SELECT digest FROM kept_evidence WHERE removed = 1")?;
        query.query_map([], |row| row.get(0))?.collect()
    }

    fn is_removed(&self, digest: [u8; 32]) -> rusqlite::Result<()> {
        let mark = "UPDATE kept_evidence SET removed = 2 WHERE digest = ?1 AND removed = 1";
        self.connection().execute(mark, [digest]).map(drop)
    }

    fn waiting_before(&self, limit: Timestamp) -> rusqlite::Result<BTreeSet<[u8; 32]>> {
        let connection = self.connection();
        let mut query = connection.prepare(
            "SELECT digest FROM kept_evidence WHERE removed = 0 AND kept_at < ?1 ORDER BY kept_at LIMIT ?2",
        )?;
        query.query_map((limit.as_microsecond(), AT_ONCE), |row| row.get(0))?.collect()
    }

    fn is_cited(&self, digest: [u8; 32]) -> rusqlite::Result<()> {
        let delete = "DELETE FROM kept_evidence WHERE digest = ?1 AND removed = 0";
        self.connection().execute(delete, [digest]).map(drop)
    }

    /// Marks a piece as removed, unless it was asked for meanwhile.
    fn removes(
        &self,
        digest: [u8; 32],
        limit: Timestamp,
        now: Timestamp,
    ) -> rusqlite::Result<bool> {
        let mark = "UPDATE kept_evidence SET removed = 1, kept_at = ?3
                    WHERE digest = ?1 AND removed = 0 AND kept_at < ?2";
        let marked = (digest, limit.as_microsecond(), now.as_microsecond());
        Ok(self.connection().execute(mark, marked)? == 1)
    }
}

impl App {
    /// Removes what came in long ago and no event names; gives how many pieces that were.
    ///
    /// # Errors
    /// When the log, the node's file or the storage fails; what was removed stays so.
    pub async fn remove_uncited(&self) -> Result<u64, Error> {
        let now = self.clock.now();
        let limit = now.checked_sub(CITED_WITHIN).unwrap_or(now);
        if self.clock.trusted().is_err() {
            return Ok(0);
        }
        for digest in self.node.half_removed()? {
            let _alone = self.evidence_turn.write().await;
            self.remove_from_storage(digest).await?;
        }
        let mut uncited = self.node.waiting_before(limit)?;
        if uncited.is_empty() {
            return Ok(0);
        }
        let mut position = Position::START;
        loop {
            let page = self.store.read_all(position, PAGE).await?;
            let Some(last) = page.last() else { break };
            position = last.position;
            for recorded in &page {
                for cited in Fact::read(recorded)?.event.cited() {
                    if uncited.remove(&cited.digest.0) {
                        self.node.is_cited(cited.digest.0)?;
                    }
                }
            }
        }
        let mut removed = 0;
        for digest in uncited {
            // Nobody sends it again meanwhile and believes it kept.
            let _alone = self.evidence_turn.write().await;
            if self.node.removes(digest, limit, now)? {
                self.remove_from_storage(digest).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn remove_from_storage(&self, digest: [u8; 32]) -> Result<(), Error> {
        let piece = Digest::from_bytes(digest);
        self.evidence.remove(&piece).await.map_err(evidence::ReadError::from)?;
        self.node.is_removed(digest)?;
        tracing::info!(digest = %piece, "a piece of evidence that nobody cites was removed");
        counter!(REMOVED).increment(1);
        Ok(())
    }
}

/// Looks again and again.
pub async fn remove_uncited(app: Arc<App>) {
    loop {
        if let Err(error) = app.remove_uncited().await {
            tracing::error!(%error, "evidence that nobody cites was not removed; trying again");
        }
        tokio::time::sleep(EVERY).await;
    }
}
