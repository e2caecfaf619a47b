//! The read models: each its rows, its fold and its queries.

pub mod activity_board;
pub mod bulletin_board;
pub mod comparison_register;
pub mod due;
pub mod execution_ledger;
pub mod import_register;
pub mod issue_register;
pub mod meeting_calendar;
pub mod monthly_report;
pub mod points_bank;
pub mod progress;
pub mod public_notice;
pub mod quota;
pub mod service_timeliness;
pub mod station_board;
pub mod supervision_worklist;
pub mod survey_result;
#[cfg(test)]
mod tests;
pub mod volunteer_archive;

use crate::ReadModel;

/// All read models of the service.
pub const ALL: &[ReadModel] = &[
    ReadModel::of::<quota::Quota>(),
    ReadModel::of::<activity_board::ActivityBoard>(),
    ReadModel::of::<points_bank::PointsBank>(),
    ReadModel::of::<service_timeliness::ServiceTimeliness>(),
    ReadModel::of::<volunteer_archive::VolunteerArchive>(),
    ReadModel::of::<public_notice::PublicNotice>(),
    ReadModel::of::<monthly_report::MonthlyReport>(),
    ReadModel::of::<supervision_worklist::SupervisionWorklist>(),
    ReadModel::of::<execution_ledger::ExecutionLedger>(),
    ReadModel::of::<issue_register::IssueRegister>(),
    ReadModel::of::<meeting_calendar::MeetingCalendar>(),
    ReadModel::of::<station_board::StationBoard>(),
    ReadModel::of::<survey_result::SurveyResults>(),
    ReadModel::of::<import_register::ImportRegister>(),
    ReadModel::of::<comparison_register::ComparisonRegister>(),
    ReadModel::of::<bulletin_board::BulletinBoard>(),
];
