//! `audit surveys`: whether the surveyed kept their hands off the ballots, and whether what was counted is what came back.

use std::collections::{BTreeMap, HashMap};

use domain::survey::{BallotsIssued, Carrier, Closed, Event, HandedOut, Opened, Reach};
use domain::{Actor, SurveyId, UnitCode, county_date, station};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::{Fact, Fold, reads};
use serde::Serialize;

use crate::audit::around::Units;
use crate::audit::finding::{Finding, Weight};
use crate::audit::listed::Listed;
use crate::audit::station::Station;
use crate::lang::Lang;
use crate::table::{Column, columns, or_blank};

/// Every survey, and what it is held against.
#[derive(Default)]
pub struct Surveys {
    stations: HashMap<UnitCode, Station>,
    /// Who stated a station's households last.
    households: HashMap<UnitCode, Actor>,
    surveys: BTreeMap<SurveyId, Survey>,
}

struct Survey {
    opened: Opened,
    /// Who stated the households that bound it.
    bounded_by: Option<Actor>,
    issued: Option<Issued>,
    handed: Option<HandedOut>,
    /// Replies, those that recognise 援法议事, those that are satisfied.
    replies: u32,
    recognised: u32,
    satisfied: u32,
    reach: Reach,
    findings: Vec<Finding>,
}

/// The codes of its ballots.
struct Issued {
    issued: BallotsIssued,
    by: Actor,
    on: Date,
    /// Whether whoever made them was in office at the station.
    in_office: bool,
    event: String,
}

/// A survey.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The survey's stream.
    pub stream: String,
    /// The station's village.
    pub station: String,
    /// Last day for replies.
    pub closes_on: Date,
    /// How many were asked.
    pub eligible: u32,
    /// How many replied.
    pub replies: u32,
    /// The account that made the codes.
    pub maker: Option<String>,
    /// Through whom they reached the households.
    pub carrier: Option<Carrier>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of surveys shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "stream" "测评" "Survey" left |row, _| row.stream.clone();
    "station" "工作站" "Station" left |row, _| row.station.clone();
    "closes_on" "截止日" "Last day" left |row, _| row.closes_on.to_string();
    "eligible" "发放" "Asked" right |row, _| row.eligible.to_string();
    "replies" "回复" "Replies" right |row, _| row.replies.to_string();
    "maker" "制码账号" "Made by" left |row, _| or_blank(row.maker.as_ref());
    "carrier" "分发" "Handed out" left |row, lang| row.carrier.map(|it| carrier(it, lang)).unwrap_or_default();
    "findings" "发现" "Found" left |row, _| row.codes();
};

fn carrier(carrier: Carrier, lang: Lang) -> String {
    match lang {
        Lang::Zh => carrier.zh().to_owned(),
        Lang::En => carrier.as_str().to_owned(),
    }
}

