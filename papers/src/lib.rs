//! Printed forms and tables over rows: HTML for print, CSV, XLSX and the terminal. No HTTP, no questions asked of anybody.

pub mod annex;
pub mod ballot;
pub mod bulletin;
pub mod notice;
pub mod roster;
pub mod screen;
pub mod slip;
pub mod table;
