//! Given/when/then: a test tells a history, asks for something, and names the facts or the refusal.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::rulebook::{Adopted, Rules};
use crate::squad::{self, Consent};
use crate::unit::{
    self, Attributed, HeadcountDeclared, Kind, QuotaAssigned, Registered, Succeeded,
};
use crate::{
    Actor, ActorId, Aggregate, CampaignCode, Directory, Event, Given, PersonId, Refusal, Role,
    SealedDigest, Text, UnitCode, campaign,
};

/// A history and the world around it, ready for a command.
#[derive(Clone)]
pub struct Scene<A> {
    state: A,
    now: Timestamp,
    actor: Actor,
    rulebook: Adopted,
    calendar: Calendar,
    units: Directory,
}

/// A scene with this history: noon of 2021-11-30, the county office asks, the shipped rules hold.
pub fn given<A: Aggregate>(history: impl IntoIterator<Item = A::Event>) -> Scene<A> {
    let history: Vec<_> = history.into_iter().collect();
    Scene {
        state: A::after(&history),
        now: time("2021-11-30T12:00:00+08:00"),
        actor: actor(Role::CountyOffice, "office"),
        rulebook: Adopted::shipped().clone(),
        calendar: Calendar::shipped().clone(),
        units: county(),
    }
}

impl<A: Aggregate> Scene<A>
where
    A::Event: Debug + PartialEq,
{
    /// At another moment.
    pub fn at(mut self, now: &str) -> Self {
        self.now = time(now);
        self
    }

    /// Somebody else asks.
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Other figures in the rulebook.
    pub fn rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(&mut self.rulebook.rules);
        self
    }

    /// Another calendar of working days.
    pub fn calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = calendar;
        self
    }

    /// Something more happened to a unit or a campaign.
    pub fn unit(mut self, code: &str, event: impl Into<Event>) -> Self {
        self.units.evolve(code, &event.into());
        self
    }

    /// Another history in another tree of units.
    pub fn stand(mut self, state: A, units: Directory) -> Self {
        (self.state, self.units) = (state, units);
        self
    }

    /// Asks. The answer is judged by [`Outcome::then`] or [`Outcome::refused`].
    pub fn when(self, command: A::Command) -> Outcome<A> {
        let given = Given {
            now: self.now,
            actor: &self.actor,
            rulebook: &self.rulebook,
            calendar: &self.calendar,
            units: &self.units,
        };
        let answer = self.state.decide(command, &given);
        Outcome { scene: self, answer }
    }

    /// The state so far.
    pub fn state(&self) -> &A {
        &self.state
    }
}

/// What a command was answered with.
pub struct Outcome<A: Aggregate> {
    scene: Scene<A>,
    answer: Result<Vec<A::Event>, A::Rejection>,
}

impl<A: Aggregate> Outcome<A>
where
    A::Event: Debug + PartialEq,
{
    /// These facts and no others. They are taken in, and each reads back as it is stored.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = A::Event>) -> Scene<A> {
        let expected: Vec<_> = expected.into_iter().collect();
        let mut scene = self.scene;
        match self.answer {
            Ok(facts) => assert_eq!(facts, expected),
            Err(refusal) => panic!("refused: {} {refusal}", refusal.code()),
        }
        for fact in &expected {
            let stored: Event = fact.clone().into();
            let bytes = stored.encode().unwrap();
            assert_eq!(Event::decode(stored.kind().name, &bytes).unwrap(), stored);
            scene.state.evolve(fact);
        }
        scene
    }

    /// Some facts, which are taken in; what they are is not this test's concern.
    #[track_caller]
    pub fn granted(self) -> Scene<A> {
        let facts = self.answer.as_ref().map_or_else(|_| vec![], Clone::clone);
        assert!(!facts.is_empty(), "{:?}", self.answer.err().map(|refusal| refusal.code()));
        Self { scene: self.scene, answer: Ok(facts.clone()) }.then(facts)
    }

    /// Granted or refused, both are fine: for properties that hold whatever is asked.
    pub fn whatever(self) -> (Scene<A>, Vec<A::Event>) {
        let mut scene = self.scene;
        let facts = self.answer.unwrap_or_default();
        facts.iter().for_each(|fact| scene.state.evolve(fact));
        (scene, facts)
    }

    /// Refused by the rule with this code, in both languages; the history stays as it was.
    #[track_caller]
    pub fn refused(self, code: &str) -> Scene<A> {
        match self.answer {
            Ok(facts) => panic!("expected {code}, but it was granted: {facts:?}"),
            Err(refusal) => says(&refusal, code),
        }
        self.scene
    }

    /// The refusal itself, of which a test asks what it names.
    #[track_caller]
    pub fn refusal(self) -> A::Rejection {
        match self.answer {
            Ok(facts) => panic!("expected a refusal, but it was granted: {facts:?}"),
            Err(refusal) => refusal,
        }
    }
}

