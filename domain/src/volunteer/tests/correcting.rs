//! 更正: personal data, what was declared, and identity numbers.

use super::*;
use crate::service::Recorder;
use crate::testing::actor;
use crate::{Actor, Role};

fn corrected(items: &[PersonalItem], sealed: u8) -> PersonalDataCorrected {
    PersonalDataCorrected {
        items: items.to_vec(),
        guardian_consent: false,
        reason: text("更换号码"),
        sealed: digest(sealed),
    }
}

fn correct(corrected: PersonalDataCorrected, age_group: AgeGroup) -> Command {
    Command::CorrectPersonalData { corrected, age_group }
}

fn status(to: PoliticalStatus, since: &str) -> Command {
    Command::ChangePoliticalStatus { to, since: day(since), reason: text("支部大会通过") }
}

fn clerk(id: &str, number: Option<u64>) -> Actor {
    Actor { person: number.map(person), ..actor(Role::UnitAdministrator, id) }
}

fn request() -> Command {
    Command::RequestIdentityCorrection { prepared: digest(9), reason: text("抄错一位") }
}

fn approve(correction: u32) -> Command {
    let (age_group, guardian_consent) = (AgeGroup::Adult, false);
    Command::ApproveIdentityCorrection { correction, age_group, guardian_consent }
}

fn refuse(correction: u32) -> Command {
    Command::RefuseIdentityCorrection { correction, reason: text("与证件不符") }
}

fn requested() -> Scene<Volunteer> {
    volunteer().by(clerk("clerk-1", Some(70))).when(request()).then([
        Event::IdentityCorrectionRequested(IdentityCorrectionRequested {
            correction: 1,
            by: Recorder {
                account: crate::ActorId::new("clerk-1").unwrap(),
                person: Some(person(70)),
            },
            reason: text("抄错一位"),
            replaces: digest(1),
            prepared: digest(9),
        }),
    ])
}

#[test]
fn what_is_corrected_is_said_once_and_kept_as_a_digest() {
    let telephone = corrected(&[PersonalItem::Telephone], 2);
    let scene = volunteer()
        .when(correct(telephone.clone(), AgeGroup::Adult))
        .then([Event::PersonalDataCorrected(telephone.clone())])
        .when(correct(telephone, AgeGroup::Adult))
        .then([])
        .when(correct(corrected(&[], 3), AgeGroup::Adult))
        .then([]);
    assert_eq!(scene.state().sealed(), Some(digest(2)));
}

/// 个人信息保护法 §46: who has withdrawn keeps the right; who is erased has nothing to correct.
#[test]
fn personal_data_is_corrected_as_long_as_there_is_any() {
    let command = correct(corrected(&[PersonalItem::Name], 2), AgeGroup::Adult);
    volunteer().when(withdraw()).granted().when(command.clone()).granted();
    given::<Volunteer>([registered(), Event::PersonalDataErased(erased())])
        .when(command.clone())
        .refused("volunteer.erased");
    given::<Volunteer>([]).when(command).refused("volunteer.unregistered");
}

#[test]
fn a_minor_does_not_lose_the_guardian_by_a_correction() {
    let without = corrected(&[PersonalItem::Guardian], 2);
    let with = PersonalDataCorrected { guardian_consent: true, ..without.clone() };
    volunteer()
        .when(correct(without.clone(), AgeGroup::Minor))
        .refused("volunteer.minor_without_guardian")
        .when(correct(with, AgeGroup::Minor))
        .granted();
    volunteer().when(correct(without, AgeGroup::Adult)).granted();
}

/// Whose name changed is compared with the register anew.
#[test]
fn a_real_name_match_does_not_outlive_the_name() {
    let matched = || Command::MatchRealName(RealNameMatched { roster: text("名册一") });
    for (item, again) in [(PersonalItem::Name, 1), (PersonalItem::Telephone, 0)] {
        let (_, facts) = volunteer()
            .when(matched())
            .granted()
            .when(correct(corrected(&[item], 2), AgeGroup::Adult))
            .granted()
            .when(matched())
            .whatever();
        assert_eq!(facts.len(), again, "{item:?}");
    }
}

