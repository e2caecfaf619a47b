//! The campaign that a question is about, and those before it.

use std::collections::HashMap;

use domain::unit::Kind;
use domain::{CampaignCode, UnitCode, county_date};
use jiff::Timestamp;
use rusqlite::Connection;

use super::{Campaign, CampaignDeadline, CampaignTask, Unit};
use crate::engine::query::QueryError;
use crate::engine::row::Row;

/// What a unit owes in a campaign, and when it had a squad.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Owed {
    pub(super) administrator: Option<Timestamp>,
    pub(super) squad: Option<Timestamp>,
    pub(super) completed_at: Option<Timestamp>,
}

/// The campaigns up to the one asked for, oldest first.
#[derive(Default)]
pub(super) struct Shown {
    campaigns: Vec<Campaign>,
    /// Whether another was adopted after the last of them.
    earlier: bool,
    deadlines: HashMap<(CampaignCode, Kind), CampaignDeadline>,
    tasks: HashMap<(CampaignCode, UnitCode), CampaignTask>,
}

impl Shown {
    /// Loads the campaign asked for, or the one adopted last; none where there is no such campaign.
    pub(super) fn load(
        conn: &Connection,
        asked: Option<&CampaignCode>,
    ) -> Result<Self, QueryError> {
        let mut campaigns = all::<Campaign>(conn)?;
        campaigns.sort_by_key(|row| row.number);
        let count = campaigns.len();
        if let Some(asked) = asked {
            let found = campaigns.iter().position(|row| row.campaign == *asked);
            campaigns.truncate(found.map_or(0, |place| place + 1));
        }
        if campaigns.is_empty() {
            return Ok(Self::default());
        }
        let earlier = campaigns.len() < count;
        let deadlines = all::<CampaignDeadline>(conn)?;
        let tasks = all::<CampaignTask>(conn)?;
        Ok(Self {
            campaigns,
            earlier,
            deadlines: deadlines
                .into_iter()
                .map(|row| ((row.campaign.clone(), row.kind), row))
                .collect(),
            tasks: tasks
                .into_iter()
                .map(|row| ((row.campaign.clone(), row.unit.clone()), row))
                .collect(),
        })
    }

    /// The campaign that is shown; none where there is none.
    pub(super) fn shown(&self) -> Option<&CampaignCode> {
        self.campaigns.last().map(|row| &row.campaign)
    }

    /// Whether it is not the latest, so that the rows of units hold another's tasks.
    pub(super) fn is_earlier(&self) -> bool {
        self.earlier
    }

    /// Task of a unit in the campaign that is shown.
    pub(super) fn task_of(&self, unit: &Unit) -> i64 {
        let task = self.shown().and_then(|of| self.tasks.get(&(of.clone(), unit.unit.clone())));
        task.map_or(0, |row| row.task)
    }

    /// Until when squads of a kind of unit have to be complete in the campaign that is shown.
    pub(super) fn squad_deadline(&self, kind: Kind) -> Option<Timestamp> {
        let campaign = self.campaigns.last()?;
        self.deadlines.get(&(campaign.campaign.clone(), kind))?.squad
    }

    /// What a unit owes in the campaign that is shown; none where there is no campaign.
    pub(super) fn owed(&self, unit: &Unit) -> Option<Owed> {
        self.campaigns.last().map(|campaign| self.owed_in(campaign, unit).unwrap_or_default())
    }

    /// What a unit owed in the campaigns before it.
    pub(super) fn owed_earlier(&self, unit: &Unit) -> impl Iterator<Item = Owed> {
        let before = self.campaigns.split_last().map(|(_, before)| before).unwrap_or_default();
        before
            .iter()
            .filter(|_| unit.kind != Kind::County)
            .filter_map(|campaign| self.owed_in(campaign, unit))
    }

    fn owed_in(&self, campaign: &Campaign, unit: &Unit) -> Option<Owed> {
        let of = &campaign.campaign;
        let task = self.tasks.get(&(of.clone(), unit.unit.clone())).filter(|row| row.task > 0)?;
        let deadlines = self.deadlines.get(&(of.clone(), unit.kind))?;
        // Nothing is owed any more at a deadline that lies after the campaign was ended.
        let stood = |deadline: &Timestamp| {
            campaign.ended_on.is_none_or(|ended| county_date(*deadline) < ended)
        };
        Some(Owed {
            administrator: deadlines.administrator.filter(stood),
            squad: deadlines.squad.filter(stood),
            completed_at: task.squad_completed_at,
        })
    }
}

/// All rows of a small table.
fn all<R: Row>(conn: &Connection) -> Result<Vec<R>, QueryError> {
    let columns: Vec<_> = R::COLUMNS.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), R::TABLE);
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([], R::read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}
