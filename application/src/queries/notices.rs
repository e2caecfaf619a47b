use domain::{Actor, NoticeId};
use event_store::{Recorded, StreamId, Version};
use projections::Page;
use projections::models::public_notice::{self, Notice, Objection, Status};

use super::{Moment, Queries, Seen, Versioned, View};
use crate::{Error, NotEncodable};

impl Queries {
    /// 公示: for everybody, the latest number first.
    ///
    /// # Errors
    /// [`Error::AccountForPast`]; see [`Error`].
    pub async fn notices(
        &self,
        asker: Option<&Actor>,
        status: Option<Status>,
        view: &View,
    ) -> Result<Page<Notice>, Error> {
        Self::known_for_past(asker, view.moment)?;
        self.list(view, move |seen, page| public_notice::list(seen.rows, status, page)).await
    }

    /// One notice.
    ///
    /// # Errors
    /// As of [`notices`](Self::notices).
    pub async fn notice(
        &self,
        asker: Option<&Actor>,
        notice: NoticeId,
        moment: Moment,
    ) -> Result<Option<Versioned<Notice>>, Error> {
        Self::known_for_past(asker, moment)?;
        let key = notice.to_string();
        let query = move |seen: &Seen<'_>| public_notice::get(seen.rows, &notice);
        self.one::<domain::notice::Notice, _>(&key, moment, query).await
    }

    /// 异议办理: when objections were filed, due and answered, and how; never who filed them or what they say.
    ///
    /// # Errors
    /// As of [`notices`](Self::notices).
    pub async fn notice_objections(
        &self,
        asker: Option<&Actor>,
        notice: NoticeId,
        view: &View,
    ) -> Result<Page<Objection>, Error> {
        Self::known_for_past(asker, view.moment)?;
        self.list(view, move |seen, page| public_notice::objections(seen.rows, &notice, page)).await
    }

    /// A notice as the board shows it, and the event that published it where the board shows all of that.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn publication(
        &self,
        id: NoticeId,
    ) -> Result<Option<(Notice, Option<Recorded>)>, Error> {
        let moment = self.reader.latest().await?;
        let asked = id.clone();
        let found =
            self.reader.ask(moment, move |seen| public_notice::get(seen.rows, &asked)).await?;
        let Some(notice) = found else { return Ok(None) };
        let stream =
            StreamId::new(&public_notice::stream_of(&notice)).map_err(NotEncodable::from)?;
        let facts = self.reader.history(Moment::Now, &stream).await?;
        let Some(fact) = public_notice::published_by(&id, &facts) else { return Ok(None) };
        let shown_whole = public_notice::is_shown_whole(fact);
        let event = if shown_whole { self.app.event(&stream, fact.version).await? } else { None };
        Ok(Some((notice, event)))
    }
}

impl crate::App {
    /// One event of a stream as the log holds it.
    pub(super) async fn event(
        &self,
        stream: &StreamId,
        version: Version,
    ) -> Result<Option<Recorded>, Error> {
        let before = Version(version.0.saturating_sub(1));
        let found = self.store.read_stream(stream, before, 1).await?;
        Ok(found.into_iter().find(|event| event.version == version))
    }
}
