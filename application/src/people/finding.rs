//! 姓名与编号: from numbers to names, and from a telephone, an identity number or a part of a name to numbers.

use std::collections::HashMap;
use std::time::Duration;

use domain::identity_number::IdentityNumber;
use domain::permission::Act;
use domain::sealed::REGISTRATION;
use domain::writing::search_key;
use domain::{Actor, PersonId, UnitCode};
use vault::{Means, Plain, Reader, Sought, Vault, VaultError};
use zeroize::Zeroizing;

use super::findable::telephone_term;
use super::personal_data::{person, vault_person};
use super::{BadPersonal, Personal, PersonalData};
use crate::app::error::NotEncodable;
use crate::{App, Error};

/// Most people whom a search shows. Our default, as all bounds here.
const MOST: usize = 50;
/// How long names are looked through.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most characters of a part of a name.
const LONGEST_PART: usize = 50;

/// What somebody is looked for by. Has no `Debug` form: it is personal.
pub enum SoughtBy {
    /// A number that the vault finds people by.
    Number(FindableBy),
    /// A part of the name.
    NamePart(NamePart),
}

/// A number that the vault finds people by. Has no `Debug` form: it is personal.
pub enum FindableBy {
    /// 联系电话, the whole of it.
    Telephone(Personal),
    /// 公民身份号码.
    Identity(IdentityNumber),
}

/// 姓名的一部分, at least one letter or character.
pub struct NamePart(Zeroizing<String>);

impl NamePart {
    /// Reads it as names are read: without spaces and middle dots, letters in lower case.
    ///
    /// # Errors
    /// When nothing is left of it, or it is too long.
    pub fn new(text: &str) -> Result<Self, BadPersonal> {
        let folded = Zeroizing::new(search_key(text));
        match folded.is_empty() || folded.chars().count() > LONGEST_PART {
            true => {
                Err(BadPersonal::Name { most: LONGEST_PART, zh: String::new(), en: String::new() })
            }
            false => Ok(Self(folded)),
        }
    }

    fn is_in(&self, plain: &[u8]) -> bool {
        let held: Option<PersonalData> = serde_json::from_slice(plain).ok();
        held.is_some_and(|held| Zeroizing::new(search_key(&held.name)).contains(self.0.as_str()))
    }
}

/// Who was found, with their registrations.
pub struct FoundPeople {
    /// Number, unit and registration of each.
    pub people: Vec<(PersonId, UnitCode, PersonalData)>,
    /// Whether these are all.
    pub whole: bool,
}

impl App {
    /// Looks sections through that cannot be found yet, as those of an older vault. Gives how many that were.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn make_findable(&self) -> Result<u64, Error> {
        let mut all = 0;
        loop {
            match self.in_vault(|vault| vault.look_through()).await {
                Ok(0) | Err(Error::WithoutVault) => return Ok(all),
                Ok(some) => all += u64::from(some),
                Err(error) => return Err(error),
            }
        }
    }

    /// Who goes by a telephone or an identity number, among those whom the account may look for: whoever is elsewhere is as
    /// unknown as who is nowhere. One reading, recorded also where nobody is found.
    ///
    /// # Errors
    /// See [`Error`].
    pub(crate) async fn find_by_number(
        &self,
        actor: &Actor,
        sought: FindableBy,
        within: Option<UnitCode>,
        purpose: String,
    ) -> Result<FoundPeople, Error> {
        self.clock.trusted()?;
        let means = match &sought {
            FindableBy::Identity(_) => Means::Identity,
            FindableBy::Telephone(_) => Means::Lookup,
        };
        let holders = self.in_vault(move |vault| match &sought {
            FindableBy::Telephone(number) => vault.holders(&telephone_term(number)),
            FindableBy::Identity(number) => {
                Ok(vault.holder_of_identity(number.expose())?.into_iter().collect())
            }
        });
        let mut theirs = Vec::new();
        for holder in holders.await? {
            let unit = match self.home_of(person(holder)).await {
                Ok(unit) => unit,
                // Known to the vault, and registered nowhere.
                Err(Error::Refused(_)) => continue,
                Err(error) => return Err(error),
            };
            let known = self.reference_data();
            let inside = within.as_ref().is_none_or(|root| known.units.is_within(&unit, root));
            if inside && self.permit(actor, Act::SearchPeople, Some(&unit), None).is_ok() {
                theirs.push((person(holder), unit));
            }
        }
        let whole = theirs.len() <= MOST;
        theirs.truncate(MOST);
        let numbers = theirs.iter().map(|(who, _)| *who).collect();
        let mut held = self.show(numbers, means, actor, purpose).await?;
        let people = theirs.into_iter();
        let people = people.filter_map(|(who, unit)| Some((who, unit, held.remove(&who)?)));
        Ok(FoundPeople { people: people.collect(), whole })
    }

    /// Who of these has this in their name. One reading, of those it shows; whoever else is opened is compared and forgotten.
    ///
    /// # Errors
    /// See [`Error`].
    pub(crate) async fn find_by_name(
        &self,
        among: Vec<(PersonId, UnitCode)>,
        part: NamePart,
        actor: &Actor,
        purpose: String,
    ) -> Result<FoundPeople, Error> {
        self.clock.trusted()?;
        let vault = self.vault.clone().ok_or(Error::WithoutVault)?;
        let actor = actor.id.to_string();
        let search = move || {
            let mut units: HashMap<PersonId, UnitCode> = among.iter().cloned().collect();
            let numbers = among.iter().map(|(who, _)| vault_person(*who));
            let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
            let matches = |plain: &[u8]| part.is_in(plain);
            let sought =
                Sought { matches: &matches, means: Means::Name, most: MOST, patience: PATIENCE };
            let reader = Reader { actor: &actor, purpose: &purpose };
            let selected = vault.select(&numbers, REGISTRATION, &sought, reader)?;
            let mut people = Vec::new();
            for (who, plain) in selected.found {
                if let Some(unit) = units.remove(&person(who)) {
                    people.push((person(who), unit, registration(&plain)?));
                }
            }
            Ok(FoundPeople { people, whole: selected.whole })
        };
        self.searches.run(search).await?
    }

    /// The registrations of these people, as one reading. Of whom the vault holds none, there is none.
    pub(crate) async fn show(
        &self,
        people: Vec<PersonId>,
        means: Means,
        actor: &Actor,
        purpose: String,
    ) -> Result<HashMap<PersonId, PersonalData>, Error> {
        self.clock.trusted()?;
        let people = people.into_iter().map(vault_person).collect::<Result<Vec<_>, _>>()?;
        let actor = actor.id.to_string();
        let shown = self.in_vault(move |vault: &Vault| {
            let reader = Reader { actor: &actor, purpose: &purpose };
            let shown = vault.show(&people, REGISTRATION, means, reader)?;
            let read = |(who, plain): (_, Plain)| (person(who), registration(&plain));
            Ok::<_, VaultError>(shown.into_iter().map(read).collect::<Vec<_>>())
        });
        shown.await?.into_iter().map(|(who, held)| Ok((who, held?))).collect()
    }
}

fn registration(plain: &Plain) -> Result<PersonalData, Error> {
    Ok(serde_json::from_slice(plain).map_err(NotEncodable::from)?)
}

#[cfg(test)]
mod tests;
