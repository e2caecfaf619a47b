//! Whoever takes part under a number: one human has one, as a volunteer, a member or an owner.

use std::collections::HashMap;
use std::fmt;

use domain::identity_number::IdentityNumber;
use domain::sealed::member_at;
use domain::volunteer::Volunteer;
use domain::{PersonId, Refusal, SealedDigest, UnitCode};
use uuid::Uuid;
use vault::Enrolled;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::contact::Contact;
use super::personal_data::{person, plain, sealed, vault_person};
use crate::app::error::Error;
use crate::commands::InvalidReference;
use crate::{App, Caller};

/// What identity numbers are asked for here.
const WANTED: &str = "聘任或签到 appoint or sign in";

/// Somebody who is to take part.
#[derive(Debug, Clone)]
pub enum Appointee {
    /// Who has a number already.
    Known(PersonId),
    /// Who may have one; the vault finds out.
    New(NewMember),
}

/// Somebody whose number is not known yet. Never printed, never in the log.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NewMember {
    /// 姓名.
    pub name: String,
    /// 公民身份号码.
    pub identity_number: String,
    /// 联系电话.
    pub telephone: Option<String>,
}

impl fmt::Debug for NewMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewMember(…)")
    }
}

impl Appointee {
    /// The number, or one that stands for nobody: to ask the rules with before the vault is written.
    fn placeholder(&self, caller: &Caller, nth: u32) -> PersonId {
        match self {
            Self::Known(person) => *person,
            Self::New(_) => PersonId::from_bits(step(caller, nth).as_u64_pair().1),
        }
    }
}

/// A command of its own for each of several people.
fn step(caller: &Caller, nth: u32) -> Uuid {
    caller.step(&format!("member-{nth}")).command
}

impl App {
    /// The numbers of these people, given by the vault to those who have none, each with the digest of what was sealed for
    /// the station. An identity that has a number keeps it, and what it told this station before is left as it is.
    pub(crate) async fn enrol_appointees(
        &self,
        station: &UnitCode,
        people: Vec<Appointee>,
        caller: &Caller,
    ) -> Result<Vec<(PersonId, Option<SealedDigest>)>, Error> {
        let mut known = Vec::new();
        let mut new = Vec::new();
        for (nth, one) in (0..).zip(&people) {
            match one {
                Appointee::Known(person) => known.push(*person),
                Appointee::New(person) => new.push(sealable(person, step(caller, nth))?),
            }
        }
        if let Some(person) = self.first_unknown(known).await? {
            return Err(Error::refused(InvalidReference::Person { person }));
        }
        let mut enrolled = self.enrol_new(member_at(station), new, caller).await?.into_iter();
        let numbered = people.iter().filter_map(|one| match one {
            Appointee::Known(known) => Some((*known, None)),
            Appointee::New(_) => {
                enrolled.next().map(|new| (person(new.person), Some(sealed(&new.digest))))
            }
        });
        Ok(numbered.collect())
    }

    /// The numbers of those who have one already, and a placeholder for everybody else, the same for the same identity: to ask
    /// the rules with before the vault is written. A refusal may name who was recognised, so that is recorded as a reading.
    pub(crate) async fn numbers_so_far(
        &self,
        people: &[Appointee],
        caller: &Caller,
    ) -> Result<Vec<PersonId>, Error> {
        let new = people.iter().filter_map(|one| match one {
            Appointee::Known(_) => None,
            Appointee::New(new) => Some(new.identity_number.clone()),
        });
        let new: Vec<_> = new.collect();
        let held =
            if new.is_empty() { vec![] } else { self.recognise(new, WANTED, caller).await? };
        let mut held = held.into_iter();
        let number = |(one, placeholder): (&Appointee, PersonId)| match one {
            Appointee::Known(known) => *known,
            Appointee::New(_) => held.next().flatten().unwrap_or(placeholder),
        };
        Ok(people.iter().zip(placeholders(people, caller)).map(number).collect())
    }

