//! 更正: what the vault holds of a volunteer is replaced, with the log between the old and the new.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::permission::Act;
use domain::sealed::REGISTRATION;
use domain::volunteer::{Command, PersonalDataCorrected, PersonalItem, Rejection, Volunteer};
use domain::{PersonId, SealedDigest, Text, county_date};
use jiff::SignedDuration;
use uuid::Uuid;
use vault::{Digest, VaultError};

use super::personal_data::{plain, plausible_birth, sealed, vault_person};
use crate::app::error::NotEncodable;
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
        let _turn = self.registering.of(volunteer).await;
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
        let _turn = self.registering.of(volunteer).await;
        let key = volunteer.to_string();
        let standing = self.read_state::<Volunteer, _>(&key, Volunteer::sealed).await?;
        if standing != instead_of && standing != Some(corrected.sealed) {
            return Ok(None);
        }
        let done = self.execute::<Volunteer>(&key, restoring(corrected), caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(Some(done))
    }

    /// 申请更正身份号码. The registration with the right number lies ready in the vault until another person decides.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn request_identity_correction(
        &self,
        volunteer: PersonId,
        number: &IdentityNumber,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::RequestIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        if !plausible_birth(number.birth(), county_date(self.clock.now())) {
            return Err(Error::refused(domain::identity_number::BadIdentityNumber::Date {}));
        }
        let _turn = self.registering.of(volunteer).await;
        let key = volunteer.to_string();
        let command =
            |prepared| Command::RequestIdentityCorrection { prepared, reason: reason.clone() };
        self.dry_run::<Volunteer>(&key, command(SealedDigest([0; 32])), caller).await?;
        let whose = self.recognise(vec![number.expose().to_owned()], "更正 correct", caller);
        if whose.await?.first().is_some_and(|whose| whose.is_some_and(|whose| whose != volunteer)) {
            return Err(Error::refused(Rejection::AlreadyRegistered {}));
        }
        let mut held = self.registration_held(volunteer, "更正 correct", caller).await?;
        held.identity_number = number.expose().to_owned();
        let sealed =
            self.prepare_registration(volunteer, &held, Some(number.clone()), caller).await?;
        self.execute::<Volunteer>(&key, command(sealed), caller).await
    }

    /// What a volunteer's registration would be once an open request is approved, for whoever decides; that it was read is
    /// recorded.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn read_identity_request(
        &self,
        volunteer: PersonId,
        correction: u32,
        purpose: String,
        caller: &Caller,
    ) -> Result<PersonalData, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        self.requested(volunteer, correction, purpose, caller).await
    }

    /// 核准更正身份号码, by another person than who asked.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn approve_identity_correction(
        &self,
        volunteer: PersonId,
        correction: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        let _turn = self.registering.of(volunteer).await;
        let key = volunteer.to_string();
        // Whoever decides has compared the card; the number is opened for the age it gives.
        let wanted = "核准更正 approve a correction".to_owned();
        let (age_group, guardian_consent) =
            match self.requested(volunteer, correction, wanted, caller).await {
                Ok(right) => (self.age_group(&right), right.has_guardian()),
                // Approved before, or never asked for: the rule says which.
                Err(Error::Refused(_)) => (AgeGroup::Adult, true),
                Err(error) => return Err(error),
            };
        let command =
            Command::ApproveIdentityCorrection { correction, age_group, guardian_consent };
        let done = self.execute::<Volunteer>(&key, command, caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(done)
    }

    /// 不予更正身份号码. What lay ready is destroyed.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn refuse_identity_correction(
        &self,
        volunteer: PersonId,
        correction: u32,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        let _turn = self.registering.of(volunteer).await;
        let key = volunteer.to_string();
        let open = self.open_request(volunteer, correction).await;
        let command = Command::RefuseIdentityCorrection { correction, reason };
        let done = self.execute::<Volunteer>(&key, command, caller).await?;
        if let Ok(sealed) = open {
            let person = vault_person(volunteer)?;
            let digest = Digest::from_bytes(sealed.0);
            self.in_vault(move |vault| vault.give_up(person, REGISTRATION, &digest)).await?;
        }
        Ok(done)
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

    /// A registration as the vault holds it; the reading is recorded.
    pub(crate) async fn registration_held(
        &self,
        volunteer: PersonId,
        purpose: &'static str,
        caller: &Caller,
    ) -> Result<PersonalData, Error> {
        self.clock.trusted()?;
        let (person, actor) = (vault_person(volunteer)?, caller.actor.id.to_string());
        let held = self.in_vault(move |vault| {
            vault.unseal(person, REGISTRATION, vault::Reader { actor: &actor, purpose })
        });
        let held = held.await?.ok_or_else(|| Error::refused(Rejection::Unregistered {}))?;
        Ok(serde_json::from_slice(&held).map_err(NotEncodable::from)?)
    }

    /// Registrations as the vault holds them, by volunteer; the readings are recorded. Whoever has none is left out.
    pub(crate) async fn registrations_held(
        &self,
        volunteers: Vec<PersonId>,
        purpose: &'static str,
        caller: &Caller,
    ) -> Result<HashMap<PersonId, PersonalData>, Error> {
        self.clock.trusted()?;
        let people = volunteers.iter().copied().map(vault_person);
        let (people, actor): (Vec<_>, _) =
            (people.collect::<Result<_, _>>()?, caller.actor.id.to_string());
        let opened = self.in_vault(move |vault| {
            let wanted: Vec<_> = people.iter().map(|person| (*person, REGISTRATION)).collect();
            vault.unseal_many(&wanted, vault::Reader { actor: &actor, purpose })
        });
        let mut held = HashMap::with_capacity(volunteers.len());
        for (volunteer, opened) in volunteers.into_iter().zip(opened.await?) {
            let opened = match opened {
                Err(VaultError::Refused(_)) => None,
                opened => opened?,
            };
            if let Some(plain) = opened {
                held.insert(volunteer, serde_json::from_slice(&plain).map_err(NotEncodable::from)?);
            }
        }
        Ok(held)
    }

    /// Whose identity numbers these are; what is somebody's is recorded as a reading.
    pub(crate) async fn recognise(
        &self,
        numbers: Vec<String>,
        purpose: &'static str,
        caller: &Caller,
    ) -> Result<Vec<Option<PersonId>>, Error> {
        let (numbers, actor) = (zeroize::Zeroizing::new(numbers), caller.actor.id.to_string());
        let known = self.in_vault(move |vault| {
            let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
            vault.recognise(&numbers, vault::Reader { actor: &actor, purpose })
        });
        Ok(known.await?.into_iter().map(|one| one.map(super::personal_data::person)).collect())
    }

    async fn requested(
        &self,
        volunteer: PersonId,
        correction: u32,
        purpose: String,
        caller: &Caller,
    ) -> Result<PersonalData, Error> {
        self.clock.trusted()?;
        let sealed = self.open_request(volunteer, correction).await?;
        let (person, actor) = (vault_person(volunteer)?, caller.actor.id.to_string());
        let digest = Digest::from_bytes(sealed.0);
        let ready = self.in_vault(move |vault| {
            let reader = vault::Reader { actor: &actor, purpose: &purpose };
            vault.unseal_prepared(person, REGISTRATION, &digest, reader)
        });
        let ready = ready.await?.ok_or_else(|| {
            // It waited too long, or another correction took its place.
            Error::refused(Rejection::CorrectedSince {})
        })?;
        Ok(serde_json::from_slice(&ready).map_err(NotEncodable::from)?)
    }

    /// Digest of what lies ready for an open request.
    async fn open_request(
        &self,
        volunteer: PersonId,
        correction: u32,
    ) -> Result<SealedDigest, Error> {
        let look = |known: &Volunteer| {
            let open = known.identity_request().filter(|open| open.correction == correction);
            open.map(|open| open.prepared)
        };
        let open = self.read_state::<Volunteer, _>(&volunteer.to_string(), look).await?;
        open.ok_or_else(|| Error::refused(Rejection::NoIdentityRequest { correction }))
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
