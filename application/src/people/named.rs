//! Names on printed forms: of several people at once, each from where they told it, opened for one purpose.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use domain::permission::Act;
use domain::sealed::{REGISTRATION, SHARED_MEMBER, member_at};
use domain::{Actor, PersonId, UnitCode};
use vault::{MAX_BATCH, Reader, VaultError};

use super::personal_data::vault_person;
use crate::app::error::NotEncodable;
use crate::{App, Contact, Error};

/// Somebody at a station.
type At = (UnitCode, PersonId);
type Section = Cow<'static, str>;

impl App {
    /// What each of these told in the section beside them. All from one section are one reading. None stands for who told
    /// nothing there, and for who was erased.
    ///
    /// # Errors
    /// When the clock is doubted or the vault fails.
    pub(crate) async fn contacts_in(
        &self,
        wanted: Vec<(PersonId, Section)>,
        actor: &Actor,
        purpose: &str,
    ) -> Result<Vec<Option<Contact>>, Error> {
        // The readings are recorded, with their time.
        self.clock.trusted()?;
        let mut told = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(MAX_BATCH) {
            let some = some.iter().map(|(who, section)| Ok((vault_person(*who)?, section.clone())));
            let some = some.collect::<Result<Vec<_>, Error>>()?;
            let (actor, purpose) = (actor.id.to_string(), purpose.to_owned());
            let held = self.in_vault(move |vault| {
                let wanted: Vec<_> = some.iter().map(|(who, within)| (*who, &**within)).collect();
                vault.unseal_many(&wanted, Reader { actor: &actor, purpose: &purpose })
            });
            for held in held.await? {
                told.push(match held {
                    Ok(Some(plain)) => {
                        Some(serde_json::from_slice(&plain).map_err(NotEncodable::from)?)
                    }
                    Ok(None) | Err(VaultError::Refused(_)) => None,
                    Err(error) => return Err(error.into()),
                });
            }
        }
        Ok(told)
    }

    /// Members of stations by what they told the station, else by their registration, else by what stations shared once: as
    /// far as the account may read each of these. Who is not found has told nothing there, or was erased.
    ///
    /// # Errors
    /// When the clock is doubted or the vault fails.
    pub(crate) async fn members_named(
        &self,
        members: BTreeSet<At>,
        actor: &Actor,
        purpose: &str,
    ) -> Result<HashMap<At, Contact>, Error> {
        let may_appoint = |at: Option<&UnitCode>| self.permit(actor, Act::AppointMember, at, None);
        let here = |at: &At| may_appoint(Some(&at.0)).is_ok();
        let here = members.iter().filter(|at| here(at));
        let here = here.map(|at| (at.clone(), member_at(&at.0).into())).collect();
        let mut named = self.named_in(here, actor, purpose).await?;

        let mut registered = Vec::new();
        for at in members.iter().filter(|at| !named.contains_key(at)) {
            if self.may_read_registration(actor, at.1).await? {
                registered.push((at.clone(), REGISTRATION.into()));
            }
        }
        named.extend(self.named_in(registered, actor, purpose).await?);

        if may_appoint(None).is_ok() {
            let shared = members.into_iter().filter(|at| !named.contains_key(at));
            let shared = shared.map(|at| (at, SHARED_MEMBER.into())).collect();
            named.extend(self.named_in(shared, actor, purpose).await?);
        }
        Ok(named)
    }

    async fn named_in(
        &self,
        wanted: Vec<(At, Section)>,
        actor: &Actor,
        purpose: &str,
    ) -> Result<HashMap<At, Contact>, Error> {
        let sections = wanted.iter().map(|((_, who), section)| (*who, section.clone())).collect();
        let told = self.contacts_in(sections, actor, purpose).await?;
        let named = wanted.into_iter().zip(told);
        Ok(named.filter_map(|((at, _), told)| Some((at, told?))).collect())
    }

    async fn may_read_registration(&self, actor: &Actor, who: PersonId) -> Result<bool, Error> {
        match self.home_of(who).await {
            Ok(home) => {
                Ok(self.permit(actor, Act::ReadPersonalData, Some(&home), Some(who)).is_ok())
            }
            // Whoever is no volunteer is registered nowhere.
            Err(Error::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
