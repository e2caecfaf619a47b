use domain::rulebook::PopulationShare;
use domain::unit::Kind;
use domain::{CampaignCode, UnitCode, county_date};
use jiff::Timestamp;
use rusqlite::Connection;

use super::Campaign;
use super::answer::UnitQuota;
use super::county::{self, County};
use crate::engine::query::{Page, PageRequest, QueryError, find};

/// Which units a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this unit and those below it, by parent or by attribution.
    pub within: Option<UnitCode>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Tasks and deadlines of this campaign; none: of the one that runs.
    pub campaign: Option<CampaignCode>,
}

/// Units by code, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    at: Timestamp,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<UnitQuota>, QueryError> {
    let county = County::load(conn, at, filter.campaign.as_ref())?;
    let after = page.after.as_deref().unwrap_or_default();
    let mut wanted = county.units.iter().filter(|unit| {
        unit.unit.as_str() > after
            && filter.kind.is_none_or(|kind| unit.kind == kind)
            && filter.within.as_ref().is_none_or(|root| county.is_within(unit, root))
    });
    let items: Vec<UnitQuota> =
        wanted.by_ref().take(page.rows()).map(|unit| county.quota(unit)).collect();
    let more = wanted.next().is_some();
    let next = items.last().filter(|_| more).map(|last| last.unit.unit.to_string());
    Ok(Page { items, next })
}

/// One unit, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn get(
    conn: &Connection,
    unit: &UnitCode,
    at: Timestamp,
) -> Result<Option<UnitQuota>, QueryError> {
    get_in(conn, unit, None, at)
}

/// One unit in a campaign, as of `at`; none: in the one that runs.
///
/// # Errors
/// See [`QueryError`].
pub fn get_in(
    conn: &Connection,
    unit: &UnitCode,
    campaign: Option<&CampaignCode>,
    at: Timestamp,
) -> Result<Option<UnitQuota>, QueryError> {
    let county = County::load(conn, at, campaign)?;
    Ok(county.find(unit).map(|unit| county.quota(unit)))
}

/// What share of the inhabitants is to register, by the rulebook in force at `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn population_share(conn: &Connection, at: Timestamp) -> Result<PopulationShare, QueryError> {
    county::population_share_on(conn, county_date(at))
}

/// Whether there is a campaign of this code.
///
/// # Errors
/// See [`QueryError`].
pub fn has_campaign(conn: &Connection, campaign: &CampaignCode) -> Result<bool, QueryError> {
    Ok(find::<Campaign>(conn, campaign)?.is_some())
}
