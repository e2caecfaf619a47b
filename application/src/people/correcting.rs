//! 更正: what the vault holds of a volunteer is replaced, with the log between the old and the new.

use std::sync::Arc;
use std::time::Duration;

use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::permission::Act;
use domain::sealed::REGISTRATION;
use domain::volunteer::{Command, PersonalDataCorrected, PersonalItem, Rejection, Volunteer};
use domain::{PersonId, SealedDigest, Text, county_date};
use jiff::SignedDuration;
use tokio::sync::MutexGuard;
use uuid::Uuid;
use vault::{Digest, VaultError};

use super::personal_data::{plain, sealed, vault_person};
use crate::{App, Caller, CommandOutcome, Error, PersonalData};

/// How long a replaced section is kept sealed, so that a mistaken correction can be taken back, and how long a request may
/// wait for its second person. Our default.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often it is looked for what was kept long enough.
const EVERY: Duration = Duration::from_secs(6 * 3600);

/// What a correction says anew; whatever is left out stays.
#[derive(Clone, Default)]
pub struct PersonalCorrection {
    /// 姓名.
    pub name: Option<String>,
    /// 联系电话.
    pub telephone: Option<String>,
    /// 居住区域.
    pub residence: Option<String>,
    /// 监护人; empty: none.
    pub guardian: Option<String>,
}

impl PersonalCorrection {
    pub(crate) fn says_something(&self) -> bool {
        let Self { name, telephone, residence, guardian } = self;
        [name, telephone, residence, guardian].into_iter().any(Option::is_some)
    }

    /// Writes into `held` what differs, and names it.
    pub(crate) fn apply(&self, held: &mut PersonalData) -> Vec<PersonalItem> {
        let mut items = Vec::new();
        for (item, said, held) in [
            (PersonalItem::Name, &self.name, &mut held.name),
            (PersonalItem::Telephone, &self.telephone, &mut held.telephone),
            (PersonalItem::Residence, &self.residence, &mut held.residence),
            (PersonalItem::Guardian, &self.guardian, &mut held.guardian),
        ] {
            if let Some(said) = said.as_ref().filter(|said| *said != held) {
                held.clone_from(said);
                items.push(item);
            }
        }
        items
    }
}

impl App {
    /// 更正个人信息: what was said wrongly of a volunteer, or has changed since. The event holds digests only.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn correct_personal_data(
        &self,
        volunteer: PersonId,
        correction: &PersonalCorrection,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        self.permit_at(&caller.actor, Act::CorrectPersonalData, home, Some(volunteer)).await?;
        let _turn = self.turn_of(volunteer).await?;
        let mut held = self.registration_held(volunteer, "更正 correct", caller).await?;
        let items = correction.apply(&mut held);
        let key = volunteer.to_string();
        let before = self.read_state::<Volunteer, _>(&key, Volunteer::sealed).await?;
        let before = before.ok_or_else(|| Error::refused(Rejection::Unregistered {}))?;
        let command = |sealed| Command::CorrectPersonalData {
            corrected: PersonalDataCorrected {
                items: items.clone(),
                guardian_consent: held.has_guardian(),
                reason: reason.clone(),
                sealed,
            },
            age_group: self.age_group(&held),
        };
        let sealed = if items.is_empty() {
            before
        } else {
            // A rule against it is heard before anything is sealed.
            self.dry_run::<Volunteer>(&key, command(SealedDigest([0; 32])), caller).await?;
            self.prepare_registration(volunteer, &held, None, caller).await?
        };
        let done = self.execute::<Volunteer>(&key, command(sealed), caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(done)
    }

