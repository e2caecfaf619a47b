//! Read models agree with the rules: what they show is what a decision is made on, and what they call due is what the
//! rules grant, no more and no less.

use domain::calendar::Calendar;
use domain::issue::{self, Issue, Source};
use domain::meeting::Outcome;
use domain::notice::Verdict;
use domain::resolution::{self, Desk, Resolution, Stage};
use domain::rulebook::Adopted;
use domain::station::{self, Group, Standing, Station};
use domain::unit::Kind;
use domain::{
    Actor, ActorId, Aggregate, Directory, Event, Given, Month, PersonId, Role, county_date,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::models::supervision_worklist::{self as worklist, Kind as Waits, Task};
use crate::models::{due, execution_ledger, issue_register, public_notice};
use crate::testing::*;
use crate::{PageRequest, ReadModels};

/// What is asked: after how many days, what, with which number.
type Asked = (i64, u8, u32);

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let days = prop_oneof![5 => Just(0_i64), 2 => 1..4_i64, 1 => 4..15_i64];
    prop::collection::vec((days, 0..40_u8, 1..5_u32), 1..70)
}

/// One stream, the log that it lies in, and what decisions on it are given.
struct Play<A> {
    state: A,
    log: Log,
    stream: String,
    now: Timestamp,
    actor: Actor,
    units: Directory,
}

impl<A: Aggregate> Play<A> {
    fn new(key: &str) -> Self {
        let mut units = Directory::default();
        units.evolve("V", &unit_registered("V", Kind::Village, None));
        let id = ActorId::new("account-41").unwrap();
        let actor = Actor { id, role: Role::Volunteer, unit: None, person: Some(person(41)) };
        let (stream, now) = (format!("{}-{key}", A::CATEGORY), noon("2022-01-01"));
        Self { state: A::default(), log: Log::new(), stream, now, actor, units }
    }

    fn given(&self) -> Given<'_> {
        Given {
            now: self.now,
            actor: &self.actor,
            rulebook: Adopted::shipped(),
            calendar: Calendar::shipped(),
            units: &self.units,
        }
    }

    fn today(&self) -> Date {
        county_date(self.now)
    }

    fn wait(&mut self, days: i64) {
        self.now = self.now.checked_add(SignedDuration::from_hours(24 * days)).unwrap();
        let today = self.today().to_string();
        self.log.on(&today);
    }

    /// Whether the rules would state something now.
    fn grants(&self, command: A::Command) -> bool {
        self.state.decide(command, &self.given()).is_ok_and(|events| !events.is_empty())
    }

    /// Asks, and takes in what follows. Gives whether anything did.
    fn ask(&mut self, command: A::Command) -> bool {
        let events = self.state.decide(command, &self.given()).unwrap_or_default();
        for event in &events {
            self.state.evolve(event);
            self.log.add(&self.stream, Into::<Event>::into(event.clone()));
        }
        !events.is_empty()
    }
}

fn tasks(models: &ReadModels) -> Vec<Task> {
    let page = PageRequest { after: None, limit: 500 };
    worklist::list(models.connection(), &worklist::Filter::default(), &page).unwrap().items
}

fn waits(tasks: &[Task], kind: Waits) -> usize {
    tasks.iter().filter(|task| task.kind == kind).count()
}

fn supervisor() -> Standing {
    let groups = vec![Group::Supervision];
    Standing { person: Some(person(31)), groups, ..Standing::default() }
}

