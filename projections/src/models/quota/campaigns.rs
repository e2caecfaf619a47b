//! What a campaign changes: the tasks of units, and until when they owe what.

use domain::campaign::{Adopted, Deadlines, DeadlinesMoved, Event, KindDeadlines, deadlines_of};
use domain::unit::{Kind, QuotaAssigned};
use domain::{CampaignCode, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Campaign, CampaignDeadline, CampaignTask, RulesFrom, Unit, tree};
use crate::{Fact, Rows};

pub(super) fn on_campaign(
    rows: &mut Rows<'_>,
    fact: &Fact,
    campaign: &CampaignCode,
    event: &Event,
) {
    match event {
        Event::Adopted(adopted) => adopt(rows, fact, campaign, adopted),
        Event::DeadlinesMoved(DeadlinesMoved { deadlines, by_kind, .. }) => {
            set_deadlines(rows, campaign, *deadlines, by_kind);
        }
        Event::Ended(ended) => {
            rows.update::<Campaign, _>(campaign, |row| row.ended_on = Some(ended.on));
        }
    }
}

fn adopt(rows: &mut Rows<'_>, fact: &Fact, campaign: &CampaignCode, adopted: &Adopted) {
    let before = latest(rows).map_or(0, |row| row.number);
    if before == 0 {
        remember_who_was_late(rows, fact.recorded_at);
    }
    rows.put(Campaign {
        campaign: campaign.clone(),
        number: before + 1,
        name: adopted.name.to_string(),
        starts_on: adopted.starts_on,
        ends_on: adopted.ends_on,
        ended_on: None,
        county_total: adopted.county_total,
    });
    set_deadlines(rows, campaign, adopted.deadlines, &adopted.by_kind);
    let units: Vec<(UnitCode, Kind, Option<Timestamp>)> = rows
        .range::<Unit>(..)
        .map(|unit| (unit.unit.clone(), unit.kind, unit.squad_completed_at))
        .collect();
    for (unit, kind, completed_at) in units {
        let listed = adopted.tasks.iter().find(|task| task.unit == unit).map(|task| task.task);
        let whole = adopted.county_total.filter(|_| kind == Kind::County);
        let task = listed.or(whole);
        tree::set_task(rows, &unit, i64::from(task.unwrap_or(0)));
        if let Some(task) = task {
            let within = |at: &Timestamp| adopted.starts_on <= county_date(*at);
            rows.put(CampaignTask {
                campaign: campaign.clone(),
                unit,
                task: i64::from(task),
                squad_completed_at: completed_at.filter(within),
                administrator_kind: None,
                squad_kind: None,
                taken_over: false,
            });
        }
    }
}

/// Before there were campaigns, a version of the rulebook may have stated deadlines.
fn remember_who_was_late(rows: &mut Rows<'_>, at: Timestamp) {
    let today = county_date(at);
    let (administrator, squad) = stated(rows, today);
    let over = |deadline: Option<Timestamp>| deadline.is_some_and(|deadline| at >= deadline);
    let late: Vec<UnitCode> = rows
        .range::<Unit>(..)
        .filter(|unit| {
            let owed = unit.task > 0;
            unit.administrator_late.unwrap_or(owed && over(administrator))
                || unit.squad_late.unwrap_or(owed && over(squad))
        })
        .map(|unit| unit.unit.clone())
        .collect();
    for unit in late {
        rows.update::<Unit, _>(&unit, |unit| unit.late_before_campaigns = true);
    }
}

fn stated(rows: &mut Rows<'_>, on: Date) -> (Option<Timestamp>, Option<Timestamp>) {
    let versions = rows.range::<RulesFrom>(..).filter(|rules| rules.effective_from <= on);
    let latest = versions.max_by_key(|rules| rules.version);
    latest.map_or((None, None), |rules| (rules.administrator_deadline, rules.squad_deadline))
}

fn set_deadlines(
    rows: &mut Rows<'_>,
    campaign: &CampaignCode,
    general: Deadlines,
    by_kind: &[KindDeadlines],
) {
    for &kind in Kind::ALL {
        let Deadlines { administrator, squad } = deadlines_of(kind, general, by_kind);
        rows.put(CampaignDeadline { campaign: campaign.clone(), kind, administrator, squad });
    }
}

/// The campaign that was adopted last.
pub(super) fn latest(rows: &mut Rows<'_>) -> Option<Campaign> {
    rows.range::<Campaign>(..).max_by_key(|row| row.number).cloned()
}

/// 全县目标 of the campaign adopted last, for a county that is registered after it.
pub(super) fn on_county(rows: &mut Rows<'_>, county: &UnitCode) {
    let Some(Campaign { campaign, county_total: Some(total), .. }) = latest(rows) else { return };
    let (unit, task) = (county.clone(), i64::from(total));
    tree::set_task(rows, county, task);
    rows.put(task_row(campaign, unit, task));
}

pub(super) fn task_row(campaign: CampaignCode, unit: UnitCode, task: i64) -> CampaignTask {
    let (administrator_kind, squad_kind) = (None, None);
    CampaignTask {
        campaign,
        unit,
        task,
        squad_completed_at: None,
        administrator_kind,
        squad_kind,
        taken_over: false,
    }
}

/// A unit is of another kind from now on: a deadline that is over, of either kind, holds it to what it was.
pub(super) fn reclassify(rows: &mut Rows<'_>, unit: &UnitCode, to: Kind, at: Timestamp) {
    let Some(from) = rows.get::<Unit>(unit).map(|row| row.kind) else { return };
    let campaigns: Vec<CampaignCode> =
        rows.range::<Campaign>(..).map(|row| row.campaign.clone()).collect();
    for campaign in campaigns {
        let mut of = |kind| rows.get::<CampaignDeadline>(&(campaign.clone(), kind)).cloned();
        let both: Vec<CampaignDeadline> = [of(from), of(to)].into_iter().flatten().collect();
        let over = |deadline: fn(&CampaignDeadline) -> Option<Timestamp>| {
            both.iter().filter_map(deadline).any(|deadline| deadline <= at)
        };
        let (administrator, squad) = (over(|row| row.administrator), over(|row| row.squad));
        rows.update::<CampaignTask, _>(&(campaign, unit.clone()), |row| {
            row.administrator_kind = row.administrator_kind.or(administrator.then_some(from));
            row.squad_kind = row.squad_kind.or(squad.then_some(from));
        });
    }
    rows.update::<Unit, _>(unit, |row| row.kind = to);
}

/// A task was given: it is the unit's where no later campaign was adopted.
pub(super) fn assign(rows: &mut Rows<'_>, unit: &UnitCode, assigned: &QuotaAssigned) {
    let task = i64::from(assigned.task);
    if let Some(campaign) = &assigned.campaign {
        let key = (campaign.clone(), unit.clone());
        let new = || task_row(campaign.clone(), unit.clone(), task);
        rows.upsert(&key, new, |row| row.task = task);
    }
    if latest(rows).map(|row| row.campaign) == assigned.campaign {
        tree::set_task(rows, unit, task);
    }
}

/// The squad was complete in a campaign.
pub(super) fn complete(
    rows: &mut Rows<'_>,
    unit: &UnitCode,
    campaign: &CampaignCode,
    at: Timestamp,
) {
    let key = (campaign.clone(), unit.clone());
    rows.update::<CampaignTask, _>(&key, |row| row.squad_completed_at.get_or_insert(at).to_owned());
}
