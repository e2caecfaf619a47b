//! What a read model is to the runner.

use domain::Category;

use crate::table::TableDef;
use crate::{Fact, Fold, Rows, models};

/// A read model: its tables and the [`Fold`] that fills them.
///
/// The fold reads and writes its own tables only, knows no clock, and cannot fail: the same facts in the same order give
/// the same rows, however they are cut into batches.
pub trait Projection: for<'a> Fold<Rows<'a>> {
    /// Its name.
    const NAME: &'static str;
    /// Raised by whoever changes the tables or the fold: the rows are then rebuilt beside the old ones and swapped.
    const REVISION: u32;
    /// Its tables.
    const TABLES: &'static [TableDef];
}

/// A projection as a value.
#[derive(Debug, Clone, Copy)]
pub struct ReadModel {
    /// Its name.
    pub name: &'static str,
    /// Its revision.
    pub revision: u32,
    /// Its tables.
    pub tables: &'static [TableDef],
    /// The aggregates its fold reads.
    pub reads: &'static [Category],
    /// Its fold.
    pub apply: fn(&Fact, &mut Rows<'_>),
}

impl ReadModel {
    /// The read model of this projection.
    #[must_use]
    pub const fn of<P: Projection>() -> Self {
        Self {
            name: P::NAME,
            revision: P::REVISION,
            tables: P::TABLES,
            reads: <P as Fold<Rows<'_>>>::READS,
            apply: |fact, rows| P::apply(fact, rows),
        }
    }
}

/// All read models of the service. Every second one makes about half of the work of a rebuild, of volunteers as of
/// deliberation.
pub const ALL: &[ReadModel] = &[
    ReadModel::of::<models::quota::Quota>(),
    ReadModel::of::<models::activity_board::ActivityBoard>(),
    ReadModel::of::<models::points_bank::PointsBank>(),
    ReadModel::of::<models::service_timeliness::ServiceTimeliness>(),
    ReadModel::of::<models::volunteer_archive::VolunteerArchive>(),
    ReadModel::of::<models::public_notice::PublicNotice>(),
    ReadModel::of::<models::monthly_report::MonthlyReport>(),
    ReadModel::of::<models::supervision_worklist::SupervisionWorklist>(),
    ReadModel::of::<models::execution_ledger::ExecutionLedger>(),
    ReadModel::of::<models::issue_register::IssueRegister>(),
    ReadModel::of::<models::meeting_calendar::MeetingCalendar>(),
    ReadModel::of::<models::station_board::StationBoard>(),
    ReadModel::of::<models::survey_result::SurveyResults>(),
];
