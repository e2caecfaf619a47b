use std::collections::BTreeSet;

use domain::{Actor, NoticeId};
use event_store::{Recorded, StreamId, Version};
use projections::models::public_notice::{self, Notice, Objection, Posting, Status};
use projections::{Page, described};

use super::{Moment, Queries, Seen, Versioned, View};
use crate::{Error, NotEncodable};

/// 县委依法治县办, which takes objections to the county's own notices.
const COUNTY: &str = "县委依法治县办";

described! {
    /// 公示 a notice as the board shows it.
    pub struct ShownNotice {
        /// 公示 the notice
        #[serde(flatten)]
        pub notice: Notice,
        /// 公示单位名称 name of the unit that publishes it
        #[example = "溪口村"]
        pub unit_name: Option<String>,
        /// 公示对象 name of the volunteer, masked, while the notice stands; none of minors, of who was erased, and in the past
        #[example = "张*三"]
        pub person: Option<String>,
        /// 异议受理单位 who takes objections; none where it is, or was then, not open to them
        #[example = "溪口村"]
        pub objections_to: Option<String>,
        /// 异议提交地址 where anybody files one without an account, until the last day
        #[example = "/api/v1/public/notices/star-V0123456789AB-1/objections"]
        pub objections_at: Option<String>,
    }
}

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
    ) -> Result<Page<ShownNotice>, Error> {
        Self::known_for_past(asker, view.moment)?;
        let listed = move |seen: &Seen<'_>, page: &_| public_notice::list(seen.rows, status, page);
        let Page { items, next } = self.list(view, listed).await?;
        Ok(Page { items: self.shown(items, view.moment).await?, next })
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
    ) -> Result<Option<Versioned<ShownNotice>>, Error> {
        Self::known_for_past(asker, moment)?;
        let key = notice.to_string();
        let query = move |seen: &Seen<'_>| public_notice::get(seen.rows, &notice);
        let found = self.one::<domain::notice::Notice, _>(&key, moment, query).await?;
        let Some(Versioned { row, version }) = found else { return Ok(None) };
        let shown = self.shown(vec![row], moment).await?.pop();
        Ok(shown.map(|row| Versioned { row, version }))
    }

    /// Notices with what the board says beside them; names are today's, and told of no other moment.
    async fn shown(&self, notices: Vec<Notice>, moment: Moment) -> Result<Vec<ShownNotice>, Error> {
        let now = match moment {
            Moment::Now | Moment::Reached(_) => true,
            Moment::Past(_) => false,
        };
        let standing = notices.iter().filter(|one| now && one.status == Status::Open);
        let named: BTreeSet<_> = standing.filter_map(|one| one.volunteer).collect();
        let names = self.app.public_names(named).await?;
        let known = self.app.reference_data();
        let shown = notices.into_iter().map(|notice| {
            let of = notice.unit.as_ref().and_then(|unit| known.units.get(unit));
            let unit_name = of.map(|unit| unit.name.to_string());
            let open = notice.status == Status::Open;
            let taker = unit_name.clone().unwrap_or_else(|| COUNTY.to_owned());
            ShownNotice {
                person: notice.volunteer.filter(|_| open).and_then(|who| names.get(&who).cloned()),
                objections_to: open.then_some(taker),
                objections_at: open.then(|| filed_at(&notice)),
                unit_name,
                notice,
            }
        });
        Ok(shown.collect())
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

    /// 公示张贴: the boards that a notice hung on.
    ///
    /// # Errors
    /// As of [`notices`](Self::notices).
    pub async fn notice_postings(
        &self,
        asker: Option<&Actor>,
        notice: NoticeId,
        view: &View,
    ) -> Result<Page<Posting>, Error> {
        Self::known_for_past(asker, view.moment)?;
        self.list(view, move |seen, page| public_notice::postings(seen.rows, &notice, page)).await
    }

    /// A notice as the board shows it, and the event that published it where the board shows all of that.
    ///
    /// # Errors
    /// As of [`notices`](Self::notices).
    pub async fn publication(
        &self,
        asker: Option<&Actor>,
        id: NoticeId,
        moment: Moment,
    ) -> Result<Option<(ShownNotice, Option<Recorded>)>, Error> {
        Self::known_for_past(asker, moment)?;
        let moment = match moment {
            Moment::Now => self.reader.latest().await?,
            Moment::Reached(_) | Moment::Past(_) => moment,
        };
        let asked = id.clone();
        let found =
            self.reader.ask(moment, move |seen| public_notice::get(seen.rows, &asked)).await?;
        let Some(notice) = found else { return Ok(None) };
        let stream =
            StreamId::new(&public_notice::stream_of(&notice)).map_err(NotEncodable::from)?;
        let facts = self.reader.history(moment, &stream).await?;
        let Some(fact) = public_notice::published_by(&id, &facts) else { return Ok(None) };
        let shown_whole = public_notice::is_shown_whole(fact);
        let event = if shown_whole { self.app.event(&stream, fact.version).await? } else { None };
        let shown = self.shown(vec![notice], moment).await?.pop();
        Ok(shown.map(|notice| (notice, event)))
    }
}

/// Where objections to a notice are filed: those to a resolution at the resolution.
fn filed_at(notice: &Notice) -> String {
    match notice.resolution {
        Some(resolution) => format!("/api/v1/public/resolutions/{resolution}/objections"),
        None => format!("/api/v1/public/notices/{}/objections", notice.notice),
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
