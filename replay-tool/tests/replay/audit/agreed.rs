//! Whatever the rules let in, the audit finds nothing wrong with: the two were written apart.

use domain::resolution::{Command, Event, Resolution};
use domain::station::Station;
use domain::{
    Actor, ActorId, Aggregate as _, Directory, Event as Any, Evidence, Given, MediaType, MeetingId,
    PersonId, Role, SealedDigest, Text, calendar::Calendar, notice::Verdict, rulebook,
};
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;
use serde_json::json;

use super::audit;
use crate::village::{
    ABSENT, COUNCILLOR, EXECUTOR, Line, OTHER, RESOLUTION, SECRETARY, STATION, SUPERVISOR, Village,
    line,
};

/// Of the supervision group too, and near to a voter.
const NEAR: &str = "V00000000000C";
/// Of the supervision group too, and near to nobody.
const FAR: &str = "V00000000000D";
const PEOPLE: [&str; 7] = [EXECUTOR, SUPERVISOR, NEAR, FAR, OTHER, COUNCILLOR, ABSENT];

fn person(number: &str) -> PersonId {
    number.parse().unwrap()
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

/// The village up to the adoption, with two more in the supervision group; adopted as it is told since bodies are, or before.
fn village(tells_body: bool) -> Village {
    let appointed = |member: &str, relatives: &[&str]| {
        let data = json!({
            "group": "supervision", "member": member, "capacity": "volunteer", "from": "2022-01-10",
            "until": "2025-01-09", "election": 1, "relatives": relatives
        });
        line(&format!("station-{STATION}"), "GroupMemberAppointed", "01-11", data)
    };
    let elected = json!([SUPERVISOR, NEAR, FAR]);
    let village = Village::clean()
        .until("MeetingHeld")
        .with("SupervisorsElected", |line| line.data["elected"] = elected)
        .with("ResolutionAdopted", |line| {
            if tells_body {
                line.data["body"] = json!("council");
                line.data["in_favour"] = json!([SECRETARY, COUNCILLOR]);
            }
        });
    village.and(appointed(NEAR, &[OTHER])).and(appointed(FAR, &[]))
}

fn decoded(line: &Line) -> Any {
    Any::decode(line.kind, line.data.to_string().as_bytes()).unwrap()
}

/// The station and the resolution as the domain knows them.
fn states(village: &Village) -> (Station, Resolution) {
    let (mut station, mut resolution) = (Station::default(), Resolution::default());
    for line in &village.0 {
        let event = decoded(line);
        if let Any::Station(event) = &event {
            station.evolve(event);
        }
        if let Any::Resolution(event) = &event {
            resolution.evolve(event);
        }
    }
    (station, resolution)
}

/// What somebody asks on some day.
fn command(
    which: u8,
    number: u32,
    given: &Given<'_>,
    station: &Station,
    resolution: &Resolution,
) -> Command {
    let who = given.actor.person.unwrap();
    let open = resolution.open_objections().next().map(|(open, _)| open);
    let objection = open.unwrap_or(number);
    let verifier = station.standing(Some(who), given.today());
    let photo = Evidence { digest: SealedDigest([7; 32]), media_type: MediaType::Jpeg, bytes: 9 };
    let verdict = if number == 4 { Verdict::Upheld } else { Verdict::Dismissed };
    let due = given.today().saturating_add(i64::from(number * 9).days());
    match which {
        0 => Command::Publicise { evidence: vec![] },
        1 => Command::FileObjection { ground: text("离得太近"), objector: None },
        2 | 3 => {
            let answer = text("已核对");
            Command::AnswerObjection { objection, verdict, answer, above: which == 3 }
        }
        4 => Command::MissAnswer { objection },
        5 => Command::EscalateObjection { objection: number },
        6 => {
            Command::Correct {
                text: text("改为一处"), reason: text("异议成立"), evidence: vec![]
            }
        }
        7 | 8 => Command::CloseNotice,
        9 | 10 => Command::Assign { executor: who, office: text("村委会副主任"), due },
        11 | 12 => Command::ClaimCompletion { note: text("已办"), evidence: vec![photo] },
        13 => Command::Return { verifier, findings: text("没有办"), due: None },
        14 | 15 => Command::Verify { verifier, findings: text("已办"), evidence: vec![] },
        16 => Command::InformBranch { findings: text("已办") },
        17 => {
            Command::InformMeeting { meeting: meeting_at(given.now), reported: Some(given.today()) }
        }
        18 => Command::PubliciseCompletion { result: text("已办"), evidence: vec![] },
        19 => Command::Reopen { reason: text("没有办好"), evidence: vec![] },
        20 => Command::RecordOverdue,
        _ => Command::Extend { to: due, reason: text("连日下雨") },
    }
}

/// Carries out whatever the rules let in, and gives the history.
fn lived(tells_body: bool, steps: &[(u8, usize, u32, i64)]) -> (Village, usize) {
    let mut village = village(tells_body);
    let (station, mut resolution) = states(&village);
    let mut now: Timestamp = "2022-03-04T01:00:00Z".parse().unwrap();
    let (units, begun) = (Directory::default(), village.0.len());
    for &(which, who, number, days) in steps {
        now += (days * 24).hours();
        let claims = matches!(which, 11 | 12);
        let who = resolution.executor().filter(|_| claims).unwrap_or_else(|| person(PEOPLE[who]));
        let id = ActorId::new(&format!("account-{who}")).unwrap();
        let actor = Actor { id, role: Role::CountyOffice, unit: None, person: Some(who) };
        let given = Given {
            now,
            actor: &actor,
            rulebook: rulebook::Adopted::shipped(),
            calendar: Calendar::shipped(),
            units: &units,
        };
        let command = command(which, number, &given, &station, &resolution);
        for event in resolution.decide(command, &given).unwrap_or_default() {
            resolution.evolve(&event);
            if let Event::MeetingInformed(informed) = &event {
                village.0.extend(reported(informed.meeting, now, &actor));
            }
            village.0.push(told(event, now, &actor));
        }
    }
    let happened = village.0[begun..].iter().filter(|line| line.stream == RESOLUTION).count();
    (village, happened)
}

fn meeting_at(now: Timestamp) -> MeetingId {
    let seconds = u128::try_from(now.as_second()).unwrap();
    MeetingId(uuid::Uuid::from_u128(seconds))
}

/// A meeting that is held at that moment, and whose minutes report on the resolution.
fn reported(meeting: MeetingId, at: Timestamp, actor: &Actor) -> [Line; 2] {
    let (stream, on) = (format!("meeting-{meeting}"), domain::county_date(at));
    let id = &RESOLUTION["resolution-".len()..];
    let convened = json!({
        "station": STATION, "body": "council", "form": "room", "starts_at": at.to_string(), "place": "村文化礼堂",
        "agenda": [], "reports": [id], "members": [COUNCILLOR], "advisers": []
    });
    let reports = json!([{"resolution": id, "findings": "已落实"}]);
    let sealed = json!({"held_on": on.to_string(), "topics": [], "reports": reports});
    [("MeetingConvened", convened), ("MinutesSealed", sealed)].map(|(kind, data)| Line {
        stream: stream.clone(),
        kind,
        data,
        at: at.to_string(),
        actor: actor.clone(),
    })
}

fn told(event: Event, at: Timestamp, actor: &Actor) -> Line {
    let event = Any::from(event);
    Line {
        stream: RESOLUTION.to_owned(),
        kind: event.kind().name,
        data: serde_json::from_slice(&event.encode().unwrap()).unwrap(),
        at: at.to_string(),
        actor: actor.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_the_rules_let_in_is_not_wrong(
        tells_body in any::<bool>(),
        steps in prop::collection::vec((0_u8..22, 0..PEOPLE.len(), 1_u32..5, 0_i64..4), 250),
    ) {
        let (village, _) = lived(tells_body, &steps);
        let answer = audit(&village.told(), &["--as-of", "2026-01-01", "--format", "json"]);
        let audit = answer.json();
        prop_assert_eq!(&audit["wrong"], 0, "{}", answer.out);
        prop_assert_eq!(answer.code, u8::from(audit["missing"] != 0));
    }
}

/// A life told in the right order comes to its end, so that the property above is about something.
#[test]
fn a_whole_life_is_let_in() {
    let (executor, near, far) = (0, 2, 3);
    let steps = [
        (0, 0, 1, 0),
        (1, 0, 1, 1),
        (2, near, 1, 1),
        (7, 0, 1, 7),
        (9, executor, 3, 1),
        (11, executor, 1, 5),
        (14, near, 1, 1),
        (14, executor, 1, 0),
        (14, far, 1, 0),
        (16, 0, 1, 1),
        (17, 0, 1, 1),
        (18, 0, 1, 1),
    ];
    let (village, happened) = lived(false, &steps);
    assert_eq!(happened, 10, "the near relative and the executor are refused");
    audit(&village.told(), &["--as-of", "2022-06-30"]).exits(0).says(&["completed"]);
}
