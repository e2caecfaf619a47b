use std::collections::HashMap;

use crate::campaign::Campaigns;
use crate::unit::{Kind, QuotaAssigned, Succeeded, TakenOver};
use crate::{CampaignCode, Event, Text, UnitCode, campaign, squad, unit};

/// The tree of units as the log tells it: what a rule needs to know of units other than its own.
///
/// A fold like any other; whoever gives it to a rule brings it up to the log first.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    units: HashMap<UnitCode, Node>,
    campaigns: Campaigns,
}

/// One unit in the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// 单位名称.
    pub name: Text<80>,
    /// 类别.
    pub kind: Kind,
    /// 上级.
    pub parent: Option<UnitCode>,
    /// 归口: the department its people count towards.
    pub attributed_to: Option<UnitCode>,
    /// 总人数 of the unit itself.
    pub headcount: u32,
    /// 任务数 in the campaign that was adopted last, or before there was any.
    pub task: u32,
    /// Whether a squad was applied for.
    pub has_squad: bool,
    /// The successor, once there is one.
    pub succeeded_by: Option<UnitCode>,
    /// All successors, where they took over what it had: the one above first.
    pub heirs: Vec<UnitCode>,
    /// Whether it took another unit over, so that its figures are not all its own.
    pub inherits: bool,
}

impl Node {
    /// Where its people count: the unit that took it over, the department it is attributed to, else its parent.
    #[must_use]
    pub fn counts_towards(&self) -> Option<&UnitCode> {
        self.heirs.first().or(self.attributed_to.as_ref()).or(self.parent.as_ref())
    }
}

impl Directory {
    /// A unit by its code.
    #[must_use]
    pub fn get(&self, unit: &UnitCode) -> Option<&Node> {
        self.units.get(unit)
    }

    /// The unit that a code names, in whatever form of the statistical division codes it is written.
    #[must_use]
    pub fn resolve(&self, code: &UnitCode) -> Option<&UnitCode> {
        let own = self.units.get_key_value(code).map(|(known, _)| known);
        own.or_else(|| self.other_form(code))
    }

    /// The unit that is registered under another form of a statistical division code.
    #[must_use]
    pub fn other_form(&self, code: &UnitCode) -> Option<&UnitCode> {
        let forms = code.forms().into_iter().filter(|form| form != code);
        forms.filter_map(|form| self.units.get_key_value(&form)).map(|(known, _)| known).next()
    }

