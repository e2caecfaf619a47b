//! 无记名表决、业主委托、楼栋计票表.

use super::*;
use crate::testing::digest;
use crate::{Evidence, MediaType};

fn cast(topic: u8, people: impl IntoIterator<Item = u64>) -> Command {
    Command::CastBallots { topic, voters: people.into_iter().map(person).collect() }
}

fn ballots(agree: u32, against: u32, abstain: u32) -> Ballots {
    let share = |heads| Share { heads, area: 0 };
    Ballots { agree: share(agree), against: share(against), abstain: share(abstain) }
}

fn open_box(ballots: Ballots) -> Command {
    let count = Count { ballots: Some(ballots), ..Count::default() };
    Command::DecideTopic { topic: 1, count }
}

/// Five councillors are there, and the first topic is secret.
fn secret() -> Scene<Meeting> {
    let secret = AgendaItem { secret: true, ..item(None, false, Matter::Ordinary) };
    let open = item(None, false, Matter::Ordinary);
    let scene = convened(council(5, vec![secret, open])).when(attend(1..=5)).granted();
    let scene = scene.when(advise(1, ADVISER, true)).granted();
    scene.when(advise(2, ADVISER, true)).granted()
}

#[test]
fn a_secret_vote_keeps_who_voted_and_the_sums() {
    let cast_by = |people: &[u64]| {
        let voters = people.iter().copied().map(person).collect();
        Event::BallotsCast(BallotsCast { topic: 1, voters })
    };
    let voted = secret()
        .when(vote(1, Choice::Agree, [1]))
        .refused("meeting.secret_topic")
        .when(cast(2, [1]))
        .refused("meeting.open_topic")
        .when(cast(1, [1, 6]))
        .refused("meeting.not_present")
        .when(cast(1, [1, 2, 3]))
        .then([cast_by(&[1, 2, 3])])
        .when(cast(1, [3]))
        .refused("meeting.voted_already")
        .when(cast(1, [4, 5]))
        .then([cast_by(&[4, 5])]);
    let share = |heads| Share { heads, area: 0 };
    let tally = Tally {
        entitled: share(5),
        present: share(5),
        agree: share(3),
        against: share(1),
        abstain: share(1),
    };
    let (topic, outcome) = (1, Outcome::Adopted);
    let decided = TopicDecided { topic, outcome, tally, unvoted: Some(0) };
    let sealed = voted
        .when(decide(1))
        .refused("meeting.ballots_differ")
        .when(open_box(ballots(3, 1, 0)))
        .refused("meeting.ballots_differ")
        // Everybody has voted: leaving the box closed does not put the topic off.
        .when(defer(1))
        .refused("meeting.voted")
        .when(open_box(ballots(3, 1, 1)))
        .then([Event::TopicDecided(decided)])
        .when(defer(2))
        .granted()
        .when(seal([1, 2]))
        .granted();
    let adopted: Vec<_> = sealed.state().adopted().collect();
    assert_eq!(adopted.len(), 1);
    assert_eq!(adopted[0].in_favour, None, "nobody knows who it was");
    assert_eq!(adopted[0].voters, (1..=5).map(person).collect::<Vec<_>>());
}

/// Nobody opens the box to put a topic off, which may be done until all who were there have voted.
#[test]
fn what_some_have_not_voted_on_is_put_off_with_its_box_closed() {
    let four = secret().when(cast(1, 1..=4)).granted();
    let share = |heads| Share { heads, area: 0 };
    let (entitled, present) = (share(5), share(5));
    let tally = Tally { entitled, present, ..Tally::default() };
    let (topic, outcome) = (1, Outcome::Deferred);
    let put_off = TopicDecided { topic, outcome, tally, unvoted: None };
    four.clone().when(defer(1)).then([Event::TopicDecided(put_off)]);
    let all = four.when(cast(1, [5])).granted();
    all.clone().when(defer(1)).refused("meeting.voted");
    all.when(advise(1, ADVISER, false)).granted().when(defer(1)).granted();
}

