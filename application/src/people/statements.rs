//! 查阅记录日结: each day with readings is stated in the log, so that none of them vanishes from the vault unseen.

use std::sync::Arc;
use std::time::Duration;

use domain::operation::{Command, Event, Operation, ReadingsStated};
use domain::{Aggregate as _, SealedDigest, county_date, end_of_day};
use event_store::{EventStore, StreamId, Version};
use jiff::civil::Date;
use projections::Fact;
use uuid::Uuid;
use vault::{Digest, Stretch, Vault};

use crate::app::error::NotEncodable;
use crate::{App, Caller, Error};

/// There is one stream for what is stated of the service.
pub(crate) const KEY: &str = "county";
/// How often it is looked whether a day is over.
const EVERY: Duration = Duration::from_secs(600);
/// Events of the stream read at once.
const PAGE: u32 = 512;
/// Before the first reading.
const BEGINNING: Digest = Digest::from_bytes([0; 32]);

/// A day whose readings the vault does not hold as they were stated, or numbered since the last that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DifferingDay {
    /// The day.
    pub day: Date,
    /// How many readings were stated, or numbered.
    pub stated: u64,
    /// How many the vault holds of them; the same number where some were changed.
    pub held: u64,
}

impl App {
    /// States the readings of each day that is over; gives how many days that were. Where the vault does not hold what was
    /// stated last, it states nothing: somebody has to look.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn state_readings(&self) -> Result<u32, Error> {
        if self.vault.is_none() || self.clock.trusted().is_err() {
            return Ok(0);
        }
        let mut days = 0;
        loop {
            let look = |known: &Operation| (known.readings_stated().cloned(), known.gaps_up_to());
            let (before, gaps) = self.read_state::<Operation, _>(KEY, look).await?;
            if !self.holds(before.as_ref(), gaps).await? {
                tracing::error!(
                    "the vault does not hold the readings as they were stated; run: yuanfa vault check"
                );
                return Ok(days);
            }
            let Some(next) = self.next_statement(before).await? else { return Ok(days) };
            // After an accepted loss the same readings are stated anew, so the numbers alone are no name.
            let version = self.version_of::<Operation>(KEY).await?;
            let version = version.map_or(Version::NONE, |(version, _)| version);
            let name = format!("yuanfa:readings/{version}/{}/{}", next.after, next.last);
            let command = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes());
            let caller = Caller::system("readings", command).map_err(Error::refused)?;
            let done =
                self.execute::<Operation>(KEY, Command::StateReadings(next), &caller).await?;
            if done.repeated {
                return Ok(days);
            }
            days += 1;
        }
    }

    /// Whether the last reading that was stated is there, and all since; whether all before it are, `yuanfa vault check` tells.
    async fn holds(&self, before: Option<&ReadingsStated>, gaps: u64) -> Result<bool, Error> {
        let last = before.map_or(0, |before| before.last);
        self.in_vault(move |vault| {
            let found = vault.reading_after(last.saturating_sub(1))?;
            let (numbered, held) = vault.numbered_after(last.max(gaps))?;
            let is_there = last == 0 || found.is_some_and(|(number, _)| number == last);
            Ok(is_there && numbered == held)
        })
        .await
    }

    /// The readings of the next day that is over; none where there are none.
    async fn next_statement(
        &self,
        before: Option<ReadingsStated>,
    ) -> Result<Option<ReadingsStated>, Error> {
        let (after, start) = before
            .as_ref()
            .map_or((0, BEGINNING), |before| (before.last, Digest::from_bytes(before.digest.0)));
        let first = self.in_vault(move |vault| vault.reading_after(after)).await?;
        let Some((_, at)) = first else { return Ok(None) };
        // A clock that was set back does not bring a day back that was stated.
        let day = before.map_or(county_date(at), |before| before.day.max(county_date(at)));
        if day >= county_date(self.clock.now()) {
            return Ok(None);
        }
        let end = end_of_day(day);
        let Stretch { readings, last, digest } =
            self.in_vault(move |vault| vault.readings_before(after, &start, end)).await?;
        let digest = SealedDigest(*digest.as_bytes());
        Ok((readings > 0).then_some(ReadingsStated { day, after, last, readings, digest }))
    }

    /// Of how many days and readings the vault does not hold what was stated.
    ///
    /// # Errors
    /// When the log or the vault cannot be read.
    pub async fn differing_days(&self) -> Result<Vec<DifferingDay>, Error> {
        let vault = self.vault.clone().ok_or(Error::WithoutVault)?;
        differing_days(&*self.store, vault).await
    }
}

/// The same of a log and a vault, for whoever only looks.
///
/// # Errors
/// When one of them cannot be read.
pub async fn differing_days(
    store: &dyn EventStore,
    vault: Arc<Vault>,
) -> Result<Vec<DifferingDay>, Error> {
    let (stated, gaps) = statements(store).await?;
    let compare = move || {
        let mut differing = Vec::new();
        let (mut start, mut last, mut day) = (BEGINNING, 0, Date::default());
        for one in stated {
            let held = vault.readings(one.after, &start, one.last)?;
            start = Digest::from_bytes(one.digest.0);
            (last, day) = (one.last, one.day);
            let gapless = one.last.saturating_sub(one.after);
            let numbered = if one.after < gaps { one.readings } else { gapless };
            if held.readings != numbered || held.digest != start {
                differing.push(DifferingDay { day, stated: numbered, held: held.readings });
            }
        }
        let (numbered, held) = vault.numbered_after(last.max(gaps))?;
        if numbered != held {
            let next = vault.reading_after(last)?.map(|(_, at)| county_date(at));
            let day = next.unwrap_or(day).max(day);
            differing.push(DifferingDay { day, stated: numbered, held });
        }
        Ok(differing)
    };
    tokio::task::spawn_blocking(compare).await?
}

/// What was stated since the last loss that was accepted, in its order, and up to which number readings may be missing since.
async fn statements(store: &dyn EventStore) -> Result<(Vec<ReadingsStated>, u64), Error> {
    let stream =
        StreamId::new(&format!("{}-{KEY}", Operation::CATEGORY)).map_err(NotEncodable::from)?;
    let (mut stated, mut gaps, mut after) = (Vec::new(), 0, Version::NONE);
    loop {
        let page = store.read_stream(&stream, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok((stated, gaps)) };
        after = last.version;
        for recorded in &page {
            let domain::Event::Operation(event) = Fact::read(recorded)?.event else { continue };
            match event {
                Event::ReadingsStated(one) => stated.push(one),
                Event::VaultLossAccepted(accepted) => {
                    gaps = accepted.gaps_up_to();
                    stated.clear();
                }
                Event::ClockConfirmed(_) => {}
            }
        }
    }
}

/// States again and again.
pub async fn keep_stating(app: Arc<App>) {
    loop {
        if let Err(error) = app.state_readings().await {
            tracing::error!(%error, "readings of personal data were not stated; trying again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Sees to it once that whoever is in the vault can be found.
pub async fn make_findable(app: Arc<App>) {
    match app.make_findable().await {
        Ok(0) => {}
        Ok(sections) => tracing::info!(sections, "the vault was looked through for searches"),
        Err(error) => tracing::error!(%error, "the vault could not be looked through for searches"),
    }
}
