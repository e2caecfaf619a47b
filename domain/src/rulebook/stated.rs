//! Figures that were asked for later: a version adopted before leaves the shipped ones in force.

use super::{Adopted, Deliberation, PopulationShare, Rule, Rules};
use crate::TopicCode;
use crate::station::Capacity;

impl Rules {
    /// Whether a town's heads – its people, its members, the party members among them – include those of the villages below
    /// it. Completion of a squad and quota go by it alike; without, a village counts in the county and for itself.
    #[must_use]
    pub fn towns_count_villages(&self) -> bool {
        self.rule_of_towns().value
    }

    pub(super) fn rule_of_towns(&self) -> &Rule<bool> {
        stated(&self.towns_count_villages, |shipped| &shipped.towns_count_villages)
    }

    /// 注册志愿者占常住人口的比例: what a county's registered volunteers should come to, and by when.
    #[must_use]
    pub fn population_share(&self) -> &Rule<PopulationShare> {
        stated(&self.population_share, |shipped| &shipped.population_share)
    }
}

impl Deliberation {
    /// Days for the reply to an issue that was passed on (转办).
    #[must_use]
    pub fn routing_days(&self) -> &Rule<u8> {
        stated(&self.routing_days, |shipped| &shipped.deliberation().routing_days)
    }

    /// Who is responsible for an item of the list; none: the leading group.
    #[must_use]
    pub fn responsible(&self, topic: &TopicCode) -> Option<Capacity> {
        let mut stated = self.responsibilities.iter().flat_map(|stated| &stated.value);
        stated.find(|of| of.topic == *topic).map(|of| of.capacity)
    }
}

fn stated<T>(
    own: &Option<Rule<T>>,
    shipped: fn(&'static Rules) -> &'static Option<Rule<T>>,
) -> &Rule<T> {
    #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
    own.as_ref().unwrap_or_else(|| shipped(&Adopted::shipped().rules).as_ref().expect("it has it"))
}