    /// Lets an earlier registration, which the vault still keeps, stand again in place of this one: what an import said is
    /// taken back. None where another stands by now.
    pub(crate) async fn restore_personal_data(
        &self,
        volunteer: PersonId,
        instead_of: Option<SealedDigest>,
        corrected: PersonalDataCorrected,
        caller: &Caller,
    ) -> Result<Option<CommandOutcome>, Error> {
        let home = self.home_of(volunteer);
        self.permit_at(&caller.actor, Act::CorrectPersonalData, home, Some(volunteer)).await?;
        let _turn = self.turn_of(volunteer).await?;
        let key = volunteer.to_string();
        let standing = self.read_state::<Volunteer, _>(&key, Volunteer::sealed).await?;
        if standing != instead_of && standing != Some(corrected.sealed) {
            return Ok(None);
        }
        let done = self.execute::<Volunteer>(&key, restoring(corrected), caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(Some(done))
    }

    /// The person's turn, in which the vault holds what the log vouches for: what a crash left open is settled first.
    pub(crate) async fn turn_of(&self, volunteer: PersonId) -> Result<MutexGuard<'_, ()>, Error> {
        let turn = self.registering.of(volunteer).await;
        self.settle_registration(volunteer).await?;
        Ok(turn)
    }

    /// Lets that registration stand in the vault which the log vouches for. Whoever was erased has none.
    ///
    /// # Errors
    /// When the log or the vault fails.
    pub(crate) async fn settle_registration(&self, volunteer: PersonId) -> Result<(), Error> {
        let key = volunteer.to_string();
        let vouched = self.read_state::<Volunteer, _>(&key, Volunteer::sealed).await?;
        let Some(vouched) = vouched else { return Ok(()) };
        let (person, digest) = (vault_person(volunteer)?, Digest::from_bytes(vouched.0));
        match self.in_vault(move |vault| vault.settle(person, REGISTRATION, &digest)).await {
            Ok(true) | Err(Error::WithoutVault | Error::Vault(VaultError::Refused(_))) => Ok(()),
            Ok(false) => {
                tracing::error!(%volunteer, "the vault does not hold the registration that the log vouches for");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Seals a registration that will stand once the log vouches for it.
    pub(crate) async fn prepare_registration(
        &self,
        volunteer: PersonId,
        personal: &PersonalData,
        number: Option<IdentityNumber>,
        caller: &Caller,
    ) -> Result<SealedDigest, Error> {
        let (person, plain) = (vault_person(volunteer)?, plain(personal)?);
        let command = caller.step("registration").command;
        let prepared = self.in_vault(move |vault| {
            let number = number.as_ref().map(IdentityNumber::expose);
            let prepared = vault.prepare(person, REGISTRATION, &plain, number, command)?;
            // What an earlier try prepared may have been given up since.
            match vault.keeps(person, REGISTRATION, &prepared.digest)? {
                true => Ok(prepared),
                false => vault.prepare(person, REGISTRATION, &plain, number, Uuid::now_v7()),
            }
        });
        Ok(sealed(&prepared.await?.digest))
    }

    /// On this day; an adult where the number is none.
    pub(crate) fn age_group(&self, personal: &PersonalData) -> AgeGroup {
        let today = county_date(self.clock.now());
        IdentityNumber::parse(&personal.identity_number)
            .map_or(AgeGroup::Adult, |number| AgeGroup::on(number.birth(), today))
    }

    /// Destroys replaced registrations that were kept long enough; gives how many.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn clear_replaced(&self) -> Result<u64, Error> {
        if self.vault.is_none() || self.clock.trusted().is_err() {
            return Ok(0);
        }
        let now = self.clock.now();
        let before = now.checked_sub(KEPT).unwrap_or(now);
        self.in_vault(move |vault| vault.clear_replaced(before)).await
    }
}

/// The command that lets an earlier registration stand again, which the rule about minors was asked of then.
pub(crate) fn restoring(corrected: PersonalDataCorrected) -> Command {
    Command::CorrectPersonalData { corrected, age_group: AgeGroup::Adult }
}

/// Clears again and again.
pub async fn clear_replaced(app: Arc<App>) {
    loop {
        if let Err(error) = app.clear_replaced().await {
            tracing::error!(%error, "replaced personal data was not destroyed; trying again");
        }
        tokio::time::sleep(EVERY).await;
    }
}
