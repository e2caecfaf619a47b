use super::*;
use crate::Role::System;
use crate::testing::{actor, code, county, every_code_is_tested, person, says};
use crate::{Actor, PersonId};

const READING: [Act; 14] = [
    A::ReadPersonalData,
    A::SearchPeople,
    A::ReadReadings,
    A::ReadUnits,
    A::ReadBulletins,
    A::ReadComparisons,
    A::ReadVolunteers,
    A::ReadAccessLog,
    A::ReadEvidence,
    A::ReadDeliberation,
    A::ReadAsker,
    A::ReadObjector,
    A::ReadReports,
    A::ReadAccounts,
];

/// Every act that changes something, and the letters of the roles that may: County office, unit
/// administrator (M), Recorder, Attester, Supervisor, Volunteer, Leading group, councillor (K),
/// Party branch, Grid worker, legal adviser (J), resident without an account (N).
const CHANGING: [(Act, &str); 75] = [
    (A::AdoptRulebook, "C"),
    (A::AdoptHolidays, "C"),
    (A::ManageCampaign, "C"),
    (A::RotateLedgerKey, "C"),
    (A::StateOperation, "C"),
    (A::RegisterUnit, "C"),
    (A::DeclareHeadcount, "CM"),
    (A::AssignQuota, "C"),
    (A::AttributeUnit, "C"),
    (A::ReportAdministrator, "CM"),
    (A::SucceedUnit, "C"),
    (A::StatePopulation, "C"),
    (A::CorrectUnit, "C"),
    (A::ApplyForSquad, "CM"),
    (A::ApproveSquad, "C"),
    (A::ManageMembers, "CM"),
    (A::CompleteSquad, "CM"),
    (A::RegisterVolunteer, "CM"),
    (A::MatchRealName, "C"),
    (A::PublishBulletin, "C"),
    (A::ChangeTier, "CM"),
    (A::DeclareSkills, "CMV"),
    (A::ChangeDeclaration, "CM"),
    (A::CorrectPersonalData, "CMV"),
    (A::RequestIdentityCorrection, "CMV"),
    (A::DecideIdentityCorrection, "CM"),
    (A::MoveVolunteer, "CM"),
    (A::SuspendVolunteer, "CM"),
    (A::WithdrawVolunteer, "CMV"),
    (A::ErasePersonalData, "C"),
    (A::ChoosePurpose, "CMLGV"),
    (A::ManageActivity, "CMA"),
    (A::SignUp, "CMRAV"),
    (A::CheckIn, "CMRAV"),
    (A::RecordService, "CMR"),
    (A::ApproveBackfill, "CM"),
    (A::AttestService, "CMA"),
    (A::DisputeService, "CMRASV"),
    (A::SettleDispute, "CM"),
    (A::RedeemPoints, "CMV"),
    (A::CancelRedemption, "CM"),
    (A::PublishNotice, "C"),
    (A::PostNotice, "CML"),
    (A::FileObjection, "CMRASVLKPGN"),
    (A::AnswerObjection, "CM"),
    (A::CloseNotice, "C"),
    (A::OpenStation, "CM"),
    (A::StateHouseholds, "CM"),
    (A::ManageStation, "CML"),
    (A::RecordElection, "CMR"),
    (A::AppointMember, "CM"),
    (A::DeclareRelatives, "CMLKGSPV"),
    (A::RegisterIssue, "CMLKGSV"),
    (A::RegisterIssueOnline, "N"),
    (A::AnswerIssue, "CMLKG"),
    (A::TriageIssue, "CML"),
    (A::TakeStep, "CMLP"),
    (A::ReplyRouting, "CML"),
    (A::ConveneMeeting, "CML"),
    (A::RecordMeeting, "LKR"),
    (A::GiveOpinion, "LKJ"),
    (A::ManageResolution, "CML"),
    (A::FileResolutionObjection, "N"),
    (A::EscalateObjection, "N"),
    (A::AnswerResolutionObjection, "CML"),
    (A::ExecuteResolution, "MLKGV"),
    (A::VerifyCompletion, "S"),
    (A::InformBranch, "SP"),
    (A::InformMeeting, "LS"),
    (A::ReopenResolution, "CMLSP"),
    (A::ManageSurvey, "CMS"),
    (A::IssueBallots, "CM"),
    (A::ReplySurvey, "N"),
    (A::KeepEvidence, "CMLKGSPRV"),
    (A::RevokeAccount, "CM"),
];

fn letter(role: Role) -> char {
    match role {
        CountyOffice => 'C',
        UnitAdministrator => 'M',
        Recorder => 'R',
        Attester => 'A',
        Supervisor => 'S',
        Volunteer => 'V',
        LeadingGroup => 'L',
        Councillor => 'K',
        LegalAdviser => 'J',
        PartyBranch => 'P',
        GridWorker => 'G',
        Auditor => 'U',
        CountyLeader => 'H',
        Resident => 'N',
        System => 'Y',
    }
}

#[test]
fn every_refusal_is_tested() {
    let tests = include_str!("tests.rs");
    every_code_is_tested(include_str!("check.rs"), tests, "permission");
}

