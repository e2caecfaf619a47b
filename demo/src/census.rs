//! What the story knows of its people: read from the log, as everything else that is known of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use application::App;
use domain::identity_number::AgeGroup;
use domain::notice::Subject;
use domain::{
    Minutes, NoticeId, PersonId, Points, UnitCode, notice, points, service, squad, unit, volunteer,
};
use event_store::Position;
use jiff::civil::Date;
use projections::Fact;

use super::county::County;
use super::error::DemoError;

/// Events read at once.
const PAGE: u32 = 4096;

/// A volunteer.
#[derive(Debug, Clone)]
pub struct Person {
    /// 志愿者编号.
    pub id: PersonId,
    /// The squad's place in the county.
    pub squad: usize,
    /// Registered as a minor.
    pub minor: bool,
    /// How many patrols in a hundred they join; 0 for all but the very active.
    pub zeal: u32,
    /// All attested minutes.
    pub attested: Minutes,
    /// Attested records and their minutes, oldest first.
    pub records: Vec<(u32, Minutes)>,
    /// Points that can be used, those that expired today included.
    pub points: Points,
    /// Takes part in nothing new until then.
    pub rests_until: Date,
    /// The last day with a plan.
    pub busy_until: Date,
    /// Has left, or will tomorrow.
    pub withdrawn: bool,
}

/// A star notice that opened since the last reading.
#[derive(Debug, Clone)]
pub struct StarNotice {
    /// Whose, as a place in [`Census::people`].
    pub who: usize,
    /// The notice.
    pub notice: NoticeId,
}

/// What one reading of the log brought.
#[derive(Debug, Default)]
pub struct News {
    /// New volunteers, as places in [`Census::people`].
    pub registered: std::ops::Range<usize>,
    /// Star notices that opened.
    pub opened: Vec<StarNotice>,
    /// Who got another star.
    pub risen: Vec<usize>,
}

/// Everybody, and how many facts of each kind there are.
#[derive(Debug, Default)]
pub struct Census {
    /// In an order that is the same for a seed up to people who differ in nothing but their number.
    pub people: Vec<Person>,
    /// For each squad, its people.
    pub of_squad: Vec<Vec<usize>>,
    /// Facts by stored name.
    pub facts: BTreeMap<&'static str, u64>,
    /// Squads that are complete, and whether that was late.
    pub completed: BTreeMap<UnitCode, bool>,
    /// Units that reported their administrator, and whether that was late.
    pub reported: BTreeMap<UnitCode, bool>,
    /// Stars that went down.
    pub fallen: u64,
    squad_of: HashMap<UnitCode, usize>,
    number_of: HashMap<PersonId, usize>,
    position: Position,
}

/// A registration that has no number in the census yet.
struct Newcomer {
    id: PersonId,
    registered: Box<volunteer::Registered>,
}

impl Census {
    /// Nobody yet.
    #[must_use]
    pub fn new(county: &County) -> Self {
        let places = county.squads.iter().enumerate();
        let squad_of = places
            .flat_map(|(index, squad)| squad.places.iter().map(move |place| (place.clone(), index)))
            .collect();
        Self { squad_of, of_squad: vec![vec![]; county.squads.len()], ..Self::default() }
    }

    /// Reads on in the log.
    pub async fn catch_up(&mut self, app: &Arc<App>) -> Result<News, DemoError> {
        let mut news = News::default();
        let mut newcomers = Vec::new();
        let mut facts = Vec::new();
        loop {
            let page = app.store.read_all(self.position, PAGE).await?;
            let Some(last) = page.last() else { break };
            self.position = last.position;
            for recorded in &page {
                facts.push(Fact::read(recorded)?);
            }
        }
        for fact in &facts {
            *self.facts.entry(fact.event.kind().name).or_default() += 1;
            if let Some((&id, volunteer::Event::Registered(registered))) = fact.volunteer() {
                newcomers.push(Newcomer { id, registered: registered.clone() });
            }
        }
        let before = self.people.len();
        self.enter(newcomers);
        news.registered = before..self.people.len();
        for fact in &facts {
            self.take_in(fact, &mut news);
        }
        news.opened.sort_by_key(|opened| opened.who);
        news.risen.sort_unstable();
        Ok(news)
    }

