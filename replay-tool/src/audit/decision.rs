//! A decision's life as its resolution's stream tells it, and what is found on the way.

use std::collections::BTreeSet;

use domain::notice::Verdict;
use domain::resolution::{Assigned, Escalation, Event, ObjectionAnswered, Publicised, Stage};
use domain::{Actor, MeetingId, PersonId, UnitCode};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::duty::{Duties, Duty, days_between};
use super::finding::Finding;
use super::rules;
use super::seen::Seen;
use super::station::Station;

/// A meeting is to be told of the execution within so many days, if the station holds one.
const MEETING_DAYS: i32 = 40;

/// A decision: a topic that a meeting adopted and that is to be executed.
pub struct Decision {
    /// The station's village.
    pub station: UnitCode,
    /// 标题.
    pub title: String,
    /// The day of the meeting.
    pub decided_on: Date,
    /// How far it has come.
    pub stage: Stage,
    /// Who voted.
    pub voters: BTreeSet<PersonId>,
    /// The latest period.
    pub notice: Option<Notice>,
    /// Days of all periods together.
    pub notice_days: i32,
    /// 异议.
    pub objections: Objections,
    /// Whoever was to execute it at any time.
    pub executors: BTreeSet<PersonId>,
    /// The latest assignment.
    pub assigned: Option<Assigned>,
    /// The claim that waits for its verdict.
    pub claim: Option<Claim>,
    /// Days of claims so far.
    pub claims: Vec<Date>,
    /// Claims that were returned.
    pub returns: u32,
    /// Who verified it, and when.
    pub verified: Option<(Date, PersonId)>,
    /// When the party branch was told.
    pub branch: Option<Timestamp>,
    /// Which meeting was told, and when.
    pub meeting: Option<(Date, MeetingId)>,
    /// When the completion was publicised.
    pub completed: Option<Date>,
    /// What is to be done.
    pub duties: Duties,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// A period in which it stood open to objections.
pub struct Notice {
    /// 1 for the first.
    pub period: u32,
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// When it closed with no objection open.
    pub closed: Option<Date>,
}

/// How many objections there were.
#[derive(Default)]
pub struct Objections {
    /// 提出.
    pub filed: u32,
    /// 成立.
    pub upheld: u32,
}

/// A claim of completion.
pub struct Claim {
    /// Whose account claimed.
    pub by: Actor,
}

impl Decision {
    /// A decision that a meeting took.
    pub fn new(station: UnitCode, title: String, decided_on: Date) -> Self {
        Self {
            station,
            title,
            decided_on,
            stage: Stage::Adopted,
            voters: BTreeSet::new(),
            notice: None,
            notice_days: 0,
            objections: Objections::default(),
            executors: BTreeSet::new(),
            assigned: None,
            claim: None,
            claims: Vec::new(),
            returns: 0,
            verified: None,
            branch: None,
            meeting: None,
            completed: None,
            duties: Duties::default(),
            findings: Vec::new(),
        }
    }

    /// Whether its latest period closed and no objection was upheld since.
    pub fn is_closed(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| notice.closed.is_some())
    }

    /// Takes an event in, after the rules have looked at it.
    pub fn see(&mut self, event: &Event, seen: Seen<'_>, station: Option<&Station>) {
        match event {
            Event::Adopted(adopted) => self.voters.extend(&adopted.voters),
            Event::Publicised(publicised) => self.publicised(publicised, seen),
            Event::ObjectionFiled(filed) => {
                self.objections.filed += 1;
                self.duties.owe(Duty::Answer(filed.objection), filed.answer_due);
            }
            Event::ObjectionAnswered(answered) => self.answered(answered, seen),
            Event::ObjectionEscalated(escalated) => {
                // What the village left unanswered stays unanswered while the town looks at it.
                if escalated.cause != Escalation::Overdue {
                    self.duties.owe(Duty::Answer(escalated.objection), escalated.answer_due);
                }
            }
            Event::ObjectionOverdue(_) | Event::ExecutionOverdue(_) | Event::Progressed(_) => {}
            Event::Corrected(_) => {
                self.done(Duty::Correct, seen);
                self.stage = Stage::Adopted;
                self.duties.owe(Duty::Publicise, seen.step());
            }
            Event::Withdrawn(_) => {
                self.done(Duty::Correct, seen);
                self.duties.end();
                self.stage = Stage::Withdrawn;
            }
            Event::NoticeClosed(closed) => {
                let found = rules::closing(seen, self, closed);
                self.findings.extend(found);
                self.done(Duty::CloseNotice, seen);
                if let Some(notice) = &mut self.notice {
                    notice.closed = Some(seen.day);
                }
                self.await_assignment(seen);
            }
            Event::Assigned(assigned) => self.assigned(assigned, seen),
            Event::Extended(extended) => self.await_execution(extended.to, seen),
            Event::CompletionClaimed(_) => {
                self.done(Duty::Execute, seen);
                self.claims.push(seen.day);
                self.claim = Some(Claim { by: seen.fact.metadata.actor.clone() });
                self.stage = Stage::Claimed;
                self.duties.owe(Duty::Verify, seen.step());
            }
            Event::CompletionReturned(returned) => {
                self.judged(returned.verifier, seen, station);
                self.returns += 1;
                self.await_execution(returned.due, seen);
            }
            Event::CompletionVerified(verified) => {
                self.judged(verified.verifier, seen, station);
                self.verified = Some((seen.day, verified.verifier));
                self.stage = Stage::Verified;
                self.duties.stop();
                self.duties.owe(Duty::InformBranch, seen.step());
            }
            Event::BranchInformed(_) => {
                self.done(Duty::InformBranch, seen);
                self.branch = Some(seen.at());
                let due = seen.day.saturating_add(MEETING_DAYS.days());
                self.duties.owe(Duty::InformMeeting, due);
            }
            Event::MeetingInformed(informed) => self.heard(informed.meeting, seen, station),
            Event::CompletionPublicised(_) => {
                self.findings.extend(rules::completing(seen, self));
                self.done(Duty::PubliciseCompletion, seen);
                self.duties.stop();
                self.completed = Some(seen.day);
                self.stage = Stage::Completed;
            }
            Event::Reopened(_) => {
                self.undo();
                self.await_assignment(seen);
            }
        }
    }

