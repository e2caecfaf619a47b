//! What a command must know of other streams.

use application::{Appointee, Present};
use domain::issue::{Expedition, Issue, Stage};
use domain::meeting::{Body, Electorate, Meeting};
use domain::notice::Verdict;
use domain::resolution::Resolution;
use domain::{Area, IssueId, MeetingId, ResolutionId, SealedDigest, SurveyId, TopicCode};
use jiff::SignedDuration;
use tests::county::{TOWN, code, refused, text};
use tests::village::{Village, member, resident, station};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_refused_by_name() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let issue = IssueId::from_bits(9);
    assert_eq!(refused(app.accept_issue(issue, &office).await), "issue.unregistered");
    let meeting = MeetingId(Uuid::nil());
    let reason = || text("无");
    assert_eq!(refused(app.cancel_meeting(meeting, reason(), &office).await), "meeting.unconvened");
    let resolution = ResolutionId { meeting, topic: 1 };
    let withdrawn = app.withdraw_resolution(resolution, reason(), &office).await;
    assert_eq!(refused(withdrawn), "resolution.unadopted");
    let survey = app.close_survey(SurveyId(Uuid::nil()), &office).await;
    assert_eq!(refused(survey), "survey.unopened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evidence_is_kept_before_it_is_cited() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (_, resolution) = village.adopted().await;
    let unknown = SealedDigest([7; 32]);
    let publicised = app.publicise_resolution(resolution, &[unknown], &village.leader()).await;
    assert_eq!(refused(publicised), "evidence.unknown");
    let shown = village.evidence("公示栏").await;
    app.publicise_resolution(resolution, &[shown], &village.leader()).await.unwrap();
    let office = village.county.office();
    let (known, bytes) = app.read_evidence(shown, &office).await.unwrap().unwrap();
    assert_eq!(known.bytes as usize, bytes.len());
    assert!(app.read_evidence(unknown, &office).await.unwrap().is_none());
    assert_eq!(refused(app.read_evidence(shown, &resident()).await), "permission.role");
    let bytes = bytes::Bytes::from_static(b"#!/bin/sh");
    let kept = app.keep_evidence(bytes, &office).await;
    assert!(matches!(
        kept,
        Err(application::Error::Keep(evidence::KeepError::Refused(evidence::Refusal::UnknownType)))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agenda_holds_what_is_accepted_here() {
    let village = Village::new().await;
    let app = &village.county.app;
    let raw = village.issue().await;
    let convened =
        app.convene_meeting(village.council_meeting(raw, false), &village.leader()).await;
    assert_eq!(refused(convened), "meeting.issue_not_accepted");
    let accepted = village.accepted().await;
    let ratifying = village.council_meeting(accepted, true);
    assert_eq!(
        refused(app.convene_meeting(ratifying, &village.leader()).await),
        "meeting.issue_not_expedited"
    );
    let mut unlisted = village.council_meeting(accepted, false);
    unlisted.agenda[0].issue = None;
    unlisted.agenda[0].listed = Some(TopicCode::new("Z9").unwrap());
    let convened = app.convene_meeting(unlisted, &village.leader()).await;
    assert_eq!(refused(convened), "meeting.not_listed");
    let leader = village.leader();
    let new = village.council_meeting(accepted, false);
    let (meeting, first) = app.convene_meeting(new.clone(), &leader).await.unwrap();
    village.county.settle().await;
    let (same, again) = app.convene_meeting(new, &leader).await.unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!(meeting, same);
    let convened = app
        .read_state::<Meeting, _>(&meeting.to_string(), |known| known.convened().cloned().unwrap())
        .await
        .unwrap();
    let mut council = village.council.clone();
    council.sort();
    assert_eq!((convened.members, convened.advisers), (council, vec![village.adviser]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_station_deals_with_its_own_only() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let (issue, resolution) = village.adopted().await;
    app.open_station(&code(TOWN), false, &office).await.unwrap();
    let mut foreign = village.council_meeting(issue, false);
    foreign.station = code(TOWN);
    let convened = app.convene_meeting(foreign.clone(), &office).await;
    assert_eq!(refused(convened), "meeting.issue_not_accepted");
    foreign.agenda[0].issue = None;
    foreign.reports = vec![resolution];
    assert_eq!(refused(app.convene_meeting(foreign, &office).await), "station.other");
    let survey = domain::survey::Opened {
        station: code(TOWN),
        resolution: Some(resolution),
        question: text("路灯修好了吗"),
        eligible: 9,
        households: None,
        closes_on: "2021-11-30".parse().unwrap(),
    };
    assert_eq!(refused(app.open_survey(survey, &office).await), "station.other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_of_the_leading_group_approves_what_cannot_wait() {
    let village = Village::new().await;
    let app = &village.county.app;
    let issue = village.issue().await;
    let expedite = |caller| async move {
        let (reason, measure) = (text("线路漏电"), text("先行断电抢修"));
        app.expedite_issue(issue, Expedition::Urgent, reason, measure, &caller).await
    };
    assert_eq!(refused(expedite(village.town()).await), "issue.no_approver");
    let mut outsider = village.leader();
    outsider.actor.person = Some(village.supervisor);
    assert_eq!(refused(expedite(outsider).await), "issue.approver_not_leading");
    expedite(village.leader()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn issues_are_merged_within_a_station() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (one, other) = (village.issue().await, village.issue().await);
    let nowhere = app.merge_issue(one, IssueId::from_bits(9), &village.leader()).await;
    assert_eq!(refused(nowhere), "issue.target_closed");
    app.merge_issue(one, other, &village.leader()).await.unwrap();
    let back = app.merge_issue(other, one, &village.leader()).await;
    assert_eq!(refused(back), "issue.target_closed");
    let stage = app.read_state::<Issue, _>(&one.to_string(), Issue::stage).await.unwrap();
    assert_eq!(stage, Some(Stage::Merged));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_verifies_what_he_executes() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (_, resolution) = village.assigned().await;
    let photo = village.evidence("路灯修好").await;
    let note = || text("全部修好");
    let claimed = app.claim_completion(resolution, note(), &[photo], &village.supervision()).await;
    assert_eq!(refused(claimed), "permission.role");
    app.claim_completion(resolution, note(), &[photo], &village.leader()).await.unwrap();
    let mut executor = village.supervision();
    executor.actor.person = Some(village.leaders[0]);
    let verify =
        |caller| async move { app.verify_completion(resolution, text("属实"), &[], &caller).await };
    assert_eq!(refused(verify(executor).await), "resolution.not_in_supervision");
    verify(village.supervision()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_town_is_above_the_village_and_the_village_is_not() {
    let village = Village::new().await;
    let (_, resolution) = village.adopted().await;
    village.publicise(resolution).await;
    village.county.days(9);
    let (late, _) = village.object(resolution).await;
    let answer = |caller| {
        let village = &village;
        async move { village.answer(resolution, late, Verdict::Dismissed, &caller).await }
    };
    let mut administrator = village.town();
    administrator.actor.unit = Some(station());
    for below in [administrator, village.leader()] {
        assert_eq!(refused(answer(below).await), "resolution.with_the_town");
    }
    answer(village.town()).await.unwrap();
    let open = village
        .county
        .app
        .read_state::<Resolution, _>(&resolution.to_string(), |known| {
            known.open_objections().count()
        })
        .await
        .unwrap();
    assert_eq!(open, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_get_a_number_when_they_come() {
    let village = Village::new().await;
    let app = &village.county.app;
    let mut new = village.council_meeting(village.accepted().await, false);
    new.body = Body::Owners;
    new.starts_at += SignedDuration::from_hours(24 * 15);
    new.electorate = Some(Electorate { heads: 3, area: Area(30_000) });
    let day = new.starts_at;
    let meeting = village.convened(new).await;
    village.county.clock.set(day);
    let owner = |number| {
        let who = Appointee::New(member(number));
        Present { who, area: Some(Area(10_000)), proxy: None }
    };
    let caller = village.councillor();
    app.take_attendance(meeting, vec![owner(40), owner(41)], &caller).await.unwrap();
    let again = app.take_attendance(meeting, vec![owner(40), owner(41)], &caller).await.unwrap();
    assert!(again.done.repeated && again.already.is_empty());
    // Who is there already is told, and keeps the number.
    let twice = app.take_attendance(meeting, vec![owner(41)], &village.councillor()).await.unwrap();
    assert_eq!((twice.done.events.len(), twice.already.len()), (0, 1));
    let proxy = Some(Appointee::New(member(50)));
    let represented = Present { proxy, ..owner(42) };
    let there = vec![owner(40), represented];
    let third = app.take_attendance(meeting, there, &village.councillor()).await.unwrap();
    assert_eq!((third.done.events.len(), third.already.len()), (1, 1));
    let crowded = app.take_attendance(meeting, vec![owner(43)], &village.councillor()).await;
    assert_eq!(refused(crowded), "meeting.more_heads");
    // One human without a number is one proxy, and is named by their place in the list.
    let proxy = || Some(Appointee::New(member(51)));
    let represented = |number| Present { proxy: proxy(), ..owner(number) };
    let two = vec![represented(43), represented(44)];
    let refused = app.take_attendance(meeting, two, &village.councillor()).await.unwrap_err();
    let refusal = refused.refusal().unwrap();
    assert_eq!(refusal.code(), "meeting.too_many_proxies");
    assert!(refusal.zh().starts_with("所列第2人(尚无编号)最多接受1名业主委托"), "{}", refusal.zh());
    assert!(refusal.en().starts_with("person 2 of those listed"), "{}", refusal.en());
}
