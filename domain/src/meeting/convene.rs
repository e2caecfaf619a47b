//! 召集: in time, with an agenda, with those who may vote and with legal advisers.

use std::collections::{BTreeSet, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::backfill::taken_from;
use super::{AgendaItem, Body, Convened, Event, Meeting, Rejection, distinct, rule};
use crate::rulebook::BodyRule;
use crate::time::days_after;
use crate::{Given, IssueId, county_date};

/// Topics of an agenda, at most.
const MOST_TOPICS: usize = 10;
/// Resolutions that one meeting hears of, at most.
const MOST_REPORTS: usize = 50;
/// Members of a body that are named one by one, at most.
const MOST_MEMBERS: usize = 1_000;
/// Days ahead for which a meeting is convened, at most.
const DAYS_AHEAD: i32 = 180;

impl Convened {
    /// The day for which it is called.
    #[must_use]
    pub fn held_on(&self) -> Date {
        county_date(self.starts_at)
    }
}

impl Meeting {
    pub(super) fn convene(
        &self,
        mut asked: Box<Convened>,
        prepared: &BTreeSet<IssueId>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        if self.convened.is_some() {
            return Err(Rejection::AlreadyConvened {});
        }
        let Some(unit) = given.units.get(&asked.station) else {
            return Err(Rejection::UnknownUnit { unit: asked.station });
        };
        if let Some(successor) = &unit.succeeded_by {
            return Err(Rejection::EndedUnit { successor: successor.clone() });
        }
        let rule = rule(asked.body, given)?;
        if let Some(paper) = asked.paper.take() {
            asked.paper = Some(taken_from(paper, &asked, given)?);
        } else {
            in_time(&asked, rule, given)?;
        }
        fits_the_agenda(&asked)?;
        fits_the_body(&asked, rule)?;
        let procedure = given.rulebook.rules.deliberation().procedure();
        for (topic, item) in (1..).zip(&mut asked.agenda) {
            let listed = item.listed.as_ref().ok_or(Rejection::Unlisted { topic })?;
            item.secret |= procedure.is_secret(listed);
            let required = procedure.requires(asked.body, item);
            if required.opinion && asked.advisers.is_empty() {
                return Err(Rejection::NoAdviser { topic });
            }
            if required.steps {
                great_matter_fits(topic, asked.body, item, prepared)?;
            }
            item.required = Some(required);
        }
        for people in [&asked.members, &asked.advisers] {
            if people.len() > MOST_MEMBERS {
                return Err(Rejection::TooManyNamed { limit: MOST_MEMBERS });
            }
            distinct(people.iter().copied())?;
        }
        Ok(Event::Convened(asked))
    }
}

fn in_time(asked: &Convened, rule: &BodyRule, given: &Given<'_>) -> Result<(), Rejection> {
    if asked.starts_at < given.now {
        return Err(Rejection::Past { now: given.now.into() });
    }
    let days = rule.notice_days;
    let earliest = days_after(given.today(), days);
    if asked.held_on() < earliest {
        return Err(Rejection::ShortNotice { earliest, days });
    }
    let latest = given.today().saturating_add(DAYS_AHEAD.days());
    if asked.held_on() > latest { Err(Rejection::FarOff { latest }) } else { Ok(()) }
}

fn fits_the_agenda(asked: &Convened) -> Result<(), Rejection> {
    let hears_only = asked.agenda.is_empty() && !asked.reports.is_empty();
    if !hears_only && !(1..=MOST_TOPICS).contains(&asked.agenda.len()) {
        return Err(Rejection::Agenda { limit: MOST_TOPICS });
    }
    let mut issues = HashSet::new();
    for item in &asked.agenda {
        match item.issue {
            Some(issue) if !issues.insert(issue) => return Err(Rejection::IssueTwice { issue }),
            None if item.ratifies => return Err(Rejection::RatifiesNothing {}),
            Some(_) | None => {}
        }
    }
    if asked.reports.len() > MOST_REPORTS {
        return Err(Rejection::TooManyReports { limit: MOST_REPORTS });
    }
    let mut reports = HashSet::new();
    match asked.reports.iter().find(|resolution| !reports.insert(**resolution)) {
        Some(&resolution) => Err(Rejection::ReportTwice { resolution }),
        None => Ok(()),
    }
}

/// 四议两公开: a great matter has been proposed, consulted on and reviewed, and the assembly or the representatives decide.
fn great_matter_fits(
    topic: u8,
    body: Body,
    item: &AgendaItem,
    prepared: &BTreeSet<IssueId>,
) -> Result<(), Rejection> {
    if !matches!(body, Body::Villagers | Body::Representatives) {
        return Err(Rejection::GreatMatter { topic });
    }
    let is_prepared = item.issue.is_some_and(|issue| prepared.contains(&issue));
    if is_prepared { Ok(()) } else { Err(Rejection::Unprepared { topic }) }
}

/// Bodies with members count by them; villagers and owners count by how many there are in all.
fn fits_the_body(asked: &Convened, rule: &BodyRule) -> Result<(), Rejection> {
    match asked.body {
        Body::Council | Body::Representatives if asked.members.is_empty() => {
            Err(Rejection::NoMembers {})
        }
        Body::Council | Body::Representatives if asked.electorate.is_some() => {
            Err(Rejection::ElectorateUnasked {})
        }
        Body::Council | Body::Representatives => Ok(()),
        Body::Villagers | Body::Owners => {
            if !asked.members.is_empty() {
                return Err(Rejection::MembersUnasked {});
            }
            let all = asked.electorate.filter(|all| all.heads > 0);
            let all = all.ok_or(Rejection::NoElectorate {})?;
            if rule.by_area && all.area.0 == 0 { Err(Rejection::NoArea {}) } else { Ok(()) }
        }
    }
}
