//! 会议记录.

use super::*;

/// The first topic adopted by 1, 2 and 3, the second, which ratifies, by 1 and 2.
fn decided() -> Scene<Meeting> {
    let voted = |scene: Scene<Meeting>, topic, people: &[u64]| {
        scene
            .when(advise(topic, ADVISER, true))
            .granted()
            .when(vote(topic, Choice::Agree, people.iter().copied()))
            .granted()
            .when(confirm(topic))
            .granted()
    };
    let scene = meeting().when(attend([1, 2, 3])).granted();
    voted(voted(scene, 1, &[3, 1, 2]), 2, &[1, 2])
}

fn report(number: u128) -> ReportMinutes {
    ReportMinutes { resolution: resolution(number), findings: text("已完成八成") }
}

fn sealed(outcomes: [Outcome; 2], reports: Vec<ReportMinutes>) -> Event {
    let topics = (1..).zip(outcomes).map(|(topic, outcome)| {
        let (process, result) = (text("逐户征求意见后讨论"), text("年内建成"));
        TopicMinutes { topic, process, result, outcome }
    });
    Event::MinutesSealed(Box::new(MinutesSealed {
        held_on: day("2021-11-30"),
        recorder: Some(person(3)),
        topics: topics.collect(),
        reports,
    }))
}

const ADOPTED: [Outcome; 2] = [Outcome::Adopted, Outcome::Adopted];

#[test]
fn minutes_are_sealed_once_and_then_only_corrected() {
    let sealed = decided()
        .at("2021-12-03T09:00:00+08:00")
        .when(correct(1))
        .refused("meeting.not_sealed")
        .when(seal([2, 1]))
        .then([sealed(ADOPTED, vec![])]);
    for command in while_it_runs() {
        sealed.clone().when(command).refused("meeting.sealed");
    }
    let corrected =
        MinutesCorrected { topic: 1, correction: text("应为东侧"), reason: text("笔误") };
    let before = sealed.state().sealed().cloned();
    let after = sealed
        .when(correct(3))
        .refused("meeting.unknown_topic")
        .when(correct(1))
        .then([Event::MinutesCorrected(corrected)])
        .when(correct(1))
        .granted()
        .when(convene(council(5, agenda())))
        .refused("meeting.already_convened");
    assert_eq!(after.state().sealed(), before.as_ref());
}

#[test]
fn every_topic_has_its_outcome_its_process_and_its_result_once() {
    let write = |topics: Vec<Minute>| Command::SealMinutes { topics, reports: vec![] };
    let (mut silent, mut endless) = (minute(2), minute(2));
    (silent.process, endless.result) = (None, None);
    meeting()
        .when(attend([1, 2, 3]))
        .granted()
        .when(defer(2))
        .granted()
        .when(seal([1, 2]))
        .refused("meeting.undecided");
    decided()
        .when(seal([1]))
        .refused("meeting.no_process")
        .when(write(vec![minute(1), silent]))
        .refused("meeting.no_process")
        .when(write(vec![minute(1), endless]))
        .refused("meeting.no_result")
        .when(seal([1, 2, 2]))
        .refused("meeting.minuted_twice")
        .when(seal([1, 2, 3]))
        .refused("meeting.unknown_topic")
        .when(seal([0, 1, 2]))
        .refused("meeting.unknown_topic")
        .when(seal([1, 2]))
        .granted();
}

#[test]
fn minutes_have_a_recorder() {
    decided()
        .by(actor(Role::LeadingGroup, "leading"))
        .when(seal([1, 2]))
        .refused("meeting.no_recorder")
        .by(recorder())
        .when(seal([1, 2]))
        .granted();
}

#[test]
fn only_what_was_announced_is_reported() {
    let with = |reports| Command::SealMinutes { topics: vec![minute(1), minute(2)], reports };
    let sealed = decided()
        .when(with(vec![report(8)]))
        .refused("meeting.unannounced_report")
        .when(with(vec![report(7), report(7)]))
        .refused("meeting.report_twice")
        .when(with(vec![report(7)]))
        .then([sealed(ADOPTED, vec![report(7)])]);
    assert_eq!(sealed.state().reported(&resolution(7)), Some(day("2021-11-30")));
    assert_eq!(sealed.state().reported(&resolution(8)), None);
    assert_eq!(decided().state().reported(&resolution(7)), None);
}

#[test]
fn a_meeting_that_put_everything_off_had_its_quorum() {
    let deferred = [Outcome::Deferred; 2];
    let off = |present: u64| {
        let scene = meeting().when(attend(1..=present)).granted();
        scene.when(defer(1)).granted().when(defer(2)).granted()
    };
    off(2).when(seal([1, 2])).refused("meeting.no_quorum").when(cancel()).granted();
    let sealed = off(3).when(seal([1, 2])).then([sealed(deferred, vec![])]);
    assert_eq!(sealed.state().adopted().count(), 0);
}

#[test]
fn minutes_fit_into_the_log() {
    let agenda = vec![item(None, false, Matter::Ordinary); 10];
    let held = Convened { reports: (1..=50).map(resolution).collect(), ..council(5, agenda) };
    let scene = (1..=10).fold(convened(held).when(attend(1..=5)).granted(), |scene, topic| {
        scene.when(defer(topic)).granted()
    });
    let written = |process: usize| {
        let (process, result) = (text(&"过".repeat(process)), text(&"果".repeat(500)));
        let minute =
            |topic| Minute { topic, process: Some(process.clone()), result: Some(result.clone()) };
        (1..=10).map(minute).collect::<Vec<_>>()
    };
    let findings: Text<500> = text(&"实".repeat(500));
    let reports = |count| {
        (1..=count)
            .map(|number| ReportMinutes {
                resolution: resolution(number),
                findings: findings.clone(),
            })
            .collect()
    };
    let scene = scene
        .when(Command::SealMinutes { topics: written(1_000), reports: reports(50) })
        .refused("meeting.minutes_too_long");
    let fitting = Command::SealMinutes { topics: written(800), reports: reports(10) };
    let (_, facts) = scene.when(fitting).whatever();
    let stored: Vec<usize> =
        facts.into_iter().map(|fact| crate::Event::from(fact).encode().unwrap().len()).collect();
    assert!(matches!(stored[..], [50_000..=60_000]), "{stored:?}");
}

#[test]
fn what_was_adopted_and_does_not_only_ratify_becomes_a_resolution() {
    assert_eq!(decided().state().adopted().count(), 0, "not before the minutes are sealed");
    assert_eq!(decided().state().outcomes().count(), 0);
    let meeting = decided().when(seal([1, 2])).granted();
    let agenda = agenda();
    let adopted: Vec<_> = meeting.state().adopted().collect();
    assert_eq!(
        adopted,
        [Adoption {
            topic: 1,
            item: &agenda[0],
            result: &text("年内建成"),
            voters: vec![person(1), person(2), person(3)],
            in_favour: Some(vec![person(1), person(2), person(3)]),
        }]
    );
    let outcomes: Vec<_> = meeting
        .state()
        .outcomes()
        .map(|(minutes, item)| (minutes.topic, item.issue, item.ratifies, minutes.outcome))
        .collect();
    let issue = |bits| Some(IssueId::from_bits(bits));
    assert_eq!(
        outcomes,
        [(1, issue(1), false, Outcome::Adopted), (2, issue(2), true, Outcome::Adopted)]
    );
}
