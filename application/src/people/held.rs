//! Registrations as the vault holds them, and whose identity numbers are; every reading is recorded.

use std::collections::HashMap;

use domain::PersonId;
use domain::sealed::REGISTRATION;
use domain::volunteer::Rejection;
use vault::VaultError;

use super::personal_data::vault_person;
use crate::app::error::NotEncodable;
use crate::{App, Caller, Error, PersonalData};

impl App {
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
        purpose: &str,
        caller: &Caller,
    ) -> Result<HashMap<PersonId, PersonalData>, Error> {
        self.clock.trusted()?;
        let people = volunteers.iter().copied().map(vault_person);
        let (people, actor): (Vec<_>, _) =
            (people.collect::<Result<_, _>>()?, caller.actor.id.to_string());
        let purpose = purpose.to_owned();
        let opened = self.in_vault(move |vault| {
            let wanted: Vec<_> = people.iter().map(|person| (*person, REGISTRATION)).collect();
            vault.unseal_many(&wanted, vault::Reader { actor: &actor, purpose: &purpose })
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
}
