//! 志愿服务记录: what one volunteer gave, recorded by one, attested by another.

mod attest;
mod check;
mod due;
mod events;
mod record;
mod standing;
#[cfg(test)]
mod tests;

pub use check::OpenPresence;
pub use events::{
    Attested, BackfillApproved, BackfillRequested, CheckedIn, CheckedOut, Corrected, Counter,
    DisputeDismissed, Disputed, DueSettled, Entry, Event, Flag, Outcome, Provisional, Recorded,
    Recorder, Voided,
};

use due::{Due, Unsettled};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::activity::Participation;
use crate::{ActivityId, Aggregate, Given, Minutes, Moment, PersonId, SealedDigest, Text};

/// One volunteer's records as their history tells them.
#[derive(Debug, Clone, Default)]
pub struct Service {
    records: Vec<Record>,
    checks: Vec<Check>,
    attested: Minutes,
}

/// One record.
#[derive(Debug, Clone)]
struct Record {
    entry: Entry,
    revision: u32,
    state: State,
    disputed: bool,
    /// Who disputes it, or did last; none before events said so.
    disputant: Option<Recorder>,
    /// Who attested it last; none before events said so.
    attester: Option<Recorder>,
    unsettled: Option<Unsettled>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// 补录待核准.
    Requested,
    /// 待认定.
    Recorded,
    /// 已认定.
    Attested,
    /// 已作废.
    Voided,
}

/// A presence at an activity.
#[derive(Debug, Clone)]
struct Check {
    activity: ActivityId,
    from: Timestamp,
    to: Option<Timestamp>,
    /// Nobody checked out.
    forgotten: bool,
}

/// What whoever records a service says about it.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who served.
    pub volunteer: PersonId,
    /// The activity it was done in.
    pub activity: ActivityId,
    /// 服务内容.
    pub content: Text<500>,
    /// First moment of the service.
    pub started_at: Timestamp,
    /// Last moment of the service.
    pub ended_at: Timestamp,
    /// Time actually given.
    pub minutes: Minutes,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
    /// The activity's own history, as far as the record needs it.
    pub participation: Participation,
}

/// What may be asked about a volunteer's records.
#[derive(Debug, Clone)]
pub enum Command {
    /// 签到.
    CheckIn {
        /// Where to.
        activity: ActivityId,
        /// The activity's own history.
        participation: Participation,
        /// The activity at which the volunteer is still checked in.
        open: Option<OpenPresence>,
    },
    /// 签退.
    CheckOut {
        /// Where from.
        activity: ActivityId,
        /// The activity's own history.
        participation: Participation,
    },
    /// An activity is over: the presence of who did not check out ends with it.
    EndPresence {
        /// Which.
        activity: ActivityId,
        /// The activity's own history.
        participation: Participation,
    },
    /// 记录服务.
    Record(Box<Report>),
    /// 申请补录.
    RequestBackfill {
        /// What was done.
        report: Box<Report>,
        /// What proves it.
        evidence: Text<200>,
        /// Digest of a document that proves it.
        digest: Option<SealedDigest>,
    },
    /// 核准补录.
    ApproveBackfill {
        /// Which record.
        record: u32,
    },
    /// 认定.
    Attest {
        /// Which record.
        record: u32,
        /// 组织评价, 1 to 5.
        rating: Option<u8>,
    },
    /// 确认记录期限, once holidays are known that were not.
    SettleDue {
        /// Which record.
        record: u32,
    },
    /// 提出异议.
    Dispute {
        /// Which record.
        record: u32,
        /// What is wrong.
        reason: Text<500>,
    },
    /// 驳回异议.
    DismissDispute {
        /// Which record.
        record: u32,
        /// Why it stands.
        reason: Text<500>,
    },
    /// 更正.
    Correct {
        /// Which record.
        record: u32,
        /// What it should say.
        report: Box<Report>,
        /// Why.
        reason: Text<500>,
    },
    /// 作废.
    Void {
        /// Which record.
        record: u32,
        /// Why.
        reason: Text<500>,
    },
}

