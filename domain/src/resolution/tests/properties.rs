//! Whatever anybody asks on whatever day: what is stated can be believed.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::ToSpan;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::believed::{Believed, Moment, belong_together};
use super::*;
use crate::meeting::Body;
use crate::station::Relative;

/// One thing asked: what, about which number, by whom, and how many days after the last.
#[derive(Debug, Clone)]
struct Asked {
    what: u8,
    number: u32,
    who: u64,
    days: i32,
}

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let days = prop_oneof![6 => Just(0), 2 => 1..4, 1 => 4..12];
    let one = (0_u8..32, 0_u32..6, 0_u64..10, days).prop_map(|(what, number, who, days)| Asked {
        what,
        number,
        who,
        days,
    });
    proptest::collection::vec(one, 1..160)
}

/// 1 and 2 voted, 1 for it, 3 to 5 execute; 6 is near to 3, and 7 to 2. All but 2, 3 and 9 are of the supervision group;
/// 4 governed on the day of the decision, and 8 until the day before.
fn standing(who: u64) -> Standing {
    let relatives = match who {
        2 => vec![7],
        3 => vec![6],
        6 => vec![3],
        7 => vec![2],
        _ => vec![],
    };
    let near = |one| Relative { person: person(one), until: None };
    let relatives = relatives.into_iter().map(near).collect();
    let groups = if [2, 3, 9].contains(&who) { vec![] } else { vec![Group::Supervision] };
    let governed_until = match who {
        4 => Some(day("2021-11-29")),
        8 => Some(day("2021-11-28")),
        _ => None,
    };
    let person = (who > 0).then(|| person(who));
    Standing { person, groups, governed_until, kin_governed_until: None, relatives }
}

/// Adopted by some body, openly or in secret, or as it was told before bodies were.
fn adopt(number: u32) -> Command {
    let (body, in_favour) = match number {
        0 => (None, None),
        1 => (Some(Body::Council), None),
        2 => (Some(Body::Representatives), None),
        _ => (Some(Body::Council), Some(vec![person(1)])),
    };
    Command::Adopt(Box::new(Adopted { body, in_favour, ..*the_adopted() }))
}

fn command(asked: &Asked, today: Date) -> Command {
    let (number, even) = (asked.number, asked.number.is_multiple_of(2));
    let soon = today.saturating_add((i64::from(number) - 1).days());
    let (note, evidence) = (text("办理情况"), if number == 0 { vec![] } else { evidence() });
    match asked.what {
        0 => adopt(number),
        1 => publicise(),
        3 => answer(number, Verdict::Upheld, even),
        4 => answer(number, Verdict::Dismissed, even),
        5 => answer(1 + number % 2, Verdict::Dismissed, !even),
        6 => Command::MissAnswer { objection: number },
        7 => Command::EscalateObjection { objection: number },
        8 => correct(),
        9 if number == 0 => withdraw_from_above(),
        9 if number == 1 => withdraw(),
        10 => Command::CloseNotice,
        11 => assign(3 + u64::from(number % 3), &soon.to_string()),
        12 => Command::Report { note, evidence },
        13 => Command::Extend { to: soon, reason: text("雨天无法施工") },
        14 => Command::RecordOverdue,
        15 => Command::ClaimCompletion { note, evidence },
        16 => Command::Return {
            verifier: standing(asked.who),
            findings: note,
            due: even.then_some(soon),
        },
        17 => verify(standing(asked.who)),
        18 => inform_branch(),
        19 => inform_meeting(even.then_some(soon.to_string()).as_deref()),
        20 => publicise_completion(),
        21 => reopen(),
        22 => Command::RequestBackfill {
            posted_on: today.saturating_sub(i64::from(number).days()),
            evidence,
        },
        23 if number == 0 => Command::RefuseBackfill { reason: text("照片不是公示栏") },
        23 => Command::ApproveBackfill,
        _ => object(),
    }
}

