//! 单位: an office, town, village, school or company that raises a squad.

mod correct;
mod events;
#[cfg(test)]
mod tests;

pub use correct::Correction;
pub use events::{
    AdministratorReported, Attributed, Event, HeadcountDeclared, Kind, ParentChanged,
    PopulationStated, QuotaAssigned, Reclassified, Registered, Renamed, Succeeded, TakenOver,
};

use jiff::civil::Date;

use crate::aggregate::once;
use crate::campaign::Duties;
use crate::{Aggregate, CampaignCode, Given, Moment, Node, PersonId, SealedDigest, Text, UnitCode};

/// A unit as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    registered: Option<Registered>,
    headcount: Option<u32>,
    /// The task last given, and in which campaign.
    task: Option<QuotaAssigned>,
    attributed_to: Option<UnitCode>,
    administrator: Option<(PersonId, SealedDigest)>,
    succeeded_by: Option<UnitCode>,
    population: Option<PopulationStated>,
}

/// What may be asked of a unit.
#[derive(Debug, Clone)]
pub enum Command {
    /// 登记单位.
    Register(Registered),
    /// 申报总人数.
    DeclareHeadcount {
        /// People of the unit itself.
        headcount: u32,
    },
    /// 下达任务数.
    AssignQuota {
        /// Members to reach; 0: no task any more.
        task: u32,
        /// In which campaign; none: the one adopted last that is not over.
        campaign: Option<CampaignCode>,
    },
    /// 归口到部门.
    Attribute {
        /// The department.
        to: UnitCode,
    },
    /// 上报管理员; a later report replaces the earlier one.
    ReportAdministrator {
        /// Who.
        administrator: PersonId,
        /// Digest of name and telephone in the vault.
        sealed: SealedDigest,
    },
    /// 更名、变更类别或上级.
    Correct(Correction),
    /// 由其他单位承接.
    Succeed {
        /// The successor; none where the unit is dissolved: its superior.
        by: Option<UnitCode>,
        /// 分设: the others, where there are several.
        also: Vec<UnitCode>,
        /// Why.
        reason: Text<200>,
    },
    /// 公布常住人口; a later figure replaces the earlier one.
    StatePopulation(PopulationStated),
}

/// No division has more inhabitants than this.
pub const LARGEST_POPULATION: u32 = 100_000_000;

/// No unit of a county has more people than this.
pub const LARGEST_HEADCOUNT: u32 = 1_000_000;

refusals! {
    /// Why a unit's command is refused.
    pub enum Rejection {
        Unregistered {} "unit.unregistered" absent at "unit" =>
            "单位尚未登记;请先导入或登记该单位。", "The unit is not registered; register or import it first.";
        AlreadyRegistered { name: Text<80> } "unit.already_registered" at "unit" =>
            "该单位代码已登记为“{name}”;更名、变更类别或上级请用更正。",
            "The code is registered as \"{name}\" already; another name, kind or superior is a correction.";
        UnknownParent { parent: UnitCode } "unit.unknown_parent" absent at "parent" =>
            "上级代码{parent}不存在;请先登记上级单位。",
            "There is no unit {parent}; register the parent first.";
        DeadlineOver { deadline: Moment } "unit.deadline_over" at "task" =>
            "期限{deadline}已过,任务不能取消:已逾期的仍为逾期。任务数可以改为其他大于0的数。",
            "The deadline {deadline} is over and the task stays: who was late stays late. It may be another number above 0.";
        NoParent {} "unit.no_parent" at "parent" =>
            "除县以外,单位必须有上级代码。", "Every unit but the county needs a parent.";
        CountyStandsAlone {} "unit.county_stands_alone" at "kind" =>
            "县没有上级,也不能改为其他类别;其他单位不能改为县。",
            "A county has no superior and stays a county; no other unit becomes one.";
        SecondCounty { county: UnitCode, name: Text<80> } "unit.second_county" at "unit" =>
            "本系统只服务一个县,已登记的是{county}“{name}”;请核对区划代码。",
            "The service is one county's, and that is {county} \"{name}\"; compare the code.";
        OtherForm { known: UnitCode } "unit.other_form" at "unit" =>
            "该区划已以代码{known}登记;请使用这个代码。",
            "This division is registered under the code {known} already; use that one.";
        UnknownUnit { unit: UnitCode } "unit.unknown" absent at "to" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        Circle { unit: UnitCode } "unit.circle" at "to" =>
            "不能归口到或由{unit}承接:会形成循环。", "Not to {unit}: the tree would run in a circle.";
        NotADepartment { to: UnitCode } "unit.not_a_department" at "to" =>
            "{to}不是县级部门;派驻站所、学校、卫生院只能归口到县级部门。",
            "{to} is no county department; outposts, schools and health centres are attributed to a department.";
        NotAttributable { kind: Kind } "unit.not_attributable" at "unit" =>
            "{kind}不归口;只有派驻站所、学校、卫生院计入所属部门。",
            "A unit of the kind {kind:#} is not attributed; only outposts, schools and health centres count towards a department.";
        HasSquad {} "unit.has_squad" at "unit" =>
            "该单位已有自己的小分队,不能再归口,以免人员重复计算。",
            "The unit has a squad of its own; attributing it would count its people twice.";
        TooMany { limit: u32 } "unit.figure" =>
            "人数应在0到{limit}之间。", "The figure must be between 0 and {limit}.";
        NoDivision { kind: Kind } "unit.no_division" at "unit" =>
            "{kind}没有常住人口;只有县、镇乡街道、村社区填报。",
            "A unit of the kind {kind:#} has no inhabitants of its own; only the county, towns and villages state theirs.";
        CountedAhead { today: Date } "unit.counted_in_future" at "counted_on" =>
            "人口统计日期不能晚于今天({today})。", "Inhabitants cannot be counted after today ({today}).";
        UnknownCampaign { campaign: CampaignCode } "unit.unknown_campaign" at "campaign" =>
            "没有代码为{campaign}的行动;请先发起。", "There is no campaign {campaign}; adopt it first.";
        CampaignOver { campaign: CampaignCode } "unit.campaign_over" at "campaign" =>
            "行动{campaign}已结束,不能再下达任务;请先发起新的行动。",
            "The campaign {campaign} is over, nobody is given a task in it any more; adopt another one first.";
        Ended { successor: UnitCode } "unit.succeeded" at "unit" =>
            "该单位已由{successor}承接;请在承接单位办理。",
            "The unit was succeeded by {successor}; act on the successor.";
    }
}

