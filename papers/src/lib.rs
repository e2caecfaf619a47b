//! Printed forms and tables over rows: HTML for print, CSV. No HTTP, no questions asked of anybody.

pub mod csv;
pub mod notice;
pub mod slip;
