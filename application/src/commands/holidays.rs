use domain::calendar::{Command, Days, Holidays};
use domain::permission::Act;
use domain::{County, Text};

use crate::{App, Caller, CommandOutcome, Error};

/// A notice of the State Council about a year's holidays (关于部分节假日安排的通知).
#[derive(Debug, Clone)]
pub struct HolidayNotice {
    /// The year.
    pub year: i16,
    /// 文号.
    pub source: Text<80>,
    /// Days off and days worked.
    pub days: Days,
    /// 更正原因, where the year is known already.
    pub reason: Option<Text<200>>,
}

impl App {
    /// 采用或更正节假日安排. Days that were counted provisionally are counted anew by the scheduler.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn adopt_holidays(
        &self,
        notice: HolidayNotice,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::AdoptHolidays, None, None)?;
        let HolidayNotice { year, source, days, reason } = notice;
        let command = Command::Adopt { year, source, days, reason };
        self.execute::<Holidays>(&County.to_string(), command, caller).await
    }
}
