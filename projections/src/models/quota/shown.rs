//! The campaign that a question is about, and those before it.

use std::collections::HashMap;

use domain::unit::Kind;
use domain::{CampaignCode, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;
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
    /// Loads the campaign asked for, or the one that runs; none where there is no such campaign.
    pub(super) fn load(
        conn: &Connection,
        asked: Option<&CampaignCode>,
        today: Date,
    ) -> Result<Self, QueryError> {
        let mut campaigns = all::<Campaign>(conn)?;
        campaigns.sort_by_key(|row| row.number);
        let count = campaigns.len();
        let found = match asked {
            Some(asked) => campaigns.iter().position(|row| row.campaign == *asked),
            None => running(&campaigns, today),
        };
        campaigns.truncate(found.map_or(0, |place| place + 1));
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

    /// 全县目标 of the campaign that is shown.
    pub(super) fn county_total(&self) -> Option<u32> {
        self.campaigns.last().and_then(|campaign| campaign.county_total)
    }

    /// Whether it is not the latest, so that the rows of units hold another's tasks.
    pub(super) fn is_earlier(&self) -> bool {
        self.earlier
    }

    /// Task of a unit in the campaign that is shown.
    pub(super) fn task_of(&self, unit: &Unit) -> i64 {
        let task = self.shown().and_then(|of| self.tasks.get(&(of.clone(), unit.unit.clone())));
        task.filter(|row| !row.taken_over).map_or(0, |row| row.task)
    }

    /// Until when the squads of a unit and those below it have to be complete in the campaign that is shown.
    pub(super) fn squad_deadline(&self, unit: &Unit) -> Option<Timestamp> {
        self.deadlines(self.campaigns.last()?, unit).1
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
        let (administrator, squad) = self.deadlines(campaign, unit);
        Some(Owed { administrator, squad, completed_at: task.squad_completed_at })
    }

    /// Until when a unit has to report its administrator, and to complete its squad, by the kind that it was then.
    fn deadlines(
        &self,
        campaign: &Campaign,
        unit: &Unit,
    ) -> (Option<Timestamp>, Option<Timestamp>) {
        let of = &campaign.campaign;
        let task = self.tasks.get(&(of.clone(), unit.unit.clone()));
        let by = |kind: Option<Kind>| self.deadlines.get(&(of.clone(), kind.unwrap_or(unit.kind)));
        // Nothing is owed any more at a deadline that lies after the campaign was ended.
        let stood = |deadline: &Timestamp| {
            campaign.ended_on.is_none_or(|ended| county_date(*deadline) < ended)
        };
        let administrator = by(task.and_then(|row| row.administrator_kind));
        let squad = by(task.and_then(|row| row.squad_kind));
        (
            administrator.and_then(|row| row.administrator).filter(stood),
            squad.and_then(|row| row.squad).filter(stood),
        )
    }
}

/// The campaign that runs: of those that do, the one that started last; else the last of those that did, and before any
/// has started the one adopted last.
fn running(campaigns: &[Campaign], today: Date) -> Option<usize> {
    let begun = campaigns.iter().enumerate().filter(|(_, row)| row.starts_on <= today);
    let is_over = |row: &Campaign| {
        row.ended_on.is_some_and(|on| on <= today) || row.ends_on.is_some_and(|last| last < today)
    };
    let found = begun.max_by_key(|(_, row)| (!is_over(row), row.starts_on, row.number));
    found.map_or_else(|| campaigns.len().checked_sub(1), |(place, _)| Some(place))
}

/// All rows of a small table.
fn all<R: Row>(conn: &Connection) -> Result<Vec<R>, QueryError> {
    let columns: Vec<_> = R::COLUMNS.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), R::TABLE);
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([], R::read)?.collect::<Result<_, _>>()?;
    Ok(rows)
}
