//! What time alone brings about, once each.

use domain::issue::Expedition;
use domain::meeting::Choice;
use domain::notice::Verdict;
use domain::resolution::{Resolution, Stage};
use domain::survey::{Answers, Opened, Satisfaction};
use domain::{Event, ResolutionId, issue, resolution, station as stations, survey};
use event_store::StreamId;
use jiff::ToSpan as _;
use projections::Fact;
use tests::county::{refused, text};
use tests::village::{VILLAGE, Village, problem, resident, station};

/// The facts of a stream.
async fn facts(village: &Village, stream: &str) -> Vec<Event> {
    let stream = StreamId::new(stream).unwrap();
    let store = &village.county.app.store;
    let recorded = store.read_stream(&stream, event_store::Version::NONE, 1000).await.unwrap();
    recorded.iter().map(|one| Fact::read(one).unwrap().event).collect()
}

async fn count(village: &Village, stream: &str, is: fn(&Event) -> bool) -> usize {
    facts(village, stream).await.iter().filter(|event| is(event)).count()
}

/// Lets days pass, each with everything that it brings, twice.
async fn days(village: &Village, days: i64) {
    for _ in 0..days {
        village.county.days(1);
        village.county.settle().await;
        village.county.settle().await;
    }
}

async fn stage(village: &Village, resolution: ResolutionId) -> Stage {
    let key = resolution.to_string();
    village.county.app.read_state::<Resolution, _>(&key, Resolution::stage).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_without_a_meeting_is_missed_once() {
    let village = Village::new().await;
    let stream = format!("station-{VILLAGE}");
    let missed = |event: &Event| matches!(event, Event::Station(stations::Event::MeetingMissed(_)));
    village.county.clock.set("2022-01-05T09:00:00+08:00".parse().unwrap());
    village.county.settle().await;
    assert_eq!(count(&village, &stream, missed).await, 0, "minutes may still be sealed");
    days(&village, 3).await;
    assert_eq!(count(&village, &stream, missed).await, 1, "December; in November it was opened");
    village.adopted().await;
    village.county.clock.set("2022-02-08T09:00:00+08:00".parse().unwrap());
    village.county.settle().await;
    assert_eq!(count(&village, &stream, missed).await, 1, "January had one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_online_issue_left_without_an_answer_is_overdue_once() {
    let village = Village::new().await;
    let app = &village.county.app;
    let overdue = |event: &Event| matches!(event, Event::Issue(issue::Event::AnswerOverdue(_)));
    let left = app.register_issue_online(problem(), &resident()).await.unwrap().issue;
    let answered = app.register_issue_online(problem(), &resident()).await.unwrap().issue;
    app.answer_issue(answered, text("本周修理"), &village.grid_worker()).await.unwrap();
    days(&village, 5).await;
    assert_eq!(count(&village, &format!("issue-{left}"), overdue).await, 0);
    days(&village, 3).await;
    assert_eq!(count(&village, &format!("issue-{left}"), overdue).await, 1);
    assert_eq!(count(&village, &format!("issue-{answered}"), overdue).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_passed_on_and_not_replied_to_is_overdue_once() {
    let village = Village::new().await;
    let (app, issue) = (&village.county.app, village.issue().await);
    let overdue = |event: &Event| matches!(event, Event::Issue(issue::Event::RoutingOverdue(_)));
    let due = Some("2021-11-15".parse().unwrap());
    let (to, reason) = (text("县供电公司"), text("产权属供电公司"));
    app.route_out_issue(issue, to, None, reason, due, &village.leader()).await.unwrap();
    days(&village, 3).await;
    let stream = format!("issue-{issue}");
    assert_eq!(count(&village, &stream, overdue).await, 0, "the last day is in time");
    days(&village, 3).await;
    assert_eq!(count(&village, &stream, overdue).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_next_meeting_did_not_ratify_is_missed_and_ratified_later() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (urgent, reason, measure) = (village.issue().await, text("线路漏电"), text("先行断电"));
    app.expedite_issue(urgent, Expedition::Urgent, reason, measure, &village.leader())
        .await
        .unwrap();
    app.triage_issue(urgent, "G4".parse().unwrap(), &village.leader()).await.unwrap();
    let stream = format!("issue-{urgent}");
    let missed = |event: &Event| matches!(event, Event::Issue(issue::Event::RatificationMissed(_)));
    let ratified = |event: &Event| matches!(event, Event::Issue(issue::Event::Ratified(_)));
    village.county.days(1);
    village.adopted().await;
    days(&village, 2).await;
    assert_eq!(count(&village, &stream, missed).await, 1);
    let meeting = village.convened(village.council_meeting(urgent, true)).await;
    village.held(meeting, Choice::Agree, &[]).await;
    days(&village, 2).await;
    assert_eq!(count(&village, &stream, missed).await, 1);
    assert_eq!(count(&village, &stream, ratified).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_closes_when_its_days_are_over_and_nothing_is_open() {
    let village = Village::new().await;
    let (_, quiet) = village.adopted().await;
    let (_, disputed) = village.adopted().await;
    village.publicise(quiet).await;
    village.publicise(disputed).await;
    let (objection, _) = village.object(disputed).await;
    days(&village, 7).await;
    assert_eq!(stage(&village, quiet).await, Stage::Publicised, "the last day still counts");
    days(&village, 1).await;
    assert_eq!(stage(&village, quiet).await, Stage::Closed);
    assert_eq!(stage(&village, disputed).await, Stage::Publicised);
    village.answer(disputed, objection, Verdict::Dismissed, &village.town()).await.unwrap();
    days(&village, 1).await;
    assert_eq!(stage(&village, disputed).await, Stage::Closed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_left_without_an_answer_goes_up_and_the_town_answers() {
    let village = Village::new().await;
    let (_, resolution) = village.adopted().await;
    village.publicise(resolution).await;
    let (objection, _) = village.object(resolution).await;
    let stream = format!("resolution-{resolution}");
    let overdue =
        |event: &Event| matches!(event, Event::Resolution(resolution::Event::ObjectionOverdue(_)));
    let escalated = |event: &Event| {
        matches!(event, Event::Resolution(resolution::Event::ObjectionEscalated(_)))
    };
    days(&village, 5).await;
    assert_eq!(count(&village, &stream, overdue).await, 0);
    days(&village, 1).await;
    assert_eq!(count(&village, &stream, overdue).await, 1);
    assert_eq!(count(&village, &stream, escalated).await, 1);
    let answer = village.answer(resolution, objection, Verdict::Upheld, &village.leader()).await;
    assert_eq!(refused(answer), "resolution.with_the_town");
    days(&village, 6).await;
    assert_eq!(count(&village, &stream, overdue).await, 2, "the town's days passed too");
    assert_eq!(count(&village, &stream, escalated).await, 1);
    village.answer(resolution, objection, Verdict::Upheld, &village.town()).await.unwrap();
    assert_eq!(stage(&village, resolution).await, Stage::AwaitingCorrection);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn execution_is_overdue_once_for_each_last_day() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (_, resolution) = village.assigned().await;
    let stream = format!("resolution-{resolution}");
    let overdue =
        |event: &Event| matches!(event, Event::Resolution(resolution::Event::ExecutionOverdue(_)));
    village.county.days(30);
    village.county.settle().await;
    assert_eq!(count(&village, &stream, overdue).await, 0);
    days(&village, 3).await;
    assert_eq!(count(&village, &stream, overdue).await, 1);
    let key = resolution.to_string();
    let due = app.read_state::<Resolution, _>(&key, Resolution::due).await.unwrap().unwrap();
    let to = due.saturating_add(10.days());
    app.extend_resolution(resolution, to, text("连日大雨"), &village.town()).await.unwrap();
    days(&village, 7).await;
    assert_eq!(count(&village, &stream, overdue).await, 1);
    days(&village, 3).await;
    assert_eq!(count(&village, &stream, overdue).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_survey_ends_after_its_last_day() {
    let village = Village::new().await;
    let app = &village.county.app;
    let opened = Opened {
        station: station(),
        resolution: None,
        question: text("您对援法议事工作是否满意"),
        eligible: 2,
        households: None,
        closes_on: "2021-11-19".parse().unwrap(),
    };
    let (survey, _) = app.open_survey(opened, &village.supervision()).await.unwrap();
    let issued = app.issue_ballots(survey, &village.town()).await.unwrap();
    let code = issued.ballots[1].written();
    let satisfaction = Satisfaction::VerySatisfied;
    let answers = Answers { aware: true, took_part: true, recognises: true, satisfaction };
    days(&village, 7).await;
    app.reply_survey(survey, &code, answers, &resident()).await.unwrap();
    days(&village, 2).await;
    let closed: Vec<_> = facts(&village, &format!("survey-{survey}"))
        .await
        .into_iter()
        .filter_map(|event| match event {
            Event::Survey(survey::Event::Closed(closed)) => {
                Some((closed.replies, closed.satisfied))
            }
            _ => None,
        })
        .collect();
    assert_eq!(closed, [(1, 1)]);
}
