//! What a county's year is set up with: holidays and campaigns, as the log tells them now.

use std::collections::BTreeSet;

use domain::calendar::Days;
use domain::campaign::Known;
use domain::permission::Act;
use domain::{Actor, CampaignCode, Text};
use jiff::civil::Date;

use super::Queries;
use crate::Error;

/// What is known of working days.
#[derive(Debug, Clone)]
pub struct KnownHolidays {
    /// Each year whose notice is known, with its 文号 where the county adopted it.
    pub years: Vec<(i16, Option<Text<80>>, Days)>,
    /// The last day that is known; what is counted beyond it is provisional.
    pub known_until: Option<Date>,
}

impl Queries {
    /// 节假日安排: the notices that are known; of one year where one is given.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn holidays(&self, actor: &Actor, year: Option<i16>) -> Result<KnownHolidays, Error> {
        domain::permission::check_role(actor.role, Act::ReadUnits)?;
        let known = self.app.reference_data();
        let calendar = known.holidays.calendar();
        let years: BTreeSet<i16> = calendar.years().collect();
        let wanted = years.into_iter().filter(|of| year.is_none_or(|year| year == *of));
        let notices = wanted.filter_map(|year| {
            let source = known.holidays.source(year).cloned();
            calendar.notice(year).map(|days| (year, source, days))
        });
        Ok(KnownHolidays { years: notices.collect(), known_until: calendar.known_until() })
    }

    /// 组建行动: all of them, in the order in which they were adopted.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn campaigns(&self, actor: &Actor) -> Result<Vec<Known>, Error> {
        domain::permission::check_role(actor.role, Act::ReadUnits)?;
        Ok(self.app.reference_data().units.campaigns().all().to_vec())
    }

    /// One of them.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn campaign(&self, actor: &Actor, code: &CampaignCode) -> Result<Option<Known>, Error> {
        domain::permission::check_role(actor.role, Act::ReadUnits)?;
        let known = self.app.reference_data();
        Ok(known.units.campaigns().get(code).cloned())
    }
}