/// Holds a refusal against its code, and its two sentences against what they owe the reader.
#[track_caller]
pub fn says(refusal: &impl Refusal, code: &str) {
    assert_eq!(refusal.code(), code, "{refusal}");
    let (zh, en) = (refusal.zh(), refusal.en());
    assert!(zh.chars().any(|c| ('一'..='龥').contains(&c)), "{code} says no Chinese: {zh}");
    assert!(zh.ends_with('。'), "{code} does not end its sentence: {zh}");
    assert!(en.ends_with('.') && en.contains(' '), "{code} says no English sentence: {en}");
    for text in [&zh, &en] {
        for placeholder in ["{", "}", "TODO", "TBD", "XXX", "???", "lorem"] {
            assert!(!text.contains(placeholder), "{code} holds a placeholder: {text}");
        }
    }
    assert!(refusal.field().is_none_or(|field| !field.is_empty()), "{code} names an empty field");
}

/// Every code that a `refusals!` block declares stands, in quotes, in the tests beside it.
#[track_caller]
pub fn every_code_is_tested(source: &str, tests: &str, category: &str) {
    let declared: Vec<&str> = source.split('"').filter(|text| is_code_of(text, category)).collect();
    assert!(!declared.is_empty(), "no refusals of {category}");
    let untested: Vec<_> =
        declared.iter().filter(|code| !tests.contains(&format!("\"{code}\""))).collect();
    assert!(untested.is_empty(), "no test asks for {untested:?}");
    let mut once = declared.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), declared.len(), "a code of {category} is declared twice");
}

fn is_code_of(text: &str, category: &str) -> bool {
    text.strip_prefix(category).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rule| {
        !rule.is_empty() && rule.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    })
}

/// A small county: two towns, a village, two departments, and units that may be attributed.
///
/// In the campaign of 2021 the town `T1` (200 people) has the task 100 and the department `EDU` (10 people) the task 1; both have squads; the outpost
/// `O1` (5 people) counts towards `LAW` (20 people); `OLD` was taken over by `EDU`.
pub fn county() -> Directory {
    let mut units = Directory::default();
    for (unit, kind, parent, headcount) in [
        ("C", Kind::County, None, 0),
        ("T1", Kind::Town, Some("C"), 200),
        ("T2", Kind::Town, Some("C"), 50),
        ("V1", Kind::Village, Some("T1"), 30),
        ("LAW", Kind::Department, Some("C"), 20),
        ("EDU", Kind::Department, Some("C"), 10),
        ("O1", Kind::Outpost, Some("T1"), 5),
        ("S1", Kind::School, Some("T1"), 40),
        ("OLD", Kind::Department, Some("C"), 0),
    ] {
        units.evolve(unit, &unit::Event::Registered(registered(unit, kind, parent)).into());
        let declared = unit::Event::HeadcountDeclared(HeadcountDeclared { headcount });
        units.evolve(unit, &declared.into());
    }
    units.evolve("2021", &campaign::Event::Adopted(Box::new(raising())).into());
    for (unit, event) in [
        ("T1", unit::Event::QuotaAssigned(QuotaAssigned { task: 100, campaign: Some(campaign()) })),
        ("O1", unit::Event::Attributed(Attributed { to: code("LAW") })),
        (
            "OLD",
            unit::Event::Succeeded(Succeeded {
                by: code("EDU"),
                also: vec![],
                reason: text("机构合并"),
                takes_over: None,
            }),
        ),
    ] {
        units.evolve(unit, &event.into());
    }
    for unit in ["T1", "EDU"] {
        let applied = squad::Event::Applied(squad::Applied { unit: code(unit) });
        units.evolve(unit, &applied.into());
    }
    units
}

/// 组建2021, by the notice: administrators until noon of 11-23, squads until 11-30.
pub fn raising() -> campaign::Adopted {
    campaign::Adopted {
        name: text("组建2021"),
        source: text("关于组建法治志愿者队伍的通知"),
        starts_on: day("2021-11-01"),
        ends_on: Some(day("2022-06-30")),
        deadlines: campaign::Deadlines {
            administrator: Some(time("2021-11-23T12:00:00+08:00")),
            squad: Some(time("2021-12-01T00:00:00+08:00")),
        },
        by_kind: vec![],
        county_total: None,
        tasks: vec![campaign::Task { unit: code("EDU"), task: 1 }],
    }
}

/// The code of [`raising`].
pub fn campaign() -> CampaignCode {
    CampaignCode::new("2021").unwrap()
}

/// A registration, named after its code.
pub fn registered(unit: &str, kind: Kind, parent: Option<&str>) -> Registered {
    let name = text(&format!("{}{unit}", kind.zh()));
    Registered { unit: code(unit), name, kind, parent: parent.map(code) }
}

/// An account of a role, without a unit or a person.
pub fn actor(role: Role, id: &str) -> Actor {
    Actor { id: ActorId::new(id).unwrap(), role, unit: None, person: None }
}

/// 单位代码.
pub fn code(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

/// Free text.
pub fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

/// A moment, RFC 3339.
pub fn time(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

/// A day, YYYY-MM-DD.
pub fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// A volunteer.
pub fn person(number: u64) -> PersonId {
    PersonId::from_bits(number)
}

/// A digest of sealed bytes.
pub fn digest(byte: u8) -> SealedDigest {
    SealedDigest([byte; 32])
}

/// 本人同意, given on a day.
pub fn consent(given_on: &str) -> Consent {
    Consent { given_on: day(given_on), form: text("书面") }
}