    /// Newcomers get their places by what they are, because the log's order of one moment is chance.
    fn enter(&mut self, mut newcomers: Vec<Newcomer>) {
        newcomers.sort_by(|a, b| {
            let key = |one: &Newcomer| {
                (one.registered.unit.clone(), one.registered.age_group == AgeGroup::Minor)
            };
            key(a).cmp(&key(b))
        });
        for Newcomer { id, registered } in newcomers {
            let Some(&squad) = self.squad_of.get(&registered.unit) else { continue };
            let number = self.people.len();
            self.number_of.insert(id, number);
            self.of_squad[squad].push(number);
            self.people.push(Person {
                id,
                squad,
                minor: registered.age_group == AgeGroup::Minor,
                zeal: 0,
                attested: Minutes(0),
                records: Vec::new(),
                points: Points(0),
                rests_until: Date::MIN,
                busy_until: Date::MIN,
                withdrawn: false,
            });
        }
    }

    fn take_in(&mut self, fact: &Fact, news: &mut News) {
        if let Some((id, notice::Event::Published(published))) = fact.notice() {
            self.take_in_notice(id, published, news);
        } else if let Some((unit, squad::Event::Completed(completed))) = fact.squad() {
            self.completed.insert(unit.clone(), completed.late);
        } else if let Some((unit, unit::Event::AdministratorReported(reported))) = fact.unit() {
            self.reported.insert(unit.clone(), reported.late);
        } else if let Some((id, event)) = fact.service() {
            if let Some(&who) = self.number_of.get(id) {
                self.people[who].take_in_service(event);
            }
        } else if let Some((id, event)) = fact.points() {
            if let Some(&who) = self.number_of.get(id) {
                self.people[who].points += change_by(event);
            }
        } else if let Some((id, volunteer::Event::StarChanged(changed))) = fact.volunteer()
            && let Some(&who) = self.number_of.get(id)
        {
            if changed.to > changed.from {
                news.risen.push(who);
            } else {
                self.fallen += 1;
            }
        }
    }

    fn take_in_notice(&self, id: &NoticeId, published: &notice::Published, news: &mut News) {
        let Subject::StarChange { volunteer, .. } = published.subject else { return };
        if let Some(&who) = self.number_of.get(&volunteer) {
            news.opened.push(StarNotice { who, notice: id.clone() });
        }
    }
}

impl Person {
    fn take_in_service(&mut self, event: &service::Event) {
        match event {
            service::Event::Attested(attested) => {
                self.attested = attested.total;
                self.records.push((attested.record, attested.minutes));
            }
            service::Event::Corrected(corrected) => {
                self.attested = corrected.total;
                self.records.retain(|(record, _)| *record != corrected.record);
            }
            service::Event::Voided(voided) => {
                self.attested = voided.total;
                self.records.retain(|(record, _)| *record != voided.record);
            }
            service::Event::CheckedIn(_)
            | service::Event::CheckedOut(_)
            | service::Event::Recorded(_)
            | service::Event::BackfillRequested(_)
            | service::Event::BackfillApproved(_)
            | service::Event::DueSettled(_)
            | service::Event::Disputed(_)
            | service::Event::DisputeDismissed(_) => {}
        }
    }
}

/// What an entry does to a volunteer's balance.
fn change_by(event: &points::Event) -> Points {
    match event {
        points::Event::Earned(earned) => earned.points,
        points::Event::RedemptionCancelled(cancelled) => cancelled.points,
        points::Event::Redeemed(redeemed) => Points(0) - redeemed.points,
        points::Event::Expired(expired) => Points(0) - expired.points,
        points::Event::Reversed(reversed) => Points(0) - reversed.points,
        points::Event::Settled(settled) => Points(0) - settled.points,
    }
}
