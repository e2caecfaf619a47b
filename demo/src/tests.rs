#![allow(clippy::unwrap_used)]

use application::files;
use jiff::civil::date;

use super::{Args, DemoError, Odd, Planted, Summary, play};

/// Every refusal that the story plants.
const PLANTED: [&str; 28] = [
    "activity.full",
    "activity.minor_in_danger",
    "activity.not_ahead",
    "activity.uninsured",
    "identity_number.checksum",
    "meeting.not_present",
    "notice.too_early",
    "permission.elsewhere",
    "permission.role",
    "points.insufficient",
    "resolution.related_to_executor",
    "resolution.verifier_executes",
    "roster.consent",
    "roster.guardian",
    "roster.other_unit",
    "roster.repeated",
    "roster.sex",
    "service.in_future",
    "service.late",
    "service.longer_than_presence",
    "service.not_signed_up",
    "service.outside_activity",
    "service.overlap",
    "service.self_approved",
    "service.self_attested",
    "squad.too_few",
    "squad.too_few_party",
    "volunteer.unknown_unit",
];

fn args(data: &std::path::Path, until: jiff::civil::Date) -> Args {
    Args { data: data.to_owned(), volunteers: 120, seed: 1, no_serve: true, until: Some(until) }
}

async fn played(until: jiff::civil::Date) -> Summary {
    let folder = tempfile::tempdir().unwrap();
    let summary = play(&args(folder.path(), until), |_| {}).await.unwrap();
    // Numbers of people are drawn by the vault.
    let odd = summary.odd.into_iter().map(|odd| Odd { about: String::new(), ..odd }).collect();
    Summary { data: "demo".into(), tokens: Vec::new(), odd, ..summary }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_year_holds_every_refusal_and_every_turn_of_the_story() {
    let (summary, again) = tokio::join!(played(date(2022, 5, 31)), played(date(2022, 5, 31)));
    assert_eq!(summary, again, "the same seed tells the same story");
    for code in PLANTED {
        assert!(summary.refusals.contains_key(code), "{code} is missing in {:?}", summary.refusals);
    }
    assert_eq!(summary.count("VolunteerRegistered"), 120);
    assert!(summary.stars_fallen > 0, "no star went down");
    let told = [
        "BackfillApproved",
        "DisputeDismissed",
        "ServiceCorrected",
        "ServiceVoided",
        "ActivityCancelled",
        "SignUpCancelled",
        "CheckedOut",
        "ParticipantsInsured",
        "PointsRedeemed",
        "RedemptionCancelled",
        "PointsReversed",
        "StarChanged",
        "StarProposalEnded",
        "ObjectionAnswered",
        "TierChanged",
        "VolunteerWithdrawn",
        "AnswerOverdue",
        "IssueMerged",
        "IssueRejected",
        "IssueRoutedOut",
        "IssueRoutingReceived",
        "IssueRoutingReplied",
        "IssueRoutingOverdue",
        "IssueRatified",
        "IssueSettled",
        "IssueReopened",
        "RatificationMissed",
        "MeetingMissed",
        "MeetingBackfillApproved",
        "ResolutionBackfillApproved",
        "ResolutionCorrected",
        "ResolutionObjectionOverdue",
        "ResolutionObjectionEscalated",
        "ResolutionReopened",
        "ExecutionExtended",
        "ExecutionOverdue",
        "CompletionReturned",
        "CompletionPublicised",
        "StationHouseholdsStated",
        "BallotsHandedOut",
        "SurveyClosed",
    ];
    for kind in told {
        assert!(summary.count(kind) > 0, "no {kind} in {:?}", summary.facts);
    }
    let mut odd: Vec<_> = summary.odd.iter().map(|odd| (odd.part, odd.code)).collect();
    odd.sort_unstable();
    let expected = [
        ("access", "access.no_purpose"),
        ("access", "access.purpose_does_not_fit"),
        ("hours", "hours.day_too_long"),
        ("hours", "hours.one_desk"),
        ("points", "points.unexplained"),
        ("points", "star.unexplained"),
        ("squads", "squad.complete_by_late_consent"),
        ("squads", "squad.headcount_lowered"),
        ("supervision", "supervision.judged_at_once"),
        ("supervision", "supervision.shared_account"),
        ("surveys", "survey.codes_with_village"),
    ];
    assert_eq!(odd, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_planted_in_the_villages_is_found_when_its_time_is_over() {
    let summary = played(date(2022, 5, 31)).await;
    let found: Vec<_> =
        summary.planted.iter().filter_map(|it| it.code_on(date(2022, 5, 31))).collect();
    for code in [
        "decision.claim_unverified",
        "decision.counted_early",
        "decision.execution_overdue",
        "decision.not_assigned",
        "decision.not_publicised",
        "decision.objection_unanswered",
        "expedited.not_ratified",
    ] {
        assert_eq!(found.iter().filter(|it| **it == code).count(), 1, "{code} in {found:?}");
    }
    let mended = summary.planted.len() - found.len();
    assert_eq!(mended, 8, "{:?}", summary.planted);
    let told = summary.to_string();
    for Planted { stream, .. } in &summary.planted {
        assert!(told.contains(stream), "{stream} is missing in {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn november_ends_in_time_late_or_not_at_all() {
    let summary = played(date(2021, 12, 20)).await;
    let ends: Vec<_> = summary.squads.iter().map(|squad| squad.completed_late).collect();
    for end in [Some(false), Some(true), None] {
        assert!(ends.contains(&end), "{end:?} is missing in {ends:?}");
    }
    assert!(summary.squads.iter().any(|squad| squad.reported_late == Some(true)));
    assert!(summary.squads.iter().any(|squad| squad.reported_late.is_none()));
}

#[tokio::test]
async fn a_folder_with_a_log_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join(files::LOG);
    std::fs::write(&log, "somebody's log").unwrap();
    let refused = play(&args(folder.path(), date(2021, 11, 10)), |_| {}).await.unwrap_err();
    assert!(matches!(refused, DemoError::NotEmpty { .. }));
    assert!(refused.to_string().contains("yuanfa serve --data"));
    assert_eq!(std::fs::read(&log).unwrap(), b"somebody's log");
}
