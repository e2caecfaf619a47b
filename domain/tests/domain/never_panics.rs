//! Whatever happened, and whatever is asked at whatever moment: an answer, never a panic. Tests are
//! built with overflow checks, so this also says that no sum runs over.

use domain::backfill::FromPaper;
use domain::calendar::Calendar;
use domain::identity_number::AgeGroup;
use domain::rulebook::{Adopted, Rulebook};
use domain::{
    Actor, ActorId, Aggregate, Directory, Event, Given, Minutes, PersonId, Refusal, Role, Text,
    UnitCode, activity, ledger_key, notice, operation, points, rulebook, service, squad, unit,
    volunteer,
};
use jiff::Timestamp;
use proptest::prelude::*;

mod deliberation;
mod progress;
mod resolution;
mod setup;

/// The golden event of a stored name, as its aggregate knows it.
fn golden<E: TryFrom<Event>>(kind: &str) -> E {
    let path = format!("{}/catalogue/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let event = Event::decode(kind, std::fs::read_to_string(path).unwrap().trim().as_bytes());
    E::try_from(event.unwrap()).unwrap_or_else(|_| panic!("{kind} is of another aggregate"))
}

/// All golden events of an aggregate.
fn all<E: TryFrom<Event>>() -> Vec<E> {
    let of = |kind: &str| {
        let path = format!("{}/catalogue/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let event = Event::decode(kind, std::fs::read_to_string(path).unwrap().trim().as_bytes());
        E::try_from(event.unwrap()).ok()
    };
    domain::catalogue::CATALOGUE.iter().filter_map(|kind| of(kind.name)).collect()
}

const MOMENTS: [&str; 5] = [
    "-009999-01-02T01:59:59Z",
    "2021-11-30T04:00:00Z",
    "2021-12-04T04:00:00Z",
    "2022-02-28T16:00:00Z",
    "9999-12-30T22:00:00Z",
];

/// Takes a history of golden events in any order, then asks, and takes in what is granted.
fn play<A: Aggregate>(history: &[usize], asked: &[(usize, usize)], commands: &[A::Command]) {
    let events = all::<A::Event>();
    let mut state = A::after(history.iter().map(|index| &events[index % events.len()]));
    let mut units = Directory::default();
    for event in all::<unit::Event>() {
        units.evolve("330225100001", &event.into());
    }
    let id = ActorId::new("tester").unwrap();
    let actor = Actor { id, role: Role::System, unit: None, person: None };
    for (what, moment) in asked {
        let given = Given {
            now: MOMENTS[moment % MOMENTS.len()].parse().unwrap(),
            actor: &actor,
            rulebook: Adopted::shipped(),
            calendar: Calendar::shipped(),
            units: &units,
        };
        match state.decide(commands[what % commands.len()].clone(), &given) {
            Ok(facts) => facts.iter().for_each(|fact| state.evolve(fact)),
            Err(refusal) => assert!(refusal.code().contains('.') && !refusal.zh().is_empty()),
        }
    }
}

fn text<const MAX: usize>() -> Text<MAX> {
    Text::new("某项说明").unwrap()
}

fn unit_code() -> UnitCode {
    UnitCode::new("330225100001").unwrap()
}

fn person() -> PersonId {
    "V3K7M9QX2TB4D".parse().unwrap()
}

fn unit_commands() -> Vec<unit::Command> {
    let unit::Event::Registered(registered) = golden("UnitRegistered") else { unreachable!() };
    let unit::Event::AdministratorReported(reported) = golden("AdministratorReported") else {
        unreachable!()
    };
    let (administrator, sealed) = (reported.administrator, reported.sealed);
    vec![
        unit::Command::Register(registered),
        unit::Command::DeclareHeadcount { headcount: u32::MAX },
        unit::Command::DeclareHeadcount { headcount: 1_000_000 },
        unit::Command::AssignQuota { task: 1_000_000, campaign: None },
        unit::Command::Attribute { to: unit_code() },
        unit::Command::ReportAdministrator { administrator, sealed },
        unit::Command::Succeed { by: Some(unit_code()), also: vec![unit_code()], reason: text() },
        unit::Command::Succeed { by: None, also: vec![], reason: text() },
        unit::Command::StatePopulation(unit::PopulationStated {
            population: u32::MAX,
            counted_on: jiff::civil::Date::MIN,
            source: text(),
        }),
        unit::Command::Correct(unit::Correction {
            name: Some(text()),
            kind: Some(unit::Kind::County),
            parent: Some(unit_code()),
            reason: text(),
        }),
    ]
}

fn squad_commands() -> Vec<squad::Command> {
    let applicant =
        squad::Applicant { volunteer: person(), unit: unit_code(), party: true, may_serve: true };
    let squad::Event::MemberJoined(joined) = golden("MemberJoined") else { unreachable!() };
    vec![
        squad::Command::Apply { unit: unit_code() },
        squad::Command::Approve { registration: text() },
        squad::Command::Join { applicant: applicant.clone(), consent: Some(joined.consent) },
        squad::Command::Join { applicant, consent: None },
        squad::Command::Leave { volunteer: person(), reason: text() },
        squad::Command::CountParty { volunteer: person(), party: true },
        squad::Command::Complete { others: squad::Heads { members: u32::MAX, party: u32::MAX } },
    ]
}

fn volunteer_commands() -> Vec<volunteer::Command> {
    use volunteer::{Command, Event};
    let mut commands: Vec<Command> = all::<Event>()
        .into_iter()
        .filter_map(|event| match event {
            Event::Registered(one) | Event::Returned(one) => Some(Command::Register(one)),
            Event::PersonalDataCorrected(corrected) => {
                Some(Command::CorrectPersonalData { corrected, age_group: AgeGroup::Minor })
            }
            Event::PoliticalStatusChanged(one) => Some(Command::ChangePoliticalStatus {
                to: one.to,
                since: one.since,
                reason: one.reason,
            }),
            Event::CategoriesChanged(one) => Some(Command::ChangeCategories(one)),
            Event::IdentityCorrectionRequested(one) => Some(Command::RequestIdentityCorrection {
                prepared: one.prepared,
                reason: one.reason,
            }),
            Event::IdentityCorrected(one) => Some(Command::ApproveIdentityCorrection {
                correction: one.correction,
                age_group: one.age_group,
                guardian_consent: false,
            }),
            Event::IdentityCorrectionRefused(one) => {
                Some(Command::RefuseIdentityCorrection { correction: u32::MAX, reason: one.reason })
            }
            Event::RealNameMatched(one) => Some(Command::MatchRealName(one)),
            Event::RealNameRefused(one) => Some(Command::RefuseRealName(one)),
            Event::TierChanged(one) => Some(Command::ChangeTier(one)),
            Event::SkillsDeclared(one) => Some(Command::DeclareSkills(one)),
            Event::Moved(one) => Some(Command::Move { to: one.to, reason: one.reason }),
            Event::Suspended(one) => Some(Command::Suspend(one)),
            Event::Resumed(one) => Some(Command::Resume(one)),
            Event::Withdrawn(one) => Some(Command::Withdraw { reason: one.reason }),
            Event::PersonalDataErased(one) => Some(Command::ErasePersonalData(one)),
            Event::StarProposed(_) | Event::StarProposalEnded(_) | Event::StarChanged(_) => None,
        })
        .collect();
    for attested in [0, 6_000, u32::MAX] {
        let attested = Minutes(attested);
        commands.push(Command::ReviewStar { volunteer: person(), attested });
    }
    commands.push(Command::SettleStar { proposal: 1, upheld: false });
    commands.push(Command::SettleStar { proposal: 2, upheld: true });
    commands
}

fn activity_commands() -> Vec<activity::Command> {
    use activity::{Command, Event};
    let ends = [Timestamp::MIN, Timestamp::MAX, "2021-12-04T03:45:00Z".parse().unwrap()];
    let mut commands: Vec<Command> =
        ends.map(|ended_at| Command::Close { ended_at, summary: text() }).into();
    let mut publish = |from, to| {
        let Event::Published(mut published) = golden("ActivityPublished") else { unreachable!() };
        (published.starts_at, published.ends_at) = (from, to);
        published.organiser = unit_code();
        commands.push(Command::Publish(published));
    };
    publish(Timestamp::MIN, Timestamp::MAX);
    publish(Timestamp::MAX, Timestamp::MIN);
    publish(ends[2], Timestamp::MAX);
    for event in all::<Event>() {
        commands.extend(match event {
            Event::Published(mut one) => {
                one.paper = Some(paper());
                Some(Command::Publish(one))
            }
            Event::BackfillApproved(_) => Some(Command::ApproveBackfill),
            Event::BackfillRefused(one) => Some(Command::RefuseBackfill { reason: one.reason }),
            Event::RiskAssessed(one) => Some(Command::AssessRisk(one)),
            Event::Insured(one) => Some(Command::Insure(one)),
            Event::SignedUp(one) => {
                let (volunteer, minor) = (one.volunteer, one.minor);
                Some(Command::SignUp { volunteer, may_serve: true, minor })
            }
            Event::SignUpCancelled(one) => {
                Some(Command::CancelSignUp { volunteer: one.volunteer, served: false })
            }
            Event::Started(_) => Some(Command::Start { minors: vec![] }),
            Event::Closed(_) => None,
            Event::Cancelled(one) => Some(Command::Cancel { reason: one.reason }),
        });
    }
    commands
}

fn report(from: Timestamp, to: Timestamp, minutes: u32) -> Box<service::Report> {
    let service::Event::Recorded(recorded) = golden("ServiceRecorded") else { unreachable!() };
    let activity::Event::Published(mut activity) = golden("ActivityPublished") else {
        unreachable!()
    };
    activity.starts_at = from;
    let phase = activity::Phase::Closed(to);
    Box::new(service::Report {
        volunteer: recorded.entry.volunteer,
        activity: recorded.entry.activity,
        content: text(),
        started_at: from,
        ended_at: to,
        minutes: Minutes(minutes),
        outcomes: vec![],
        participation: activity::Participation { activity, phase, signed_up: true, walk_in: false },
    })
}

fn service_commands() -> Vec<service::Command> {
    use service::Command;
    let moment = |text: &str| text.parse::<Timestamp>().unwrap();
    let mut commands = vec![];
    for (from, to, minutes) in [
        (Timestamp::MIN, Timestamp::MAX, u32::MAX),
        (Timestamp::MIN, moment("2021-11-30T00:00:00Z"), 1),
        (moment("2021-11-29T01:00:00Z"), moment("2021-11-29T03:00:00Z"), 120),
        (moment("2021-12-03T01:00:00Z"), moment("2021-12-03T03:00:00Z"), 60),
    ] {
        let report = report(from, to, minutes);
        let (activity, participation) = (report.activity, report.participation.clone());
        let running = activity::Participation { phase: activity::Phase::Running, ..participation };
        commands.extend([
            Command::Record(report.clone()),
            Command::RequestBackfill { report: report.clone(), evidence: text(), digest: None },
            Command::Correct { record: 1, report, reason: text() },
            Command::CheckIn { activity, participation: running.clone(), open: None },
            Command::CheckOut { activity, participation: running.clone() },
            Command::EndPresence { activity, participation: running.clone() },
            Command::CheckIn {
                activity: domain::ActivityId(uuid::Uuid::nil()),
                participation: running.clone(),
                open: Some(service::OpenPresence { activity, participation: running }),
            },
        ]);
    }
    for record in [0, 1, 2, u32::MAX] {
        commands.extend([
            Command::ApproveBackfill { record },
            Command::Attest { record, rating: Some(u8::MAX) },
            Command::Attest { record, rating: None },
            Command::Dispute { record, reason: text() },
            Command::DismissDispute { record, reason: text() },
            Command::Void { record, reason: text() },
        ]);
    }
    commands
}

fn points_commands() -> Vec<points::Command> {
    use points::Command;
    let mut commands = vec![Command::Expire, Command::Redeem { item: "LIBRARY".to_owned() }];
    for number in [0, 1, u32::MAX] {
        commands.extend([
            Command::Earn { record: number, revision: 1, minutes: Minutes(number) },
            Command::Reverse { record: number, revision: 1 },
            Command::CancelRedemption { redemption: number },
        ]);
    }
    commands
}

fn paper() -> FromPaper {
    let golden = golden("ResolutionBackfillRequested");
    let domain::resolution::Event::BackfillRequested(asked) = golden else { unreachable!() };
    asked.paper
}

fn notice_commands() -> Vec<notice::Command> {
    use notice::{Command, Event, Verdict};
    let Event::Published(published) = golden("NoticePublished") else { unreachable!() };
    let notice::Published { subject, title, text: body, .. } = *published;
    let Event::Posted(posted) = golden("NoticePosted") else { unreachable!() };
    let verdict = Verdict::Upheld;
    vec![
        Command::Publish { subject, unit: None, title, text: body },
        Command::FileObjection { ground: text(), objector: None },
        Command::AnswerObjection { objection: 1, verdict, answer: text(), above: true },
        Command::AnswerObjection { objection: u32::MAX, verdict, answer: text(), above: false },
        Command::MissAnswer { objection: 1 },
        Command::EscalateObjection { objection: u32::MAX },
        Command::Post {
            unit: posted.unit,
            board: posted.board,
            posted_on: jiff::civil::Date::MAX,
            evidence: posted.evidence,
        },
        Command::Close,
        Command::Withdraw { reason: text() },
    ]
}

fn rulebook_commands() -> Vec<rulebook::Command> {
    let adopt = |change: fn(&mut rulebook::Rules)| {
        let mut rules = Box::new(Adopted::shipped().rules.clone());
        change(&mut rules);
        let effective_from = jiff::civil::date(2022, 1, 1);
        rulebook::Command::Adopt { effective_from, rules, reason: text() }
    };
    vec![adopt(|_| {}), adopt(|rules| rules.redeemables.value[0].points.0 = i64::MAX)]
}

fn ledger_key_commands() -> Vec<ledger_key::Command> {
    let key = |key: &str| key.parse().unwrap();
    let change = |old: Option<&str>, new| ledger_key::Command::Rotate {
        old: old.map(key),
        new: key(new),
        reason: text(),
    };
    vec![
        change(None, "+"),
        change(Some("a+1+A"), "a+1+B"),
        change(Some("a+1+B"), "a+1+A"),
        change(Some("a+1+B"), "b"),
    ]
}

fn operation_commands() -> Vec<operation::Command> {
    let last_ran = Some(jiff::Timestamp::MAX);
    vec![
        operation::Command::ConfirmClock { last_ran, reason: text() },
        operation::Command::ConfirmClock { last_ran: None, reason: text() },
        operation::Command::AcceptVaultLoss {
            persons: u64::MAX,
            readings: u64::MAX,
            numbered: u64::MAX,
            reason: text(),
        },
        operation::Command::StateReadings(operation::ReadingsStated {
            day: jiff::civil::Date::MAX,
            after: 0,
            last: u64::MAX,
            readings: u64::MAX,
            digest: domain::SealedDigest([255; 32]),
        }),
        operation::Command::AcceptVaultLoss {
            persons: 0,
            readings: 0,
            numbered: 0,
            reason: text(),
        },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_decision_is_an_answer(
        history in proptest::collection::vec(0_usize..64, 0..12),
        asked in proptest::collection::vec((0_usize..64, 0_usize..64), 1..24),
    ) {
        play::<Rulebook>(&history, &asked, &rulebook_commands());
        play::<domain::ledger_key::LedgerKeys>(&history, &asked, &ledger_key_commands());
        play::<domain::calendar::Holidays>(&history, &asked, &setup::calendar_commands());
        play::<domain::campaign::Campaign>(&history, &asked, &setup::campaign_commands());
        play::<operation::Operation>(&history, &asked, &operation_commands());
        play::<unit::Unit>(&history, &asked, &unit_commands());
        play::<squad::Squad>(&history, &asked, &squad_commands());
        play::<volunteer::Volunteer>(&history, &asked, &volunteer_commands());
        play::<activity::Activity>(&history, &asked, &activity_commands());
        play::<service::Service>(&history, &asked, &service_commands());
        play::<points::Account>(&history, &asked, &points_commands());
        play::<notice::Notice>(&history, &asked, &notice_commands());
        play::<domain::station::Station>(&history, &asked, &deliberation::station_commands());
        play::<domain::issue::Issue>(&history, &asked, &deliberation::issue_commands());
        play::<domain::meeting::Meeting>(&history, &asked, &deliberation::meeting_commands());
        play::<domain::survey::Survey>(&history, &asked, &deliberation::survey_commands());
        play::<domain::comparison::Comparison>(&history, &asked, &progress::comparison_commands());
        play::<domain::bulletin::Bulletin>(&history, &asked, &progress::bulletin_commands());
        play::<domain::resolution::Resolution>(&history, &asked, &resolution::commands());
    }
}
