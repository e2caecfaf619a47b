//! 签到.

use serde_json::json;

use super::*;

#[test]
fn attendance_is_taken_from_the_day_of_the_meeting_on() {
    let meeting = meeting();
    for command in [attend([1]), decide(1), defer(1), seal([1, 2])] {
        meeting.clone().at("2021-11-29T23:59:59+08:00").when(command).refused("meeting.not_begun");
    }
    meeting
        .clone()
        .at("2021-11-29T23:59:59+08:00")
        .when(vote(1, Choice::Agree, [1]))
        .refused("meeting.not_begun");
    let taken = Event::AttendanceTaken(AttendanceTaken { present: vec![attendee(1, None)] });
    meeting.clone().at("2021-11-30T00:00:00+08:00").when(attend([1])).then([taken.clone()]);
    meeting.at("2021-12-03T09:00:00+08:00").when(attend([1])).then([taken]);
}

fn taken(people: impl IntoIterator<Item = u64>) -> Event {
    let present = people.into_iter().map(|one| attendee(one, None)).collect();
    Event::AttendanceTaken(AttendanceTaken { present })
}

#[test]
fn members_attend_once() {
    meeting()
        .when(attend([]))
        .refused("meeting.nobody_named")
        .when(attend([1, 2, 1]))
        .refused("meeting.named_twice")
        .when(attend([1, 6]))
        .refused("meeting.not_a_member")
        .when(attend([1, 2]))
        .granted()
        // Who is there already is no reason to turn away who is new.
        .when(attend([3, 2]))
        .then([taken([3])])
        .when(attend([1, 2, 3]))
        .then([]);
}

#[test]
fn no_more_owners_attend_than_there_are() {
    let estate = || convened(electorate(Body::Owners, 3, 30_000, Matter::Ordinary));
    let late = |area| Command::TakeAttendance { present: vec![attendee(9, area)] };
    estate()
        .when(late(None))
        .refused("meeting.area_missing")
        .when(late(Some(0)))
        .refused("meeting.area_missing")
        .when(owners(&[1, 1, 1, 1]))
        .refused("meeting.more_heads")
        .when(owners(&[20_000, 10_001]))
        .refused("meeting.more_area")
        .when(owners(&[20_000, 9_000]))
        .granted()
        .when(late(Some(1_001)))
        .refused("meeting.more_area")
        .when(late(Some(1_000)))
        .granted();
    estate().when(owners(&[1, 1, 1])).granted().when(late(Some(1))).refused("meeting.more_heads");
}

#[test]
fn an_area_that_does_not_count_is_not_kept() {
    let village = convened(electorate(Body::Villagers, 3, 0, Matter::Ordinary));
    let kept = Event::AttendanceTaken(AttendanceTaken { present: vec![attendee(1, None)] });
    village.when(owners(&[20_000])).then([kept]);
}

#[test]
fn so_many_are_taken_down_at_once_and_in_all() {
    convened(electorate(Body::Villagers, 5_000, 0, Matter::Ordinary))
        .when(attend(1..=1_001))
        .refused("meeting.too_many_named")
        .when(attend(1..=1_000))
        .granted()
        .when(attend(1_001..=2_000))
        .granted()
        .when(attend(2_001..=3_000))
        .granted()
        .when(attend([3_001]))
        .refused("meeting.too_many_present");
}

#[test]
fn the_largest_batches_fit_into_the_log() {
    let estate = electorate(Body::Owners, 1_000, u32::MAX, Matter::Ordinary);
    let member = PersonId::from_bits;
    let (area, choice) = (Some(Area(u32::MAX)), Choice::Abstain);
    let proxy = Some(person(1));
    let represented =
        (1..=500).map(|bits| Attendee { member: member(bits), area, proxy }).collect();
    let present =
        (1..=1_000).map(|bits| Attendee { proxy: None, member: member(bits), area }).collect();
    let votes = (1..=1_000).map(|bits| Vote { member: member(bits), choice }).collect();
    let reason = Some(text(&"题".repeat(200)));
    let agenda = vec![AgendaItem { title: text(&"题".repeat(80)), ..ordinary().remove(0) }; 10];
    let reports = (1..=50).map(resolution).collect();
    let most = Share { heads: u32::MAX, area: u64::MAX };
    let count = Ballots { agree: most, against: most, abstain: most };
    let piece = serde_json::from_value(json!({
        "digest": "ab".repeat(32), "media_type": "application/pdf", "bytes": u32::MAX
    }));
    let evidence = vec![piece.unwrap(); 20];
    let building = text(&"楼".repeat(40));
    let lists = vec![CountingList { building, count }; 100];
    for event in [
        Event::AttendanceTaken(AttendanceTaken { present }),
        Event::AttendanceTaken(AttendanceTaken { present: represented }),
        Event::VotesCast(VotesCast { topic: 1, votes }),
        Event::BallotsCast(BallotsCast { topic: 1, voters: (1..=1_000).map(member).collect() }),
        Event::CountingListsTaken(CountingListsTaken { topic: 1, lists, evidence, reason }),
        Event::Convened(Box::new(Convened { reports, ..council(1_000, agenda) })),
        Event::Convened(Box::new(estate)),
    ] {
        assert!(crate::Event::from(event).encode().unwrap().len() < 60_000);
    }
}