/// It hung on the board since yesterday.
fn enter_notice(today: Date) -> Command {
    let posted_on = today.yesterday().unwrap();
    Command::RequestBackfill { posted_on, evidence: evidence() }
}

/// What brings a resolution on, so that late stages are reached as often as early ones.
fn onward(asked: &Asked, resolution: &Resolution, today: Date) -> (Command, u64) {
    let open = resolution.open_objections().next().map(|(number, _)| number);
    let executor = resolution.executor().map_or(0, |executor| executor.bits());
    let due = today.saturating_add(3.days()).to_string();
    let now = today.to_string();
    match (resolution.stage(), open) {
        (None, _) => (adopt(asked.number), 0),
        (Some(_), Some(objection)) if asked.number == 0 => {
            (answer(objection, Verdict::Upheld, true), 0)
        }
        (Some(_), Some(objection)) => (answer(objection, Verdict::Dismissed, true), 0),
        (Some(Stage::Adopted), _) if asked.number == 1 => (enter_notice(today), 1),
        (Some(Stage::Adopted), _) if asked.number > 3 => (Command::ApproveBackfill, 2),
        (Some(Stage::Adopted), _) => (publicise(), 0),
        (Some(Stage::Publicised), _) => (Command::CloseNotice, 0),
        (Some(Stage::AwaitingCorrection), _) => (correct(), 0),
        (Some(Stage::Closed), _) => (assign(3 + asked.who % 3, &due), 0),
        (Some(Stage::Executing), _) => (claim(), executor),
        (Some(Stage::Claimed), _) => (verify(standing(asked.who)), asked.who),
        (Some(Stage::Verified), _) => {
            let steps = [inform_branch(), inform_meeting(Some(&now)), publicise_completion()];
            (steps[asked.who as usize % 3].clone(), 0)
        }
        (Some(Stage::Completed | Stage::Withdrawn), _) => (object(), 0),
    }
}

/// Plays it, and tells which facts were stated.
fn play(steps: &[Asked]) -> Result<BTreeSet<&'static str>, TestCaseError> {
    let mut scene = given::<Resolution>([]).by(Actor::resident());
    let (mut believed, mut stated) = (Believed::default(), BTreeSet::new());
    let mut today = day("2021-11-30");
    for asked in steps {
        today = today.saturating_add(asked.days.days());
        let (command, who) = if asked.what > 23 {
            onward(asked, scene.state(), today)
        } else {
            (command(asked, today), asked.who)
        };
        let above = matches!(
            command,
            Command::AnswerObjection { above: true, .. } | Command::Withdraw { above: true, .. }
        );
        let held_on =
            if let Command::InformMeeting { reported, .. } = command { reported } else { None };
        let Standing { person, relatives, .. } = standing(who);
        let relatives = relatives.into_iter().map(|one| one.person).collect();
        let moment = Moment { today, asker: person, relatives, above, held_on };
        let account = if let Command::FileObjection { .. } = command {
            Actor::resident()
        } else {
            Actor { person, ..actor(Role::Supervisor, &format!("account-{who}")) }
        };
        let now = format!("{today}T12:00:00+08:00");
        let (after, facts) = scene.at(&now).by(account).when(command).whatever();
        scene = after;
        prop_assert!(belong_together(&facts), "{facts:?}");
        for fact in facts {
            believed.take_in(&fact, &moment)?;
            stated.insert(crate::Event::from(fact).kind().name);
        }
    }
    Ok(stated)
}

proptest! {
    #[test]
    fn what_is_stated_can_be_believed(steps in asked()) {
        play(&steps)?;
    }
}

/// The property above is about every fact that a resolution knows.
#[test]
fn every_fact_is_reached() {
    let reached = RefCell::new(BTreeSet::new());
    let run = TestRunner::deterministic().run(&asked(), |steps| {
        reached.borrow_mut().extend(play(&steps)?);
        Ok(())
    });
    run.unwrap();
    assert_eq!(reached.borrow().len(), 23, "{reached:?}");
}
