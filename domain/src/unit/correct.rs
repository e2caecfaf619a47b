//! 更名、类别变更、上级变更、承接、常住人口: what becomes of a unit after it was registered.

use super::{
    Event, Kind, LARGEST_POPULATION, ParentChanged, PopulationStated, QuotaAssigned, Reclassified,
    Rejection, Renamed, Succeeded, TakenOver, Unit, acting,
};
use crate::aggregate::once;
use crate::{Given, Text, UnitCode};

/// What a unit is from now on; whatever is left out stays.
#[derive(Debug, Clone)]
pub struct Correction {
    /// 单位名称.
    pub name: Option<Text<80>>,
    /// 类别.
    pub kind: Option<Kind>,
    /// 上级.
    pub parent: Option<UnitCode>,
    /// Why.
    pub reason: Text<200>,
}

impl Unit {
    pub(super) fn correct(
        &self,
        asked: Correction,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let own = self.standing()?;
        let Correction { name, kind, parent, reason } = asked;
        let mut events = Vec::new();
        if let Some(name) = name.filter(|name| *name != own.name) {
            events.push(Event::Renamed(Renamed { name, reason: reason.clone() }));
        }
        if let Some(kind) = kind.filter(|kind| *kind != own.kind) {
            self.may_become(kind, given)?;
            events.push(Event::Reclassified(Reclassified { kind, reason: reason.clone() }));
        }
        if let Some(parent) = parent.filter(|parent| own.parent.as_ref() != Some(parent)) {
            if own.kind == Kind::County {
                return Err(Rejection::CountyStandsAlone {});
            }
            let node = given.units.get(&parent);
            acting(node.ok_or(Rejection::UnknownParent { parent: parent.clone() })?)?;
            if given.units.is_within(&parent, &own.unit) {
                return Err(Rejection::Circle { unit: parent });
            }
            events.push(Event::ParentChanged(ParentChanged { parent, reason }));
        }
        Ok(events)
    }

    /// A county stays one and is the only one; who is attributed, or has others attributed, stays so.
    fn may_become(&self, kind: Kind, given: &Given<'_>) -> Result<(), Rejection> {
        let own = self.standing()?;
        if own.kind == Kind::County || kind == Kind::County {
            return Err(Rejection::CountyStandsAlone {});
        }
        if self.attributed_to.is_some() && !kind.is_attributable() {
            return Err(Rejection::NotAttributable { kind });
        }
        let attributed = |other: &crate::Node| other.attributed_to.as_ref() == Some(&own.unit);
        if own.kind == Kind::Department && given.units.iter().any(|(_, other)| attributed(other)) {
            return Err(Rejection::NotADepartment { to: own.unit.clone() });
        }
        Ok(())
    }

    pub(super) fn succeed(
        &self,
        by: Option<UnitCode>,
        also: Vec<UnitCode>,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let own = self.standing()?;
        let by = by.or_else(|| own.parent.clone()).ok_or(Rejection::CountyStandsAlone {})?;
        for successor in std::iter::once(&by).chain(&also) {
            let node = given.units.get(successor);
            acting(node.ok_or(Rejection::UnknownUnit { unit: successor.clone() })?)?;
            if given.units.is_within(successor, &own.unit) {
                return Err(Rejection::Circle { unit: successor.clone() });
            }
        }
        let takes_over = Some(taken_over(&own.unit, &by, given));
        Ok(vec![Event::Succeeded(Succeeded { by, also, reason, takes_over })])
    }

    pub(super) fn state_population(
        &self,
        asked: PopulationStated,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let own = self.standing()?;
        if !matches!(own.kind, Kind::County | Kind::Town | Kind::Village) {
            return Err(Rejection::NoDivision { kind: own.kind });
        }
        if asked.population > LARGEST_POPULATION {
            return Err(Rejection::TooMany { limit: LARGEST_POPULATION });
        }
        let today = given.today();
        if asked.counted_on > today {
            return Err(Rejection::CountedAhead { today });
        }
        let new = self.population.as_ref() != Some(&asked);
        Ok(once(new, || Event::PopulationStated(asked)))
    }
}

/// What the unit leaves to its successor: its people, and its tasks in campaigns that are not over.
fn taken_over(unit: &UnitCode, by: &UnitCode, given: &Given<'_>) -> TakenOver {
    let node = given.units.get(unit);
    let campaigns = given.units.campaigns().all();
    let open = campaigns.iter().filter(|known| !known.is_over(given.today()));
    let of_campaigns = open.clone().map(|known| QuotaAssigned {
        task: known.task_of(unit),
        campaign: Some(known.code.clone()),
    });
    let task = node.filter(|_| campaigns.is_empty()).map_or(0, |node| node.task);
    let without = QuotaAssigned { task, campaign: None };
    let tasks = of_campaigns.chain([without]).filter(|of| of.task > 0).collect();
    let reopened = open.filter(|known| {
        let squad = given.units.get(by).and_then(|by| known.adopted.deadlines_of(by.kind).squad);
        let unfinished = known.task_of(unit) > 0 && !known.is_complete(unit);
        unfinished && known.is_complete(by) && squad.is_none_or(|deadline| given.now < deadline)
    });
    let reopened = reopened.map(|known| known.code.clone()).collect();
    TakenOver { headcount: node.map_or(0, |node| node.headcount), tasks, reopened }
}
