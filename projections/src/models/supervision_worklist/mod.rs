//! 监督工作清单: what waits for whom, since when, and until when it should be done.

mod issues;
mod query;
mod resolutions;
mod rows;
mod supervisors;
#[cfg(test)]
mod tests;
mod waiting;

pub use query::{Filter, list, supervision_changes};
pub use rows::{Executing, Figures, Issue, Kind, Resolution, SupervisionChange, Task, WaitsFor};

use domain::{
    County, IssueId, MeetingId, ResolutionId, UnitCode, issue, meeting, resolution, rulebook,
    station,
};

use crate::{Fact, Fold, Half, Projection, Rows, Share, TableDef, reads};

/// The read model *supervision worklist*.
pub struct SupervisionWorklist;

impl Projection for SupervisionWorklist {
    const NAME: &'static str = "supervision_worklist";
    const REVISION: u32 = 5;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Task>(),
        TableDef::of::<Resolution>(),
        TableDef::of::<Executing>(),
        TableDef::of::<SupervisionChange>(),
        TableDef::of::<Issue>(),
        TableDef::of::<Figures>(),
    ];
    const SHARE: Share = Share { half: Half::Second, work: 166 };
}

impl Fold<Rows<'_>> for SupervisionWorklist {
    reads! { Rows<'_>: rulebook, station, issue, meeting, resolution }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        rows.put(Figures::of(adopted.version, adopted.rules.deliberation()));
    }

    fn station(fact: &Fact, unit: &UnitCode, event: &station::Event, rows: &mut Rows<'_>) {
        supervisors::on_station(rows, fact, unit, event);
    }

    fn issue(fact: &Fact, issue: &IssueId, event: &issue::Event, rows: &mut Rows<'_>) {
        issues::on_issue(rows, fact, *issue, event);
    }

    fn meeting(fact: &Fact, _: &MeetingId, event: &meeting::Event, rows: &mut Rows<'_>) {
        issues::on_meeting(rows, fact, event);
    }

    fn resolution(
        fact: &Fact,
        resolution: &ResolutionId,
        event: &resolution::Event,
        rows: &mut Rows<'_>,
    ) {
        resolutions::on_resolution(rows, fact, *resolution, event);
    }
}
