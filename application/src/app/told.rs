//! What a stream tells of another time than now.

use domain::{Aggregate, Event};
use event_store::Version;
use projections::Fact;

use super::App;
use super::error::Error;
use super::execute::stream_of;

/// Events read at once.
const PAGE: u32 = 4096;

/// Something before some facts, just after them, and now.
pub struct Told<A> {
    /// Before the first.
    pub before: A,
    /// After the last.
    pub after: A,
    /// As it stands.
    pub now: A,
}

/// Follows a stream through the facts of these versions; where there are none, all is as now.
pub async fn told<A: Aggregate + Clone>(
    app: &App,
    key: &str,
    said: &[Version],
) -> Result<Told<A>, Error>
where
    A::Event: TryFrom<Event>,
{
    let stream = stream_of::<A>(key)?;
    let (first, last) = (said.first().copied(), said.last().copied());
    let mut now = A::default();
    let (mut before, mut after, mut version) = (None, None, Version::NONE);
    loop {
        let page = app.store.read_stream(&stream, version, PAGE).await?;
        if page.is_empty() {
            let (before, after) =
                (before.unwrap_or_else(|| now.clone()), after.unwrap_or_else(|| now.clone()));
            return Ok(Told { before, after, now });
        }
        for recorded in &page {
            version = recorded.version;
            if Some(version) == first {
                before = Some(now.clone());
            }
            if let Ok(event) = A::Event::try_from(Fact::read(recorded)?.event) {
                now.evolve(&event);
            }
            if Some(version) == last {
                after = Some(now.clone());
            }
        }
    }
}
