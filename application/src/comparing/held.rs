//! The roster held against the vault: whose number it is, and whether the name agrees. Every reading is recorded there
//! first, for each person, with the account and the purpose.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use domain::comparison::{Found, Outcome, Row, judge};
use domain::identity_number::IdentityNumber;
use domain::sealed::REGISTRATION;
use domain::writing::search_key;
use domain::{PersonId, UnitCode};
use projections::models::volunteer_archive::Registered;
use vault::{Means, Sought};
use zeroize::Zeroizing;

use super::compared::Asked;
use super::sides::{Sides, Wanted};
use crate::imports::Progress;
use crate::imports::SheetRow;
use crate::people::personal_data::{person, vault_person};
use crate::{App, Caller, Error, PersonalData};

/// People whom the vault is asked for at once, so that others get their turn in between.
const CHUNK: usize = 1000;

/// The letters of people's names.
type Names = HashMap<PersonId, Zeroizing<String>>;

/// What a row, or somebody registered, came to.
pub struct Judged {
    /// The row; none of somebody whom no row names.
    pub row: Option<SheetRow>,
    /// Whom it is about.
    pub about: Option<Registered>,
    /// What it came to.
    pub outcome: Outcome,
}

/// Holds each side against the other.
pub async fn hold(
    app: &App,
    sides: Sides,
    asked: &Asked,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Vec<Judged>, Error> {
    let Sides { wanted, set_aside, people, expected } = sides;
    let reading = Reading { app, caller, purpose: format!("实名比对:{}", asked.purpose) };
    let numbers = wanted.iter().map(|one| &one.entry.identity_number);
    let numbers: Vec<_> = numbers.chain(set_aside.iter().map(|(_, number, _)| number)).collect();
    // Twice through: whose numbers these are, and what they are called.
    let total = 2 * numbers.len() as u64;
    let whose = reading.whose(&numbers, |done| progress(done, total)).await?;
    let (whose, beside) = whose.split_at(wanted.len());
    let found: Vec<Option<&Registered>> = whose.iter().map(|who| people.get(&(*who)?)).collect();
    let compared: HashSet<PersonId> = expected.iter().copied().collect();
    let standing = found.iter().flatten().map(|one| one.volunteer);
    let standing: Vec<PersonId> = standing.filter(|one| compared.contains(one)).collect();
    let begun = numbers.len() as u64;
    let names = reading.names(&standing, |done| progress(begun + done, total)).await?;
    let mut mentioned: HashSet<PersonId> = whose.iter().chain(beside).flatten().copied().collect();
    let unnamed = |mentioned: &HashSet<PersonId>| -> Vec<PersonId> {
        expected.iter().copied().filter(|one| !mentioned.contains(one)).collect()
    };
    // A number may be mistyped, here or there: then somebody of that name is left over on this side.
    let unfound = wanted.iter().zip(&found).filter(|(_, found)| found.is_none());
    let mut unfound: HashSet<String> = unfound.map(|(one, _)| one.letters.clone()).collect();
    unfound.remove("");
    let left_over = reading.named(&unnamed(&mentioned), unfound).await?;
    let namesakes = by_name(&left_over);
    let mut judged: Vec<Judged> = Vec::with_capacity(numbers.len());
    for (one, found) in wanted.iter().zip(&found) {
        let fits =
            |number: &PersonId| left_over.get(number).is_some_and(|name| **name == one.letters);
        let (outcome, about) = judge(&Row {
            found: found.map(|found| of(app, one, found, &compared, &names)),
            number: one.entry.volunteer,
            number_fits: one.entry.volunteer.as_ref().is_some_and(fits),
            namesake: namesakes.get(one.letters.as_str()).copied().flatten(),
        });
        mentioned.extend(about);
        let about = about.and_then(|about| people.get(&about)).cloned();
        judged.push(Judged { row: Some(one.row.clone()), about, outcome });
    }
    for ((row, _, outcome), who) in set_aside.iter().zip(beside) {
        let about = who.and_then(|who| people.get(&who)).cloned();
        judged.push(Judged { row: Some(row.clone()), about, outcome: *outcome });
    }
    for missing in unnamed(&mentioned) {
        let about = people.get(&missing).cloned();
        judged.push(Judged { row: None, about, outcome: Outcome::Missing });
    }
    progress(total, total);
    Ok(judged)
}

/// What is known of somebody who goes by the identity number of a row.
fn of(
    app: &App,
    one: &Wanted,
    found: &Registered,
    compared: &HashSet<PersonId>,
    names: &Names,
) -> Found {
    let units = &app.reference_data().units;
    let within =
        |named: &Vec<UnitCode>| named.iter().any(|named| units.is_within(&found.unit, named));
    let (outside, name) = (!compared.contains(&found.volunteer), names.get(&found.volunteer));
    Found {
        volunteer: found.volunteer,
        // Who was erased meanwhile has no name.
        withdrawn: found.withdrawn || (!outside && name.is_none()),
        outside,
        same_name: name.is_some_and(|name| **name == one.letters),
        same_unit: one.units.as_ref().map(within),
    }
}

/// Who is the only one of a name.
fn by_name(names: &Names) -> HashMap<&str, Option<PersonId>> {
    let mut found: HashMap<&str, Option<PersonId>> = HashMap::new();
    for (person, name) in names {
        let several = found.contains_key(name.as_str());
        found.insert(name, (!several).then_some(*person));
    }
    found
}

/// Somebody reads for a purpose.
struct Reading<'a> {
    app: &'a App,
    caller: &'a Caller,
    purpose: String,
}

