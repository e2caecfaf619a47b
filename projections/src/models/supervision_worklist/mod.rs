//! 监督工作清单: what waits for whom, since when, and until when it should be done.

mod issues;
mod query;
mod resolutions;
mod rows;
#[cfg(test)]
mod tests;
mod waiting;

pub use query::{Filter, list};
pub use rows::{Figures, Issue, Kind, Resolution, Task, WaitsFor};

use domain::{County, IssueId, MeetingId, ResolutionId, issue, meeting, resolution, rulebook};

use crate::{Fact, Fold, Half, Projection, Rows, Share, TableDef, reads};

/// The read model *supervision worklist*.
pub struct SupervisionWorklist;

impl Projection for SupervisionWorklist {
    const NAME: &'static str = "supervision_worklist";
    const REVISION: u32 = 2;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Task>(),
        TableDef::of::<Resolution>(),
        TableDef::of::<Issue>(),
        TableDef::of::<Figures>(),
    ];
    const SHARE: Share = Share { half: Half::Second, work: 166 };
}

impl Fold<Rows<'_>> for SupervisionWorklist {
    reads! { Rows<'_>: rulebook, issue, meeting, resolution }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        rows.put(Figures::of(adopted.version, adopted.rules.deliberation()));
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
