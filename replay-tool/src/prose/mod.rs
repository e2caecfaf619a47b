//! The life of a resolution as a page that a supervisor can read aloud: `explain resolution-… --prose`.

mod adoption;
mod ending;
mod execution;
mod notice;
mod page;
mod story;

use domain::meeting::Event as MeetingEvent;
use domain::resolution::Event;
use domain::unit::Event as UnitEvent;
use domain::{Event as Any, county_date};
use event_store::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;
use projections::{Fact, ProjectionError};

use crate::audit::Row;
use crate::failure::Failure;
use crate::log::Log;
use page::Page;
use story::{Around, Story};

/// Writes the page: the resolution's facts, and how an audit found it as of the moment.
pub fn write(log: &Log, facts: &[Fact], row: &Row, as_of: Timestamp) -> Result<Page, Failure> {
    let around = Around::of(log, facts, as_of)?;
    let (mut page, mut story) = (Page::default(), Story::default());
    for (at, fact) in facts.iter().enumerate() {
        if let Any::Resolution(event) = &fact.event {
            let later = facts.get(at + 1..).unwrap_or_default();
            story.tell(&mut page, event, fact, later, &around);
        }
    }
    ending::tell(&mut page, row, as_of);
    Ok(page)
}

impl Around {
    fn of(log: &Log, facts: &[Fact], as_of: Timestamp) -> Result<Self, Failure> {
        let mut around = Self::default();
        let stream = |name: String| read(log, &name, as_of);
        for fact in facts {
            if let Any::Resolution(Event::Adopted(adopted)) = &fact.event {
                let id = fact.resolution().map(|(id, _)| *id);
                around.meeting =
                    id.map_or(Ok(vec![]), |id| stream(format!("meeting-{}", id.meeting)))?;
                let issue = adopted.issue.map(|issue| format!("issue-{issue}"));
                around.issue = issue.map_or(Ok(vec![]), stream)?;
                around.village = village(&stream(format!("unit-{}", adopted.station))?);
            }
            if let Any::Resolution(Event::MeetingInformed(informed)) = &fact.event {
                let meeting = stream(format!("meeting-{}", informed.meeting))?;
                around.held.extend(held_on(&meeting).map(|on| (informed.meeting, on)));
            }
        }
        Ok(around)
    }
}

/// The facts of a stream as of a moment; none where there is no such stream.
fn read(log: &Log, stream: &str, as_of: Timestamp) -> Result<Vec<Fact>, Failure> {
    let Ok(stream) = StreamId::new(stream) else { return Ok(Vec::new()) };
    let events = log.stream(&stream)?;
    let known = events.iter().take_while(|event| event.recorded_at <= as_of);
    Ok(known.map(Fact::read).collect::<Result<_, _>>().map_err(ProjectionError::from)?)
}

fn village(unit: &[Fact]) -> Option<String> {
    unit.iter().find_map(|fact| {
        let Any::Unit(UnitEvent::Registered(registered)) = &fact.event else { return None };
        Some(registered.name.to_string())
    })
}

fn held_on(meeting: &[Fact]) -> Option<Date> {
    meeting.iter().find_map(|fact| {
        let Any::Meeting(MeetingEvent::MinutesSealed(sealed)) = &fact.event else { return None };
        Some(sealed.held_on)
    })
}

impl Story {
    fn tell(
        &mut self,
        page: &mut Page,
        event: &Event,
        fact: &Fact,
        later: &[Fact],
        around: &Around,
    ) {
        let on = county_date(fact.recorded_at);
        match event {
            Event::Adopted(it) => {
                let topic = fact.resolution().map_or(0, |(id, _)| id.topic);
                adoption::tell(page, it, topic, around);
            }
            Event::BackfillRequested(_) => page.on(
                on,
                "凭纸质材料补录公示",
                "its notice, which had hung on the board, was entered from paper",
            ),
            Event::BackfillApproved(_) => {
                page.on(on, "另一人核准补录", "a second person approved that");
            }
            Event::BackfillRefused(_) => {
                page.on(on, "补录未获核准", "a second person refused that")
            }
            Event::Publicised(it) => self.publicised(page, it, later),
            Event::ObjectionFiled(it) => self.filed(page, it, on),
            Event::ObjectionAnswered(it) => self.answered(page, it, on),
            Event::ObjectionEscalated(it) => self.escalated(page, it, on),
            Event::ObjectionOverdue(it) => notice::overdue(page, it, on),
            Event::Corrected(it) => notice::corrected(page, it, on),
            Event::Withdrawn(it) => notice::withdrawn(page, it, on),
            Event::NoticeClosed(_) => page.on(on, "公示结束", "the notice closed"),
            Event::Assigned(it) => self.assigned(page, it, on),
            Event::Progressed(it) => execution::progressed(page, it, on),
            Event::Extended(it) => self.extended(page, it, on),
            Event::ExecutionOverdue(it) => execution::overdue(page, it),
            Event::CompletionClaimed(it) => self.claimed(page, it, on),
            Event::CompletionReturned(it) => self.returned(page, it, on),
            Event::CompletionVerified(it) => execution::verified(page, it, on),
            Event::BranchInformed(_) => execution::branch(page, on),
            Event::MeetingInformed(it) => execution::heard(page, it, on, around),
            Event::CompletionPublicised(it) => execution::publicised(page, it),
            Event::Reopened(it) => execution::reopened(page, it, on),
        }
    }
}