impl Reading<'_> {
    /// Whose identity numbers these are.
    async fn whose(
        &self,
        numbers: &[&IdentityNumber],
        progress: impl Fn(u64),
    ) -> Result<Vec<Option<PersonId>>, Error> {
        let mut whose = Vec::with_capacity(numbers.len());
        for chunk in numbers.chunks(CHUNK) {
            let chunk: Vec<String> =
                chunk.iter().map(|number| number.expose().to_owned()).collect();
            let (chunk, purpose) = (Zeroizing::new(chunk), self.purpose.clone());
            let actor = self.caller.actor.id.to_string();
            let known = self.app.in_vault(move |vault| {
                let numbers: Vec<&str> = chunk.iter().map(String::as_str).collect();
                vault.recognise(&numbers, vault::Reader { actor: &actor, purpose: &purpose })
            });
            whose.extend(known.await?.into_iter().map(|one| one.map(person)));
            progress(whose.len() as u64);
        }
        Ok(whose)
    }

    /// The letters of their names; of whom the vault holds none, there is none.
    async fn names(&self, people: &[PersonId], progress: impl Fn(u64)) -> Result<Names, Error> {
        let mut names = HashMap::with_capacity(people.len());
        let (app, caller) = (self.app, self.caller);
        for chunk in people.chunks(CHUNK) {
            let held = app.registrations_held(chunk.to_vec(), &self.purpose, caller).await?;
            let letters = |data: PersonalData| Zeroizing::new(search_key(&data.name));
            names.extend(held.into_iter().map(|(person, data)| (person, letters(data))));
            progress(names.len() as u64);
        }
        Ok(names)
    }

    /// Who of these has one of these names. Whoever else is opened is compared and forgotten.
    async fn named(&self, people: &[PersonId], letters: HashSet<String>) -> Result<Names, Error> {
        if letters.is_empty() || people.is_empty() {
            return Ok(Names::new());
        }
        let people = people.iter().copied().map(vault_person).collect::<Result<Vec<_>, _>>()?;
        let (actor, purpose) = (self.caller.actor.id.to_string(), self.purpose.clone());
        let selected = self.app.in_vault(move |vault| {
            let name = |plain: &[u8]| {
                let data: Option<PersonalData> = serde_json::from_slice(plain).ok();
                Zeroizing::new(data.map(|data| search_key(&data.name)).unwrap_or_default())
            };
            let matches = |plain: &[u8]| letters.contains(name(plain).as_str());
            let (most, patience) = (vault::MAX_SHOWN, Duration::MAX);
            let sought = Sought { matches: &matches, means: Means::Name, most, patience };
            let reader = vault::Reader { actor: &actor, purpose: &purpose };
            let found = vault.select(&people, REGISTRATION, &sought, reader)?.found;
            Ok(found.into_iter().map(|(who, plain)| (person(who), name(&plain))).collect())
        });
        selected.await
    }
}
