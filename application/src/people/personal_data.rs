//! Personal data on its way into the vault and out of it; nowhere else.

use std::fmt;

use domain::sealed::{CONTACT, REGISTRATION};
use domain::squad::Consent;
use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::{PersonId, SealedDigest, Text, UnitCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{Digest, Enrolled, Vault, VaultError};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::app::error::Error;
use crate::{App, Caller};

/// What a volunteer's registration says of the person. Never printed, never in the log.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct PersonalData {
    /// 姓名.
    pub name: String,
    /// 公民身份号码.
    pub identity_number: String,
    /// 联系电话.
    pub telephone: String,
    /// 居住区域.
    #[serde(default)]
    pub residence: String,
    /// 监护人, name and telephone; empty for adults.
    #[serde(default)]
    pub guardian: String,
}

/// A person to register.
#[derive(Debug, Clone)]
pub struct NewVolunteer {
    /// For the vault.
    pub personal: PersonalData,
    /// The volunteer's unit.
    pub unit: UnitCode,
    /// 类别.
    pub kind: Kind,
    /// 招募方式.
    pub recruitment: Recruitment,
    /// 政治面貌.
    pub political_status: PoliticalStatus,
    /// 技能.
    pub skills: Vec<Text<40>>,
    /// 本人同意.
    pub consent: Option<Consent>,
}

/// How to reach a unit's administrator. Never printed, never in the log.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct AdministratorContact {
    /// 姓名.
    pub name: String,
    /// 联系电话.
    pub telephone: String,
}

impl PersonalData {
    /// Whether a guardian is named; a word such as 无 names nobody.
    pub(crate) fn has_guardian(&self) -> bool {
        domain::writing::guardian_is_named(&self.guardian)
    }
}

impl fmt::Debug for PersonalData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalData(…)")
    }
}

impl fmt::Debug for AdministratorContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdministratorContact(…)")
    }
}

/// The bytes to seal.
pub fn plain(data: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Error> {
    Ok(Zeroizing::new(serde_json::to_vec(data).map_err(crate::app::error::NotEncodable::from)?))
}

/// The vault's person as the log names it.
pub fn person(person: vault::PersonId) -> PersonId {
    PersonId::from_bits(person.as_u64())
}

/// The log's person as the vault knows it.
pub fn vault_person(person: PersonId) -> Result<vault::PersonId, Error> {
    vault::PersonId::try_from(person.bits())
        .map_err(|_| Error::refused(domain::BadValue::Person {}))
}

/// The vault's digest as the log holds it.
pub fn sealed(digest: &Digest) -> SealedDigest {
    SealedDigest(*digest.as_bytes())
}

impl App {
    /// Runs a call on the vault where it may wait for the disk.
    ///
    /// # Errors
    /// What the vault says, or that there is none.
    pub async fn in_vault<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, Error> {
        let vault = self.vault.clone().ok_or(Error::WithoutVault)?;
        Ok(tokio::task::spawn_blocking(move || call(&vault)).await??)
    }

    /// Seals registrations, all in one transaction, each under the number of its command; each answer is the person, and
    /// the digest of the section as it stands.
    ///
    /// # Errors
    /// When the vault fails; nothing is sealed then.
    pub async fn enrol(
        &self,
        people: impl Iterator<Item = (&PersonalData, Uuid)>,
        caller: &Caller,
    ) -> Result<Vec<Result<Enrolled, vault::Refusal>>, Error> {
        let sealing: Vec<(PersonalData, Zeroizing<Vec<u8>>, Uuid)> = people
            .map(|(personal, command)| Ok((personal.clone(), plain(personal)?, command)))
            .collect::<Result<_, Error>>()?;
        let actor = caller.actor.id.to_string();
        self.in_vault(move |vault| {
            let reader = vault::Reader { actor: &actor, purpose: "注册 register" };
            let items = sealing.iter().map(|(data, plain, command)| vault::Enrol {
                identity_number: &data.identity_number,
                section: REGISTRATION,
                plain,
                command: *command,
                reader: Some(reader),
            });
            let items: Vec<vault::Enrol<'_>> = items.collect();
            vault.enrol_many(&items)
        })
        .await
    }

    /// Whether this is what the vault holds of an administrator; the reading is recorded. Of whoever was erased it holds nothing.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn is_contact(
        &self,
        administrator: PersonId,
        contact: &AdministratorContact,
        caller: &Caller,
    ) -> Result<bool, Error> {
        let person = vault_person(administrator)?;
        let actor = caller.actor.id.to_string();
        let held = self
            .in_vault(move |vault| {
                let reader = vault::Reader {
                    actor: &actor,
                    purpose: "与导入表核对 compare with an import",
                };
                vault.unseal(person, CONTACT, reader)
            })
            .await;
        match held {
            Ok(Some(held)) => Ok(*held == *plain(contact)?),
            Ok(None) | Err(Error::Vault(VaultError::Refused(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A volunteer's personal data; that it was read is recorded with the account and the purpose.
    ///
    /// # Errors
    /// When the caller may not, or the vault refuses.
    pub async fn read_personal_data(
        &self,
        volunteer: PersonId,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<PersonalData>, Error> {
        let unit = self.home_of(volunteer);
        let act = domain::permission::Act::ReadPersonalData;
        self.permit_at(&caller.actor, act, unit, Some(volunteer)).await?;
        // The reading is recorded, with its time.
        self.clock.trusted()?;
        let person = vault_person(volunteer)?;
        let actor = caller.actor.id.to_string();
        let plain = self
            .in_vault(move |vault| {
                vault.unseal(
                    person,
                    REGISTRATION,
                    vault::Reader { actor: &actor, purpose: &purpose },
                )
            })
            .await?;
        let Some(plain) = plain else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&plain).map_err(crate::app::error::NotEncodable::from)?))
    }
}

/// A day of birth lies between these two in a registration.
#[must_use]
pub fn plausible_birth(birth: Date, today: Date) -> bool {
    birth <= today && i32::from(today.year()) - i32::from(birth.year()) <= 120
}
