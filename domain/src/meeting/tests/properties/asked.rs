//! What is asked of the meeting.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::*;
use super::told::Told;
use crate::testing::digest;
use crate::{Evidence, MediaType};

pub const TOPICS: u8 = 2;
/// Members are 0 to 6, and 7 comes along.
const MEMBERS: u64 = 7;
/// The estate, or the village, has more than those who can come: some vote on lists.
const HEADS: u32 = 12;
const WHOLE_AREA: u32 = 12_000;
pub const AREAS: [u32; 8] = [100, 400, 700, 1_000, 1_300, 1_600, 1_900, 100];
const AREA_OF_A_LISTED_HEAD: u64 = 600;

#[derive(Debug, Clone, Copy)]
pub struct Asked {
    what: u8,
    topic: u8,
    people: u8,
    choice: u8,
}

pub fn asked() -> impl Strategy<Value = Asked> {
    let topic = prop_oneof![9 => 1..=TOPICS, 1 => Just(0), 1 => Just(TOPICS + 1)];
    (0_u8..40, topic, any::<u8>(), 0_u8..6).prop_map(|(what, topic, people, choice)| Asked {
        what,
        topic,
        people,
        choice,
    })
}

/// An ordinary topic and one that ratifies, each voted on in secret or by name.
pub fn held(body: Body, secret: [bool; TOPICS as usize]) -> Convened {
    let mut agenda = vec![item(None, false, Matter::Ordinary), item(Some(1), true, Matter::Major)];
    for (item, secret) in agenda.iter_mut().zip(secret) {
        item.secret = secret;
    }
    let counted = Electorate { heads: HEADS, area: Area(WHOLE_AREA) };
    match body {
        Body::Council | Body::Representatives => {
            let members = (0..MEMBERS).map(person).collect();
            Convened { body, members, ..council(0, agenda) }
        }
        Body::Villagers | Body::Owners => {
            Convened { body, electorate: Some(counted), ..council(0, agenda) }
        }
    }
}

/// All who may vote.
pub fn entitled(body: Body) -> Share {
    match body {
        Body::Council | Body::Representatives => Share { heads: 7, area: 0 },
        Body::Villagers | Body::Owners => Share { heads: HEADS, area: u64::from(WHOLE_AREA) },
    }
}

/// The people whose bits are set.
fn named(people: u8) -> impl Iterator<Item = u64> {
    (0..8).filter(move |bit| people >> bit & 1 == 1)
}

/// The first of them by proxy, if at all: through somebody else, or one who stands for several.
pub fn attendance(people: u8, proxy: u64) -> Command {
    let mut present: Vec<Attendee> =
        named(people).map(|one| attendee(one, Some(AREAS[one as usize]))).collect();
    if let Some(first) = present.first_mut().filter(|_| proxy > 0) {
        first.proxy = Some(person(proxy));
    }
    Command::TakeAttendance { present }
}

impl Asked {
    /// The command; what came out of a box, and which kind of vote a topic takes, is mostly as it should be.
    pub fn command(self, told: &Told) -> Command {
        let Self { what, topic, people, choice } = self;
        match what {
            0 => attendance(people, 0),
            1 => attendance(people, u64::from(choice) + 5),
            2..=3 => advise(topic, ADVISER + u64::from(people % 2), people % 16 > 0),
            4 if choice == 0 => cancel(),
            4 if choice == 1 => defer(topic),
            4 => correct(topic),
            5..=6 => seal((1..=TOPICS).filter(|number| topic != 0 || *number == 1)),
            7 if choice == 0 => Command::ReopenCount { topic, reason: text("漏计") },
            7 => {
                let ballots = told.is_secret(topic).then(|| out_of_the_box(told, topic, people));
                let count = Count { defer: false, confirmed: choice > 2, ballots };
                Command::DecideTopic { topic, count }
            }
            8 => Command::Depart { people: named(people).map(person).collect() },
            9 => Command::Return { people: named(people).map(person).collect() },
            10..=11 => list(told.body, topic, people, choice),
            12 if choice < 3 => Command::ApproveBackfill,
            12 => Command::RefuseBackfill { reason: text("签到表不符") },
            13 => self.voting(!told.is_secret(topic)),
            _ => self.voting(told.is_secret(topic)),
        }
    }

    /// Now and then somebody other than who keeps the minutes judges what waits.
    pub fn whoever(self) -> Actor {
        let another =
            || Actor { person: Some(person(70)), ..actor(Role::UnitAdministrator, "office") };
        if self.what == 12 && !self.people.is_multiple_of(4) { another() } else { recorder() }
    }

    /// One person's vote; now and then those of several.
    fn voting(self, secret: bool) -> Command {
        let Self { topic, people, choice, .. } = self;
        let choice = match choice {
            0 => Choice::Against,
            1 => Choice::Abstain,
            _ => Choice::Agree,
        };
        let voters: Vec<u64> =
            if people < 64 { named(people).collect() } else { vec![u64::from(people % 8)] };
        if secret {
            Command::CastBallots { topic, voters: voters.into_iter().map(person).collect() }
        } else {
            vote(topic, choice, voters)
        }
    }
}

/// Some of those who voted agree, and the others are against; one ballot too many now and then.
fn out_of_the_box(told: &Told, topic: u8, people: u8) -> Ballots {
    let (agree, against): (BTreeSet<PersonId>, BTreeSet<PersonId>) =
        told.voters(topic).into_iter().partition(|one| people >> (one.bits() % 8) & 1 == 1);
    let (mut agree, against) = (told.share(&agree), told.share(&against));
    agree.heads += u32::from(people == 255);
    Ballots { agree, against, abstain: Share::default() }
}

fn paper() -> Evidence {
    Evidence { digest: digest(9), media_type: MediaType::Jpeg, bytes: 40_000 }
}

/// The list of one of three buildings; mostly with area where area counts, and with what replacing one asks for.
fn list(body: Body, topic: u8, people: u8, choice: u8) -> Command {
    let by_area = body == Body::Owners && people != 255;
    let share = |heads: u8| Share {
        heads: heads.into(),
        area: if by_area { u64::from(heads) * AREA_OF_A_LISTED_HEAD } else { 0 },
    };
    let count =
        Ballots { agree: share(people / 4 % 5), against: share(choice % 3), abstain: share(0) };
    let building = text(["1号楼", "2号楼", "3号楼"][usize::from(people % 3)]);
    Command::TakeCountingLists {
        topic,
        lists: vec![CountingList { building, count }],
        reason: people.is_multiple_of(2).then(|| text("重新清点")),
        evidence: if choice == 5 { vec![] } else { vec![paper()] },
    }
}