fn of_resolution(which: u8, number: u32, today: Date) -> Vec<resolution::Command> {
    use resolution::Command as C;
    let (objection, reason, evidence) = (number, text("另有情况"), vec![photo(1)]);
    let (findings, answer) = (text("现场查看"), text("经核实"));
    let soon = today.saturating_add(SignedDuration::from_hours(24 * i64::from(number)));
    vec![match which {
        0..4 => C::FileObjection { ground: text("费用分摊不公"), objector: None },
        4 | 5 => {
            C::AnswerObjection { objection, verdict: Verdict::Dismissed, answer, above: which == 5 }
        }
        6 => C::AnswerObjection { objection, verdict: Verdict::Upheld, answer, above: true },
        7 => C::EscalateObjection { objection },
        8 => C::MissAnswer { objection },
        9 if number == 1 => C::Withdraw { reason, above: true },
        10 => C::Report { note: text("已开工"), evidence },
        11 => C::Extend { to: soon, reason },
        12 | 13 => C::RecordOverdue,
        14 => C::Return { verifier: supervisor(), findings, due: Some(soon) },
        15 => C::Reopen { reason: text("又坏了"), evidence },
        // What brings it on; only one of them fits.
        _ => {
            return vec![
                C::Publicise { evidence: vec![] },
                C::Correct { text: text("费用由村集体承担"), reason, evidence: vec![] },
                C::CloseNotice,
                C::PubliciseCompletion { result: text("已修复"), evidence: vec![] },
                C::InformMeeting { meeting: meeting_id(9), reported: Some(today) },
                C::InformBranch { findings: text("已完成") },
                C::Verify { verifier: supervisor(), findings, evidence: vec![] },
                C::ClaimCompletion { note: text("已修好"), evidence },
                C::Assign { executor: person(41), office: text("村电工"), due: soon },
            ];
        }
    }]
}

fn resolved(asked: &[Asked]) -> Play<Resolution> {
    let mut play = Play::<Resolution>::new(&resolution_id(1, 1).to_string());
    let Event::Resolution(resolution::Event::Adopted(founded)) = adopted("V", None) else {
        unreachable!()
    };
    play.ask(resolution::Command::Adopt(founded));
    for &(days, which, number) in asked {
        play.wait(days);
        for command in of_resolution(which, number, play.today()) {
            if play.ask(command) {
                break;
            }
        }
    }
    play
}

fn registered_issue(online: bool) -> issue::Command {
    let Event::Issue(issue::Event::Registered(mut asked)) =
        issue_registered("V", online.then_some("2022-01-02"))
    else {
        unreachable!()
    };
    asked.raised_at = noon("2022-01-01");
    asked.source = if online { Source::Online } else { Source::GridWorker };
    issue::Command::Register(asked)
}

fn of_issue(which: u8, number: u32) -> issue::Command {
    use issue::Command as C;
    let (meeting, topic) = (meeting_id(u128::from(number)), 1);
    let approver: Option<PersonId> = Some(person(12));
    match which {
        0..2 => C::Answer { answer: text("已列入") },
        2..5 => C::MissAnswer,
        5..9 => C::Triage { topic: "G4".parse().unwrap(), listed: true },
        9..13 => C::Accept,
        13 if number == 1 => C::Reject { reason: text("不属议事范围") },
        14 if number == 1 => {
            let (to, reason) = (text("县供电公司"), text("产权不属村"));
            C::RouteOut { to, receiver: None, reason, due: None }
        }
        15 if number == 1 => C::Merge { issue: issue_id(1), into: issue_id(2), stands: true },
        16..20 => C::Expedite {
            kind: issue::Expedition::Urgent,
            approver,
            leads: true,
            reason: text("有触电危险"),
            measure: text("先行断电"),
        },
        20..22 => C::Ratify { meeting, topic },
        22 => C::MissRatification { meeting },
        23..30 => C::Schedule { meeting, topic, ratifies: which.is_multiple_of(2) },
        30..36 => C::Decide { meeting, topic, outcome: Outcome::ALL[usize::from(which) % 3] },
        36 => C::Settle {
            resolution: Some(resolution_id(u128::from(number), 1)),
            result: text("已修"),
        },
        37 => C::Settle { resolution: None, result: text("已答复") },
        _ => C::Reopen { resolution: resolution_id(u128::from(number), 1) },
    }
}

