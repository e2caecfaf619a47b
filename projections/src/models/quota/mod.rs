//! 任务进度: how far every unit has come with its squad, each head counted once where it counts.

mod answer;
mod campaign_rows;
mod campaigns;
mod county;
mod fold;
mod members;
mod query;
mod rows;
mod shown;
mod succession;
#[cfg(test)]
mod tests;
mod tree;

pub use answer::{Standing, UnitQuota};
pub use campaign_rows::{Campaign, CampaignDeadline, CampaignTask};
pub use query::{Filter, get, get_in, has_campaign, list, population_share};
pub use rows::{ActiveDay, AttestedService, RulesFrom, Unit, Volunteer};

use crate::{Half, Projection, Share, TableDef};

/// The read model *quota*.
pub struct Quota;

impl Projection for Quota {
    const NAME: &'static str = "quota";
    const REVISION: u32 = 6;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Unit>(),
        TableDef::of::<Volunteer>(),
        TableDef::of::<AttestedService>(),
        TableDef::of::<ActiveDay>(),
        TableDef::of::<RulesFrom>(),
        TableDef::of::<Campaign>(),
        TableDef::of::<CampaignDeadline>(),
        TableDef::of::<CampaignTask>(),
    ];
    const SHARE: Share = Share { half: Half::First, work: 201 };
}
