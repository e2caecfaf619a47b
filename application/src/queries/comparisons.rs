use domain::permission::Act;
use domain::{Actor, ComparisonId};
use projections::Page;
use projections::models::comparison_register::{self, Comparison};
use projections::models::volunteer_archive::{self, Registered};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 实名比对一览: the latest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn comparisons(&self, actor: &Actor, view: &View) -> Result<Page<Comparison>, Error> {
        self.app.permit(actor, Act::ReadComparisons, None, None)?;
        self.list(view, move |seen, page| comparison_register::list(seen.rows, page)).await
    }

    /// One comparison.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn comparison(
        &self,
        actor: &Actor,
        comparison: ComparisonId,
        moment: Moment,
    ) -> Result<Option<Versioned<Comparison>>, Error> {
        self.app.permit(actor, Act::ReadComparisons, None, None)?;
        self.one::<domain::comparison::Comparison, _>(
            &comparison.to_string(),
            moment,
            move |seen| comparison_register::get(seen.rows, comparison),
        )
        .await
    }

    /// Everybody registered, as the log tells it by now: whom a roster is held against.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn registered(&self, actor: &Actor) -> Result<Vec<Registered>, Error> {
        self.app.permit(actor, Act::MatchRealName, None, None)?;
        let moment = self.reader.latest().await?;
        self.reader.ask(moment, |seen| volunteer_archive::registered(seen.rows)).await
    }
}