    async fn enrol_new(
        &self,
        section: String,
        new: Vec<Sealable>,
        caller: &Caller,
    ) -> Result<Vec<Enrolled>, Error> {
        if new.is_empty() {
            return Ok(vec![]);
        }
        let actor = caller.actor.id.to_string();
        self.in_vault(move |vault| {
            let reader = vault::Reader { actor: &actor, purpose: WANTED };
            let items = new.iter().map(|one| vault::Enrol {
                identity_number: &one.identity_number,
                section: &section,
                plain: &one.plain,
                command: one.command,
                reader: Some(reader),
            });
            let items: Vec<vault::Enrol<'_>> = items.collect();
            let enrolled = vault.enrol_many(&items)?;
            Ok(enrolled.into_iter().collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The first number that nobody has: neither this vault knows it, nor the log as a volunteer's.
    pub(crate) async fn first_unknown(
        &self,
        people: Vec<PersonId>,
    ) -> Result<Option<PersonId>, Error> {
        for who in self.unknown_to_vault(people).await? {
            let registered = self
                .read_state::<Volunteer, _>(&who.to_string(), |known| known.unit().is_some())
                .await?;
            if !registered {
                return Ok(Some(who));
            }
        }
        Ok(None)
    }

    async fn unknown_to_vault(&self, people: Vec<PersonId>) -> Result<Vec<PersonId>, Error> {
        if self.vault.is_none() {
            return Ok(people);
        }
        let people: Vec<(PersonId, vault::PersonId)> = people
            .into_iter()
            .map(|who| Ok((who, vault_person(who)?)))
            .collect::<Result<_, Error>>()?;
        self.in_vault(move |vault| {
            let mut unknown = Vec::new();
            for (who, person) in people {
                if !vault.knows(person)? {
                    unknown.push(who);
                }
            }
            Ok(unknown)
        })
        .await
    }
}

/// What stands for each of these people while they have no number, the same for the same identity.
fn placeholders(people: &[Appointee], caller: &Caller) -> Vec<PersonId> {
    let mut first = HashMap::new();
    let mut stands = Vec::new();
    for (nth, one) in (0..).zip(people) {
        stands.push(match one {
            Appointee::Known(known) => *known,
            Appointee::New(new) => *first
                .entry(new.identity_number.as_str())
                .or_insert_with(|| one.placeholder(caller, nth)),
        });
    }
    stands
}

/// What the rules said of these people. Whoever has no number yet is named by their place among them.
pub(crate) fn by_place(error: Error, people: &[Appointee], caller: &Caller) -> Error {
    let Error::Refused(refusal) = error else { return error };
    let numbered = (1..).zip(people).zip(placeholders(people, caller));
    let new = numbered.filter(|((_, one), _)| matches!(one, Appointee::New(_)));
    let places = new.map(|((place, _), number)| (number.to_string(), place)).collect();
    Error::refused(ByPlace { refusal, places })
}

/// A refusal that names people by their place in the request instead of a number that nobody has.
#[derive(Debug, thiserror::Error)]
#[error("{refusal}")]
struct ByPlace {
    refusal: Box<dyn Refusal>,
    /// Each placeholder, and who is meant.
    places: Vec<(String, usize)>,
}

impl ByPlace {
    fn named(&self, said: String, name: impl Fn(usize) -> String) -> String {
        let replaced = |said: String, (number, place): &(String, usize)| {
            if said.contains(number) { said.replace(number, &name(*place)) } else { said }
        };
        self.places.iter().fold(said, replaced)
    }
}

impl Refusal for ByPlace {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn field(&self) -> Option<&'static str> {
        self.refusal.field()
    }

    fn is_absence(&self) -> bool {
        self.refusal.is_absence()
    }

    fn zh(&self) -> String {
        self.named(self.refusal.zh(), |place| format!("所列第{place}人(尚无编号)"))
    }

    fn en(&self) -> String {
        self.named(self.refusal.en(), |place| {
            format!("person {place} of those listed (without a number yet)")
        })
    }
}

/// Somebody on the way into the vault.
struct Sealable {
    identity_number: Zeroizing<String>,
    plain: Zeroizing<Vec<u8>>,
    command: Uuid,
}

fn sealable(new: &NewMember, command: Uuid) -> Result<Sealable, Error> {
    IdentityNumber::parse(&new.identity_number).map_err(Error::refused)?;
    let contact = Contact { name: Some(new.name.clone()), telephone: new.telephone.clone() };
    let identity_number = Zeroizing::new(new.identity_number.clone());
    Ok(Sealable { identity_number, plain: plain(&contact)?, command })
}
