use domain::permission::Act;
use domain::{Actor, CampaignCode, UnitCode, campaign};
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
        self.known_campaign(filter.campaign.as_ref())?;
        let within = self.narrowed(actor, Act::ReadUnits, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| quota::list(seen.rows, seen.at, &filter, page)).await
    }

    /// One unit's, in a campaign; where none is named, in the one that runs.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quota(
        &self,
        actor: &Actor,
        unit: UnitCode,
        campaign: Option<CampaignCode>,
        moment: Moment,
    ) -> Result<Option<Versioned<UnitQuota>>, Error> {
        self.app.permit(actor, Act::ReadUnits, Some(&unit), None)?;
        self.known_campaign(campaign.as_ref())?;
        self.one::<domain::unit::Unit, _>(&unit.to_string(), moment, move |seen| {
            quota::get_in(seen.rows, &unit, campaign.as_ref(), seen.at)
        })
        .await
    }

    /// Refuses a campaign that there is not, so that a mistyped code does not look like a county without one.
    fn known_campaign(&self, code: Option<&CampaignCode>) -> Result<(), Error> {
        let known = self.app.reference_data();
        match code {
            Some(code) if known.units.campaigns().get(code).is_none() => {
                Err(Error::refused(campaign::Rejection::Unknown {}))
            }
            _ => Ok(()),
        }
    }
}
