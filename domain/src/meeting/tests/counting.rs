//! 计票: quorum and majority at their edges.

use super::*;

/// Lets those present vote: the first `agree` of them agree, the others are against.
fn count(scene: Scene<Meeting>, present: u64, agree: u64) -> Outcome {
    let mut scene = scene.when(advise(1, ADVISER, true)).granted();
    for (choice, people) in [(Choice::Agree, 1..=agree), (Choice::Against, agree + 1..=present)] {
        if !people.is_empty() {
            scene = scene.when(vote(1, choice, people)).granted();
        }
    }
    let (_, facts) = scene.when(decide(1)).whatever();
    match facts.as_slice() {
        [Event::TopicDecided(decided)] => decided.outcome,
        other => panic!("{other:?}"),
    }
}

fn has_quorum(scene: Scene<Meeting>) -> bool {
    let scene = scene.when(advise(1, ADVISER, true)).granted();
    let (scene, facts) = scene.when(vote(1, Choice::Agree, [1])).whatever();
    if facts.is_empty() {
        scene.when(vote(1, Choice::Agree, [1])).refused("meeting.no_quorum");
        return false;
    }
    true
}

/// 村民委员会组织法 §22, §26, and the council's own: present of entitled, agreeing of present.
#[test]
fn bodies_without_area_count_heads() {
    let members = |body, members, matter| {
        convened(Convened { body, ..council(members, vec![item(None, false, matter)]) })
    };
    let villagers = |heads, matter| convened(electorate(Body::Villagers, heads, 0, matter));
    let (minor, major) = (Matter::Ordinary, Matter::Major);
    for (scene, present, quorum, agree, adopted) in [
        (members(Body::Council, 10, minor), 5, false, 0, false),
        (members(Body::Council, 10, minor), 6, true, 3, false),
        (members(Body::Council, 10, minor), 6, true, 4, true),
        (members(Body::Council, 10, major), 6, true, 3, false),
        (members(Body::Council, 10, major), 6, true, 4, true),
        (members(Body::Council, 10, major), 7, true, 4, false),
        (members(Body::Representatives, 9, minor), 5, false, 0, false),
        (members(Body::Representatives, 9, minor), 6, true, 3, false),
        (members(Body::Representatives, 9, minor), 6, true, 4, true),
        (members(Body::Representatives, 10, minor), 6, false, 0, false),
        (members(Body::Representatives, 10, major), 7, true, 4, true),
        (villagers(100, minor), 50, false, 0, false),
        (villagers(100, minor), 51, true, 25, false),
        (villagers(100, minor), 51, true, 26, true),
        (villagers(100, major), 51, true, 26, true),
    ] {
        let scene = scene.when(attend(1..=present)).granted();
        assert_eq!(has_quorum(scene.clone()), quorum, "{present}");
        if quorum {
            let outcome = count(scene, present, agree);
            assert_eq!(outcome == Outcome::Adopted, adopted, "{agree} of {present}");
        }
    }
}

/// 民法典 §278: nine owners of 90 000 in all; two thirds by heads and by area.
#[test]
fn owners_are_two_thirds_by_heads_and_by_area() {
    let estate = || convened(electorate(Body::Owners, 9, 90_000, Matter::Ordinary));
    for (areas, quorum) in [
        (vec![10_000; 6], true),
        (vec![10_000; 5], false),
        (vec![18_000; 5], false),
        ([vec![1; 5], vec![59_995]].concat(), true),
        ([vec![1; 5], vec![59_994]].concat(), false),
        (vec![1; 9], false),
    ] {
        let scene = estate().when(owners(&areas)).granted();
        let voted = scene.when(advise(1, ADVISER, true)).granted();
        let voted = voted.when(vote(1, Choice::Abstain, 1..=areas.len() as u64)).granted();
        if quorum {
            voted.when(decide(1)).granted();
        } else {
            // More may vote, or it is put off: such votes decide nothing.
            voted.clone().when(decide(1)).refused("meeting.too_few_votes");
            voted.when(defer(1)).granted();
        }
    }
}

