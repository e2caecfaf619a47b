//! The roster held against the vault: whose number it is, and whether the name agrees. Every reading is recorded there
//! first, for each person, with the account and the purpose.

use std::collections::{HashMap, HashSet};

use domain::PersonId;
use domain::comparison::{Found, Outcome, Row, judge};
use domain::identity_number::IdentityNumber;
use domain::sealed::REGISTRATION;
use projections::models::volunteer_archive::Registered;
use zeroize::Zeroizing;

use super::compared::Asked;
use super::sides::{Sides, Wanted};
use crate::app::error::NotEncodable;
use crate::imports::Progress;
use crate::imports::SheetRow;
use crate::imports::real_names::letters;
use crate::people::personal_data::{person, vault_person};
use crate::{App, Caller, Error, PersonalData};

/// People whom the vault is asked for at once, so that others get their turn in between.
const CHUNK: usize = 1000;

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
    let standing = found.iter().flatten().filter(|one| !one.withdrawn);
    let standing: Vec<PersonId> = standing.map(|one| one.volunteer).collect();
    let begun = numbers.len() as u64;
    let names = reading.names(&standing, |done| progress(begun + done, total)).await?;
    let mut mentioned: HashSet<PersonId> = whose.iter().chain(beside).flatten().copied().collect();
    let unnamed = |mentioned: &HashSet<PersonId>| -> Vec<PersonId> {
        expected.iter().copied().filter(|one| !mentioned.contains(one)).collect()
    };
    // A number may be mistyped, here or there: then somebody of that name is left over on this side.
    let namesakes = match found.iter().any(Option::is_none) {
        true => by_name(reading.names(&unnamed(&mentioned), |_| ()).await?),
        false => HashMap::new(),
    };
    let mut judged: Vec<Judged> = Vec::with_capacity(numbers.len());
    for (one, found) in wanted.iter().zip(&found) {
        let namesake = namesakes.get(&one.letters).copied().flatten();
        let row = row(app, one, *found, &names, &people, namesake);
        let (outcome, about) = judge(&row);
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

/// What is known of a row.
fn row(
    app: &App,
    one: &Wanted,
    found: Option<&Registered>,
    names: &HashMap<PersonId, Zeroizing<String>>,
    people: &HashMap<PersonId, Registered>,
    namesake: Option<PersonId>,
) -> Row {
    let units = &app.reference_data().units;
    let number = one.entry.volunteer;
    let known = |number: &PersonId| people.get(number).is_some_and(|known| !known.withdrawn);
    Row {
        found: found.map(|found| Found {
            volunteer: found.volunteer,
            withdrawn: found.withdrawn,
            same_name: names.get(&found.volunteer).is_some_and(|name| **name == one.letters),
            same_unit: one
                .units
                .as_ref()
                .map(|named| named.iter().any(|named| units.is_within(&found.unit, named))),
        }),
        number,
        number_known: number.as_ref().is_some_and(known),
        namesake,
    }
}

/// Who is the only one of a name.
fn by_name(names: HashMap<PersonId, Zeroizing<String>>) -> HashMap<String, Option<PersonId>> {
    let mut found: HashMap<String, Option<PersonId>> = HashMap::new();
    for (person, name) in names {
        let several = found.contains_key(&*name);
        found.insert(name.to_string(), (!several).then_some(person));
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

    /// The letters of their names.
    async fn names(
        &self,
        people: &[PersonId],
        progress: impl Fn(u64),
    ) -> Result<HashMap<PersonId, Zeroizing<String>>, Error> {
        let mut names = HashMap::with_capacity(people.len());
        for chunk in people.chunks(CHUNK) {
            let asked = chunk.iter().map(|one| vault_person(*one));
            let asked: Vec<vault::PersonId> = asked.collect::<Result<_, _>>()?;
            let (actor, purpose) = (self.caller.actor.id.to_string(), self.purpose.clone());
            let opened = self.app.in_vault(move |vault| {
                let wanted: Vec<_> = asked.iter().map(|one| (*one, REGISTRATION)).collect();
                vault.unseal_many(&wanted, vault::Reader { actor: &actor, purpose: &purpose })
            });
            for (person, plain) in chunk.iter().zip(opened.await?) {
                // Erased since, or never registered with us: there is no name to compare.
                let Ok(Some(plain)) = plain else { continue };
                let data: PersonalData =
                    serde_json::from_slice(&plain).map_err(NotEncodable::from)?;
                names.insert(*person, Zeroizing::new(letters(&data.name)));
            }
            progress(names.len() as u64);
        }
        Ok(names)
    }
}
