//! Printed forms and tables over rows: HTML for print, CSV and XLSX. No HTTP, no questions asked of anybody.

pub mod annex;
pub mod ballot;
pub mod bulletin;
pub mod notice;
pub mod roster;
pub mod slip;
pub mod table;
