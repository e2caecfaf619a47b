//! 认定、异议、作废: nobody certifies himself, and only what was attested counts.

use super::*;

#[test]
fn recorder_attester_and_volunteer_are_three_people() {
    let same_account = Actor { person: None, ..recorder() };
    let same_person = Actor { person: Some(person(50)), ..actor(Role::Attester, "attester-2") };
    let the_volunteer = Actor { person: Some(person(SERVED)), ..actor(Role::Attester, "a-3") };
    for (one, may) in
        [(same_account, false), (same_person, false), (the_volunteer, false), (attester(), true)]
    {
        let disputed = one_record().when(dispute(1)).granted().by(one.clone());
        let fresh = one_record().by(one).when(attest(1));
        if may {
            fresh.then([attested(1, 1, 120, 120)]);
            disputed.when(dismiss(1)).granted();
        } else {
            fresh.refused("service.self_attested");
            disputed.when(dismiss(1)).refused("service.self_dismissed");
        }
    }
    // Two accounts of which neither names a person are still two accounts.
    given::<Service>([])
        .by(actor(Role::Recorder, "recorder-2"))
        .when(Command::Record(whole()))
        .granted()
        .by(actor(Role::Attester, "attester-2"))
        .when(attest(1))
        .granted();
}

#[test]
fn a_record_is_attested_once_with_a_rating_of_one_to_five() {
    let rated = |rating| Command::Attest { record: 1, rating: Some(rating) };
    let scene = one_record().by(attester());
    scene.clone().when(rated(0)).refused("service.rating");
    scene.clone().when(rated(6)).refused("service.rating");
    scene.clone().when(rated(1)).granted();
    scene.when(rated(5)).granted().when(attest(1)).refused("service.already_attested");
}

#[test]
fn nothing_happens_to_a_record_that_does_not_exist() {
    for number in [0, 2, u32::MAX] {
        for command in [
            attest(number),
            dispute(number),
            dismiss(number),
            correct(number, whole()),
            void(number),
            Command::ApproveBackfill { record: number },
        ] {
            one_record().when(command).refused("service.unknown_record");
        }
    }
}

#[test]
fn a_dispute_stops_the_attestation_until_it_is_settled() {
    let disputed = one_record()
        .when(dismiss(1))
        .refused("service.not_disputed")
        .when(dispute(1))
        .then([Event::Disputed(Disputed {
            record: 1,
            reason: text("时长有误"),
            by: Some(Recorder::of(&recorder())),
        })])
        .when(dispute(1))
        .refused("service.already_disputed")
        .by(attester())
        .when(attest(1))
        .refused("service.under_dispute");
    let dismissed = DisputeDismissed { record: 1, reason: text("经查无误") };
    disputed
        .clone()
        .when(dismiss(1))
        .then([Event::DisputeDismissed(dismissed)])
        .when(attest(1))
        .granted();
    disputed
        .by(recorder())
        .when(correct(1, report("09:00", "10:00", 60)))
        .granted()
        .by(attester())
        .when(attest(1))
        .then([attested(1, 2, 60, 60)]);
}

#[test]
fn a_voided_record_counts_no_more_and_stays_voided() {
    let voided = |withdrawn: u32, total: u32| {
        let (withdrawn, total) = (Minutes(withdrawn), Minutes(total));
        Event::Voided(Voided {
            record: 1, revision: 1, reason: text("重复记录"), withdrawn, total
        })
    };
    one_record().when(void(1)).then([voided(0, 0)]);
    let after = one_record()
        .by(attester())
        .when(attest(1))
        .granted()
        .when(dispute(1))
        .granted()
        .when(void(1))
        .then([voided(120, 0)]);
    for command in [attest(1), dispute(1), void(1), correct(1, whole())] {
        after.clone().when(command).refused("service.voided");
    }
    after.clone().when(dismiss(1)).refused("service.not_disputed");
    assert_eq!(after.state().attested(), Minutes(0));
}

/// Nobody dismisses a dispute of their own: not who filed it, nor who attested what it is about.
#[test]
fn who_disputes_or_attested_does_not_dismiss() {
    let disputant = || actor(Role::Supervisor, "supervisor-1");
    let scene = one_record().by(attester()).when(attest(1)).granted();
    let scene = scene.by(disputant()).when(dispute(1)).granted();
    for one in [disputant(), attester()] {
        scene.clone().by(one).when(dismiss(1)).refused("service.self_dismissed");
    }
    scene.by(actor(Role::CountyOffice, "office")).when(dismiss(1)).granted();
    // What was stored before events said who did it is dismissed as it was.
    let told = [
        recorded(1, &whole()),
        unsigned(attested(1, 1, 120, 120)),
        Event::Disputed(Disputed { record: 1, reason: text("时长有误"), by: None }),
    ];
    given::<Service>(told).by(attester()).when(dismiss(1)).granted();
}

fn unsigned(attested: Event) -> Event {
    let Event::Attested(attested) = attested else { panic!("{attested:?}") };
    Event::Attested(Attested { attester: None, ..attested })
}