impl Listed for Row {
    fn about(&self) -> &str {
        &self.stream
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Fold for Surveys {
    reads! { Self: station, survey }

    fn station(fact: &Fact, unit: &UnitCode, event: &station::Event, to: &mut Self) {
        let on = county_date(fact.recorded_at);
        to.stations.entry(unit.clone()).or_default().see(event, fact, on);
        if let station::Event::HouseholdsStated(_) = event {
            to.households.insert(unit.clone(), fact.metadata.actor.clone());
        }
    }

    fn survey(fact: &Fact, id: &SurveyId, event: &Event, to: &mut Self) {
        if let Event::Opened(opened) = event {
            let bounded_by = to.households.get(&opened.station).cloned();
            to.surveys.insert(*id, Survey::new(opened.clone(), bounded_by));
        } else if let Some(survey) = to.surveys.get_mut(id) {
            survey.see(event, fact, to.stations.get(&survey.opened.station));
        }
    }
}

impl Surveys {
    /// Every survey of a station that is asked for, as of a moment.
    pub fn rows(
        self,
        as_of: Timestamp,
        units: &Units,
        asked: &dyn Fn(&UnitCode) -> bool,
    ) -> Vec<Row> {
        let today = county_date(as_of);
        let surveys = self.surveys.into_iter().filter(|(_, it)| asked(&it.opened.station));
        surveys.map(|(id, survey)| survey.row(id, today, units)).collect()
    }
}

impl Survey {
    fn new(opened: Opened, bounded_by: Option<Actor>) -> Self {
        let (issued, handed, findings) = (None, None, Vec::new());
        let (replies, recognised, satisfied, reach) = (0, 0, 0, Reach::default());
        Self { opened, bounded_by, issued, handed, replies, recognised, satisfied, reach, findings }
    }

    fn see(&mut self, event: &Event, fact: &Fact, station: Option<&Station>) {
        match event {
            Event::Opened(_) => {}
            Event::BallotsIssued(issued) => {
                let (by, on) = (fact.metadata.actor.clone(), county_date(fact.recorded_at));
                let in_office = by.person.zip(station).is_some_and(|(who, it)| it.has(who, on));
                let event = crate::audit::finding::place_of(fact);
                self.issued = Some(Issued { issued: issued.clone(), by, on, in_office, event });
            }
            Event::HandedOut(handed) => {
                self.handed = Some(*handed);
                self.findings.extend(self.handing_out(*handed, fact));
            }
            Event::Replied(replied) => {
                self.replies += 1;
                self.recognised += u32::from(replied.recognises);
                self.satisfied += u32::from(replied.satisfaction.is_satisfied());
                self.reach.count(replied);
            }
            Event::Closed(closed) => self.findings.extend(self.counting(closed, fact)),
        }
    }

    fn handing_out(&self, handed: HandedOut, fact: &Fact) -> Vec<Finding> {
        let by_the_village = handed.carrier == Carrier::Village;
        let village = by_the_village.then(|| {
            Finding::at(
                fact,
                "survey.codes_with_village",
                Weight::Wrong,
                "测评码交由被测评的村(社区)转发。",
                "The codes went to the village that is surveyed.",
            )
        });
        let issued_on = self.issued.as_ref().and_then(|it| it.issued.issued_on);
        let early = issued_on.filter(|on| handed.handed_out_on < *on).map(|on| {
            let handed_on = handed.handed_out_on;
            Finding::at(
                fact,
                "survey.handed_out_early",
                Weight::Wrong,
                format!("称{handed_on}分发,测评码{on}才制作。"),
                format!("Said to be handed out on {handed_on}, while the codes were made on {on}."),
            )
        });
        village.into_iter().chain(early).collect()
    }

    /// What was counted against what came back.
    fn counting(&self, closed: &Closed, fact: &Fact) -> Option<Finding> {
        let stated = (closed.replies, closed.recognised, closed.satisfied);
        let counted = (self.replies, self.recognised, self.satisfied);
        let reach = (self.reach.asked > 0).then_some(self.reach);
        let differs = stated != counted || closed.reach != reach;
        let ((said, recognised, satisfied), replies) = (stated, self.replies);
        differs.then(|| {
            Finding::at(
                fact,
                "survey.figures_differ",
                Weight::Wrong,
                format!("称回复{said}份、认可{recognised}份、满意{satisfied}份;日志共{replies}份回复,与此不符。"),
                format!("It says {said} replies, {recognised} that recognise and {satisfied} that are satisfied; the log's {replies} replies make something else."),
            )
        })
    }

    /// Who made the codes and whether they were handed out: of what was stored before that was told, nothing is asked.
    fn owed(&self, today: Date, units: &Units) -> Vec<Finding> {
        let Some(made) = self.issued.as_ref().filter(|it| it.issued.maker.is_some()) else {
            return Vec::new();
        };
        let Opened { station, closes_on, .. } = &self.opened;
        let own = (made.in_office || !units.is_above(&made.by, station)).then(|| Finding {
            event: Some(made.event.clone()),
            weight: Weight::Wrong,
            ..Finding::missing(
                "survey.own_ballots",
                made.on,
                format!("测评码由被测评一方的账号{}制作。", made.by.id),
                format!("The codes were made from {}, an account of the surveyed.", made.by.id),
            )
        });
        let never = (self.handed.is_none() && *closes_on < today).then(|| {
            Finding::missing(
                "survey.never_handed_out",
                *closes_on,
                "测评已截止,没有登记测评码如何分发。",
                "The last day has passed, and nothing says how the ballots reached the households.",
            )
        });
        let stated = self.bounded_by.as_ref().filter(|by| !units.is_above(by, station));
        let stated = stated.map(|by| Finding {
            weight: Weight::Note,
            ..Finding::missing(
                "survey.own_households",
                made.on,
                format!("发放所依据的户数由本站账号{}登记。", by.id),
                format!(
                    "The households that bound it were stated from {}, an account of the station.",
                    by.id
                ),
            )
        });
        own.into_iter().chain(never).chain(stated).collect()
    }

    fn row(self, id: SurveyId, today: Date, units: &Units) -> Row {
        let owed = self.owed(today, units);
        Row {
            stream: format!("survey-{id}"),
            station: self.opened.station.to_string(),
            closes_on: self.opened.closes_on,
            eligible: self.opened.eligible,
            replies: self.replies,
            maker: self.issued.map(|issued| issued.by.id.to_string()),
            carrier: self.handed.map(|handed| handed.carrier),
            findings: self.findings.into_iter().chain(owed).collect(),
        }
    }
}
