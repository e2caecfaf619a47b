//! Every event decodes, folds, and makes sense after those before it in its stream.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use domain::activity::Activity;
use domain::issue::Issue;
use domain::ledger_key::LedgerKeys;
use domain::meeting::Meeting;
use domain::notice::Notice;
use domain::resolution::Resolution;
use domain::rulebook::{Event as RulebookEvent, Rulebook};
use domain::squad::Squad;
use domain::station::Station;
use domain::survey::Survey;
use domain::unit::Unit;
use domain::volunteer::Volunteer;
use domain::{
    Aggregate, Event, activity, issue, meeting, notice, resolution, service, squad, station,
    survey, unit, volunteer,
};
use event_store::{Recorded, StreamId};
use projections::{Fact, Undecodable};

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
}

/// The state of one stream. After the first finding nothing follows from it any more.
enum State {
    Rulebook(Rulebook),
    Unit(Unit),
    Squad(Squad),
    Volunteer(Box<Volunteer>),
    Activity(Box<Activity>),
    Service(Tally),
    Points(Ledger),
    Notice(Notice),
    Station(Box<Station>),
    Issue(Box<Issue>),
    Meeting(Box<Meeting>),
    Resolution(Box<Resolution>),
    Survey(Box<Survey>),
    LedgerKey(LedgerKeys),
    Unsound,
}

impl History {
    /// Nothing seen; the shipped rulebook is known.
    pub fn new() -> Self {
        Self {
            streams: HashMap::new(),
            rulebooks: HashSet::from([0]),
            books: Books::default(),
            sealed: Sealed::default(),
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

    /// Judges what concerns all streams, after everything was seen.
    pub fn finish(mut self, data: &Path, report: &mut Report) -> Result<(), Failure> {
        for state in self.streams.into_values() {
            if let State::Points(ledger) = state {
                self.books.close(&ledger);
            }
        }
        self.books.finish(report);
        self.sealed.finish(data, report)
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
        match category {
            "rulebook" => Self::Rulebook(Rulebook::default()),
            "unit" => Self::Unit(Unit::default()),
            "squad" => Self::Squad(Squad::default()),
            "volunteer" => Self::Volunteer(Box::default()),
            "activity" => Self::Activity(Box::default()),
            "service" => Self::Service(Tally::default()),
            "points" => Self::Points(Ledger::default()),
            "notice" => Self::Notice(Notice::default()),
            "station" => Self::Station(Box::default()),
            "issue" => Self::Issue(Box::default()),
            "meeting" => Self::Meeting(Box::default()),
            "resolution" => Self::Resolution(Box::default()),
            "survey" => Self::Survey(Box::default()),
            "ledger_key" => Self::LedgerKey(LedgerKeys::default()),
            _ => Self::Unsound,
        }
    }

    /// Folds a fact, or says what is wrong with it here.
    fn take(&mut self, fact: Fact, first: bool, books: &mut Books) -> Option<Finding> {
        let category = category(&fact.event);
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
            Self::Rulebook(state) => fold(state, fact.event),
            Self::Unit(state) => fold(state, fact.event),
            Self::Squad(state) => fold(state, fact.event),
            Self::Volunteer(state) => fold(&mut **state, fact.event),
            Self::Activity(state) => fold(&mut **state, fact.event),
            Self::Notice(state) => fold(state, fact.event),
            Self::Station(state) => fold(&mut **state, fact.event),
            Self::Issue(state) => fold(&mut **state, fact.event),
            Self::Meeting(state) => fold(&mut **state, fact.event),
            Self::Resolution(state) => fold(&mut **state, fact.event),
            Self::Survey(state) => fold(&mut **state, fact.event),
            Self::LedgerKey(state) => fold(state, fact.event),
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

/// The category was compared before, so the event is one of the aggregate's.
fn fold<A: Aggregate>(state: &mut A, event: Event) {
    if let Ok(event) = A::Event::try_from(event) {
        state.evolve(&event);
    }
}

fn category(event: &Event) -> &'static str {
    match event {
        Event::Rulebook(_) => Rulebook::CATEGORY,
        Event::Unit(_) => Unit::CATEGORY,
        Event::Squad(_) => Squad::CATEGORY,
        Event::Volunteer(_) => Volunteer::CATEGORY,
        Event::Activity(_) => Activity::CATEGORY,
        Event::Service(_) => service::Service::CATEGORY,
        Event::Points(_) => domain::points::Account::CATEGORY,
        Event::Notice(_) => Notice::CATEGORY,
        Event::Station(_) => Station::CATEGORY,
        Event::Issue(_) => Issue::CATEGORY,
        Event::Meeting(_) => Meeting::CATEGORY,
        Event::Resolution(_) => Resolution::CATEGORY,
        Event::Survey(_) => Survey::CATEGORY,
        Event::LedgerKey(_) => LedgerKeys::CATEGORY,
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
    match event {
        Event::Unit(event) => Some(matches!(event, unit::Event::Registered(_))),
        Event::Squad(event) => Some(matches!(event, squad::Event::Applied(_))),
        // An asker's or objector's data is erased in a stream that holds nothing else.
        Event::Volunteer(volunteer::Event::PersonalDataErased(_)) => None,
        Event::Volunteer(event) => Some(matches!(event, volunteer::Event::Registered(_))),
        Event::Activity(event) => Some(matches!(event, activity::Event::Published(_))),
        Event::Notice(event) => Some(matches!(event, notice::Event::Published(_))),
        Event::Station(event) => Some(matches!(event, station::Event::Opened(_))),
        Event::Issue(event) => Some(matches!(event, issue::Event::Registered(_))),
        Event::Meeting(event) => Some(matches!(event, meeting::Event::Convened(_))),
        Event::Resolution(event) => Some(matches!(event, resolution::Event::Adopted(_))),
        Event::Survey(event) => Some(matches!(event, survey::Event::Opened(_))),
        Event::Rulebook(_) | Event::Service(_) | Event::Points(_) | Event::LedgerKey(_) => None,
    }
}

/// Whom or what an event's own fields name, where they repeat the stream's name.
fn about(event: &Event) -> Option<String> {
    match event {
        Event::Unit(unit::Event::Registered(registered)) => Some(registered.unit.to_string()),
        Event::Station(station::Event::Opened(opened)) => Some(opened.unit.to_string()),
        Event::Squad(squad::Event::Applied(applied)) => Some(applied.unit.to_string()),
        Event::Service(service::Event::Recorded(recorded)) => {
            Some(recorded.entry.volunteer.to_string())
        }
        Event::Service(service::Event::BackfillRequested(asked)) => {
            Some(asked.entry.volunteer.to_string())
        }
        Event::Service(service::Event::Corrected(corrected)) => {
            Some(corrected.entry.volunteer.to_string())
        }
        Event::Unit(_)
        | Event::Squad(_)
        | Event::Service(_)
        | Event::Rulebook(_)
        | Event::Volunteer(_)
        | Event::Activity(_)
        | Event::Points(_)
        | Event::Notice(_)
        | Event::Station(_)
        | Event::Issue(_)
        | Event::Meeting(_)
        | Event::Resolution(_)
        | Event::Survey(_)
        | Event::LedgerKey(_) => None,
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
