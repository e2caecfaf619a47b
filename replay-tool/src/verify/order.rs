//! The order of the log: positions rise, times never fall.

use event_store::Recorded;
use jiff::Timestamp;

use super::finding::{Finding, Report};
use crate::moment::county_exact;

/// The last event seen.
pub struct Order {
    /// Whether the engine gives every position to an event, so that a missing one was deleted.
    dense: bool,
    position: u64,
    recorded_at: Option<Timestamp>,
}

impl Order {
    /// Nothing seen.
    pub fn new(dense: bool) -> Self {
        Self { dense, position: 0, recorded_at: None }
    }

    /// Compares an event with the one before it.
    pub fn see(&mut self, event: &Recorded, report: &mut Report) {
        let (expected, found) = (self.position + 1, event.position.0);
        if found > expected && self.dense {
            let missing = if found - expected == 1 {
                expected.to_string()
            } else {
                format!("{expected}–{}", found - 1)
            };
            report.find(
                Finding::new(
                    "log.gap",
                    format!("日志缺少位置{missing}的事件。"),
                    format!("The log lacks the event at position {missing}."),
                )
                .position(expected),
            );
        } else if found < expected {
            report.find(
                Finding::new(
                    "log.order",
                    format!("位置没有递增:前一件在{}。", self.position),
                    format!(
                        "The position does not rise; the event before it is at {}.",
                        self.position
                    ),
                )
                .at(event),
            );
        }
        self.position = found;
        if let Some(before) = self.recorded_at.filter(|&before| event.recorded_at < before) {
            let (at, before) = (county_exact(event.recorded_at), county_exact(before));
            report.find(
                Finding::new(
                    "log.time",
                    format!("记录时间{at}早于前一件的{before}。"),
                    format!("It was recorded at {at}, before the event in front of it ({before})."),
                )
                .at(event),
            );
        }
        self.recorded_at = Some(event.recorded_at);
    }
}