#[test]
fn a_political_status_changes_from_a_day_on() {
    let changed = PoliticalStatusChanged {
        from: PoliticalStatus::Activist,
        to: PoliticalStatus::Masses,
        since: day("2021-11-30"),
        reason: text("支部大会通过"),
    };
    let scene = volunteer()
        .when(status(PoliticalStatus::Masses, "2021-12-01"))
        .refused("volunteer.since_in_future")
        .when(status(PoliticalStatus::Masses, "2021-11-30"))
        .then([Event::PoliticalStatusChanged(changed)])
        .when(status(PoliticalStatus::Masses, "2021-11-01"))
        .then([]);
    assert!(!scene.state().applicant(person(1)).unwrap().party);
}

#[test]
fn categories_change_only_when_they_differ() {
    let to =
        |kind, recruitment| CategoriesChanged { kind, recruitment, reason: text("考核合格") };
    let professional = to(Kind::Professional, Recruitment::LongTerm);
    let scene = volunteer()
        .when(Command::ChangeCategories(to(Kind::Registered, Recruitment::LongTerm)))
        .then([])
        .when(Command::ChangeCategories(professional.clone()))
        .then([Event::CategoriesChanged(professional)]);
    let (kind, recruitment, ..) = scene.state().declared().unwrap();
    assert_eq!((kind, recruitment), (Kind::Professional, Recruitment::LongTerm));
}

#[test]
fn an_identity_number_is_corrected_by_a_second_person() {
    let again = requested().when(request()).refused("volunteer.identity_correction_open");
    // The same account, and the same person behind another account.
    again.clone().when(approve(1)).refused("volunteer.second_person");
    let same = again.clone().by(clerk("clerk-2", Some(70)));
    same.when(approve(1)).refused("volunteer.second_person");
    let other = again.by(clerk("clerk-3", Some(71)));
    other.clone().when(approve(2)).refused("volunteer.no_identity_request");
    let (correction, age_group, sealed) = (1, AgeGroup::Adult, digest(9));
    let scene = other
        .when(approve(1))
        .then([Event::IdentityCorrected(IdentityCorrected { correction, age_group, sealed })])
        .when(approve(1))
        .refused("volunteer.no_identity_request");
    assert_eq!(scene.state().sealed(), Some(digest(9)));
    assert!(scene.state().identity_request().is_none());
}

#[test]
fn a_request_is_refused_and_another_may_follow() {
    let refused = IdentityCorrectionRefused { correction: 1, reason: text("与证件不符") };
    let scene = requested()
        .when(refuse(1))
        .then([Event::IdentityCorrectionRefused(refused)])
        .when(refuse(1))
        .refused("volunteer.no_identity_request")
        .when(request())
        .granted();
    assert_eq!(scene.state().identity_request().unwrap().correction, 2);
}

#[test]
fn a_request_does_not_undo_what_was_corrected_meanwhile() {
    requested()
        .when(correct(corrected(&[PersonalItem::Telephone], 5), AgeGroup::Adult))
        .granted()
        .by(clerk("clerk-3", None))
        .when(approve(1))
        .refused("volunteer.corrected_since");
}

#[test]
fn whom_the_right_number_makes_a_minor_needs_a_guardian() {
    let approve = |guardian_consent| Command::ApproveIdentityCorrection {
        correction: 1,
        age_group: AgeGroup::Minor,
        guardian_consent,
    };
    let other = requested().by(clerk("clerk-3", None));
    let scene = other.when(approve(false)).refused("volunteer.minor_without_guardian");
    assert!(!scene.when(approve(true)).granted().state().is_of_age());
}

/// Who registers again while the number is being corrected would get round the second person.
#[test]
fn nobody_comes_back_while_a_request_is_open() {
    let back = || Box::new(Registered { consent: consent("2021-11-30"), ..*form("T1") });
    requested()
        .when(withdraw())
        .granted()
        .when(Command::Register(back()))
        .refused("volunteer.identity_correction_open")
        .when(refuse(1))
        .granted()
        .when(Command::Register(back()))
        .granted();
}

#[test]
fn what_lay_ready_for_a_request_is_known_after_the_decision() {
    let scene = requested().when(refuse(1)).granted().when(request()).granted();
    let state = scene.state();
    assert_eq!(
        [0, 1, 2, 3].map(|of| state.prepared_for(of)),
        [None, Some(digest(9)), Some(digest(9)), None]
    );
}
