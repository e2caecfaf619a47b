use domain::permission::Act;
use domain::{Actor, MeetingId};
use projections::Page;
use projections::models::meeting_calendar::{self, Filter, Meeting, Minutes};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 议事会: the latest to begin first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn meetings(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Meeting>, Error> {
        let within = self.narrowed(actor, Act::ReadDeliberation, filter.within)?;
        let filter = Filter { within, ..filter };
        self.list(view, move |seen, page| meeting_calendar::list(seen.rows, &filter, page)).await
    }

    /// One meeting, with its agenda, votes and minutes.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn meeting(
        &self,
        actor: &Actor,
        meeting: MeetingId,
        moment: Moment,
    ) -> Result<Option<Versioned<Minutes>>, Error> {
        let station = self.app.station_of_meeting(meeting);
        self.app.permit_at(actor, Act::ReadDeliberation, station, None).await?;
        self.one::<domain::meeting::Meeting, _>(&meeting.to_string(), moment, move |seen| {
            meeting_calendar::minutes(seen.rows, meeting)
        })
        .await
    }
}