#[test]
fn each_act_is_for_the_roles_of_the_table_and_for_no_other() {
    for (act, roles) in CHANGING.into_iter().chain([(A::Import, "CM")]) {
        for role in Role::FOR_TOKENS.into_iter().chain([Resident]) {
            assert_eq!(
                scope(role, act).is_some(),
                roles.contains(letter(role)),
                "{role:?} {act:?}"
            );
        }
        assert_eq!(scope(System, act), Some(County));
    }
}

#[test]
fn the_auditor_changes_nothing_and_sees_no_personal_data() {
    for (act, _) in CHANGING {
        assert_eq!(scope(Auditor, act), None, "{act:?}");
    }
    for act in READING {
        let personal =
            matches!(act, A::ReadPersonalData | A::SearchPeople | A::ReadAsker | A::ReadObjector);
        let seen = if personal { None } else { Some(County) };
        assert_eq!(scope(Auditor, act), seen, "{act:?}");
    }
}

#[test]
fn a_county_leader_reads_figures_and_neither_writes_nor_sees_people() {
    let read: Vec<_> =
        Act::ALL.iter().filter_map(|act| Some((*act, scope(CountyLeader, *act)?))).collect();
    assert_eq!(
        read,
        [(A::ReadUnits, County), (A::ReadBulletins, County), (A::ReadReports, County)]
    );
}

#[test]
fn a_legal_adviser_gives_opinions_and_reads_what_they_are_about() {
    let may: Vec<_> =
        Act::ALL.iter().filter_map(|act| Some((*act, scope(LegalAdviser, *act)?))).collect();
    assert_eq!(may, [(A::GiveOpinion, Subtree), (A::ReadDeliberation, Subtree)]);
}

#[test]
fn an_account_is_told_all_that_it_may_and_where() {
    let mut recorder = actor(Recorder, "r-1");
    let of = |actor: &Actor, act| super::of(actor).find(|(one, _)| *one == act);
    assert_eq!(of(&recorder, A::RecordService), Some((A::RecordService, County)));
    recorder.unit = Some(code("T1"));
    assert_eq!(of(&recorder, A::RecordService), Some((A::RecordService, Subtree)));
    assert_eq!(of(&recorder, A::AttestService), None);
    let volunteer = Actor { unit: None, ..actor(Volunteer, "v-1") };
    assert_eq!(of(&volunteer, A::RedeemPoints), Some((A::RedeemPoints, Own)));
    assert_eq!(serde_json::to_value(A::RecordService).unwrap_or_default(), "record_service");
}

#[test]
fn every_act_is_either_reading_or_changing() {
    let listed: Vec<Act> =
        READING.into_iter().chain(CHANGING.map(|(act, _)| act)).chain([A::Import]).collect();
    let missing: Vec<_> = Act::ALL.iter().filter(|act| !listed.contains(act)).collect();
    assert_eq!(missing, [] as [&Act; 0]);
}

#[test]
fn a_unit_s_accounts_act_below_their_unit_only() {
    let units = county();
    let administrator =
        |unit: &str| Actor { unit: Some(code(unit)), ..actor(UnitAdministrator, "admin-1") };
    let may = |unit: &str, target: Option<&str>| {
        let target = target.map(code);
        let target = Target { unit: target.as_ref(), person: None };
        check(&administrator(unit), A::RegisterVolunteer, target, &units)
    };
    for (unit, target) in [("T1", "T1"), ("T1", "V1"), ("T1", "O1"), ("LAW", "O1")] {
        assert_eq!(may(unit, Some(target)), Ok(()), "{unit} {target}");
    }
    for (unit, target) in [("T1", Some("C")), ("T1", Some("T2")), ("V1", Some("T1")), ("T1", None)]
    {
        says(&may(unit, target).err().unwrap_or(Forbidden::NotOwn {}), "permission.elsewhere");
    }
    // An account without a unit acts in the whole county.
    let anywhere = actor(UnitAdministrator, "admin-2");
    assert_eq!(check(&anywhere, A::RegisterVolunteer, Target::default(), &units), Ok(()));
}

#[test]
fn a_volunteer_acts_for_nobody_else() {
    let units = county();
    let volunteer = Actor { person: Some(person(1)), ..actor(Volunteer, "v-1") };
    let nobody = actor(Volunteer, "v-2");
    let redeem = |actor: &Actor, person: Option<PersonId>| {
        check(actor, A::RedeemPoints, Target { unit: None, person }, &units)
    };
    assert_eq!(redeem(&volunteer, Some(person(1))), Ok(()));
    for (actor, target) in [
        (&volunteer, Some(person(2))),
        (&volunteer, None),
        (&nobody, None),
        (&nobody, Some(person(1))),
    ] {
        assert_eq!(redeem(actor, target), Err(Forbidden::NotOwn {}));
    }
    says(&Forbidden::NotOwn {}, "permission.not_own");
}

#[test]
fn a_refused_role_learns_which_roles_may() {
    let refused = check(&actor(Auditor, "u-1"), A::AttestService, Target::default(), &county());
    let refusal = refused.err().unwrap_or(Forbidden::NotOwn {});
    says(&refusal, "permission.role");
    assert_eq!(
        crate::Refusal::en(&refusal),
        "The role auditor may not do this; roles that may: county office, unit administrator, attester."
    );
    assert_eq!(
        crate::Refusal::zh(&refusal),
        "审计员不能办理此事;可办理的角色:县委依法治县办、管理员、证明人。"
    );
}
