use domain::permission::Act;
use domain::{Actor, IssueId};
use projections::Page;
use projections::models::issue_register::{self, Filter, Issue};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 问题登记簿: the latest first; who asked stands in no list.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn issues(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Issue>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| issue_register::list(seen.rows, &filter, page)).await
    }

    /// One issue.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn issue(
        &self,
        actor: &Actor,
        issue: IssueId,
        moment: Moment,
    ) -> Result<Option<Versioned<Issue>>, Error> {
        let station = self.app.station_of_issue(issue);
        self.app.permit_at(actor, Act::ReadDeliberation, station, None).await?;
        self.one::<domain::issue::Issue, _>(&issue.to_string(), moment, move |seen| {
            issue_register::get(seen.rows, issue)
        })
        .await
    }
}