impl Unit {
    /// The unit as it is registered, with the corrections since.
    #[must_use]
    pub fn registration(&self) -> Option<&Registered> {
        self.registered.as_ref()
    }

    /// The administrator last reported.
    #[must_use]
    pub fn administrator(&self) -> Option<PersonId> {
        self.administrator.map(|(person, _)| person)
    }

    /// 总人数, where it was declared.
    #[must_use]
    pub fn headcount(&self) -> Option<u32> {
        self.headcount
    }

    /// 任务数 as it was assigned last, with its campaign; a campaign may have begun with a task of its own.
    #[must_use]
    pub fn assigned(&self) -> Option<&QuotaAssigned> {
        self.task.as_ref()
    }

    /// 归口: the department its people count towards.
    #[must_use]
    pub fn attributed_to(&self) -> Option<&UnitCode> {
        self.attributed_to.as_ref()
    }

    /// The registration of a unit that still acts for itself.
    fn standing(&self) -> Result<&Registered, Rejection> {
        if let Some(successor) = &self.succeeded_by {
            return Err(Rejection::Ended { successor: successor.clone() });
        }
        self.registered.as_ref().ok_or(Rejection::Unregistered {})
    }

    fn change(&mut self, change: impl FnOnce(&mut Registered)) {
        if let Some(own) = &mut self.registered {
            change(own);
        }
    }

    fn register(&self, asked: Registered, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match &self.registered {
            Some(known) if *known == asked => return Ok(vec![]),
            Some(known) => {
                return Err(Rejection::AlreadyRegistered { name: known.name.clone() });
            }
            None => {}
        }
        if let Some(known) = given.units.other_form(&asked.unit) {
            return Err(Rejection::OtherForm { known: known.clone() });
        }
        if asked.kind == Kind::County
            && let Some((county, node)) =
                given.units.iter().find(|(_, node)| node.kind == Kind::County)
        {
            let (county, name) = (county.clone(), node.name.clone());
            return Err(Rejection::SecondCounty { county, name });
        }
        match &asked.parent {
            Some(parent) => {
                let node = given.units.get(parent);
                acting(node.ok_or(Rejection::UnknownParent { parent: parent.clone() })?)?;
            }
            None if asked.kind != Kind::County => return Err(Rejection::NoParent {}),
            None => {}
        }
        Ok(vec![Event::Registered(asked)])
    }

    fn attribute(&self, to: UnitCode, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let own = self.standing()?;
        if !own.kind.is_attributable() {
            return Err(Rejection::NotAttributable { kind: own.kind });
        }
        let department = given.units.get(&to).ok_or(Rejection::UnknownUnit { unit: to.clone() })?;
        if department.kind != Kind::Department {
            return Err(Rejection::NotADepartment { to });
        }
        acting(department)?;
        if given.units.is_within(&to, &own.unit) {
            return Err(Rejection::Circle { unit: to });
        }
        if given.units.get(&own.unit).is_some_and(|node| node.has_squad) {
            return Err(Rejection::HasSquad {});
        }
        Ok(once(self.attributed_to.as_ref() != Some(&to), || Event::Attributed(Attributed { to })))
    }

