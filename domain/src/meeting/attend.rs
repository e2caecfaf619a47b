//! 签到: who is present. Nobody is taken down twice, and no more people than are entitled.

use super::{
    AttendanceTaken, Attendee, Convened, Electorate, Event, Meeting, Rejection, distinct, rule,
};
use crate::{Area, Given};

/// People named in one event, so that it stays below the log's 64 KiB.
pub(super) const AT_ONCE: usize = 1_000;
/// The most people at a meeting: the event of a resolution's adoption names all who voted.
pub(super) const MOST_PRESENT: usize = 3_000;

impl Attendee {
    pub(super) fn counted_area(&self) -> u64 {
        self.area.map_or(0, |area| u64::from(area.0))
    }
}

impl Meeting {
    pub(super) fn take_attendance(
        &self,
        mut present: Vec<Attendee>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let convened = self.begun(given)?;
        at_least_one_at_once(present.len())?;
        distinct(present.iter().map(|one| one.member))?;
        let by_area = convened.counts_area(rule(convened.body, given)?);
        for one in &mut present {
            self.may_attend(convened, one, by_area)?;
            // Where area does not count in the vote it is not kept.
            one.area = one.area.filter(|_| by_area);
        }
        if self.present.len() + present.len() > MOST_PRESENT {
            return Err(Rejection::TooManyPresent { limit: MOST_PRESENT });
        }
        if let Some(all) = convened.electorate {
            self.within(all, &present, by_area)?;
        }
        Ok(Event::AttendanceTaken(AttendanceTaken { present }))
    }

    fn may_attend(
        &self,
        convened: &Convened,
        one: &Attendee,
        by_area: bool,
    ) -> Result<(), Rejection> {
        let member = one.member;
        if self.present.contains_key(&member) {
            return Err(Rejection::PresentAlready { member });
        }
        if convened.electorate.is_none() && !convened.members.contains(&member) {
            return Err(Rejection::NotAMember { member });
        }
        let has_area = one.area.is_some_and(|Area(area)| area > 0);
        if by_area && !has_area { Err(Rejection::AreaMissing { member }) } else { Ok(()) }
    }

    fn within(
        &self,
        all: Electorate,
        joining: &[Attendee],
        by_area: bool,
    ) -> Result<(), Rejection> {
        if self.present.len() + joining.len() > all.heads as usize {
            return Err(Rejection::MoreHeads { heads: all.heads });
        }
        let area = self.present.values().copied().chain(joining.iter().map(Attendee::counted_area));
        if by_area && area.sum::<u64>() > u64::from(all.area.0) {
            return Err(Rejection::MoreArea { area: all.area });
        }
        Ok(())
    }
}

pub(super) fn at_least_one_at_once(people: usize) -> Result<(), Rejection> {
    match people {
        0 => Err(Rejection::NobodyNamed {}),
        1..=AT_ONCE => Ok(()),
        _ => Err(Rejection::TooManyNamed { limit: AT_ONCE }),
    }
}
