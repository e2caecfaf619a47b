use domain::permission::Act;
use domain::{Actor, UnitCode};
use projections::Page;
use projections::models::quota::{self, Filter, UnitQuota};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 任务进度: units against their quotas.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quotas(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<UnitQuota>, Error> {
        let within = self.narrowed(actor, Act::ReadUnits, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| quota::list(seen.rows, seen.at, &filter, page)).await
    }

    /// One unit's.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quota(
        &self,
        actor: &Actor,
        unit: UnitCode,
        moment: Moment,
    ) -> Result<Option<Versioned<UnitQuota>>, Error> {
        self.app.permit(actor, Act::ReadUnits, Some(&unit), None)?;
        self.one::<domain::unit::Unit, _>(&unit.to_string(), moment, move |seen| {
            quota::get(seen.rows, &unit, seen.at)
        })
        .await
    }
}
