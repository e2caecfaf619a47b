use domain::permission::Act;
use domain::{Actor, PersonId};
use projections::Page;
use projections::models::volunteer_archive::{self, Correction, File, Filter, corrections};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 志愿者档案, by number; who they are, only the vault knows.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn volunteers(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<File>, Error> {
        let unit = self.narrowed(actor, Act::ReadVolunteers, filter.unit)?;
        let filter = Filter { unit, ..filter };
        self.list(view, move |seen, page| volunteer_archive::list(seen.rows, &filter, page)).await
    }

    /// A volunteer's file.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn volunteer(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        moment: Moment,
    ) -> Result<Option<Versioned<File>>, Error> {
        self.may_read_volunteer(actor, volunteer).await?;
        self.one::<domain::volunteer::Volunteer, _>(&volunteer.to_string(), moment, move |seen| {
            volunteer_archive::get(seen.rows, volunteer)
        })
        .await
    }

    /// 更正记录: what was corrected of a volunteer, oldest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn corrections(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        view: &View,
    ) -> Result<Page<Correction>, Error> {
        self.may_read_volunteer(actor, volunteer).await?;
        self.list(view, move |seen, page| corrections::list(seen.rows, volunteer, page)).await
    }

    /// Whether the account may read what concerns a volunteer.
    pub(super) async fn may_read_volunteer(
        &self,
        actor: &Actor,
        volunteer: PersonId,
    ) -> Result<(), Error> {
        let unit = self.app.home_of(volunteer);
        self.app.permit_at(actor, Act::ReadVolunteers, unit, Some(volunteer)).await.map(drop)
    }
}