refusals! {
    /// Why a command about service records is refused.
    pub enum Rejection {
        UnknownRecord { record: u32 } "service.unknown_record" absent at "record" =>
            "没有第{record}号服务记录。", "There is no service record {record}.";
        NotSignedUp {} "service.not_signed_up" at "activity" =>
            "该志愿者没有报名参加此活动;临时到场的,活动进行中可先现场报名。",
            "The volunteer did not sign up for this activity; who comes unannounced is signed up while it runs.";
        NotHeld {} "service.activity_not_held" at "activity" =>
            "活动尚未开始或已取消,不能签到或记录服务。",
            "The activity has not started or was cancelled; nothing can be checked in or recorded.";
        Over {} "service.activity_over" at "activity" =>
            "活动已结束,不能再签到。", "The activity is over; check-in is closed.";
        AlreadyIn { other: ActivityId, title: String } "service.already_checked_in" at "activity" =>
            "已在活动“{title}”({other})签到,尚未签退;请先从该活动签退。",
            "Checked in to the activity \"{title}\" ({other}) already; check out of that first.";
        NotIn {} "service.not_checked_in" at "activity" =>
            "没有在此活动签到。", "Not checked in to this activity.";
        Future { now: Moment } "service.in_future" at "ended_at" =>
            "服务时间不能晚于现在({now})。", "A service cannot lie in the future; now it is {now}.";
        Backwards {} "service.backwards" at "ended_at" =>
            "服务结束时间应晚于开始时间。", "A service must end after it starts.";
        NoTime {} "service.no_time" at "minutes" =>
            "服务时长应至少1分钟。", "A service lasts at least one minute.";
        LongerThanItself { longest: Minutes } "service.longer_than_itself" at "minutes" =>
            "服务时长不能超过起止时间之间的{longest}。",
            "The time given cannot be more than the {longest:#} between start and end.";
        OutsideActivity { from: Moment, to: Moment } "service.outside_activity" at "started_at" =>
            "服务时间应在活动时间{from}至{to}之内,不得多于活动时长。",
            "The service must lie within the activity, {from} to {to}; nobody gives more hours than it lasted.";
        LongerThanPresence { present: Minutes } "service.longer_than_presence" at "minutes" =>
            "服务时长不能超过本记录起止时间内签到签退之间、其他记录未计的{present}。",
            "The time given cannot be more than the {present:#} between check-in and check-out that lie within the record and are in no other.";
        Overlap { other: u32, from: Moment, to: Moment } "service.overlap" at "started_at" =>
            "与第{other}号记录({from}至{to})时间重叠;同一人同一时间只计一次。",
            "Overlaps record {other} ({from} to {to}); one person serves in one place at a time.";
        Late { due: Date, days: u16 } "service.late" at "ended_at" =>
            "已超过活动结束后{days}个工作日(应于{due}前记录);请申请补录并提供证据(民政部令第67号§11)。",
            "More than {days} working days after the end (due {due}); ask for a backfill with evidence (民政部令第67号 §11).";
        LateProvisionally { due: Date, days: u16, year: i16 } "service.late_provisionally" at "ended_at" =>
            "已超过活动结束后{days}个工作日(暂定至{due});{year}年节假日安排尚未录入,请县委依法治县办先录入(POST /api/v1/holidays 或 yuanfa holidays adopt),或申请补录并提供证据。",
            "More than {days} working days after the end (provisionally due {due}); the holidays of {year} are not known yet: let the county office adopt their notice (POST /api/v1/holidays, or yuanfa holidays adopt), or ask for a backfill with evidence.";
        InTime { due: Date } "service.in_time" at "ended_at" =>
            "仍在记录期限内({due}前),请直接记录,无须补录。",
            "Still in time (until {due}); record it, no backfill is needed.";
        SelfAttested {} "service.self_attested" at "actor" =>
            "记录人、证明人和志愿者本人不得为同一人;请由负责人认定。",
            "Recorder, attester and the volunteer are three different people; let the person in charge attest.";
        SelfDismissed {} "service.self_dismissed" at "actor" =>
            "异议须由记录人、认定人、提出人和志愿者本人以外的人处理。",
            "A dispute is dismissed by somebody other than the recorder, the attester, whoever filed it and the volunteer.";
        SelfApproved {} "service.self_approved" at "actor" =>
            "补录须由申请人和志愿者本人以外的人核准。",
            "A backfill is approved by somebody other than who asked for it and the volunteer.";
        Rating {} "service.rating" at "rating" =>
            "评价为1至5。", "A rating is 1 to 5.";
        AwaitsApproval {} "service.awaits_approval" at "record" =>
            "补录尚未核准。", "The backfill is not approved yet.";
        NotRequested {} "service.not_requested" at "record" =>
            "该记录不是待核准的补录。", "The record is no backfill that waits for approval.";
        AlreadyAttested {} "service.already_attested" at "record" =>
            "该记录已认定。", "The record is attested already.";
        UnderDispute {} "service.under_dispute" at "record" =>
            "该记录有未处理的异议;请先更正、作废或驳回异议。",
            "The record is under dispute; correct it, void it or dismiss the dispute first.";
        NotDisputed {} "service.not_disputed" at "record" =>
            "该记录没有异议。", "The record is not disputed.";
        AlreadyDisputed {} "service.already_disputed" at "record" =>
            "该记录已有未处理的异议。", "The record is disputed already.";
        OtherActivity {} "service.other_activity" at "activity" =>
            "更正不能改换活动或志愿者;请作废后重新记录或申请补录。",
            "A correction keeps the activity and the volunteer; void the record and record or backfill anew.";
        IsVoided {} "service.voided" at "record" =>
            "该记录已作废。", "The record was voided.";
    }
}

