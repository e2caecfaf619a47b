//! 法律意见、表决、议定.

use super::*;
use crate::Refusal;
use crate::rulebook::Rule;

/// Five councillors, three of them there, with a legal opinion on the first topic.
fn advised() -> Scene<Meeting> {
    meeting().when(attend([1, 2, 3])).granted().when(advise(1, ADVISER, true)).granted()
}

fn share(heads: u32) -> Share {
    Share { heads, area: 0 }
}

fn decided(topic: u8, outcome: Outcome, [agree, against, abstain]: [u32; 3]) -> Event {
    let (entitled, present) = (share(5), share(3));
    let unvoted = (outcome != Outcome::Deferred).then(|| 3 - agree - against - abstain);
    let [agree, against, abstain] = [agree, against, abstain].map(share);
    let tally = Tally { entitled, present, agree, against, abstain };
    Event::TopicDecided(TopicDecided { topic, outcome, tally, unvoted })
}

#[test]
fn an_opinion_is_an_adviser_s_own_and_may_be_given_before_the_day() {
    let opinion = text("符合村民委员会组织法");
    let given = OpinionGiven { topic: 1, adviser: person(ADVISER), lawful: true, opinion };
    meeting()
        .at("2021-11-20T09:00:00+08:00")
        .when(advise(1, 1, true))
        .refused("meeting.not_an_adviser")
        .when(Command::GiveOpinion {
            topic: 1, adviser: None, lawful: true, opinion: text("可行")
        })
        .refused("meeting.not_an_adviser")
        .when(advise(1, ADVISER, true))
        .then([Event::OpinionGiven(given)]);
}

/// 广场议事、楼栋议事、现场议事 (基层援法议事工作方案): the rulebook says which forms take a vote.
#[test]
fn what_only_hears_opinions_takes_no_vote() {
    let held = |form: Form| {
        let scene = convened(Convened { form, ..council(5, agenda()) });
        scene.when(attend(1..=3)).granted().when(advise(1, ADVISER, true)).granted()
    };
    for form in [Form::Square, Form::Building, Form::OnSite] {
        let heard = held(form);
        heard.clone().when(vote(1, Choice::Agree, 1..=3)).refused("meeting.hears_only");
        heard.clone().when(decide(1)).refused("meeting.hears_only");
        heard.when(defer(1)).granted().when(defer(2)).granted().when(seal([1, 2])).granted();
    }
    let said = Refusal::zh(&held(Form::Square).when(decide(1)).refusal());
    assert!(said.contains("广场议事只征集意见") && said.contains("以会议室议事的形式"), "{said}");
    let lists = || {
        let list = CountingList {
            building: text("3号楼"),
            count: Ballots { agree: share(3), ..Ballots::default() },
        };
        Command::TakeCountingLists { topic: 1, lists: vec![list], reason: None, evidence: vec![] }
    };
    let owners = electorate(Body::Villagers, 9, 0, Matter::Ordinary);
    let building = convened(Convened { form: Form::Building, ..owners });
    let building = building.when(advise(1, ADVISER, true)).granted();
    building.when(lists()).refused("meeting.hears_only");

    let square = |rules: &mut Deliberation| {
        let mut procedure = rules.procedure().clone();
        let source = procedure.voting_forms().source.clone();
        procedure.voting_forms = Some(Rule { value: vec![Form::Square], source });
        rules.procedure = Some(Box::new(procedure));
    };
    let allowed = held(Form::Square).rules(bodies(square));
    allowed.when(vote(1, Choice::Agree, 1..=3)).granted().when(decide(1)).granted();
}

/// Whoever had begun to vote on the square before the rule was, comes to an end there.
#[test]
fn a_vote_that_was_begun_in_any_form_is_finished() {
    let begun = Convened { form: Form::Square, ..council(3, ordinary()) };
    let present = (1..=3).map(|number| attendee(number, None)).collect();
    let opinion =
        OpinionGiven { topic: 1, adviser: person(ADVISER), lawful: true, opinion: text("可行") };
    let votes = vec![Vote { member: person(1), choice: Choice::Agree }];
    let scene = given::<Meeting>([
        Event::Convened(Box::new(begun)),
        Event::AttendanceTaken(AttendanceTaken { present }),
        Event::OpinionGiven(opinion),
        Event::VotesCast(VotesCast { topic: 1, votes }),
    ]);
    let scene = scene.at("2021-11-30T14:00:00+08:00").by(recorder());
    scene.when(vote(1, Choice::Agree, [2, 3])).granted().when(decide(1)).granted();
}

#[test]
fn topics_are_numbered_from_one_to_the_agenda_s_last() {
    for topic in [0, 3, u8::MAX] {
        for command in [
            advise(topic, ADVISER, true),
            vote(topic, Choice::Agree, [1]),
            decide(topic),
            defer(topic),
        ] {
            advised().when(command).refused("meeting.unknown_topic");
        }
    }
}

#[test]
fn the_law_is_asked_before_the_vote() {
    advised()
        .when(vote(2, Choice::Agree, [1]))
        .refused("meeting.no_opinion")
        .when(advise(2, ADVISER, false))
        .granted()
        .when(vote(2, Choice::Agree, [1]))
        .granted();
}

#[test]
fn a_vote_needs_a_quorum() {
    let few = meeting().when(advise(1, ADVISER, true)).granted();
    few.when(vote(1, Choice::Agree, [1]))
        .refused("meeting.no_quorum")
        .when(attend([1, 2]))
        .granted()
        .when(vote(1, Choice::Agree, [1]))
        .refused("meeting.no_quorum")
        .when(attend([3]))
        .granted()
        .when(vote(1, Choice::Agree, [1]))
        .granted();
}

