//! 离会、返会: who leaves no longer counts as present, until they are back.

use super::attend::at_least_one_at_once;
use super::{Departed, Event, Meeting, Rejection, Returned, distinct};
use crate::{Given, PersonId};

impl Meeting {
    pub(super) fn depart(
        &self,
        people: &[PersonId],
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.begun(given)?;
        let is_here = |member| self.is_here(member);
        let members = self.with_owners(people, is_here, |member| Rejection::NotThere { member })?;
        Ok(Event::Departed(Departed { members }))
    }

    pub(super) fn come_back(
        &self,
        people: &[PersonId],
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.begun(given)?;
        let is_gone = |member| self.gone.contains(&member);
        let members = self.with_owners(people, is_gone, |member| Rejection::NotGone { member })?;
        Ok(Event::Returned(Returned { members }))
    }

    /// These people and the owners they are there for, as far as it holds of them.
    fn with_owners(
        &self,
        people: &[PersonId],
        holds: impl Fn(PersonId) -> bool,
        refuse: impl Fn(PersonId) -> Rejection,
    ) -> Result<Vec<PersonId>, Rejection> {
        at_least_one_at_once(people.len())?;
        distinct(people.iter().copied())?;
        let mut members = Vec::new();
        for &person in people {
            let represented = self.proxies.iter().filter(|(_, proxy)| **proxy == person);
            let with_them = represented.map(|(owner, _)| *owner).chain([person]);
            let before = members.len();
            members.extend(with_them.filter(|member| holds(*member)));
            if members.len() == before {
                return Err(refuse(person));
            }
        }
        members.sort_unstable();
        members.dedup();
        Ok(members)
    }
}
