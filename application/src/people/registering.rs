//! 注册: what the log vouches for is what this caller sent, whoever sent something of the same person before.

use domain::SealedDigest;
use domain::sealed::REGISTRATION;
use domain::volunteer::{Command, Registered, Volunteer};
use uuid::Uuid;
use vault::Enrolled;

use super::personal_data::{person, plain, sealed};
use crate::{App, Caller, CommandOutcome, Error, PersonalData};

impl App {
    /// Puts an enrolled person's registration into the log. What somebody else sent of a person whom the log never came to
    /// know is replaced first: nobody reads it by registering the person again.
    ///
    /// # Errors
    /// See [`Error`].
    pub(crate) async fn register_enrolled(
        &self,
        enrolled: Enrolled,
        personal: &PersonalData,
        registered: Registered,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let key = person(enrolled.person).to_string();
        let _turn = self.turn_of(person(enrolled.person)).await?;
        let look = |known: &Volunteer| (known.unit().is_some(), known.has_withdrawn());
        let (known, withdrawn) = self.read_state::<Volunteer, _>(&key, look).await?;
        let command =
            |sealed| Command::Register(Box::new(Registered { sealed, ..registered.clone() }));
        if !known {
            let sealed = self.seal_registration(enrolled, personal, caller).await?;
            return self.execute::<Volunteer>(&key, command(sealed), caller).await;
        }
        let standing = sealed(&enrolled.digest);
        if !withdrawn {
            return self.execute::<Volunteer>(&key, command(standing), caller).await;
        }
        // Who comes back says anew who they are; what they said before is replaced once the log knows it.
        self.dry_run::<Volunteer>(&key, command(standing), caller).await?;
        let volunteer = person(enrolled.person);
        let sealed = self.prepare_registration(volunteer, personal, None, caller).await?;
        let done = self.execute::<Volunteer>(&key, command(sealed), caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(done)
    }

    /// The digest of this registration, sealed anew unless it is what was sealed for a new person just now.
    async fn seal_registration(
        &self,
        enrolled: Enrolled,
        personal: &PersonalData,
        caller: &Caller,
    ) -> Result<SealedDigest, Error> {
        let (plain, command) = (plain(personal)?, caller.step("registration").command);
        self.in_vault(move |vault| {
            let standing = vault.digest(enrolled.person, REGISTRATION)?;
            if !enrolled.known && standing == Some(enrolled.digest) {
                return Ok(sealed(&enrolled.digest));
            }
            // The same command seals once: its event may be on the way to the log.
            let mut anew = vault.seal(enrolled.person, REGISTRATION, &plain, command)?;
            if vault.digest(enrolled.person, REGISTRATION)? != Some(anew.digest) {
                anew = vault.seal(enrolled.person, REGISTRATION, &plain, Uuid::now_v7())?;
            }
            Ok(sealed(&anew.digest))
        })
        .await
    }
}
