//! Which events are worth decoding.

use std::collections::HashMap;

use domain::catalogue::CATALOGUE;
use event_store::Recorded;
use foldhash::fast::RandomState;

use crate::engine::projection::ReadModel;
use crate::{Fact, Undecodable};

/// Kinds of events that no read model reads though it reads others of the aggregate, or that belong to an aggregate that
/// none reads, each with the reason. Read models never see them.
///
/// Tests hold this list to what the folds do with an event of each kind.
pub const UNREAD: &[(&str, &str)] = &[
    (
        "RelativesDeclared",
        "近亲属不公开 who is whose relative matters to rules alone and is shown to nobody",
    ),
    (
        "KinshipEnded",
        "近亲属不公开 who is whose relative matters to rules alone and is shown to nobody",
    ),
    (
        "VotesCast",
        "记名投票不公开 the tally of a topic shows the result, and who voted how is shown to nobody",
    ),
    (
        "BallotsCast",
        "记名投票不公开 the tally of a topic shows the result, and who voted is shown to nobody",
    ),
    (
        "MeetingBackfillApproved",
        "随即封存会议记录 the minutes are sealed in the same decision, and tell everything",
    ),
    (
        "HolidaysAdopted",
        "由服务直接说明 the service tells them from the log, as it does the rulebook",
    ),
    (
        "HolidaysCorrected",
        "由服务直接说明 the service tells them from the log, as it does the rulebook",
    ),
    ("LedgerKeyRotated", "由账本说明 the ledger itself serves its keys"),
    ("ClockConfirmed", "运行记录 of the service itself; auditors read it in the stream"),
    ("VaultLossAccepted", "运行记录 of the service itself; auditors read it in the stream"),
    (
        "ReadingsStated",
        "运行记录 of the service itself; whoever checks the vault reads it in the stream",
    ),
];

/// The kinds of events that some read models read, among all that there are.
pub(crate) struct Wanted(HashMap<&'static str, bool, RandomState>);

impl Wanted {
    /// What these read models read.
    pub(crate) fn by<'a>(models: impl Iterator<Item = &'a ReadModel> + Clone) -> Self {
        let kinds = CATALOGUE.iter().map(|line| {
            let unread = UNREAD.iter().any(|(kind, _)| *kind == line.name);
            let read = models.clone().any(|model| model.reads.contains(&line.category));
            (line.name, read && !unread)
        });
        Self(kinds.collect())
    }

    /// The event, decoded; none if its kind is not read. Such an event may be malformed: only whoever verifies the log needs
    /// to know.
    ///
    /// # Errors
    /// When it cannot be read, or is of a kind of which it cannot be known whether it matters.
    pub(crate) fn read(&self, recorded: &Recorded) -> Result<Option<Fact>, Undecodable> {
        match self.0.get(recorded.kind.as_str()) {
            Some(false) => Ok(None),
            Some(true) | None => Fact::read(recorded).map(Some),
        }
    }

    #[cfg(test)]
    pub(crate) fn holds(&self, fact: &Fact) -> bool {
        self.0[fact.event.kind().name]
    }
}
