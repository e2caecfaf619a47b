//! 承接: what a unit had is its successor's, from then on.

use domain::UnitCode;
use domain::unit::{Kind, QuotaAssigned, Succeeded};
use jiff::Timestamp;

use super::campaigns::{latest, task_row};
use super::tree::{self, Heads};
use super::{CampaignTask, Unit};
use crate::Rows;

pub(super) fn succeed(rows: &mut Rows<'_>, at: Timestamp, unit: &UnitCode, succeeded: &Succeeded) {
    let by = &succeeded.by;
    rows.update::<Unit, _>(unit, |own| own.succeeded_by = Some(by.clone()));
    let Some(taken) = &succeeded.takes_over else { return };
    rows.update::<Unit, _>(unit, |own| own.taken_over_at = Some(at));
    let people = Heads { headcount: i64::from(taken.headcount), ..Heads::default() };
    tree::add(rows, unit, Heads::default() - people);
    tree::add(rows, by, people);
    for task in &taken.tasks {
        take_task(rows, unit, by, task);
    }
    for campaign in &taken.reopened {
        let key = (campaign.clone(), by.clone());
        rows.update::<CampaignTask, _>(&key, |row| row.squad_completed_at = None);
    }
    tree::take_over(rows, unit, by);
}

/// Where the successor had no task of its own, what was done for this one in time was done for it. The county, which raises no
/// squad, has the task in its total.
fn take_task(rows: &mut Rows<'_>, unit: &UnitCode, by: &UnitCode, taken: &QuotaAssigned) {
    let raises_a_squad = rows.get::<Unit>(by).is_some_and(|unit| unit.kind != Kind::County);
    let mut own = rows.get::<Unit>(by).map_or(0, |unit| unit.task);
    if let Some(campaign) = &taken.campaign {
        let key = (campaign.clone(), by.clone());
        let before = rows.get::<CampaignTask>(&key).filter(|row| row.task > 0).cloned();
        let key = (campaign.clone(), unit.clone());
        let left = rows.update::<CampaignTask, _>(&key, |row| {
            let left = row.clone();
            row.taken_over = true;
            left
        });
        if raises_a_squad && before.is_none() {
            let reported = rows.get::<Unit>(unit).and_then(|unit| unit.administrator_reported_at);
            rows.update::<Unit, _>(by, |own| {
                own.administrator_reported_at = own.administrator_reported_at.or(reported);
            });
        }
        own = before.as_ref().map_or(0, |row| row.task);
        let row = before.or(left).unwrap_or_else(|| task_row(campaign.clone(), by.clone(), 0));
        let task = own + i64::from(taken.task);
        if raises_a_squad {
            rows.put(CampaignTask { unit: by.clone(), task, taken_over: false, ..row });
        }
    }
    if latest(rows).map(|row| row.campaign) == taken.campaign {
        tree::set_task(rows, unit, 0);
        if raises_a_squad {
            tree::set_task(rows, by, own + i64::from(taken.task));
        }
    }
}
