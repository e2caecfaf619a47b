//! 签到: who is present, also by proxy. Nobody is taken down twice, and no more people than are entitled.

use std::collections::BTreeMap;

use super::{
    AttendanceTaken, Attendee, Body, Convened, Electorate, Event, Meeting, Rejection, Returned,
    Share, distinct, rule,
};
use crate::{Area, Given, PersonId};

/// People named in one event, so that it stays below the log's 64 KiB.
pub(super) const AT_ONCE: usize = 1_000;
/// The most people taken down by name: the event of a resolution's adoption names all who voted.
pub(super) const MOST_PRESENT: usize = 3_000;

impl Attendee {
    pub(super) fn counted_area(&self) -> u64 {
        self.area.map_or(0, |area| u64::from(area.0))
    }
}

impl Meeting {
    /// Takes down who is new. Who is there already stays so, with the proxy that was named then; who had left is back.
    pub(super) fn take_attendance(
        &self,
        present: Vec<Attendee>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let convened = self.begun(given)?;
        let proxies = present.iter().filter(|one| one.proxy.is_some()).count();
        at_least_one_at_once(present.len() + proxies)?;
        distinct(present.iter().map(|one| one.member))?;
        let (known, mut new): (Vec<_>, Vec<_>) =
            present.into_iter().partition(|one| self.came.contains_key(&one.member));
        let by_area = convened.counts_area(rule(convened.body, given)?);
        let other = |one: &&Attendee| {
            one.proxy.is_some() && self.proxies.get(&one.member) != one.proxy.as_ref()
        };
        if let Some(&Attendee { member, .. }) = known.iter().find(other) {
            return Err(Rejection::ProxyStands { member });
        }
        for one in &mut new {
            may_attend(convened, one, by_area)?;
            // Where area does not count in the vote it is not kept.
            one.area = one.area.filter(|_| by_area);
        }
        self.proxies_fit(convened, &new, given)?;
        if self.came.len() + new.len() > MOST_PRESENT {
            return Err(Rejection::TooManyPresent { limit: MOST_PRESENT });
        }
        if let Some(all) = convened.electorate {
            self.within(all, &new, by_area)?;
        }
        let back = known.into_iter().map(|one| one.member).filter(|one| self.gone.contains(one));
        let back: Vec<PersonId> = back.collect();
        let mut events = Vec::new();
        if !new.is_empty() {
            events.push(Event::AttendanceTaken(AttendanceTaken { present: new }));
        }
        if !back.is_empty() {
            events.push(Event::Returned(Returned { members: back }));
        }
        Ok(events)
    }

    /// 委托: only owners, and each proxy for no more of them than the rulebook allows.
    fn proxies_fit(
        &self,
        convened: &Convened,
        new: &[Attendee],
        given: &Given<'_>,
    ) -> Result<(), Rejection> {
        let limit = *given.rulebook.rules.deliberation().procedure().proxies_per_person;
        let mut held: BTreeMap<PersonId, usize> = BTreeMap::new();
        for proxy in self.proxies.values() {
            *held.entry(*proxy).or_default() += 1;
        }
        for one in new {
            let Some(proxy) = one.proxy else { continue };
            if convened.body != Body::Owners || proxy == one.member {
                return Err(Rejection::InPerson { member: one.member });
            }
            let held = held.entry(proxy).or_default();
            *held += 1;
            if *held > usize::from(limit) {
                return Err(Rejection::TooManyProxies { proxy, limit });
            }
        }
        Ok(())
    }

    /// Those who came and those on the lists of a topic are no more than there are in all.
    fn within(
        &self,
        all: Electorate,
        joining: &[Attendee],
        by_area: bool,
    ) -> Result<(), Rejection> {
        let listed = self.topics.iter().map(|topic| topic.listed().cast());
        let most = listed.fold(Share::default(), |most, one| Share {
            heads: most.heads.max(one.heads),
            area: most.area.max(one.area),
        });
        let area = joining.iter().map(Attendee::counted_area).sum();
        let joining = Share { heads: heads(joining.len()), area };
        self.room_for(all, joining.and(most), by_area)
    }

    /// Whether so much fits into the electorate beside those who came.
    pub(super) fn room_for(
        &self,
        all: Electorate,
        more: Share,
        by_area: bool,
    ) -> Result<(), Rejection> {
        let came = Share { heads: heads(self.came.len()), area: self.came.values().sum() };
        let together = came.and(more);
        if together.heads > all.heads {
            return Err(Rejection::MoreHeads { heads: all.heads });
        }
        if by_area && together.area > u64::from(all.area.0) {
            return Err(Rejection::MoreArea { area: all.area });
        }
        Ok(())
    }
}

fn may_attend(convened: &Convened, one: &Attendee, by_area: bool) -> Result<(), Rejection> {
    let member = one.member;
    if convened.electorate.is_none() && !convened.members.contains(&member) {
        return Err(Rejection::NotAMember { member });
    }
    let has_area = one.area.is_some_and(|Area(area)| area > 0);
    if by_area && !has_area { Err(Rejection::AreaMissing { member }) } else { Ok(()) }
}

pub(super) fn heads(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn at_least_one_at_once(people: usize) -> Result<(), Rejection> {
    match people {
        0 => Err(Rejection::NobodyNamed {}),
        1..=AT_ONCE => Ok(()),
        _ => Err(Rejection::TooManyNamed { limit: AT_ONCE }),
    }
}
