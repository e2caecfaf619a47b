//! Every event decodes, folds, and makes sense after those before it in its stream.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use domain::rulebook::Event as RulebookEvent;
use domain::{Aggregate, Category, Event, service, squad, station, unit, volunteer};
use event_store::{Recorded, StreamId};
use projections::{Fact, Undecodable};

use super::evidence::Citations;
use super::finding::{Finding, Report};
use super::ids::Ids;
use super::points::{Books, Ledger};
use super::sealed::Sealed;
use super::service::Tally;
use crate::failure::Failure;

/// The state of every stream, and what concerns them all.
pub struct History {
    streams: HashMap<StreamId, State>,
    rulebooks: HashSet<u32>,
    books: Books,
    sealed: Sealed,
    /// Which evidence is named where.
    pub citations: Citations,
}

/// The state of one stream. After the first finding nothing follows from it any more.
enum State {
    Service(Tally),
    Points(Ledger),
    Other(Box<dyn Folds>),
    Unsound,
}

/// The state of an aggregate of which only its own events ask anything.
trait Folds {
    /// The category was compared before, so the event is one of the aggregate's.
    fn fold(&mut self, event: Event);
}

impl<A: Aggregate> Folds for A {
    fn fold(&mut self, event: Event) {
        if let Ok(event) = A::Event::try_from(event) {
            self.evolve(&event);
        }
    }
}

macro_rules! beginning {
    ([] $( $name:ident $module:ident: $state:ty, $key:ty, $event:ty; )+) => {
        fn beginning(category: Category) -> Box<dyn Folds> {
            match category {
                $( Category::$name => Box::<$state>::default(), )+
            }
        }
    };
}
domain::aggregates! { each [beginning] [] }

impl History {
    /// Nothing seen; the shipped rulebook is known.
    pub fn new() -> Self {
        Self {
            streams: HashMap::new(),
            rulebooks: HashSet::from([0]),
            books: Books::default(),
            sealed: Sealed::default(),
            citations: Citations::default(),
        }
    }

    /// The stream is damaged: its further events are decoded, but nothing is concluded from them.
    pub fn distrust(&mut self, stream: &StreamId) {
        if let Some(State::Points(ledger)) = self.streams.insert(stream.clone(), State::Unsound) {
            self.books.close(&ledger);
        }
    }

    /// Decodes an event and folds it.
    pub fn see(&mut self, recorded: &Recorded, ids: &mut Ids, report: &mut Report) {
        let fact = match Fact::read(recorded) {
            Ok(fact) => fact,
            Err(error) => {
                report.find(undecodable(&error).at(recorded));
                return self.distrust(&recorded.stream);
            }
        };
        if let Some(cause) = fact.metadata.cause {
            ids.caused(recorded.position.0, cause);
        }
        self.check_rulebook(&fact, recorded, report);
        self.sealed.see(&fact);
        self.citations.see(&fact);
        let first = recorded.version.0 == 1;
        let state = self
            .streams
            .entry(recorded.stream.clone())
            .or_insert_with(|| State::of(recorded.stream.category()));
        let found = state.take(fact, first, &mut self.books);
        if let Some(finding) = found {
            report.find(finding.at(recorded));
            self.distrust(&recorded.stream);
        }
    }

    /// Judges what concerns all streams, after everything was seen; gives which evidence is named.
    pub fn finish(mut self, data: &Path, report: &mut Report) -> Result<Citations, Failure> {
        for state in self.streams.into_values() {
            if let State::Points(ledger) = state {
                self.books.close(&ledger);
            }
        }
        self.books.finish(report);
        self.sealed.finish(data, report)?;
        Ok(self.citations)
    }

    fn check_rulebook(&mut self, fact: &Fact, recorded: &Recorded, report: &mut Report) {
        let version = fact.metadata.rulebook;
        if !self.rulebooks.contains(&version) {
            report.find(
                Finding::new(
                    "event.rulebook",
                    format!("所依规则簿第{version}版此前没有通过。"),
                    format!(
                        "It rests on rulebook version {version}, which was not adopted before it."
                    ),
                )
                .at(recorded),
            );
        }
        if let Event::Rulebook(RulebookEvent::Adopted(adopted)) = &fact.event {
            self.rulebooks.insert(adopted.version);
        }
    }
}

