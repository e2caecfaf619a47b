use domain::issue::Stage;
use domain::permission::Act;
use domain::{Actor, IssueId};
use projections::Page;
use projections::models::issue_register::{self, Entry, Filter, Issue};

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
    ) -> Result<Option<Versioned<Entry>>, Error> {
        if !self.app.is_receiver(actor, Act::ReadDeliberation, issue).await? {
            let station = self.app.station_of_issue(issue);
            self.app.permit_at(actor, Act::ReadDeliberation, station, None).await?;
        }
        self.one::<domain::issue::Issue, _>(&issue.to_string(), moment, move |seen| {
            issue_register::entry(seen.rows, issue)
        })
        .await
    }

    /// 转办事项: what was passed on to a unit or those below it, the latest registered first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn routings(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Issue>, Error> {
        let receiver = self.narrowed(actor, Act::ReplyRouting, filter.receiver)?;
        let filter = Filter { receiver, stage: Some(Stage::RoutedOut), ..filter };
        self.list(view, move |seen, page| issue_register::list(seen.rows, &filter, page)).await
    }
}
