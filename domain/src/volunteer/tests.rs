#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{
    Scene, code, consent, day, digest, every_code_is_tested, given, person, says, text,
};

fn form(unit: &str) -> Box<Registered> {
    Box::new(Registered {
        unit: code(unit),
        kind: Kind::Registered,
        recruitment: Recruitment::LongTerm,
        political_status: PoliticalStatus::Activist,
        age_group: AgeGroup::Adult,
        skills: vec![text("调解")],
        consent: consent("2021-11-20"),
        guardian_consent: false,
        sealed: digest(1),
    })
}

fn registered() -> Event {
    Event::Registered(form("T1"))
}

fn volunteer() -> Scene<Volunteer> {
    given([registered()])
}

fn suspend() -> Command {
    Command::Suspend(Suspended { reason: text("待核实") })
}

fn resume() -> Command {
    Command::Resume(Resumed { reason: text("已核实") })
}

fn withdraw() -> Command {
    Command::Withdraw { reason: text("迁居") }
}

fn erased() -> PersonalDataErased {
    PersonalDataErased {
        reason: text("本人申请"), legal_basis: text("个人信息保护法 §47")
    }
}

/// Everything that may be asked of somebody who is a volunteer already.
fn everything() -> Vec<Command> {
    vec![
        Command::MatchRealName(RealNameMatched { roster: text("名册一") }),
        Command::RefuseRealName(RealNameRefused {
            roster: text("名册一"),
            reason: text("姓名不符"),
        }),
        Command::ChangeTier(TierChanged { tier: Tier::KeyManager, reason: text("培训合格") }),
        Command::DeclareSkills(SkillsDeclared { skills: vec![] }),
        Command::Move { to: code("T2"), reason: text("调动") },
        Command::ChangePoliticalStatus {
            to: PoliticalStatus::PartyMember,
            since: day("2021-11-30"),
            reason: text("转正"),
        },
        Command::ChangeCategories(CategoriesChanged {
            kind: Kind::Professional,
            recruitment: Recruitment::Reserve,
            reason: text("考核合格"),
        }),
        Command::ReviewStar { volunteer: person(1), attested: Minutes(6_000) },
        Command::SettleStar { proposal: 1, upheld: false },
        suspend(),
        resume(),
        withdraw(),
    ]
}

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/correcting.rs"),
        include_str!("tests/returning.rs"),
        include_str!("tests/star.rs"),
    );
    every_code_is_tested(include_str!("mod.rs"), tests, "volunteer");
}

mod correcting;
mod returning;
mod star;

#[test]
fn one_person_registers_once() {
    let scene = given::<Volunteer>([])
        .when(Command::Register(form("T1")))
        .then([registered()])
        .when(Command::Register(form("T2")))
        .refused("volunteer.already_registered");
    assert!(scene.state().may_serve() && scene.state().is_of_age());
    let applicant = scene.state().applicant(person(1)).unwrap();
    assert!(applicant.party && applicant.may_serve && applicant.unit == code("T1"));
}

#[test]
fn a_volunteer_belongs_to_a_unit_that_acts() {
    for (unit, refusal) in [("NONE", "volunteer.unknown_unit"), ("OLD", "volunteer.ended_unit")] {
        given::<Volunteer>([]).when(Command::Register(form(unit))).refused(refusal);
        let to = Command::Move { to: code(unit), reason: text("调动") };
        volunteer().when(to).refused(refusal);
    }
}

/// After 民法典 §19–20; the age group turns on the eighteenth birthday.
#[test]
fn a_minor_registers_with_a_guardian() {
    let birth = day("2003-12-01");
    for (today, guardian, granted) in
        [("2021-11-30", false, false), ("2021-11-30", true, true), ("2021-12-01", false, true)]
    {
        let mut form = form("T1");
        form.age_group = AgeGroup::on(birth, day(today));
        form.guardian_consent = guardian;
        let minor = form.age_group == AgeGroup::Minor;
        let answer = given::<Volunteer>([])
            .at(&format!("{today}T12:00:00+08:00"))
            .when(Command::Register(form));
        if granted {
            assert_eq!(answer.granted().state().is_of_age(), !minor);
        } else {
            answer.refused("volunteer.minor_without_guardian");
        }
    }
}

#[test]
fn consent_is_given_and_not_ahead_of_time() {
    says(&Rejection::NoConsent {}, "volunteer.no_consent");
    let mut form = form("T1");
    form.consent = consent("2021-12-01");
    let ahead = Command::Register(form.clone());
    form.consent = crate::squad::Consent { form: text("待补"), ..consent("2021-11-20") };
    given::<Volunteer>([]).when(Command::Register(form)).refused("volunteer.no_consent");
    given::<Volunteer>([]).when(ahead.clone()).refused("volunteer.consent_in_future");
    given::<Volunteer>([]).at("2021-12-01T00:00:00+08:00").when(ahead).granted();
}