/// Six of ten, then seven of eleven: everybody would know what the eleventh put into the box.
#[test]
fn no_ballot_joins_a_box_that_was_opened() {
    let count = Count { confirmed: true, ballots: Some(ballots(3, 1, 0)), ..Count::default() };
    let counted = secret().when(cast(1, 1..=4)).granted();
    let counted = counted.when(Command::DecideTopic { topic: 1, count }).granted();
    let reason = text("票数读错");
    let opened = counted.when(Command::ReopenCount { topic: 1, reason }).granted();
    opened.clone().when(cast(1, [5])).refused("meeting.box_opened");
    // Nor is it closed again to put the topic off.
    opened.clone().when(defer(1)).refused("meeting.ballots_differ");
    let count = Count { confirmed: true, ballots: Some(ballots(1, 3, 0)), ..Count::default() };
    let again = opened.when(Command::DecideTopic { topic: 1, count }).granted();
    assert_eq!(again.state().topics[0].outcome, Some(Outcome::NotAdopted));
}

#[test]
fn sums_are_stated_of_a_secret_vote_only() {
    let count = Count { ballots: Some(ballots(5, 0, 0)), ..Count::default() };
    let voted = secret().when(vote(2, Choice::Agree, 1..=5)).granted();
    voted.when(Command::DecideTopic { topic: 2, count }).refused("meeting.open_topic");
}

#[test]
fn the_rulebook_says_what_is_voted_on_in_secret() {
    let secret = |rules: &mut Deliberation| {
        let mut procedure = rules.procedure().clone();
        procedure.secret_topics.value = vec!["G7".parse().unwrap()];
        rules.procedure = Some(Box::new(procedure));
    };
    for (code, asked, expected) in [("G7", false, true), ("G2", false, false), ("G2", true, true)] {
        let listed = Some(code.parse().unwrap());
        let item = AgendaItem { listed, secret: asked, ..item(None, false, Matter::Ordinary) };
        let scene = given::<Meeting>([]).rules(bodies(secret));
        let scene = scene.when(convene(council(5, vec![item]))).granted();
        assert_eq!(scene.state().convened().unwrap().agenda[0].secret, expected, "{code}");
    }
}

fn estate() -> Scene<Meeting> {
    convened(electorate(Body::Owners, 9, 90_000, Matter::Ordinary))
}

fn represented(owner: u64, proxy: u64) -> Attendee {
    Attendee { proxy: Some(person(proxy)), ..attendee(owner, Some(10_000)) }
}

fn attend_with(present: Vec<Attendee>) -> Command {
    Command::TakeAttendance { present }
}

#[test]
fn an_owner_has_a_proxy_and_one_person_is_so_for_one_owner() {
    let here = || attendee(1, Some(10_000));
    let taken = AttendanceTaken { present: vec![here(), represented(2, 1)] };
    let scene = estate()
        .when(attend_with(vec![represented(1, 1)]))
        .refused("meeting.in_person")
        .when(attend_with(vec![represented(2, 1), represented(3, 1)]))
        .refused("meeting.too_many_proxies")
        .when(attend_with(vec![here(), represented(2, 1)]))
        .then([Event::AttendanceTaken(taken)])
        .when(attend_with(vec![represented(3, 1)]))
        .refused("meeting.too_many_proxies")
        // Somebody who owns nothing may be a proxy too.
        .when(attend_with(vec![represented(3, 20)]))
        .granted();
    // Who leaves takes along whom they stand for.
    let gone = Departed { members: vec![person(1), person(2)] };
    let scene = scene
        .when(Command::Depart { people: vec![person(1)] })
        .then([Event::Departed(gone)])
        .when(Command::Depart { people: vec![person(20)] })
        .then([Event::Departed(Departed { members: vec![person(3)] })])
        .when(advise(1, ADVISER, true))
        .granted();
    scene
        .when(vote(1, Choice::Agree, [3]))
        .refused("meeting.gone")
        .when(Command::Return { people: vec![person(20)] })
        .granted()
        .when(vote(1, Choice::Agree, [3]))
        .granted();
    let council =
        meeting().when(attend_with(vec![Attendee { proxy: Some(person(2)), ..attendee(1, None) }]));
    council.refused("meeting.in_person");
}