    /// Every unit, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&UnitCode, &Node)> {
        self.units.iter()
    }

    /// The county's campaigns, with the tasks of units in each.
    #[must_use]
    pub fn campaigns(&self) -> &Campaigns {
        &self.campaigns
    }

    /// Whether `unit` is `root` or lies below it, by parent or by attribution.
    #[must_use]
    pub fn is_within(&self, unit: &UnitCode, root: &UnitCode) -> bool {
        if unit == root {
            return true;
        }
        let above = |next: fn(&Node) -> Option<&UnitCode>| {
            self.chain(unit, next).any(|ancestor| ancestor == root)
        };
        above(|node| node.parent.as_ref()) || above(Node::counts_towards)
    }

    /// The unit that acts for a unit: itself, or whoever took it over.
    #[must_use]
    pub fn acting<'a>(&'a self, unit: &'a UnitCode) -> &'a UnitCode {
        let heir = |at: &&'a UnitCode| self.units.get(*at)?.heirs.first();
        let mut heirs = std::iter::successors(Some(unit), heir).take(self.units.len() + 1);
        heirs.by_ref().last().unwrap_or(unit)
    }

    /// The units whose squads a person of `unit` may be in, nearest first: at or above it, those that were taken over too.
    pub fn squads_of<'a>(&'a self, unit: &'a UnitCode) -> impl Iterator<Item = &'a UnitCode> {
        std::iter::once(unit)
            .chain(self.chain(unit, Node::counts_towards))
            .filter(|at| self.units.get(at).is_some_and(|node| node.has_squad))
    }

    /// The unit whose squad a person of `unit` joins: the nearest at or above it that has one and still acts.
    #[must_use]
    pub fn squad_of<'a>(&'a self, unit: &'a UnitCode) -> Option<&'a UnitCode> {
        self.squads_of(unit).find(|at| self.units.get(at).is_some_and(|node| node.heirs.is_empty()))
    }

    /// Ancestors of a unit, nearest first, by parent or by where it counts. Ends at a code seen before, should history hold a circle.
    fn chain<'a>(
        &'a self,
        unit: &'a UnitCode,
        next: fn(&Node) -> Option<&UnitCode>,
    ) -> impl Iterator<Item = &'a UnitCode> {
        let up = move |at: &&'a UnitCode| self.units.get(*at).and_then(next);
        std::iter::successors(up(&unit), up).take(self.units.len())
    }

    /// Takes one fact in; facts that are not about units, squads or campaigns change nothing.
    pub fn evolve(&mut self, stream_key: &str, event: &Event) {
        if let (Event::Campaign(event), Ok(code)) = (event, CampaignCode::new(stream_key)) {
            self.evolve_campaign(&code, event);
        }
        if let Event::Unit(event) = event {
            self.evolve_unit(stream_key, event);
        }
        if let Event::Squad(squad::Event::Applied(applied)) = event
            && let Some(node) = self.units.get_mut(&applied.unit)
        {
            node.has_squad = true;
        }
        if let Event::Squad(squad::Event::Completed(completed)) = event
            && let (Some(campaign), Ok(unit)) = (&completed.campaign, UnitCode::new(stream_key))
        {
            self.campaigns.complete(campaign, &unit, true);
        }
    }

    fn evolve_campaign(&mut self, code: &CampaignCode, event: &campaign::Event) {
        self.campaigns.evolve(code, event);
        if let campaign::Event::Adopted(adopted) = event {
            self.units.values_mut().for_each(|node| node.task = 0);
            for campaign::Task { unit, task } in &adopted.tasks {
                if let Some(node) = self.units.get_mut(unit) {
                    node.task = *task;
                }
            }
        }
    }

    /// A task was given: it is the unit's where no later campaign was adopted.
    fn assign(&mut self, unit: &UnitCode, assigned: &QuotaAssigned) {
        if let Some(campaign) = &assigned.campaign {
            self.campaigns.assign(campaign, unit, assigned.task);
        }
        let latest = self.campaigns.all().last().map(|known| &known.code);
        if latest == assigned.campaign.as_ref()
            && let Some(node) = self.units.get_mut(unit)
        {
            node.task = assigned.task;
        }
    }

    /// The successor has the people and the tasks from now on; the county, which raises no squad, has them in its total.
    fn take_over(&mut self, unit: &UnitCode, succeeded: &Succeeded, taken: &TakenOver) {
        let by = &succeeded.by;
        if let Some(node) = self.units.get_mut(unit) {
            node.headcount = 0;
            node.heirs = std::iter::once(by).chain(&succeeded.also).cloned().collect();
        }
        if let Some(node) = self.units.get_mut(by) {
            node.headcount = node.headcount.saturating_add(taken.headcount);
            node.inherits = true;
        }
        taken.reopened.iter().for_each(|campaign| self.campaigns.complete(campaign, by, false));
        let raises_a_squad = self.units.get(by).is_some_and(|node| node.kind != Kind::County);
        for QuotaAssigned { task, campaign } in &taken.tasks {
            let before = match campaign {
                Some(code) => self.campaigns.get(code).map(|known| known.task_of(by)),
                None => self.units.get(by).map(|node| node.task),
            };
            let task = before.unwrap_or(0).saturating_add(*task);
            self.assign(unit, &QuotaAssigned { task: 0, campaign: campaign.clone() });
            if raises_a_squad {
                self.assign(by, &QuotaAssigned { task, campaign: campaign.clone() });
            }
        }
    }

    fn evolve_unit(&mut self, stream_key: &str, event: &unit::Event) {
        if let unit::Event::Registered(registered) = event {
            let node = Node {
                name: registered.name.clone(),
                kind: registered.kind,
                parent: registered.parent.clone(),
                attributed_to: None,
                headcount: 0,
                task: 0,
                has_squad: false,
                succeeded_by: None,
                heirs: vec![],
                inherits: false,
            };
            self.units.insert(registered.unit.clone(), node);
            return;
        }
        let Ok(code) = UnitCode::new(stream_key) else { return };
        if let unit::Event::QuotaAssigned(assigned) = event {
            return self.assign(&code, assigned);
        }
        if let unit::Event::Succeeded(succeeded) = event
            && let Some(taken) = &succeeded.takes_over
        {
            self.take_over(&code, succeeded, taken);
        }
        let Some(node) = self.units.get_mut(&code) else { return };
        match event {
            unit::Event::Registered(_)
            | unit::Event::AdministratorReported(_)
            | unit::Event::QuotaAssigned(_)
            | unit::Event::PopulationStated(_) => {}
            unit::Event::HeadcountDeclared(declared) => node.headcount = declared.headcount,
            unit::Event::Attributed(attributed) => node.attributed_to = Some(attributed.to.clone()),
            unit::Event::Succeeded(succeeded) => node.succeeded_by = Some(succeeded.by.clone()),
            unit::Event::Renamed(renamed) => node.name = renamed.name.clone(),
            unit::Event::Reclassified(changed) => node.kind = changed.kind,
            unit::Event::ParentChanged(changed) => node.parent = Some(changed.parent.clone()),
        }
    }
}

mod counting;
#[cfg(test)]
mod tests;
