//! `show`: a read model as of any moment, replayed from the log.

use domain::{CampaignCode, Refusal as _, UnitCode};
use event_store::Place;
use projections::models::quota;

use crate::cli::Show;
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::moment::Cut;
use crate::replayed::Replayed;
use crate::show::{self, Asked, Model};

pub(super) fn run(place: &Place, asked: &Show, console: &mut Console<'_>) -> Result<u8, Failure> {
    let unit = unit(asked.unit.as_deref())?;
    let campaign = asked.campaign.as_deref().map(CampaignCode::new).transpose();
    let campaign = campaign.map_err(|bad| Failure::usage(bad.zh(), bad.en()))?;
    fit_together(asked)?;
    let log = Log::open(place)?;
    let replayed =
        Replayed::cached(&log, asked.cut.until(), asked.cache.folder.as_deref(), console)?;
    if let Some(unit) = &unit {
        known(&replayed, unit, &asked.cut)?;
    }
    if let Some(campaign) = &campaign {
        known_campaign(&replayed, campaign, &asked.cut)?;
    }
    let rows = Asked {
        at: replayed.moment(&asked.cut),
        heading: replayed.heading(&asked.cut),
        unit,
        campaign,
        month: asked.month,
        figure: asked.figure,
        limit: asked.limit,
        format: asked.format,
    };
    show::show(asked.model, &log, &replayed, &rows, console)?;
    Ok(exit::OK)
}

/// Refuses options that the read model does not know, so that nobody believes they were applied.
fn fit_together(asked: &Show) -> Result<(), Failure> {
    let monthly = asked.model == Model::MonthlyReport;
    if asked.figure.is_some() && !monthly {
        return Err(Failure::usage(
            "--figure 只用于 monthly-report。",
            "--figure is for monthly-report only.",
        ));
    }
    if asked.campaign.is_some() && asked.model != Model::Quota {
        return Err(Failure::usage("--campaign 只用于 quota。", "--campaign is for quota only."));
    }
    if asked.month.is_some() && !monthly && asked.model != Model::MeetingCalendar {
        return Err(Failure::usage(
            "--month 只用于 monthly-report 和 meeting-calendar。",
            "--month is for monthly-report and meeting-calendar only.",
        ));
    }
    Ok(())
}

/// The unit that a command line asks for.
pub(super) fn unit(code: Option<&str>) -> Result<Option<UnitCode>, Failure> {
    let unit = code.map(UnitCode::new).transpose();
    unit.map_err(|bad| Failure::usage(bad.zh(), bad.en()))
}

/// Refuses a unit that is not registered, so that a mistyped code does not look like a unit without rows.
fn known(replayed: &Replayed, unit: &UnitCode, cut: &Cut) -> Result<(), Failure> {
    if quota::get(&replayed.conn, unit, replayed.moment(cut))?.is_some() {
        return Ok(());
    }
    let heading = replayed.heading(cut);
    Err(Failure::NotThere(Said::new(
        format!("{},没有登记单位{unit}。", heading.zh),
        format!("There is no unit {unit} {}.", heading.en),
    )))
}

/// Refuses a campaign that was not adopted, so that a mistyped code does not look like a county without one.
fn known_campaign(replayed: &Replayed, code: &CampaignCode, cut: &Cut) -> Result<(), Failure> {
    if quota::has_campaign(&replayed.conn, code)? {
        return Ok(());
    }
    let heading = replayed.heading(cut);
    Err(Failure::NotThere(Said::new(
        format!("{},没有行动{code}。", heading.zh),
        format!("There is no campaign {code} {}.", heading.en),
    )))
}
