//! Who stands behind which account: what the whole log tells of it, and no single fact.

use std::collections::{BTreeSet, HashMap};

use domain::service::Recorder;
use domain::{Actor, ActorId, PersonId, UnitCode, unit};
use projections::Fact;

use super::around::Units;

/// Units, and the people that the log knows behind accounts.
#[derive(Default)]
pub struct Known {
    /// Units and what is above each.
    pub units: Units,
    accounts: HashMap<ActorId, Behind>,
}

#[derive(Default)]
struct Behind {
    persons: BTreeSet<PersonId>,
    unit: Option<UnitCode>,
}

/// Whoever did something: an account, and the person behind it as far as that fact says.
#[derive(Debug, Clone)]
pub struct Hand {
    /// The account.
    pub account: ActorId,
    person: Option<PersonId>,
}

impl From<&Actor> for Hand {
    fn from(actor: &Actor) -> Self {
        Self { account: actor.id.clone(), person: actor.person }
    }
}

impl From<&Recorder> for Hand {
    fn from(recorder: &Recorder) -> Self {
        Self { account: recorder.account.clone(), person: recorder.person }
    }
}

impl Known {
    /// Takes a fact of any kind in.
    pub fn see(&mut self, fact: &Fact) {
        if let Some((_, unit::Event::Registered(registered))) = fact.unit() {
            self.units.register(registered);
        }
        let Actor { id, unit, person, .. } = &fact.metadata.actor;
        if !self.accounts.contains_key(id) {
            self.accounts.insert(id.clone(), Behind::default());
        }
        if let Some(behind) = self.accounts.get_mut(id) {
            behind.persons.extend(person);
            if behind.unit.is_none() {
                behind.unit.clone_from(unit);
            }
        }
    }

    /// The unit that an account acts for, as far as the log has seen it act.
    pub fn unit_of(&self, account: &str) -> Option<&UnitCode> {
        let id = ActorId::new(account).ok()?;
        self.accounts.get(&id)?.unit.as_ref()
    }

    /// Whether it is one account, or two behind which the log knows the same person, whenever it learned that.
    pub fn is_one_desk(&self, one: &Hand, other: &Hand) -> bool {
        one.account == other.account || self.persons(one).any(|it| self.is_behind(other, it))
    }

    /// Whether the log knows this person behind an account.
    pub fn is_behind(&self, hand: &Hand, person: PersonId) -> bool {
        self.persons(hand).any(|behind| behind == person)
    }

    /// Whether the log knows anybody behind an account.
    pub fn has_somebody_behind(&self, hand: &Hand) -> bool {
        self.persons(hand).next().is_some()
    }

    fn persons(&self, hand: &Hand) -> impl Iterator<Item = PersonId> {
        let ever = self.accounts.get(&hand.account).into_iter().flat_map(|it| it.persons.iter());
        ever.copied().chain(hand.person)
    }
}
