//! 离会、返会, and what is counted too early.

use super::*;

fn depart(people: impl IntoIterator<Item = u64>) -> Command {
    Command::Depart { people: people.into_iter().map(person).collect() }
}

fn come_back(people: impl IntoIterator<Item = u64>) -> Command {
    Command::Return { people: people.into_iter().map(person).collect() }
}

fn members(people: impl IntoIterator<Item = u64>) -> Vec<PersonId> {
    people.into_iter().map(person).collect()
}

fn reopen(topic: u8) -> Command {
    Command::ReopenCount { topic, reason: text("漏计一票") }
}

/// A council of nine, six of them there, with an opinion on both topics.
fn six_of_nine() -> Scene<Meeting> {
    convened(council(9, agenda()))
        .when(attend(1..=6))
        .granted()
        .when(advise(1, ADVISER, true))
        .granted()
        .when(advise(2, ADVISER, true))
        .granted()
}

#[test]
fn who_is_there_can_leave_and_who_left_can_come_back() {
    six_of_nine()
        .when(depart([]))
        .refused("meeting.nobody_named")
        .when(depart([1, 1]))
        .refused("meeting.named_twice")
        .when(depart([1, 7]))
        .refused("meeting.not_there")
        .when(come_back([1]))
        .refused("meeting.not_gone")
        .when(depart([2, 1]))
        .then([Event::Departed(Departed { members: members([1, 2]) })])
        .when(depart([1]))
        .refused("meeting.not_there")
        .when(vote(1, Choice::Agree, [1, 3]))
        .refused("meeting.no_quorum")
        .when(come_back([2]))
        .then([Event::Returned(Returned { members: members([2]) })])
        .when(vote(1, Choice::Agree, [1, 3]))
        .refused("meeting.gone")
        // Who is taken down as present again is back.
        .when(attend([7, 1, 2]))
        .then([
            Event::AttendanceTaken(AttendanceTaken { present: vec![attendee(7, None)] }),
            Event::Returned(Returned { members: members([1]) }),
        ])
        .when(vote(1, Choice::Agree, [1, 3]))
        .granted();
}

/// Of 28 there 13 agree; that others walk out before the rest is taken down makes it no majority. Meetings called before calls
/// told what they require count as they did.
#[test]
fn who_was_there_for_the_first_votes_counts_to_the_last() {
    let of = |required| {
        let agenda = vec![AgendaItem { required, ..ordinary().remove(0) }];
        let scene = convened(council(30, agenda)).when(attend(1..=28)).granted();
        let scene = scene.when(advise(1, ADVISER, true)).granted();
        let scene = scene.when(vote(1, Choice::Agree, 1..=13)).granted();
        let scene = scene.when(depart(21..=28)).granted();
        let scene = scene.when(vote(1, Choice::Against, 14..=20)).granted();
        let topic = scene.when(decide(1)).granted().state().topics[0].clone();
        (topic.there.len(), topic.outcome)
    };
    let required = ordinary().remove(0).required;
    assert_eq!(of(required), (28, Some(Outcome::NotAdopted)));
    assert_eq!(of(None), (20, Some(Outcome::Adopted)));
}

/// The quorum is that of the moment of the vote: four of nine decide nothing, three of five do.
#[test]
fn quorum_and_majority_are_of_those_there_for_the_vote() {
    let first = six_of_nine().when(vote(1, Choice::Agree, 1..=6)).granted();
    let four = first.when(decide(1)).granted().when(depart([5, 6])).granted();
    four.clone().when(vote(2, Choice::Agree, 1..=4)).refused("meeting.no_quorum");
    four.clone().when(decide(2)).refused("meeting.no_votes");
    let five = four.when(come_back([5])).granted();
    let voted = five.when(vote(2, Choice::Agree, 1..=3)).granted();
    let voted = voted.when(vote(2, Choice::Against, [4, 5])).granted();
    // That they leave before it is counted changes nothing.
    let (entitled, present) = (Share { heads: 9, area: 0 }, Share { heads: 5, area: 0 });
    let (agree, against) = (Share { heads: 3, area: 0 }, Share { heads: 2, area: 0 });
    let tally = Tally { entitled, present, agree, against, abstain: Share::default() };
    let (topic, outcome) = (2, Outcome::Adopted);
    voted
        .when(depart(1..=3))
        .granted()
        .when(decide(2))
        .then([Event::TopicDecided(TopicDecided { topic, outcome, tally, unvoted: Some(0) })])
        // The meeting had its quorum, and its minutes are sealed when nearly all have gone.
        .when(seal([1, 2]))
        .granted();
}

#[test]
fn who_was_there_for_the_vote_and_did_not_vote_counts_against_it() {
    let three = six_of_nine().when(vote(1, Choice::Agree, 1..=3)).granted();
    let left = three.when(depart(4..=6)).granted();
    let decided = left.when(decide(1)).granted();
    assert_eq!(decided.state().topics[0].outcome, Some(Outcome::NotAdopted), "three of six");
}

#[test]
fn a_count_before_everybody_voted_is_confirmed_with_the_numbers() {
    let voted = six_of_nine().when(vote(1, Choice::Agree, 1..=4)).granted();
    let asked = voted.clone().when(decide(1)).refused("meeting.unconfirmed");
    // They may vote, leave, or be counted as not voting.
    asked.clone().when(vote(1, Choice::Abstain, [5, 6])).granted().when(decide(1)).granted();
    asked.clone().when(depart([5, 6])).granted().when(decide(1)).granted();
    let (_, facts) = asked.when(confirm(1)).whatever();
    let [Event::TopicDecided(decided)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((decided.outcome, decided.unvoted), (Outcome::Adopted, Some(2)));
}

#[test]
fn a_count_is_opened_again_until_the_minutes_are_sealed() {
    let reopened = Event::CountReopened(CountReopened { topic: 1, reason: text("漏计一票") });
    let voted = six_of_nine().when(vote(1, Choice::Agree, 1..=3)).granted();
    let counted = voted.when(reopen(1)).refused("meeting.not_counted").when(confirm(1)).granted();
    assert_eq!(counted.state().topics[0].outcome, Some(Outcome::NotAdopted));
    let open = counted.when(reopen(1)).then([reopened]);
    // The votes stand: nobody votes anew, and what was voted on is neither put off nor called off.
    let open = open
        .when(vote(1, Choice::Against, [1]))
        .refused("meeting.voted_already")
        .when(defer(1))
        .refused("meeting.voted")
        .when(cancel())
        .refused("meeting.decided_by_vote")
        .when(seal([1, 2]))
        .refused("meeting.undecided");
    let counted = open.when(vote(1, Choice::Agree, [4])).granted().when(confirm(1)).granted();
    assert_eq!(counted.state().topics[0].outcome, Some(Outcome::Adopted));
    let sealed = counted.when(defer(2)).granted().when(seal([1, 2])).granted();
    assert_eq!(sealed.state().adopted().count(), 1);
    sealed.when(reopen(1)).refused("meeting.sealed");
}
