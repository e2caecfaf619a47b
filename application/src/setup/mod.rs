//! 建县设年: what a county's year begins with, as steps. Each is an ordinary command, and one that is so already changes
//! nothing, so that a setup which was interrupted is simply run again.

#[cfg(test)]
mod tests;

use domain::calendar::{BadCalendar, Calendar, Days};
use domain::campaign::Adopted;
use domain::rulebook::{Redeemable, Rule};
use domain::unit::{Kind, Registered};
use domain::{CampaignCode, Text, UnitCode, county_date};

use crate::{App, Caller, CommandOutcome, Error, HolidayNotice};

/// Why a table of holidays is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHolidays {
    /// It is no text in UTF-8.
    #[error(
        "不是UTF-8文本;请另存为“CSV UTF-8” the file is no UTF-8 text; save it as \"CSV UTF-8\""
    )]
    NotText,
    /// It names no day.
    #[error(
        "表中没有一天;请列出放假和调休上班的日期 the table holds no day; list the days off and the make-up days"
    )]
    NoDay,
    /// A line cannot be read.
    #[error("{0}")]
    Calendar(#[from] BadCalendar),
}

/// 节假日安排: what a table `date,kind,name` says of each year of which it holds a day. UTF-8, with or without a byte order mark.
///
/// # Errors
/// See [`BadHolidays`].
pub fn holidays(bytes: &[u8]) -> Result<Vec<(i16, Days)>, BadHolidays> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadHolidays::NotText)?;
    let calendar = Calendar::from_csv(text)?;
    let years = calendar.years().filter_map(|year| Some((year, calendar.notice(year)?)));
    let years: Vec<_> = years.collect();
    if years.is_empty() { Err(BadHolidays::NoDay) } else { Ok(years) }
}

/// What a county's year begins with; what is left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// 县.
    pub county: Option<(UnitCode, Text<80>)>,
    /// 节假日安排.
    pub holidays: Vec<HolidayNotice>,
    /// 组建行动.
    pub campaign: Option<NewCampaign>,
    /// 积分兑换目录, and where it comes from.
    pub offers: Option<(Vec<Redeemable>, Text<80>)>,
}

/// A campaign to adopt.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// 行动代码.
    pub code: CampaignCode,
    /// Name, period, deadlines and quota.
    pub plan: Adopted,
    /// Whether the tasks given while there was no campaign become its tasks.
    pub take_over: bool,
}

/// One step.
#[derive(Debug, Clone)]
pub enum Step {
    /// 登记县.
    RegisterCounty(Registered),
    /// 采用节假日安排.
    AdoptHolidays(HolidayNotice),
    /// 发起组建行动.
    AdoptCampaign(Box<NewCampaign>),
    /// 积分兑换目录 in a new version of the rulebook.
    AdoptOffers(Vec<Redeemable>, Text<80>),
}

/// How a step stands before it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is so already.
    Done,
    /// To be done.
    Open,
    /// Something else stands there, which a setup does not change.
    Differs,
}

impl Setup {
    /// The steps, in the order in which they are taken.
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        let county = self.county.map(|(unit, name)| {
            Step::RegisterCounty(Registered { unit, name, kind: Kind::County, parent: None })
        });
        let holidays = self.holidays.into_iter().map(Step::AdoptHolidays);
        let campaign = self.campaign.map(|campaign| Step::AdoptCampaign(Box::new(campaign)));
        let offers = self.offers.map(|(offers, source)| Step::AdoptOffers(offers, source));
        county.into_iter().chain(holidays).chain(offers).chain(campaign).collect()
    }
}

impl App {
    /// How a step stands, as far as the log was read.
    #[must_use]
    pub fn state_of(&self, step: &Step) -> State {
        let known = self.reference_data();
        match step {
            Step::RegisterCounty(county) => {
                let node = known.units.get(&county.unit);
                let same = node.map(|node| node.name == county.name && node.kind == county.kind);
                state(same)
            }
            Step::AdoptHolidays(notice) => {
                let found = known.holidays.calendar().notice(notice.year);
                match state(found.map(|days| days == notice.days)) {
                    State::Differs if notice.reason.is_some() => State::Open,
                    other @ (State::Done | State::Open | State::Differs) => other,
                }
            }
            Step::AdoptCampaign(new) => {
                let found = known.units.campaigns().get(&new.code);
                state(found.map(|known| known.adopted.says_the_same(&new.plan)))
            }
            Step::AdoptOffers(offers, _) => {
                let today = county_date(self.clock.now());
                let stated = &known.rulebook.in_force(today).rules.redeemables.value;
                if stated == offers { State::Done } else { State::Open }
            }
        }
    }

    /// Takes a step by the command that it is.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn take(&self, step: Step, caller: &Caller) -> Result<Option<CommandOutcome>, Error> {
        if self.state_of(&step) == State::Done {
            return Ok(None);
        }
        let done = match step {
            Step::RegisterCounty(county) => self.register_unit(county, caller).await?,
            Step::AdoptHolidays(notice) => self.adopt_holidays(notice, caller).await?,
            Step::AdoptCampaign(new) => {
                self.adopt_campaign(&new.code, new.plan, new.take_over, caller).await?
            }
            Step::AdoptOffers(offers, source) => self.adopt_offers(offers, source, caller).await?,
        };
        Ok(Some(done))
    }

    /// A version of the rulebook with another catalogue; all other figures stay.
    async fn adopt_offers(
        &self,
        offers: Vec<Redeemable>,
        source: Text<80>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let today = county_date(self.clock.now());
        let mut rules = self.reference_data().rulebook.in_force(today).rules.clone();
        rules.redeemables = Rule { value: offers, source: source.as_str().into() };
        let reason = Text::new("采用积分兑换目录").map_err(Error::refused)?;
        self.adopt_rulebook(today, rules, reason, caller).await
    }
}

fn state(same: Option<bool>) -> State {
    match same {
        None => State::Open,
        Some(true) => State::Done,
        Some(false) => State::Differs,
    }
}

/// What a step does, in Chinese and in English.
impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::RegisterCounty(county) => {
                let (unit, name) = (&county.unit, &county.name);
                write!(f, "登记县 {unit} {name} · register the county")
            }
            Self::AdoptHolidays(HolidayNotice {
                year, source, days: Days { off, worked }, ..
            }) => {
                let (off, worked) = (off.len(), worked.len());
                write!(
                    f,
                    "采用{year}年节假日安排({source}):放假{off}天,调休上班{worked}天 · adopt the holidays of {year}"
                )
            }
            Self::AdoptCampaign(new) => {
                let NewCampaign { code, plan, take_over } = &**new;
                let total = plan.county_total.map(|total| format!(",全县目标{total}人"));
                let units = plan.tasks.iter().filter(|task| task.task > 0).count();
                let also = if *take_over {
                    ",并承接此前下达的任务 and the tasks given before"
                } else {
                    ""
                };
                write!(
                    f,
                    "发起行动 {code} {}{}:{units}个单位有任务{also} · adopt the campaign, {units} units with tasks",
                    plan.name,
                    total.unwrap_or_default()
                )
            }
            Self::AdoptOffers(offers, source) => {
                let count = offers.len();
                write!(
                    f,
                    "采用积分兑换目录({source}):{count}项 · adopt the catalogue, {count} offers"
                )
            }
        }
    }
}
