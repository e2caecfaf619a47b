//! 计票表: the rows of each building are added up to its list, and all lists are taken down or none is, so that no vote is lost
//! unnoticed. A list that is known already is not taken down again.

use std::collections::BTreeMap;

use bytes::Bytes;
use domain::meeting::{Ballots, Command, CountingList, Meeting};
use domain::permission::Act;
use domain::{MeetingId, SealedDigest, Text, county_date};

use super::outcome::{ImportError, Mode, Outcome};
use super::read;
use crate::imports::{Note, Reading, RowProblem, counting_lists};
use crate::{App, Caller};

/// What a table of counting lists came to, or would.
#[derive(Debug)]
pub struct Counted {
    /// Rows that hold anything.
    pub rows: u32,
    /// Each building, in the order of their names.
    pub lists: Vec<CountedList>,
    /// All of them together.
    pub total: Ballots,
    /// Why nothing was taken.
    pub problems: Vec<RowProblem>,
    /// What was read, and what was left out and why.
    pub notes: Vec<Note>,
}

/// The rows of a building, added up.
#[derive(Debug)]
pub struct CountedList {
    /// What they come to.
    pub list: CountingList,
    /// What became of it.
    pub outcome: Outcome,
}

/// What shows that lists which were taken down already are to be others: why, and the paper. Nothing where none is replaced.
#[derive(Debug, Default)]
pub struct Replacing {
    /// 更换理由.
    pub reason: Option<Text<200>>,
    /// Digests of the evidence.
    pub evidence: Vec<SealedDigest>,
}

/// Imports counting lists of a topic, or says what that would come to.
///
/// # Errors
/// See [`ImportError`]; also when the meeting refuses the lists. A bad row is no error.
pub async fn import_counting_lists(
    app: &App,
    bytes: impl Into<Bytes>,
    meeting: MeetingId,
    topic: u8,
    replacing: Replacing,
    mode: Mode,
    caller: &Caller,
) -> Result<Counted, ImportError> {
    app.permit_meeting(Act::RecordMeeting, meeting, caller).await?;
    let (bytes, key) = (bytes.into(), meeting.to_string());
    let reference = app.reference_data();
    let rulebook = reference.rulebook.in_force(county_date(app.clock.now()));
    let rules = rulebook.rules.deliberation();
    let look = |meeting: &Meeting| {
        let by_area = meeting.convened().is_some_and(|convened| {
            rules.body(convened.body).is_some_and(|rule| convened.counts_area(rule))
        });
        (by_area, meeting.counting_lists(topic).cloned().unwrap_or_default())
    };
    let (by_area, known) = app.read_state(&key, look).await?;
    let reading = read(app, move || counting_lists::read(&bytes, by_area)).await?;
    let Reading { rows, problems, notes, total: of_file } = reading;
    let mut sums = BTreeMap::<Text<40>, Ballots>::new();
    for row in rows {
        let sum = sums.entry(row.value.building).or_default();
        *sum = sum.and(row.value.count);
    }
    let outcome = |building: &Text<40>, count: &Ballots| match known.get(building) {
        Some(_) | None if !problems.is_empty() => Outcome::NotTaken,
        Some(known) if known == count => Outcome::Unchanged,
        Some(_) => Outcome::Changed,
        None => Outcome::Added,
    };
    let list = |(building, count)| CountedList {
        outcome: outcome(&building, &count),
        list: CountingList { building, count },
    };
    let lists: Vec<CountedList> = sums.into_iter().map(list).collect();
    let is_new = |one: &&CountedList| matches!(one.outcome, Outcome::Added | Outcome::Changed);
    let new: Vec<CountingList> = lists.iter().filter(is_new).map(|one| one.list.clone()).collect();
    if !new.is_empty() {
        let Replacing { reason, evidence } = replacing;
        let evidence = app.evidence_of(&evidence).await?;
        let command = Command::TakeCountingLists { topic, lists: new, reason, evidence };
        match mode {
            Mode::Preview => app.dry_run::<Meeting>(&key, command, caller).await?,
            Mode::Import => drop(app.execute::<Meeting>(&key, command, caller).await?),
        }
    }
    let total = lists.iter().fold(Ballots::default(), |sum, one| sum.and(one.list.count));
    Ok(Counted { rows: of_file, lists, total, problems, notes })
}
