use domain::permission::Act;
use domain::{Actor, Month, UnitCode};
use jiff::ToSpan as _;
use projections::Page;
use projections::models::monthly_report::{self, Entry, Figure, Line};

use super::{Queries, Seen, View, whole};
use crate::Error;

impl Queries {
    /// 月报: every station, town and county, with the figures of the month and of the year so far. The month is the last
    /// full one before the moment unless given.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn monthly_report(
        &self,
        actor: &Actor,
        unit: Option<UnitCode>,
        month: Option<Month>,
        view: &View,
    ) -> Result<Page<Line>, Error> {
        let unit = self.narrowed(actor, Act::ReadReports, unit)?;
        let query = move |seen: &Seen<'_>, _: &_| {
            let last_full = || Month::of(seen.today().first_of_month().saturating_sub(1.day()));
            let month = month.unwrap_or_else(last_full);
            Ok(whole(monthly_report::report(seen.rows, unit.as_ref(), month)?.lines))
        };
        self.list(view, query).await
    }

    /// 月报依据: the events behind a figure, as stream and version.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn monthly_report_entries(
        &self,
        actor: &Actor,
        unit: UnitCode,
        month: Month,
        figure: Figure,
        view: &View,
    ) -> Result<Page<Entry>, Error> {
        self.app.permit(actor, Act::ReadReports, Some(&unit), None)?;
        let query = move |seen: &Seen<'_>, page: &_| {
            monthly_report::entries(seen.rows, Some(&unit), month, figure, page)
        };
        self.list(view, query).await
    }
}
