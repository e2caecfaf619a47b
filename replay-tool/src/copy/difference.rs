//! Where two histories part.

use event_store::Recorded;

use crate::lang::Said;

/// The first event that is not the same at both ends.
#[derive(Debug)]
pub struct Difference {
    /// Its number in the order of the log, from 1.
    pub number: u64,
    /// What the source has there; none where it has ended.
    pub source: Option<Recorded>,
    /// What the target has there; none where it has ended.
    pub target: Option<Recorded>,
}

impl Difference {
    /// Where and how the two logs differ, in both languages, without any content of events.
    pub(crate) fn said(&self) -> Said {
        let (number, before) = (self.number, self.number.saturating_sub(1));
        match (&self.source, &self.target) {
            (Some(source), Some(target)) => {
                let fields = fields(source, target).join(", ");
                Said::new(
                    format!(
                        "第{number}件事件起不同:来源为{},目标为{};不同的字段:{fields}。",
                        place(source).zh,
                        place(target).zh
                    ),
                    format!(
                        "They differ from event {number} on: the source has {}, the target {}; fields that differ: {fields}.",
                        place(source).en,
                        place(target).en
                    ),
                )
            }
            (Some(source), None) => Said::new(
                format!("目标只有{before}件事件,缺少{}及其后。", place(source).zh),
                format!(
                    "The target holds {before} events and lacks {} and what follows.",
                    place(source).en
                ),
            ),
            (None, target) => {
                let next = target.as_ref().map_or(Said::new("", ""), place);
                Said::new(
                    format!("来源只有{before}件事件,目标其后还有{}。", next.zh),
                    format!(
                        "The source holds {before} events, the target goes on with {}.",
                        next.en
                    ),
                )
            }
        }
    }
}

fn place(event: &Recorded) -> Said {
    let Recorded { stream, version, kind, .. } = event;
    Said::new(
        format!("事件流{stream}第{version}件({kind})"),
        format!("event {version} of stream {stream} ({kind})"),
    )
}

/// The names of the fields that are not the same; empty where all but the position are.
pub(super) fn fields(one: &Recorded, other: &Recorded) -> Vec<&'static str> {
    let same = [
        ("stream", one.stream == other.stream),
        ("version", one.version == other.version),
        ("id", one.id == other.id),
        ("kind", one.kind == other.kind),
        ("recorded_at", one.recorded_at == other.recorded_at),
        ("data", one.data == other.data),
        ("metadata", one.metadata == other.metadata),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
}
