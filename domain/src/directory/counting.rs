//! Whose heads count where: what completion of a squad and quota have in common.

use super::{Directory, Node};
use crate::rulebook::Rules;
use crate::unit::Kind;
use crate::{CampaignCode, UnitCode};

/// No county has so many levels; a circle in history ends here.
const DEEPEST: u8 = 16;

impl Directory {
    /// Where a unit's heads count by a version of the rulebook: a village's in the town, or past it in what is above.
    fn counts_towards(&self, node: &Node, rules: &Rules) -> Option<&UnitCode> {
        let above = self.units.get_key_value(node.counts_towards()?);
        let (unit, town) = above?;
        let apart = node.kind == Kind::Village && town.kind == Kind::Town && node.heirs.is_empty();
        if apart && !rules.towns_count_villages() { town.counts_towards() } else { Some(unit) }
    }

    /// Whether the heads of `unit` count in `root`.
    #[must_use]
    pub fn counts_in(&self, unit: &UnitCode, root: &UnitCode, rules: &Rules) -> bool {
        let up = |at: &&UnitCode| self.counts_towards(self.units.get(*at)?, rules);
        // `at` lives as long as the tree, the first one as long as the caller's.
        let first = self.units.get_key_value(unit).map(|(unit, _)| unit);
        std::iter::successors(first, |at| up(at)).take(usize::from(DEEPEST)).any(|at| at == root)
    }

    /// The units whose heads count in a unit, with it.
    pub fn counted_in<'a>(
        &'a self,
        root: &'a UnitCode,
        rules: &'a Rules,
    ) -> impl Iterator<Item = (&'a UnitCode, &'a Node)> {
        self.units.iter().filter(move |(unit, _)| self.counts_in(unit, root, rules))
    }

    /// A unit's headcount with that of all that count in it; each head counts once.
    #[must_use]
    pub fn counted_headcount(&self, unit: &UnitCode, rules: &Rules) -> u32 {
        let counted = self.counted_in(unit, rules).map(|(_, node)| node.headcount);
        counted.fold(0, u32::saturating_add)
    }

    /// A unit's task number in a campaign, or before there was any: its own, or that of those that count in it where that is more.
    #[must_use]
    pub fn counted_task(
        &self,
        unit: &UnitCode,
        campaign: Option<&CampaignCode>,
        rules: &Rules,
    ) -> u32 {
        self.task_down_to(unit, campaign, rules, DEEPEST)
    }

    fn task_down_to(
        &self,
        unit: &UnitCode,
        campaign: Option<&CampaignCode>,
        rules: &Rules,
        levels: u8,
    ) -> u32 {
        let own = match campaign {
            Some(code) => self.campaigns.get(code).map(|known| known.task_of(unit)),
            None => self.units.get(unit).map(|node| node.task),
        };
        let Some(levels) = levels.checked_sub(1) else { return 0 };
        let below =
            self.units.iter().filter(|(_, node)| self.counts_towards(node, rules) == Some(unit));
        let below = below.map(|(unit, _)| self.task_down_to(unit, campaign, rules, levels));
        own.unwrap_or(0).max(below.fold(0, u32::saturating_add))
    }
}
