//! Every id stands in the log once, and every cause named is an earlier event.

use event_store::Recorded;
use uuid::Uuid;

use super::finding::{Finding, Report};

/// Ids and causes with the positions they stand at: 32 bytes an event.
#[derive(Default)]
pub struct Ids {
    ids: Vec<(u128, u64)>,
    causes: Vec<(u128, u64)>,
}

impl Ids {
    /// Takes an event's id in.
    pub fn see(&mut self, event: &Recorded) {
        self.ids.push((event.id.as_u128(), event.position.0));
    }

    /// Takes in which event an event at this position was the answer to.
    pub fn caused(&mut self, position: u64, cause: Uuid) {
        self.causes.push((cause.as_u128(), position));
    }

    /// Judges, after everything was seen.
    pub fn finish(mut self, report: &mut Report) {
        self.ids.sort_unstable();
        for pair in self.ids.windows(2) {
            let [(id, first), (same, second)] = pair else { continue };
            if id == same {
                let id = Uuid::from_u128(*id);
                report.find(
                    Finding::new(
                        "event.id",
                        format!("事件编号{id}重复,已用于位置{first}。"),
                        format!(
                            "The event's id {id} is not unique: it stands at position {first} too."
                        ),
                    )
                    .position(*second),
                );
            }
        }
        for (cause, position) in self.causes {
            let at = self.ids.partition_point(|(id, _)| *id < cause);
            let found = self.ids.get(at).filter(|(id, _)| *id == cause);
            if found.is_none_or(|(_, earlier)| *earlier >= position) {
                let cause = Uuid::from_u128(cause);
                report.find(
                    Finding::new(
                        "event.cause",
                        format!("起因事件{cause}不在此前的日志中。"),
                        format!("Its cause, event {cause}, does not stand in the log before it."),
                    )
                    .position(position),
                );
            }
        }
    }
}
