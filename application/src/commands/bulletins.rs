use domain::BulletinId;
use domain::bulletin::{Bulletin, Command, Ordered, Rejection};
use domain::permission::Act;
use event_store::Version;
use jiff::{SignedDuration, Timestamp};

use crate::queries::Queries;
use crate::{App, Caller, CommandOutcome, Error, stream_of};

impl App {
    /// 发布通报: ordered first, then published as of a moment that the order has closed, so that the log learns nothing more
    /// of it. Its id is the command's.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publish_bulletin(
        &self,
        queries: &Queries,
        ordered: Ordered,
        caller: &Caller,
    ) -> Result<(BulletinId, CommandOutcome), Error> {
        self.permit(&caller.actor, Act::PublishBulletin, None, None)?;
        let id = BulletinId(caller.command);
        let key = id.to_string();
        let asked = ordered.as_of;
        // An order that can come to nothing is not given.
        if asked.is_none_or(|as_of| as_of < self.clock.now())
            && queries.bulletin_figures(asked).await?.is_empty()
        {
            return Err(Error::refused(Rejection::NoUnits {}));
        }
        let earlier_published = match &ordered.corrects {
            Some(earlier) => {
                let earlier = earlier.bulletin.to_string();
                self.read_state::<Bulletin, _>(&earlier, Bulletin::is_published).await?
            }
            None => false,
        };
        let order = Command::Order { ordered, earlier_published };
        self.execute::<Bulletin>(&key, order, caller).await?;
        let as_of = self.closed_at(&key, asked).await?;
        let units = queries.bulletin_figures(Some(as_of)).await?;
        let publish = caller.step("publish");
        let publish = Caller { seen: None, ..publish };
        let command = Command::Publish { as_of, units };
        Ok((id, self.execute::<Bulletin>(&key, command, &publish).await?))
    }

    /// The moment that a bulletin tells of: the one asked for, or the last one before it was ordered. No event is recorded
    /// before the one ahead of it, so nothing more can happen at either.
    async fn closed_at(&self, key: &str, asked: Option<Timestamp>) -> Result<Timestamp, Error> {
        let stream = stream_of::<Bulletin>(key)?;
        let first = self.store.read_stream(&stream, Version::NONE, 1).await?;
        let ordered = first.first().map_or_else(|| self.clock.now(), |event| event.recorded_at);
        let before = ordered.saturating_sub(SignedDuration::from_micros(1));
        let before = before.unwrap_or(ordered);
        Ok(asked.map_or(before, |asked| asked.min(before)))
    }
}
