use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Adopted, Deliberation, Rejection, Rule};
use crate::writing::has_hidden;
use crate::{Both, Minutes, Points, Text, privacy};

/// The figures of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// A squad's members are at least this percentage of the unit's headcount.
    pub member_percent: Rule<u8>,
    /// Party members and 入党积极分子 are at least this percentage of a squad.
    pub party_percent: Rule<u8>,
    /// The county's total of registered volunteers to reach. Belongs to a campaign; earlier versions state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county_total: Option<Rule<u32>>,
    /// Administrators are reported until then; later is flagged as late. Belongs to a campaign; what an earlier version states
    /// holds until the county adopts one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrator_deadline: Option<Rule<Timestamp>>,
    /// Squads are complete until then; later is flagged as late. Belongs to a campaign, as the one above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub squad_deadline: Option<Rule<Timestamp>>,
    /// Whether a town's heads include those of the villages below it, in completion and quota alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towns_count_villages: Option<Rule<bool>>,
    /// What share of the 常住人口 registers as volunteers, and by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population_share: Option<Rule<PopulationShare>>,
    /// A volunteer is active for this many days after an attested service.
    pub active_days: Rule<u16>,
    /// A service is recorded within this many working days (工作日) after its end.
    pub record_within_working_days: Rule<u16>,
    /// 应急活动补发: an emergency activity that runs already is published within this many hours of its start; a version that says
    /// nothing of it leaves the shipped figure in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_publish_hours: Option<Rule<u16>>,
    /// Attested minutes that one to five stars take, rising.
    pub star_minutes: Rule<[Minutes; 5]>,
    /// 公示期: the days a notice stands open to objections.
    pub notice_days: Rule<u8>,
    /// An objection is answered within this many days.
    pub objection_answer_days: Rule<u8>,
    /// Points earned by an attested hour.
    pub points_per_hour: Rule<Points>,
    /// Points expire so many months after they were earned; none: never.
    pub points_valid_months: Rule<Option<u16>>,
    /// What points can be redeemed for.
    pub redeemables: Rule<Vec<Redeemable>>,
    /// 援法议事; a version that says nothing of it leaves the shipped figures in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliberation: Option<Box<Deliberation>>,
}

/// 注册志愿者占常住人口的比例, to reach by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationShare {
    /// Percent of the 常住人口.
    pub percent: u8,
    /// Last day.
    pub by: Date,
}

impl PopulationShare {
    /// Registered volunteers that so many inhabitants take.
    #[must_use]
    pub fn required(self, population: u32) -> u32 {
        let share = (u64::from(population) * u64::from(self.percent)).div_ceil(100);
        u32::try_from(share).unwrap_or(u32::MAX)
    }
}

/// An offer of the points catalogue (积分兑换目录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemable {
    /// Short code of the offer.
    pub item: Box<str>,
    /// What is given.
    pub name: Box<str>,
    /// What it costs.
    pub points: Points,
}

impl Rules {
    /// The offer with this code.
    #[must_use]
    pub fn redeemable(&self, item: &str) -> Option<&Redeemable> {
        let is_it = |offer: &&Redeemable| {
            // A request names it in the one form of texts; the rulebook keeps what was adopted.
            &*offer.item == item || Text::<40>::new(&offer.item).is_ok_and(|it| it.as_str() == item)
        };
        self.redeemables.iter().find(is_it)
    }

    /// Hours from the start within which an emergency activity that runs is published.
    #[must_use]
    pub fn emergency_publish_hours(&self) -> &Rule<u16> {
        static SHIPPED: LazyLock<Rule<u16>> = LazyLock::new(|| {
            let shipped = Adopted::shipped().rules.emergency_publish_hours.clone();
            #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
            shipped.expect("it has them")
        });
        self.emergency_publish_hours.as_ref().unwrap_or_else(|| &SHIPPED)
    }

    /// Stars that so many attested minutes deserve, 0 to 5.
    #[must_use]
    pub fn stars_for(&self, attested: Minutes) -> u8 {
        self.star_minutes.iter().map(|&needed| u8::from(attested >= needed)).sum()
    }

    /// Members a squad needs: its task number, or the percentage of the headcount if that is more.
    #[must_use]
    pub fn required_members(&self, headcount: u32, task: u32) -> u32 {
        let share = (u64::from(headcount) * u64::from(*self.member_percent)).div_ceil(100);
        task.max(u32::try_from(share).unwrap_or(u32::MAX))
    }