/// 参与表决: who is there and does not vote takes no part; who abstains does.
#[test]
fn owners_take_part_by_voting() {
    let voted = |agree, abstain: std::ops::Range<u64>| {
        let scene = convened(electorate(Body::Owners, 9, 90_000, Matter::Ordinary))
            .when(owners(&[10_000; 9]))
            .granted()
            .when(advise(1, ADVISER, true))
            .granted()
            .when(vote(1, Choice::Agree, 1..=agree))
            .granted();
        if abstain.is_empty() {
            scene
        } else {
            scene.when(vote(1, Choice::Abstain, abstain)).granted()
        }
    };
    voted(5, 0..0).when(confirm(1)).refused("meeting.too_few_votes");
    for (agree, abstain, adopted) in [(4, 5..7, true), (4, 5..9, false), (5, 6..10, true)] {
        let decided = voted(agree, abstain).when(confirm(1)).granted();
        let outcome = if adopted { Outcome::Adopted } else { Outcome::NotAdopted };
        assert_eq!(decided.state().topics[0].outcome, Some(outcome), "{agree}");
    }
}

/// 民法典 §278: more than half of those who take part, three quarters in major matters, by heads and by
/// area. The first owners agree.
#[test]
fn owners_agree_by_heads_and_by_area() {
    let (even, large) = (vec![10_000; 8], vec![50_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000]);
    let last = [vec![5_000; 6], vec![50_000]].concat();
    for (matter, areas, agree, adopted) in [
        (Matter::Ordinary, &even, 4, false),
        (Matter::Ordinary, &even, 5, true),
        (Matter::Major, &even, 5, false),
        (Matter::Major, &even, 6, true),
        // Area enough, heads too few.
        (Matter::Ordinary, &large, 3, false),
        (Matter::Ordinary, &large, 4, true),
        (Matter::Major, &large, 5, false),
        (Matter::Major, &large, 6, true),
        // Heads enough, area too little.
        (Matter::Ordinary, &last, 6, false),
        (Matter::Major, &last, 6, false),
        (Matter::Ordinary, &last, 7, true),
    ] {
        let estate = convened(electorate(Body::Owners, 8, 90_000, matter));
        let scene = estate.when(owners(areas)).granted();
        let outcome = count(scene, areas.len() as u64, agree);
        assert_eq!(outcome == Outcome::Adopted, adopted, "{matter:?} {agree} of {areas:?}");
    }
}

#[test]
fn a_tally_shows_heads_and_area() {
    let share = |heads, area| Share { heads, area };
    let tally = Tally {
        entitled: share(3, 90_000),
        present: share(3, 80_000),
        agree: share(2, 50_000),
        against: share(0, 0),
        abstain: share(1, 30_000),
    };
    convened(electorate(Body::Owners, 3, 90_000, Matter::Ordinary))
        .when(owners(&[20_000, 30_000, 30_000]))
        .granted()
        .when(advise(1, ADVISER, true))
        .granted()
        .when(vote(1, Choice::Agree, [1, 2]))
        .granted()
        .when(vote(1, Choice::Abstain, [3]))
        .granted()
        .when(decide(1))
        .then([Event::TopicDecided(TopicDecided {
            topic: 1,
            outcome: Outcome::Adopted,
            tally,
            unvoted: Some(0),
        })]);
}

#[test]
fn another_rulebook_counts_otherwise() {
    let all = crate::rulebook::Part { numerator: 1, denominator: 1, more_than: false };
    let strict = |rules: &mut Deliberation| {
        rules.bodies.value.iter_mut().for_each(|rule| rule.quorum = all);
    };
    let scene = meeting().rules(bodies(strict)).when(attend([1, 2, 3, 4])).granted();
    assert!(!has_quorum(scene.clone()));
    assert!(has_quorum(scene.when(attend([5])).granted()));
}
