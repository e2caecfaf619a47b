use domain::permission::Act;
use domain::{ActivityId, Actor};
use projections::Page;
use projections::models::activity_board::{self, Board, Filter, Participant};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 活动公告板: the latest start first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn activities(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Board>, Error> {
        let organiser = self.narrowed(actor, Act::ReadUnits, filter.organiser)?;
        let filter = Filter { organiser, ..filter };
        self.list(view, move |seen, page| activity_board::list(seen.rows, &filter, page)).await
    }

    /// One activity.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn activity(
        &self,
        actor: &Actor,
        activity: ActivityId,
        moment: Moment,
    ) -> Result<Option<Versioned<Board>>, Error> {
        let organiser = self.app.organiser_of(activity);
        self.app.permit_at(actor, Act::ReadUnits, organiser, None).await?;
        self.one::<domain::activity::Activity, _>(&activity.to_string(), moment, move |seen| {
            activity_board::get(seen.rows, activity)
        })
        .await
    }

    /// 参加者: who signed up or is insured, by number.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn participants(
        &self,
        actor: &Actor,
        activity: ActivityId,
        view: &View,
    ) -> Result<Page<Participant>, Error> {
        let organiser = self.app.organiser_of(activity);
        self.app.permit_at(actor, Act::ReadVolunteers, organiser, None).await?;
        self.list(view, move |seen, page| activity_board::participants(seen.rows, activity, page))
            .await
    }
}