/// Whoever is there already gets no other proxy, and nothing of one is dropped without a word.
#[test]
fn a_proxy_stays_the_one_who_was_named_first() {
    let scene = estate().when(attend_with(vec![attendee(1, Some(10_000)), represented(2, 20)]));
    let scene = scene.granted();
    for again in [represented(1, 21), represented(2, 21)] {
        scene.clone().when(attend_with(vec![again])).refused("meeting.proxy_stands");
    }
    scene.clone().when(attend_with(vec![represented(2, 20)])).then([]);
    let gone = scene.when(Command::Depart { people: vec![person(20)] }).granted();
    let back = Event::Returned(Returned { members: vec![person(2)] });
    gone.when(attend_with(vec![represented(2, 20)])).then([back]);
}

#[test]
fn another_rulebook_allows_more_proxies_or_none() {
    for (most, owners, taken) in [(2, 2, true), (2, 3, false), (0, 1, false)] {
        let limit = move |rules: &mut Deliberation| {
            let mut procedure = rules.procedure().clone();
            procedure.proxies_per_person.value = most;
            rules.procedure = Some(Box::new(procedure));
        };
        let present = (2..2 + owners).map(|owner| represented(owner, 1)).collect();
        let outcome = estate().rules(bodies(limit)).when(attend_with(present));
        if taken {
            outcome.granted();
        } else {
            outcome.refused("meeting.too_many_proxies");
        }
    }
}

/// 10 000 of area for each head.
fn list(building: &str, agree: u32, against: u32, abstain: u32) -> CountingList {
    let share = |heads: u32| Share { heads, area: u64::from(heads) * 10_000 };
    let count = Ballots { agree: share(agree), against: share(against), abstain: share(abstain) };
    CountingList { building: text(building), count }
}

fn lists(lists: &[CountingList]) -> Command {
    let lists = lists.to_vec();
    Command::TakeCountingLists { topic: 1, lists, evidence: vec![], reason: None }
}

fn piece() -> Evidence {
    Evidence { digest: digest(1), media_type: MediaType::Jpeg, bytes: 100 }
}

/// Lists in the place of others.
fn corrected(lists: &[CountingList]) -> Command {
    let (evidence, reason) = (vec![piece()], Some(text("抄错一行")));
    Command::TakeCountingLists { topic: 1, lists: lists.to_vec(), evidence, reason }
}

/// 民法典 §278 counts all owners: 4 000 of them, by lists of their buildings, beside those who came.
#[test]
fn lists_of_buildings_are_summed_up_with_the_votes_of_those_who_came() {
    let scene = convened(electorate(Body::Owners, 4_000, 40_000_000, Matter::Ordinary))
        .when(owners(&[10_000, 10_000]))
        .granted()
        .when(lists(&[list("1号楼", 1_000, 0, 0)]))
        .refused("meeting.no_opinion")
        .when(advise(1, ADVISER, true))
        .granted()
        .when(vote(1, Choice::Agree, [1]))
        .granted()
        .when(lists(&[list("1号楼", 1_000, 200, 0), list("2号楼", 500, 0, 100)]))
        .granted()
        .when(confirm(1))
        .refused("meeting.too_few_votes")
        .when(lists(&[list("3号楼", 10, 0, 0), list("4号楼", 866, 100, 0)]))
        .granted()
        // The list of a building takes the place of its earlier one.
        .when(corrected(&[list("3号楼", 10, 900, 0)]))
        .granted();
    let share = |heads: u32| Share { heads, area: u64::from(heads) * 10_000 };
    let tally = Tally {
        entitled: share(4_000),
        present: share(3_678),
        agree: share(2_377),
        against: share(1_200),
        abstain: share(100),
    };
    let (topic, outcome) = (1, Outcome::Adopted);
    let decided = TopicDecided { topic, outcome, tally, unvoted: Some(1) };
    scene.when(confirm(1)).then([Event::TopicDecided(decided)]);
}