fn stationed(asked: &[Asked]) -> Play<Station> {
    let mut play = Play::<Station>::new("V");
    play.ask(station::Command::Open { unit: code("V"), estate: false });
    for &(days, which, number) in asked {
        play.wait(days * 7);
        let held_on = play.today();
        let month = Month::of(held_on);
        play.ask(match which {
            0..12 => station::Command::HoldMeeting(station::MeetingHeld {
                meeting: meeting_id(number.into()),
                held_on,
                backfilled: number % 2 == 0,
            }),
            12..20 => station::Command::MissMeeting { month },
            _ => continue,
        });
    }
    play
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_ledger_shows_what_a_resolution_is_decided_on(asked in asked()) {
        let play = resolved(&asked);
        let (models, state, today) = (play.log.read(), &play.state, play.today());
        let conn = models.connection();
        let row = execution_ledger::get(conn, resolution_id(1, 1), today).unwrap().unwrap().resolution;
        prop_assert_eq!(Some(row.stage), state.stage());
        prop_assert_eq!(Some(row.text.as_str()), state.text().map(domain::Text::as_str));
        if matches!(row.stage, Stage::Executing | Stage::Claimed) {
            prop_assert_eq!((row.executor, row.due), (state.executor(), state.due()));
        }
        let open: Vec<_> = state.open_objections().map(|(_, one)| one.desk).collect();
        let with = |desk| open.iter().filter(|at| **at == desk).count();
        let tasks = tasks(&models);
        prop_assert_eq!(waits(&tasks, Waits::AnswerObjection), with(Desk::Own));
        prop_assert_eq!(waits(&tasks, Waits::AnswerEscalated), with(Desk::Above));
        if row.stage != Stage::Withdrawn {
            prop_assert_eq!(row.objections_open as usize, open.len());
            let filter = public_notice::Filter::default();
            let board = public_notice::board(conn, &filter, &PageRequest::default()).unwrap().items;
            let shown: i64 = board.iter().map(|notice| notice.objections_open).sum();
            prop_assert_eq!(shown, i64::from(row.objections_open));
        }
        let others = tasks.len() - open.len();
        prop_assert_eq!(others == 0, matches!(row.stage, Stage::Publicised | Stage::Completed | Stage::Withdrawn));
    }

    #[test]
    fn what_is_due_of_a_resolution_is_what_the_rules_grant(asked in asked()) {
        use resolution::Command as C;
        let play = resolved(&asked);
        let (models, today) = (play.log.read(), play.today());
        let conn = models.connection();
        let overdue = due::executions_overdue(conn, today, 9).unwrap();
        prop_assert_eq!(!overdue.is_empty(), play.grants(C::RecordOverdue));
        let to_close = due::resolution_notices_to_close(conn, today, 9).unwrap();
        prop_assert_eq!(!to_close.is_empty(), play.grants(C::CloseNotice));
        let missed = due::objections_overdue(conn, today, 99).unwrap();
        for objection in 1..70 {
            let granted = play.grants(C::MissAnswer { objection });
            prop_assert_eq!(missed.contains(&(resolution_id(1, 1), objection)), granted);
        }
    }

    #[test]
    fn the_register_shows_what_an_issue_is_decided_on(online: bool, asked in asked()) {
        let mut play = Play::<Issue>::new(&issue_id(1).to_string());
        prop_assert!(play.ask(registered_issue(online)));
        for (days, which, number) in asked {
            play.wait(days);
            play.ask(of_issue(which, number));
        }
        let models = play.log.read();
        let row = issue_register::get(models.connection(), issue_id(1)).unwrap().unwrap();
        prop_assert_eq!(Some(row.stage), play.state.stage());
        let rejected = row.stage == issue::Stage::Rejected;
        let unratified = row.expedited.is_some() && row.ratified_at.is_none() && !rejected;
        prop_assert_eq!(unratified, play.state.expedited_unratified());
        let tasks = tasks(&models);
        prop_assert_eq!(waits(&tasks, Waits::RatifyIssue) == 1, unratified);
        prop_assert_eq!(waits(&tasks, Waits::AnswerIssue) == 1, play.state.answer_due().is_some());
        let due = due::issues_to_answer(models.connection(), play.today(), 9).unwrap();
        prop_assert_eq!(!due.is_empty(), play.grants(issue::Command::MissAnswer));
    }

    #[test]
    fn the_calendar_owes_the_months_that_the_station_does(asked in asked()) {
        let play = stationed(&asked);
        let (models, today) = (play.log.read(), play.today());
        let minutes_days = *Adopted::shipped().rules.deliberation().minutes_days;
        let owed = due::stations_to_miss(models.connection(), today, minutes_days, 999).unwrap();
        let owed: Vec<Month> = owed.into_iter().map(|(_, month)| month).collect();
        prop_assert_eq!(owed, play.state.months_to_miss(today, minutes_days));
    }
}