impl Service {
    fn record(&self, number: u32) -> Result<&Record, Rejection> {
        let index = (number as usize).checked_sub(1);
        let found = index.and_then(|index| self.records.get(index));
        found.ok_or(Rejection::UnknownRecord { record: number })
    }

    fn next_number(&self) -> u32 {
        u32::try_from(self.records.len()).map_or(u32::MAX, |made| made.saturating_add(1))
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Record)) {
        let index = (number as usize).wrapping_sub(1);
        if let Some(record) = self.records.get_mut(index) {
            change(record);
        }
    }

    fn add(&mut self, entry: &Entry, state: State, due: Date, provisional: Option<Provisional>) {
        let unsettled = Unsettled::of(entry, due, provisional);
        let entry = entry.clone();
        self.records.push(Record {
            entry,
            revision: 1,
            state,
            disputed: false,
            disputant: None,
            attester: None,
            unsettled,
        });
    }
}

impl Record {
    /// Whether it says that the volunteer served at an activity.
    fn stands_for(&self, activity: ActivityId) -> bool {
        self.entry.activity == activity && self.state != State::Voided
    }

    /// Minutes that stop counting when the record is corrected or voided.
    fn counted(&self) -> Minutes {
        if self.state == State::Attested { self.entry.minutes } else { Minutes(0) }
    }
}

impl Aggregate for Service {
    const CATEGORY: &'static str = "service";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::CheckIn { activity, participation, open } => {
                return self.check_in(activity, &participation, open, given);
            }
            Command::CheckOut { activity, participation } => {
                return self.check_out(activity, &participation, given);
            }
            Command::EndPresence { activity, participation } => {
                return Ok(self.end_presence(activity, &participation, given));
            }
            Command::Record(report) => self.make_record(*report, given)?,
            Command::RequestBackfill { report, evidence, digest } => {
                self.request_backfill(*report, evidence, digest, given)?
            }
            Command::ApproveBackfill { record } => self.approve_backfill(record, given)?,
            Command::Attest { record, rating } => self.attest(record, rating, given)?,
            Command::SettleDue { record } => {
                return Ok(self.settle_due(record, given)?.into_iter().collect());
            }
            Command::Dispute { record, reason } => self.dispute(record, reason, given)?,
            Command::DismissDispute { record, reason } => {
                self.dismiss_dispute(record, reason, given)?
            }
            Command::Correct { record, report, reason } => {
                self.correct(record, *report, reason, given)?
            }
            Command::Void { record, reason } => self.void(record, reason)?,
        };
        Ok(vec![event])
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::CheckedIn(CheckedIn { activity, at }) => {
                let (activity, from) = (*activity, *at);
                self.checks.push(Check { activity, from, to: None, forgotten: false });
            }
            Event::CheckedOut(CheckedOut { at, forgotten, .. }) => {
                if let Some(check) = self.checks.last_mut() {
                    (check.to, check.forgotten) = (Some(*at), *forgotten);
                }
            }
            Event::Recorded(made) => {
                self.add(&made.entry, State::Recorded, made.due, made.provisional);
            }
            Event::BackfillRequested(asked) => {
                self.add(&asked.entry, State::Requested, asked.due, asked.provisional);
            }
            Event::DueSettled(DueSettled { record, due, provisional, .. }) => {
                self.change(*record, |record| record.settle(*due, *provisional));
            }
            Event::BackfillApproved(approved) => {
                self.change(approved.record, |record| record.state = State::Recorded);
            }
            Event::Attested(attested) => {
                self.attested = attested.total;
                self.change(attested.record, |record| {
                    record.state = State::Attested;
                    record.attester.clone_from(&attested.attester);
                });
            }
            Event::Disputed(disputed) => {
                self.change(disputed.record, |record| {
                    record.disputed = true;
                    record.disputant.clone_from(&disputed.by);
                });
            }
            Event::DisputeDismissed(dismissed) => {
                self.change(dismissed.record, |record| record.disputed = false);
            }
            Event::Corrected(corrected) => {
                self.attested = corrected.total;
                self.change(corrected.record, |record| {
                    record.entry = corrected.entry.clone();
                    record.revision = corrected.revision;
                    record.state = State::Recorded;
                    record.disputed = false;
                });
            }
            Event::Voided(voided) => {
                self.attested = voided.total;
                self.change(voided.record, |record| {
                    record.state = State::Voided;
                    record.disputed = false;
                });
            }
        }
    }
}
