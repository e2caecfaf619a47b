use domain::permission::Act;
use domain::{Actor, PersonId};
use jiff::civil::Date;
use projections::Page;
use projections::models::points_bank::{self, AccountId, Entry, Statement};

use super::{Moment, Queries, Versioned, View};
use crate::Error;

impl Queries {
    /// 积分银行: all accounts and the issuer's, with what was booked since a day; together they sum to zero.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn points_accounts(
        &self,
        actor: &Actor,
        since: Option<Date>,
        view: &View,
    ) -> Result<Page<Statement>, Error> {
        self.app.permit(actor, Act::ReadVolunteers, None, None)?;
        self.list(view, move |seen, page| points_bank::list(seen.rows, since, page)).await
    }

    /// A volunteer's account.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn points_account(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        since: Option<Date>,
        moment: Moment,
    ) -> Result<Option<Versioned<Statement>>, Error> {
        self.may_read_volunteer(actor, volunteer).await?;
        let account = AccountId::Volunteer(volunteer);
        self.one::<domain::points::Account, _>(&volunteer.to_string(), moment, move |seen| {
            points_bank::get(seen.rows, account, since)
        })
        .await
    }

    /// A volunteer's entries, the latest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn points_entries(
        &self,
        actor: &Actor,
        volunteer: PersonId,
        view: &View,
    ) -> Result<Page<Entry>, Error> {
        self.may_read_volunteer(actor, volunteer).await?;
        self.list(view, move |seen, page| points_bank::entries(seen.rows, volunteer, page)).await
    }
}
