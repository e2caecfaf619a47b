use domain::permission::Act;
use domain::{Actor, PersonId, UnitCode};
use projections::Page;
use projections::models::service_timeliness::{
    self, ByOrganiser, Filter, ServiceRecord, State as RecordState,
};

use super::{Queries, Seen, View};
use crate::Error;

impl Queries {
    /// 服务记录及时性: by organiser, how many records came in time, late, as backfill.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn timeliness_by_organiser(
        &self,
        actor: &Actor,
        organiser: Option<UnitCode>,
        view: &View,
    ) -> Result<Page<ByOrganiser>, Error> {
        let organiser = self.narrowed(actor, Act::ReadUnits, organiser)?;
        let query = move |seen: &Seen<'_>, page: &_| {
            service_timeliness::organisers(seen.rows, organiser.as_ref(), page)
        };
        self.list(view, query).await
    }

    /// 服务记录, by volunteer and number.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn service_records(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<ServiceRecord>, Error> {
        let organiser = self.narrowed(actor, Act::ReadVolunteers, filter.organiser)?;
        let filter = Filter { organiser, ..filter };
        self.list(view, move |seen, page| service_timeliness::records(seen.rows, &filter, page))
            .await
    }

    /// A volunteer's records, by number.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn service_records_of(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        state: Option<RecordState>,
        view: &View,
    ) -> Result<Page<ServiceRecord>, Error> {
        self.may_read_volunteer(actor, volunteer).await?;
        let filter = Filter { volunteer: Some(volunteer), state, ..Filter::default() };
        self.list(view, move |seen, page| service_timeliness::records(seen.rows, &filter, page))
            .await
    }
}
