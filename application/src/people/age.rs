//! 年龄: whether somebody is a minor, asked for the day concerned.

use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::sealed::REGISTRATION;
use domain::volunteer::Volunteer;
use domain::{PersonId, activity};
use jiff::civil::Date;
use vault::VaultError;

use super::personal_data::vault_person;
use crate::app::error::NotEncodable;
use crate::{App, Caller, Error, PersonalData};

impl App {
    /// Whether a volunteer is a minor on a day. Of whom the log knows that they are of age, nothing is opened; of others the
    /// vault is asked for the date of birth, which goes no further, and the reading is recorded.
    ///
    /// # Errors
    /// When the vault fails, or holds nothing of somebody who is to be found there: nobody guesses.
    pub(crate) async fn is_minor_on(
        &self,
        volunteer: PersonId,
        day: Date,
        caller: &Caller,
    ) -> Result<bool, Error> {
        let key = volunteer.to_string();
        let look = |known: &Volunteer| (known.is_of_age(), known.may_serve());
        let (of_age, may_serve) = self.read_state::<Volunteer, _>(&key, look).await?;
        // Who may not serve is kept out whatever their age; of who was erased there is nothing to ask.
        if of_age || !may_serve {
            return Ok(false);
        }
        self.clock.trusted()?;
        let (person, actor) = (vault_person(volunteer)?, caller.actor.id.to_string());
        let held = self.in_vault(move |vault| {
            let purpose = "核对是否成年 whether a minor";
            vault.unseal(person, REGISTRATION, vault::Reader { actor: &actor, purpose })
        });
        let unknown = || Error::refused(activity::Rejection::AgeUnknown { volunteer });
        let held = match held.await {
            Ok(held) => held.ok_or_else(unknown)?,
            Err(Error::Vault(VaultError::Refused(_))) => return Err(unknown()),
            Err(error) => return Err(error),
        };
        let held: PersonalData = serde_json::from_slice(&held).map_err(NotEncodable::from)?;
        let number = IdentityNumber::parse(&held.identity_number).map_err(|_| unknown())?;
        Ok(AgeGroup::on(number.birth(), day) == AgeGroup::Minor)
    }
}
