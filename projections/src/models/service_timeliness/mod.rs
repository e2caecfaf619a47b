//! 服务记录及时性: every service record, whether it came in time, and the sums by organiser, activity and volunteer.

mod fold;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Filter, activity, last_served, organisers, outcomes, record, records, volunteer};
pub use rows::{
    ByActivity, ByOrganiser, ByVolunteer, Outcome, Outcomes, ProvisionalDue, ServiceRecord, State,
};

use crate::{Half, Projection, Share, TableDef};

/// The read model *service timeliness*.
pub struct ServiceTimeliness;

impl Projection for ServiceTimeliness {
    const NAME: &'static str = "service_timeliness";
    const REVISION: u32 = 3;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<ServiceRecord>(),
        TableDef::of::<ByOrganiser>(),
        TableDef::of::<ByActivity>(),
        TableDef::of::<ByVolunteer>(),
        TableDef::of::<Outcome>(),
        TableDef::of::<ProvisionalDue>(),
    ];
    const SHARE: Share = Share { half: Half::Second, work: 698 };
}
