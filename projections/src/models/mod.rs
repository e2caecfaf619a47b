//! The read models: each its rows, its fold and its queries.

pub mod activity_board;
pub mod due;
pub mod execution_ledger;
pub mod issue_register;
pub mod meeting_calendar;
pub mod monthly_report;
pub mod points_bank;
pub mod public_notice;
pub mod quota;
pub mod service_timeliness;
pub mod station_board;
pub mod supervision_worklist;
pub mod survey_result;
pub mod volunteer_archive;