    fn done(&mut self, duty: Duty, seen: Seen<'_>) {
        self.findings.extend(self.duties.done(duty, seen.day));
    }

    fn publicised(&mut self, publicised: &Publicised, seen: Seen<'_>) {
        let Publicised { period, opens_on, closes_on, .. } = *publicised;
        self.done(Duty::Publicise, seen);
        self.notice_days += days_between(opens_on, closes_on);
        self.notice = Some(Notice { period, opens_on, closes_on, closed: None });
        self.stage = Stage::Publicised;
        self.duties.owe(Duty::CloseNotice, seen.step_after(closes_on));
    }

    /// An upheld objection stops everything but the answers to others.
    fn answered(&mut self, answered: &ObjectionAnswered, seen: Seen<'_>) {
        self.done(Duty::Answer(answered.objection), seen);
        match answered.verdict {
            Verdict::Upheld => {
                self.objections.upheld += 1;
                self.undo();
                if let Some(notice) = &mut self.notice {
                    notice.closed = None;
                }
                self.stage = Stage::AwaitingCorrection;
                let due = self.duties.due(Duty::Correct).unwrap_or_else(|| seen.step());
                self.duties.stop();
                self.duties.owe(Duty::Correct, due);
            }
            Verdict::Dismissed => {
                if !self.duties.has_open_objection() {
                    self.duties.resume(seen.step());
                }
            }
        }
    }

    fn await_assignment(&mut self, seen: Seen<'_>) {
        self.duties.stop();
        self.duties.owe(Duty::Assign, seen.step());
        self.stage = Stage::Closed;
    }

    fn assigned(&mut self, assigned: &Assigned, seen: Seen<'_>) {
        self.findings.extend(rules::assigning(seen, self));
        self.done(Duty::Assign, seen);
        self.executors.insert(assigned.executor);
        self.assigned = Some(assigned.clone());
        self.await_execution(assigned.due, seen);
    }

    fn await_execution(&mut self, due: Date, seen: Seen<'_>) {
        self.findings.extend(self.duties.put_off(Duty::Execute, due, seen.day));
        if let Some(assigned) = &mut self.assigned {
            assigned.due = due;
        }
        self.stage = Stage::Executing;
    }

    fn judged(&mut self, verifier: PersonId, seen: Seen<'_>, station: Option<&Station>) {
        let found = rules::judging(seen, self, station, verifier);
        self.findings.extend(found);
        self.done(Duty::Verify, seen);
        self.claim = None;
    }

    /// Late is only who let a meeting pass that might have been told.
    fn heard(&mut self, meeting: MeetingId, seen: Seen<'_>, station: Option<&Station>) {
        let late = self.duties.done(Duty::InformMeeting, seen.day);
        let first = self.first_meeting(station);
        self.findings.extend(late.filter(|_| first.is_some_and(|first| first != meeting)));
        self.meeting = Some((seen.day, meeting));
        self.duties.owe(Duty::PubliciseCompletion, seen.step());
    }

    /// The first meeting that the station held after the party branch was told.
    fn first_meeting(&self, station: Option<&Station>) -> Option<MeetingId> {
        let first = station.and_then(|station| station.first_after(self.branch?));
        first.map(|held| held.meeting)
    }

    /// The execution and all that followed count no more.
    fn undo(&mut self) {
        self.assigned = None;
        self.claim = None;
        self.verified = None;
        self.branch = None;
        self.meeting = None;
        self.completed = None;
    }

    /// What is missing as of a day.
    pub fn missing(&self, today: Date, station: Option<&Station>) -> Vec<Finding> {
        let met = self.first_meeting(station).is_some();
        let owed = self.duties.missing(today);
        owed.filter(|(duty, _)| *duty != Duty::InformMeeting || met).map(|(_, it)| it).collect()
    }
}