#[test]
fn lists_hold_votes_and_no_more_than_there_are() {
    let scene = estate().when(owners(&[10_000; 3])).granted();
    let scene = scene.when(advise(1, ADVISER, true)).granted();
    let bare = Ballots { agree: Share { heads: 2, area: 0 }, ..Ballots::default() };
    let piece = piece();
    let shown = |evidence| {
        let lists = vec![list("1号楼", 6, 0, 0)];
        Command::TakeCountingLists { topic: 1, lists, evidence, reason: None }
    };
    let full = scene
        .when(lists(&[]))
        .refused("meeting.number_of_lists")
        .when(lists(&vec![list("1号楼", 1, 0, 0); 101]))
        .refused("meeting.number_of_lists")
        .when(lists(&[list("1号楼", 0, 0, 0)]))
        .refused("meeting.bad_list")
        .when(lists(&[CountingList { building: text("1号楼"), count: bare }]))
        .refused("meeting.bad_list")
        .when(lists(&[list("1号楼", 1, 0, 0), list("1号楼", 1, 0, 0)]))
        .refused("meeting.list_twice")
        .when(lists(&[list("1号楼", 5, 2, 0)]))
        .refused("meeting.lists_exceed")
        .when(shown(vec![piece, piece]))
        .refused("meeting.same_evidence")
        .when(shown(vec![piece; 21]))
        .refused("meeting.too_much_evidence")
        .when(shown(vec![piece]))
        .granted();
    let late = Command::TakeAttendance { present: vec![attendee(9, Some(1))] };
    full.when(late).refused("meeting.more_heads");
    let small = convened(electorate(Body::Owners, 9, 50_000, Matter::Ordinary));
    let small = small.when(advise(1, ADVISER, true)).granted();
    small
        .when(lists(&[list("1号楼", 6, 0, 0)]))
        .refused("meeting.lists_exceed")
        .when(lists(&[list("1号楼", 4, 0, 0)]))
        .granted()
        .when(Command::TakeAttendance { present: vec![attendee(9, Some(10_001))] })
        .refused("meeting.more_area");
    meeting()
        .when(advise(1, ADVISER, true))
        .granted()
        .when(lists(&[list("一组", 1, 0, 0)]))
        .refused("meeting.lists_unasked");
}

#[test]
fn a_list_is_replaced_or_withdrawn_with_a_reason_and_evidence() {
    let scene = estate().when(advise(1, ADVISER, true)).granted();
    let scene = scene.when(lists(&[list("1号楼", 5, 0, 0), list("2号楼", 1, 1, 0)])).granted();
    let none = || [list("1号楼", 0, 0, 0)];
    let without = |evidence, reason| {
        let lists = vec![list("1号楼", 4, 1, 0)];
        Command::TakeCountingLists { topic: 1, lists, evidence, reason }
    };
    let scene = scene
        .when(without(vec![], Some(text("抄错一行"))))
        .refused("meeting.list_replaced")
        .when(without(vec![piece()], None))
        .refused("meeting.list_replaced")
        .when(lists(&none()))
        .refused("meeting.list_replaced")
        // The same list once more changes nothing.
        .when(lists(&[list("1号楼", 5, 0, 0)]))
        .granted()
        .when(corrected(&[list("3号楼", 0, 0, 0)]))
        .refused("meeting.bad_list")
        .when(corrected(&none()))
        .granted();
    assert_eq!(scene.state().topics[0].listed().cast(), Share { heads: 2, area: 20_000 });
    scene.when(lists(&none())).refused("meeting.bad_list");
}

/// Villagers are present by their groups' lists; area does not count and is not kept.
#[test]
fn villagers_on_lists_are_there() {
    let scene = convened(electorate(Body::Villagers, 10, 0, Matter::Ordinary))
        .when(advise(1, ADVISER, true))
        .granted()
        .when(lists(&[list("一组", 3, 1, 0)]))
        .granted()
        .when(decide(1))
        .refused("meeting.no_quorum")
        .when(lists(&[list("二组", 1, 1, 0)]))
        .granted();
    let share = |heads| Share { heads, area: 0 };
    let (entitled, present) = (share(10), share(6));
    let (agree, against, abstain) = (share(4), share(2), share(0));
    let tally = Tally { entitled, present, agree, against, abstain };
    let (topic, outcome) = (1, Outcome::Adopted);
    let decided = TopicDecided { topic, outcome, tally, unvoted: Some(0) };
    scene.when(decide(1)).then([Event::TopicDecided(decided)]);
}