    pub(super) fn check(&self) -> Result<(), Rejection> {
        for (rule, words) in self.words() {
            if let Some((kind, stretch)) = privacy::first_personal(words) {
                return Err(Rejection::Personal { rule, kind, stretch });
            }
        }
        let figures = [
            ("member_percent", (1..=100).contains(&*self.member_percent), "1–100".into()),
            ("party_percent", *self.party_percent <= 100, "0–100".into()),
            (
                "population_share",
                (1..=100).contains(&self.population_share().percent),
                "1–100".into(),
            ),
            ("active_days", (1..=3660).contains(&*self.active_days), "1–3660".into()),
            (
                "record_within_working_days",
                (1..=250).contains(&*self.record_within_working_days),
                "1–250".into(),
            ),
            (
                "emergency_publish_hours",
                (1..=168).contains(&**self.emergency_publish_hours()),
                "1–168".into(),
            ),
            (
                "star_minutes",
                self.star_minutes.is_sorted_by(|a, b| a < b),
                Both { zh: "五个递增数", en: "five rising figures" },
            ),
            ("notice_days", (1..=90).contains(&*self.notice_days), "1–90".into()),
            (
                "objection_answer_days",
                (1..=90).contains(&*self.objection_answer_days),
                "1–90".into(),
            ),
            ("points_per_hour", (0..=10_000).contains(&self.points_per_hour.0), "0–100.00".into()),
            (
                "points_valid_months",
                self.points_valid_months.is_none_or(|m| (1..=240).contains(&m)),
                Both {
                    zh: "1–240,不过期则为null", en: "1–240, or null where none expire"
                },
            ),
            (
                "redeemables",
                fit_to_offer(&self.redeemables),
                Both {
                    zh: "不超过100项,编码不重复,有名称,分值大于0",
                    en: "at most 100 offers, each with its own code, a name and points > 0",
                },
            ),
        ];
        if let Some((rule, _, accepted)) = figures.into_iter().find(|(_, fits, _)| !fits) {
            return Err(Rejection::Figure { rule, accepted });
        }
        if let Some((rule, accepted)) = self.deliberation().misfit() {
            return Err(Rejection::Figure { rule, accepted });
        }
        match self.sources().into_iter().find(|(_, source)| source.trim().is_empty()) {
            Some((rule, _)) => Err(Rejection::Uncited { rule }),
            None => Ok(()),
        }
    }

    /// Every source, code and name, by its rule: they stand in the history as they are.
    fn words(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let offers = self.redeemables.iter().flat_map(|offer| [&*offer.item, &*offer.name]);
        let topics = self.deliberation().topics.iter().map(|topic| &*topic.title);
        let named = offers.map(|name| ("redeemables", name));
        self.sources().into_iter().chain(named).chain(topics.map(|title| ("topics", title)))
    }

    /// Every rule with its source.
    #[must_use]
    pub fn sources(&self) -> Vec<(&'static str, &str)> {
        let mut sources = vec![
            ("member_percent", &*self.member_percent.source),
            ("party_percent", &*self.party_percent.source),
            ("towns_count_villages", &*self.rule_of_towns().source),
            ("population_share", &*self.population_share().source),
            ("active_days", &*self.active_days.source),
            ("record_within_working_days", &*self.record_within_working_days.source),
            ("emergency_publish_hours", &*self.emergency_publish_hours().source),
            ("star_minutes", &*self.star_minutes.source),
            ("notice_days", &*self.notice_days.source),
            ("objection_answer_days", &*self.objection_answer_days.source),
            ("points_per_hour", &*self.points_per_hour.source),
            ("points_valid_months", &*self.points_valid_months.source),
            ("redeemables", &*self.redeemables.source),
        ];
        let deadlines = [
            ("administrator_deadline", &self.administrator_deadline),
            ("squad_deadline", &self.squad_deadline),
        ];
        for (rule, stated) in deadlines {
            sources.extend(stated.iter().map(|stated| (rule, &*stated.source)));
        }
        sources.extend(self.county_total.iter().map(|stated| ("county_total", &*stated.source)));
        sources.extend(self.deliberation().sources());
        sources
    }
}

/// Code and name of an offer go into the history when it is redeemed, so they are checked as texts.
fn fit_to_offer(offers: &[Redeemable]) -> bool {
    let mut codes = HashSet::new();
    offers.len() <= 100
        && offers.iter().all(|offer| {
            offer.points.0 > 0
                && codes.insert(&*offer.item)
                && Text::<40>::new(&offer.item).is_ok()
                && !has_hidden(&offer.item)
                && Text::<80>::new(&offer.name).is_ok()
                && !has_hidden(&offer.name)
        })
}