    fn report(
        &self,
        administrator: PersonId,
        sealed: SealedDigest,
        given: &Given<'_>,
    ) -> Vec<Event> {
        let duties = self.registered.as_ref().map(|own| given.duties_of(&own.unit));
        let Duties { campaign, deadlines, .. } = duties.unwrap_or_default();
        let deadline = deadlines.administrator;
        once(self.administrator != Some((administrator, sealed)), || {
            Event::AdministratorReported(AdministratorReported {
                administrator,
                sealed,
                deadline,
                late: deadline.is_some_and(|deadline| given.now >= deadline),
                campaign,
            })
        })
    }

    fn assign(
        &self,
        task: u32,
        campaign: Option<CampaignCode>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let own = self.standing()?;
        let inherits = inheriting(own, given).is_some();
        let task = people(task)?;
        let campaigns = given.units.campaigns();
        let known = match campaign {
            Some(code) => match campaigns.get(&code) {
                None => return Err(Rejection::UnknownCampaign { campaign: code }),
                Some(known) if known.is_over(given.today()) => {
                    return Err(Rejection::CampaignOver { campaign: code });
                }
                Some(known) => Some(known),
            },
            None => campaigns.open(given.today()),
        };
        let (campaign, before) = match (known, campaigns.all().last()) {
            (Some(known), _) => (Some(known.code.clone()), Some(known.task_of(&own.unit))),
            // A table that is imported again says nothing new.
            (None, Some(last)) if last.task_of(&own.unit) == task => return Ok(vec![]),
            (None, Some(last)) => {
                return Err(Rejection::CampaignOver { campaign: last.code.clone() });
            }
            (None, None) => (None, None),
        };
        let deadlines = match (known, given.units.get(&own.unit)) {
            (Some(known), Some(node)) => known.adopted.deadlines_of(node.kind),
            (Some(_), None) | (None, _) => given.duties_of(&own.unit).deadlines,
        };
        let own = self.task.as_ref().filter(|own| !inherits && own.campaign == campaign);
        let before = own.map(|own| own.task).or(before);
        if task == 0
            && before.is_some_and(|before| before > 0)
            && let Some(deadline) = deadlines.each().find(|deadline| *deadline <= given.now)
        {
            return Err(Rejection::DeadlineOver { deadline: deadline.into() });
        }
        let assigned = QuotaAssigned { task, campaign };
        Ok(once(before != Some(task), || Event::QuotaAssigned(assigned)))
    }
}

/// Refuses a unit that another has taken over: nothing new may hang on it.
fn acting(node: &Node) -> Result<(), Rejection> {
    match &node.succeeded_by {
        Some(successor) => Err(Rejection::Ended { successor: successor.clone() }),
        None => Ok(()),
    }
}

/// The unit in the tree, where it took another over: then its own history does not tell all its figures.
fn inheriting<'a>(own: &Registered, given: &Given<'a>) -> Option<&'a Node> {
    given.units.get(&own.unit).filter(|node| node.inherits)
}

fn people(figure: u32) -> Result<u32, Rejection> {
    if figure > LARGEST_HEADCOUNT {
        return Err(Rejection::TooMany { limit: LARGEST_HEADCOUNT });
    }
    Ok(figure)
}

impl Aggregate for Unit {
    const CATEGORY: &'static str = "unit";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Register(asked) => self.register(asked, given),
            Command::DeclareHeadcount { headcount } => {
                let own = self.standing()?;
                let headcount = people(headcount)?;
                let declared = HeadcountDeclared { headcount };
                let before = inheriting(own, given).map(|node| node.headcount).or(self.headcount);
                Ok(once(before != Some(headcount), || Event::HeadcountDeclared(declared)))
            }
            Command::AssignQuota { task, campaign } => self.assign(task, campaign, given),
            Command::Attribute { to } => self.attribute(to, given),
            Command::ReportAdministrator { administrator, sealed } => {
                self.standing()?;
                Ok(self.report(administrator, sealed, given))
            }
            Command::Correct(asked) => self.correct(asked, given),
            Command::Succeed { by, also, reason } => self.succeed(by, also, reason, given),
            Command::StatePopulation(asked) => self.state_population(asked, given),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Registered(registered) => self.registered = Some(registered.clone()),
            Event::HeadcountDeclared(declared) => self.headcount = Some(declared.headcount),
            Event::QuotaAssigned(assigned) => self.task = Some(assigned.clone()),
            Event::Attributed(attributed) => self.attributed_to = Some(attributed.to.clone()),
            Event::AdministratorReported(reported) => {
                self.administrator = Some((reported.administrator, reported.sealed));
            }
            Event::Succeeded(succeeded) => self.succeeded_by = Some(succeeded.by.clone()),
            Event::Renamed(renamed) => self.change(|own| own.name = renamed.name.clone()),
            Event::Reclassified(changed) => self.change(|own| own.kind = changed.kind),
            Event::ParentChanged(changed) => {
                self.change(|own| own.parent = Some(changed.parent.clone()));
            }
            Event::PopulationStated(stated) => self.population = Some(stated.clone()),
        }
    }
}
