//! Residents without an account show a code, and nothing of it is stored.

use domain::notice::Verdict;
use domain::survey::{Answers, Opened, Satisfaction, Survey};
use domain::{SurveyId, county_date};
use event_store::Position;
use jiff::ToSpan as _;
use tests::county::{refused, text};
use tests::village::{Village, problem, resident, station};
use vault::MasterKey;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_raised_an_issue_follows_it_by_its_code_alone() {
    let village = Village::new().await;
    let app = &village.county.app;
    let one = app.register_issue_online(problem(), &resident()).await.unwrap();
    let other = app.register_issue_online(problem(), &resident()).await.unwrap();
    app.check_follow_up(one.issue, one.code.expose()).await.unwrap();
    let spoken = one.code.expose().to_lowercase();
    app.check_follow_up(one.issue, &format!("{}-{}", &spoken[..13], &spoken[13..])).await.unwrap();
    for wrong in [other.code.expose(), "", "00000000000000000000000000"] {
        assert_eq!(refused(app.check_follow_up(one.issue, wrong).await), "code.wrong");
    }
    let none = app.check_follow_up(domain::IssueId::from_bits(7), one.code.expose()).await;
    assert_eq!(refused(none), "code.wrong", "a wrong code does not tell what exists");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_outlives_the_master_key_and_opens_nothing_else() {
    let village = Village::new().await;
    let app = &village.county.app;
    let issue = village.issue().await;
    let code = app.follow_up_code(issue).await.unwrap();
    app.vault.as_ref().unwrap().rewrap(MasterKey::generate().unwrap()).unwrap();
    app.check_follow_up(issue, code.expose()).await.unwrap();
    let (_, resolution) = village.adopted().await;
    assert_eq!(refused(app.check_objection(resolution, 1, code.expose()).await), "code.wrong");
    let first = app.objection_code(resolution, 1).await.unwrap();
    assert_eq!(refused(app.check_objection(resolution, 2, first.expose()).await), "code.wrong");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_objector_goes_up_and_the_town_answers_for_good() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (_, resolution) = village.adopted().await;
    village.publicise(resolution).await;
    let (objection, code) = village.object(resolution).await;
    village.answer(resolution, objection, Verdict::Dismissed, &village.leader()).await.unwrap();
    let guessed = app.escalate_objection(resolution, objection, "0123", &resident()).await;
    assert_eq!(refused(guessed), "code.wrong");
    let leader = app.escalate_objection(resolution, objection, &code, &village.leader()).await;
    assert_eq!(refused(leader), "permission.role");
    app.escalate_objection(resolution, objection, &code, &resident()).await.unwrap();
    let again = village.answer(resolution, objection, Verdict::Dismissed, &village.leader()).await;
    assert_eq!(refused(again), "resolution.with_the_town");
    village.answer(resolution, objection, Verdict::Dismissed, &village.town()).await.unwrap();
    let further = app.escalate_objection(resolution, objection, &code, &resident()).await;
    assert_eq!(refused(further), "resolution.final_answer");
}

/// Every byte that the county has written down.
async fn written_down(village: &Village) -> Vec<u8> {
    let mut bytes = vec![];
    for event in village.county.app.store.read_all(Position::START, 1000).await.unwrap() {
        bytes.extend(event.data);
        bytes.extend(event.metadata);
    }
    for entry in std::fs::read_dir(village.county.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_stand_nowhere() {
    let village = Village::new().await;
    let app = &village.county.app;
    let follow_up = app.register_issue_online(problem(), &resident()).await.unwrap().code;
    let (_, resolution) = village.adopted().await;
    village.publicise(resolution).await;
    let (_, objection) = village.object(resolution).await;
    let survey = survey(&village).await;
    let ballots = app.issue_ballots(survey, &village.town()).await.unwrap().ballots;
    village.county.settle().await;
    let bytes = written_down(&village).await;
    let stands = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(stands(&resolution.to_string()), "it is looked at where things stand");
    for code in [follow_up.expose(), &objection, ballots[0].code.expose()] {
        assert!(!stands(code));
    }
}

fn opened(village: &Village) -> Opened {
    let today = county_date(application::Clock::now(&*village.county.clock));
    Opened {
        station: station(),
        resolution: None,
        question: text("您对援法议事工作是否满意"),
        eligible: 12,
        households: None,
        closes_on: today.saturating_add(7.days()),
    }
}

async fn survey(village: &Village) -> SurveyId {
    village.county.app.open_survey(opened(village), &village.supervision()).await.unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_station_does_not_survey_itself() {
    let village = Village::new().await;
    let (app, survey) = (&village.county.app, survey(&village).await);
    let own = || {
        let mut administrator = village.town();
        administrator.actor.unit = Some(station());
        administrator
    };
    assert_eq!(refused(app.open_survey(opened(&village), &own()).await), "survey.own_station");
    assert_eq!(refused(app.issue_ballots(survey, &own()).await), "survey.own_ballots");
    app.issue_ballots(survey, &village.town()).await.unwrap();
}

/// The surveyed do not hold the ballots: not the station's accounts, not its supervision group, and nobody who sits in one of
/// its groups and has an account of the town's besides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_of_the_village_sees_a_ballot() {
    let village = Village::new().await;
    let (app, survey) = (&village.county.app, survey(&village).await);
    let supervisor = village.supervision();
    assert_eq!(refused(app.issue_ballots(survey, &supervisor).await), "permission.role");
    let mut in_office = village.town();
    in_office.actor.person = supervisor.actor.person;
    assert!(in_office.actor.person.is_some());
    assert_eq!(refused(app.issue_ballots(survey, &in_office).await), "survey.own_ballots");
    let town = village.town();
    let issued = app.issue_ballots(survey, &town).await.unwrap();
    assert_eq!(issued.ballots.len(), 12);
    let mut same_command = in_office;
    same_command.command = town.command;
    let again = app.issue_ballots(survey, &same_command).await;
    assert_eq!(refused(again), "survey.own_ballots", "nor by the same command again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_no_more_ballots_than_households() {
    let village = Village::new().await;
    let app = &village.county.app;
    let asked = |eligible| Opened { eligible, ..opened(&village) };
    let many = app.open_survey(asked(313), &village.supervision()).await;
    assert_eq!(refused(many), "survey.more_than_households");
    app.open_survey(asked(312), &village.supervision()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ballots_are_seen_once_and_each_replies_once() {
    let village = Village::new().await;
    let app = &village.county.app;
    let survey = survey(&village).await;
    let caller = village.town();
    let issued = app.issue_ballots(survey, &caller).await.unwrap();
    let written: Vec<String> = issued.ballots.iter().map(application::Ballot::written).collect();
    assert_eq!(written.len(), 12);
    let repeated = app.issue_ballots(survey, &caller).await.unwrap();
    assert!(repeated.done.repeated);
    let again: Vec<String> = repeated.ballots.iter().map(application::Ballot::written).collect();
    assert_eq!(written, again, "the same command gives the same codes");
    let anew = app.issue_ballots(survey, &village.town()).await;
    assert_eq!(refused(anew), "survey.already_issued");

    let satisfaction = Satisfaction::Satisfied;
    let answers = Answers { aware: true, took_part: false, recognises: true, satisfaction };
    let reply =
        |code: String| async move { app.reply_survey(survey, &code, answers, &resident()).await };
    reply(written[0].clone()).await.unwrap();
    assert_eq!(refused(reply(written[0].clone()).await), "survey.already_replied");
    let stolen = written[1].replacen('2', "3", 1);
    for wrong in [stolen, "99-0".into(), "x".into(), String::new()] {
        assert_eq!(refused(reply(wrong).await), "code.wrong");
    }
    let replies = app.read_state::<Survey, _>(&survey.to_string(), Survey::replies).await.unwrap();
    assert_eq!(replies, 1);
}