impl State {
    /// The beginning of a stream of this category; `Unsound` where there is none such, which
    /// [`State::take`] never sees because no event fits it.
    fn of(category: &str) -> Self {
        match Category::named(category) {
            Some(Category::Service) => Self::Service(Tally::default()),
            Some(Category::Points) => Self::Points(Ledger::default()),
            Some(category) => Self::Other(beginning(category)),
            None => Self::Unsound,
        }
    }

    /// Folds a fact, or says what is wrong with it here.
    fn take(&mut self, fact: Fact, first: bool, books: &mut Books) -> Option<Finding> {
        let category = fact.event.category().as_str();
        if fact.stream.category() != category {
            return Some(Finding::new(
                "event.stream",
                format!("事件属于“{category}”类,不属于这个事件流。"),
                format!("The event is one of \"{category}\" and does not belong into this stream."),
            ));
        }
        if matches!(self, Self::Unsound) {
            return None;
        }
        if let Some(finding) = misplaced(&fact, first) {
            return Some(finding);
        }
        match self {
            Self::Other(state) => state.fold(fact.event),
            Self::Service(tally) => match service::Event::try_from(fact.event) {
                Ok(event) => return tally.take(&event),
                Err(_) => return None,
            },
            Self::Points(ledger) => match domain::points::Event::try_from(fact.event) {
                Ok(event) => return books.take(ledger, &event),
                Err(_) => return None,
            },
            Self::Unsound => {}
        }
        None
    }
}

/// An event that must come first and does not, that cannot come again, or that is about something else.
fn misplaced(fact: &Fact, first: bool) -> Option<Finding> {
    if founds(&fact.event).is_some_and(|founds| founds != first) {
        return Some(if first {
            Finding::new(
                "stream.start",
                "事件流不以登记、申请、注册、发布、设立、召集或通过开始。",
                "The stream does not begin with the event that founds it: a registration, application, publication, opening, convening or adoption.",
            )
        } else {
            Finding::new(
                "stream.start",
                "登记、申请、注册、发布、设立、召集或通过再次出现;每个事件流只有一次。",
                "What founds the stream comes again; it can come only once.",
            )
        });
    }
    let about = about(&fact.event).filter(|about| about != fact.key())?;
    Some(Finding::new(
        "event.key",
        format!("事件内容是关于{about}的,与事件流名称不符。"),
        format!("The event is about {about}, not about what the stream is named after."),
    ))
}

/// Whether an event founds its stream; none where a stream may begin with several.
fn founds(event: &Event) -> Option<bool> {
    // An asker's or objector's data is erased in a stream that holds nothing else.
    if let Event::Volunteer(volunteer::Event::PersonalDataErased(_)) = event {
        return None;
    }
    let kind = event.kind();
    kind.category.is_founded().then_some(kind.founds)
}

/// Whom or what an event's own fields name, where they repeat the stream's name.
fn about(event: &Event) -> Option<String> {
    if let Event::Unit(unit::Event::Registered(registered)) = event {
        Some(registered.unit.to_string())
    } else if let Event::Station(station::Event::Opened(opened)) = event {
        Some(opened.unit.to_string())
    } else if let Event::Squad(squad::Event::Applied(applied)) = event {
        Some(applied.unit.to_string())
    } else if let Event::Service(event) = event {
        entry(event).map(|entry| entry.volunteer.to_string())
    } else {
        None
    }
}

/// What an event says that a service was.
fn entry(event: &service::Event) -> Option<&service::Entry> {
    match event {
        service::Event::Recorded(recorded) => Some(&recorded.entry),
        service::Event::BackfillRequested(asked) => Some(&asked.entry),
        service::Event::Corrected(corrected) => Some(&corrected.entry),
        service::Event::CheckedIn(_)
        | service::Event::CheckedOut(_)
        | service::Event::BackfillApproved(_)
        | service::Event::DueSettled(_)
        | service::Event::Attested(_)
        | service::Event::Disputed(_)
        | service::Event::DisputeDismissed(_)
        | service::Event::Voided(_) => None,
    }
}

fn undecodable(error: &Undecodable) -> Finding {
    let (kind, why) = (&error.kind, &error.source);
    Finding::new(
        "event.unreadable",
        format!("{kind:?}类事件无法读取:{why}。"),
        format!("The event of kind {kind:?} cannot be read: {why}."),
    )
}