#[test]
fn a_word_of_nothing_is_no_skill() {
    let declare = |skills: &[&str]| {
        let skills = skills.iter().map(|skill| text(skill)).collect();
        Command::DeclareSkills(SkillsDeclared { skills })
    };
    for word in ["暂无", "N/A", "（无）", "无特长"] {
        volunteer().when(declare(&["调解", word])).refused("volunteer.no_skill");
        let mut form = form("T1");
        form.skills = vec![text(word)];
        given::<Volunteer>([]).when(Command::Register(form)).refused("volunteer.no_skill");
    }
    volunteer().when(declare(&["无人机操作"])).granted();
}

#[test]
fn twenty_skills_are_enough() {
    let skills = |count: usize| vec![text("调解"); count];
    let declare = |count| Command::DeclareSkills(SkillsDeclared { skills: skills(count) });
    let mut form = form("T1");
    form.skills = skills(21);
    given::<Volunteer>([]).when(Command::Register(form)).refused("volunteer.too_many_skills");
    volunteer()
        .when(declare(1))
        .then([])
        .when(declare(20))
        .then([Event::SkillsDeclared(SkillsDeclared { skills: skills(20) })])
        .when(declare(21))
        .refused("volunteer.too_many_skills");
}

#[test]
fn a_real_name_is_matched_once_and_may_be_refused_later() {
    let matched = RealNameMatched { roster: text("名册一") };
    let refused = RealNameRefused { roster: text("名册二"), reason: text("姓名不符") };
    volunteer()
        .when(Command::MatchRealName(matched.clone()))
        .then([Event::RealNameMatched(matched.clone())])
        .when(Command::MatchRealName(matched.clone()))
        .then([])
        .when(Command::RefuseRealName(refused.clone()))
        .then([Event::RealNameRefused(refused.clone())])
        .when(Command::RefuseRealName(refused))
        .then([])
        .when(Command::MatchRealName(matched.clone()))
        .then([Event::RealNameMatched(matched.clone())]);
    // Who comes back says anew what they are called.
    let withdrawn = Event::Withdrawn(Withdrawn { reason: text("毕业离开"), on: None });
    let back = Event::Returned(form("T1"));
    let known = Event::RealNameMatched(matched.clone());
    given::<Volunteer>([Event::Registered(form("T1")), known, withdrawn, back])
        .when(Command::MatchRealName(matched.clone()))
        .then([Event::RealNameMatched(matched)]);
}

#[test]
fn tier_and_unit_change_only_when_they_differ() {
    let tier = TierChanged { tier: Tier::KeyProfessional, reason: text("考核合格") };
    let to = |to: &str| Command::Move { to: code(to), reason: text("调动") };
    let moved = Moved { from: code("T1"), to: code("T2"), reason: text("调动") };
    let scene = volunteer()
        .when(Command::ChangeTier(tier.clone()))
        .then([Event::TierChanged(tier.clone())])
        .when(Command::ChangeTier(tier))
        .then([])
        .when(to("T1"))
        .then([])
        .when(to("T2"))
        .then([Event::Moved(moved)]);
    assert_eq!(scene.state().unit(), Some(&code("T2")));
    assert_eq!(scene.state().applicant(person(1)).unwrap().unit, code("T2"));
}

#[test]
fn who_is_suspended_may_not_serve_until_resumed() {
    let suspended = volunteer()
        .when(resume())
        .refused("volunteer.not_suspended")
        .when(suspend())
        .granted()
        .when(suspend())
        .refused("volunteer.suspended");
    assert!(!suspended.state().may_serve());
    assert!(suspended.when(resume()).granted().state().may_serve());
}

#[test]
fn nothing_is_asked_of_who_is_no_volunteer_or_no_more() {
    let withdrawn = Event::Withdrawn(Withdrawn { reason: text("迁居"), on: None });
    for command in everything() {
        given::<Volunteer>([]).when(command.clone()).refused("volunteer.unregistered");
        given::<Volunteer>([registered(), withdrawn.clone()])
            .when(command.clone())
            .refused("volunteer.withdrawn");
        given::<Volunteer>([registered(), Event::PersonalDataErased(erased())])
            .when(command)
            .refused("volunteer.erased");
    }
    let nobody = Volunteer::default().applicant(person(1)).unwrap_err();
    says(&nobody, "volunteer.unregistered");
}

/// 个人信息保护法 §47: also who has withdrawn can have the personal data erased, once.
#[test]
fn personal_data_is_erased_once() {
    let erase = || Command::ErasePersonalData(erased());
    let scene = volunteer()
        .when(withdraw())
        .granted()
        .when(erase())
        .then([Event::PersonalDataErased(erased())])
        .when(erase())
        .then([])
        .when(Command::Register(form("T1")))
        .refused("volunteer.erased");
    assert!(!scene.state().may_serve());
}

/// Askers, objectors and members have a number too, and the same right.
#[test]
fn whoever_never_registered_can_be_erased_too() {
    let erase = || Command::ErasePersonalData(erased());
    given::<Volunteer>([])
        .when(erase())
        .then([Event::PersonalDataErased(erased())])
        .when(erase())
        .then([])
        .when(Command::Register(form("T1")))
        .refused("volunteer.erased");
}
