use domain::permission::Act;
use domain::resolution::Resolution;
use domain::{Actor, ResolutionId};
use projections::Page;
use projections::models::execution_ledger::{self, Entry, Filter, ObjectionText, Step};

use super::{Moment, Queries, Seen, Versioned, View, cut};
use crate::{Error, stream_of};

impl Queries {
    /// 执行台账: every resolution and how far it has come, the latest decided first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resolutions(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Entry>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        let query = move |seen: &Seen<'_>, page: &_| {
            execution_ledger::list(seen.rows, seen.today(), &filter, page)
        };
        self.list(view, query).await
    }

    /// One resolution.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resolution(
        &self,
        actor: &Actor,
        resolution: ResolutionId,
        moment: Moment,
    ) -> Result<Option<Versioned<Entry>>, Error> {
        self.may_read_resolution(actor, resolution).await?;
        let query =
            move |seen: &Seen<'_>| execution_ledger::get(seen.rows, resolution, seen.today());
        self.one::<domain::resolution::Resolution, _>(&resolution.to_string(), moment, query).await
    }

    /// 办理经过: what happened to it, step by step, and what shows it.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resolution_steps(
        &self,
        actor: &Actor,
        resolution: ResolutionId,
        view: &View,
    ) -> Result<Page<Step>, Error> {
        self.may_read_resolution(actor, resolution).await?;
        let stream = stream_of::<Resolution>(&resolution.to_string())?;
        let history = self.reader.history(view.moment, &stream).await?;
        Ok(cut(history.iter().filter_map(Step::of).collect(), view)?)
    }

    /// 异议内容: what the objections say and the latest answers; never who objected.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resolution_objections(
        &self,
        actor: &Actor,
        resolution: ResolutionId,
        view: &View,
    ) -> Result<Page<ObjectionText>, Error> {
        self.may_read_resolution(actor, resolution).await?;
        let query = move |seen: &Seen<'_>, page: &_| {
            execution_ledger::objection_texts(seen.rows, resolution, page)
        };
        self.list(view, query).await
    }

    async fn may_read_resolution(
        &self,
        actor: &Actor,
        resolution: ResolutionId,
    ) -> Result<(), Error> {
        let station = self.app.station_of_resolution(resolution);
        self.app.permit_at(actor, Act::ReadDeliberation, station, None).await.map(drop)
    }
}