#[test]
fn everybody_who_is_there_votes_once_and_a_bad_batch_counts_for_nothing() {
    let cast = |choice, people: &[u64]| {
        let votes = people.iter().map(|one| Vote { member: person(*one), choice }).collect();
        Event::VotesCast(VotesCast { topic: 1, votes })
    };
    advised()
        .when(vote(1, Choice::Agree, []))
        .refused("meeting.nobody_named")
        .when(vote(1, Choice::Agree, [1, 4]))
        .refused("meeting.not_present")
        .when(vote(1, Choice::Agree, [1, 2, 1]))
        .refused("meeting.named_twice")
        .when(vote(1, Choice::Agree, [1, 2]))
        .then([cast(Choice::Agree, &[1, 2])])
        .when(vote(1, Choice::Against, [3, 2]))
        .refused("meeting.voted_already")
        .when(vote(1, Choice::Against, [3]))
        .then([cast(Choice::Against, &[3])])
        .when(decide(1))
        .then([decided(1, Outcome::Adopted, [2, 1, 0])]);
}

#[test]
fn a_topic_is_decided_once() {
    let done = [
        advised().when(vote(1, Choice::Agree, [1, 2])).granted().when(confirm(1)),
        advised().when(defer(1)),
    ];
    for outcome in done {
        let decided = outcome.granted();
        for command in [decide(1), defer(1), vote(1, Choice::Agree, [3]), advise(1, ADVISER, false)]
        {
            decided.clone().when(command).refused("meeting.topic_decided");
        }
    }
}

#[test]
fn those_who_are_there_and_do_not_agree_count_against() {
    advised().when(decide(1)).refused("meeting.no_votes");
    advised().when(vote(1, Choice::Agree, [1])).granted().when(confirm(1)).then([decided(
        1,
        Outcome::NotAdopted,
        [1, 0, 0],
    )]);
    advised()
        .when(vote(1, Choice::Agree, [1]))
        .granted()
        .when(vote(1, Choice::Abstain, [2, 3]))
        .granted()
        .when(decide(1))
        .then([decided(1, Outcome::NotAdopted, [1, 0, 2])]);
}

#[test]
fn a_topic_may_be_put_off_without_quorum_opinion_or_votes() {
    let nobody = Tally { entitled: share(5), ..Tally::default() };
    let deferred =
        TopicDecided { topic: 2, outcome: Outcome::Deferred, tally: nobody, unvoted: None };
    meeting().when(defer(2)).then([Event::TopicDecided(deferred)]);
    advised().when(defer(1)).then([decided(1, Outcome::Deferred, [0, 0, 0])]);
}

/// Three are there: what two of them say, the third cannot turn.
#[test]
fn what_the_votes_decide_is_not_put_off() {
    for choice in [Choice::Agree, Choice::Against] {
        let one = advised().when(vote(1, choice, [1])).granted();
        let [agree, against] = [choice == Choice::Agree, choice == Choice::Against].map(u32::from);
        one.clone().when(defer(1)).then([decided(1, Outcome::Deferred, [agree, against, 0])]);
        one.when(vote(1, choice, [2])).granted().when(defer(1)).refused("meeting.voted");
    }
    // Half of those there agree, and the others could turn it; also once they have left.
    let even = convened(council(4, ordinary())).when(attend(1..=4)).granted();
    let even = even.when(advise(1, ADVISER, true)).granted();
    let even = even.when(vote(1, Choice::Agree, [1, 2])).granted();
    even.clone().when(defer(1)).granted();
    let people = vec![person(3), person(4)];
    even.when(Command::Depart { people }).granted().when(defer(1)).granted();
}

#[test]
fn a_meeting_that_decided_by_vote_is_not_cancelled() {
    for (choice, outcome) in
        [(Choice::Agree, Outcome::Adopted), (Choice::Against, Outcome::NotAdopted)]
    {
        let voted = advised().when(vote(1, choice, [1, 2, 3])).granted();
        voted.clone().when(cancel()).granted();
        let decided = voted.when(decide(1)).granted();
        assert_eq!(decided.state().topics[0].outcome, Some(outcome));
        decided.when(cancel()).refused("meeting.decided_by_vote");
    }
}

#[test]
fn what_an_adviser_holds_unlawful_is_not_adopted() {
    let opposed = advised()
        .when(vote(1, Choice::Agree, [1, 2, 3]))
        .granted()
        .when(advise(1, ADVISER + 1, false))
        .granted()
        .when(decide(1))
        .refused("meeting.unlawful");
    opposed.clone().when(defer(1)).then([decided(1, Outcome::Deferred, [3, 0, 0])]);
    opposed
        .when(advise(1, ADVISER, true))
        .granted()
        .when(decide(1))
        .refused("meeting.unlawful")
        .when(advise(1, ADVISER + 1, true))
        .granted()
        .when(decide(1))
        .then([decided(1, Outcome::Adopted, [3, 0, 0])]);
}

#[test]
fn what_is_unlawful_may_be_voted_down() {
    advised()
        .when(advise(1, ADVISER, false))
        .granted()
        .when(vote(1, Choice::Against, [1, 2, 3]))
        .granted()
        .when(decide(1))
        .then([decided(1, Outcome::NotAdopted, [0, 3, 0])]);
}
