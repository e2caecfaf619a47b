//! Figures that a listener counts, by their names. Whoever shows figures describes them too.

/// Connections that gave their place to another.
pub const GAVE_WAY: &str = "yuanfa_connections_gave_way_total";
/// Looks for a place that found none, because all connections were being served.
pub const WAITED: &str = "yuanfa_connections_waited_total";
/// Connections that the system did not give, for want of open files mostly.
pub const NOT_TAKEN: &str = "yuanfa_connections_not_taken_total";
/// Bodies that came more slowly than allowed.
pub const BODIES_TOO_SLOW: &str = "yuanfa_bodies_too_slow_total";
/// Answers that their clients did not take in time.
pub const ANSWERS_NOT_READ: &str = "yuanfa_answers_not_read_total";
