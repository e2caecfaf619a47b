//! Who may judge a claim (after 村民委员会组织法 §32).

use super::*;
use crate::meeting::Body;
use crate::station::Relative;

fn related(number: u64, to: u64) -> Standing {
    let near = |one| Relative { person: person(one), until: None };
    Standing { relatives: vec![near(30), near(to)], ..supervisor(number) }
}

/// Both judgements, by the account of this person.
fn judged_by(scene: &Scene<Resolution>, account: Actor, standing: &Standing, refused: &str) {
    for command in [verify(standing.clone()), send_back(standing.clone(), None)] {
        scene.clone().by(account.clone()).when(command).refused(refused);
    }
}

#[test]
fn who_verifies_is_a_known_person_behind_their_own_account() {
    let refused = "resolution.verifier_unknown";
    let nobody = Standing { person: None, ..supervisor(SUPERVISOR) };
    let office = || actor(Role::Supervisor, "supervisor-1");
    judged_by(&claimed(), office(), &nobody, refused);
    judged_by(&claimed(), account(SUPERVISOR), &nobody, refused);
    // Nor does an account lend itself to somebody else.
    judged_by(&claimed(), office(), &supervisor(SUPERVISOR), refused);
    judged_by(&claimed(), account(EXECUTOR), &supervisor(SUPERVISOR), refused);
}

#[test]
fn who_verifies_is_in_office_in_the_supervision_group() {
    let refused = "resolution.not_in_supervision";
    for groups in [vec![], vec![Group::LeadingGroup, Group::Council, Group::PartyBranch]] {
        let standing = Standing { groups, ..supervisor(SUPERVISOR) };
        judged_by(&claimed(), account(SUPERVISOR), &standing, refused);
    }
}

/// It was decided on 2021-11-29.
#[test]
fn nobody_verifies_what_was_decided_while_they_governed() {
    let refused = "resolution.verifier_governed";
    let governed = |until| Standing { governed_until: Some(day(until)), ..supervisor(SUPERVISOR) };
    for until in ["2021-11-29", "2021-12-15"] {
        judged_by(&claimed(), account(SUPERVISOR), &governed(until), refused);
    }
    let scene = claimed().by(account(SUPERVISOR));
    scene.when(verify(governed("2021-11-28"))).then([completion_verified(1, SUPERVISOR)]);
}

#[test]
fn nobody_verifies_what_they_executed() {
    let refused = "resolution.verifier_executes";
    judged_by(&claimed(), account(EXECUTOR), &supervisor(EXECUTOR), refused);
    let passed_on =
        executing().when(assign(4, "2021-12-20")).granted().by(account(4)).when(claim()).granted();
    let refused = "resolution.verifier_executed";
    judged_by(&passed_on, account(EXECUTOR), &supervisor(EXECUTOR), refused);
}

#[test]
fn nobody_verifies_what_they_voted_on() {
    for voter in VOTERS {
        let refused = "resolution.verifier_voted";
        judged_by(&claimed(), account(voter), &supervisor(voter), refused);
    }
}

#[test]
fn nobody_verifies_for_a_near_relative() {
    let refused = "resolution.related_to_executor";
    let standing = related(SUPERVISOR, EXECUTOR);
    judged_by(&claimed(), account(SUPERVISOR), &standing, refused);
    let passed_on =
        executing().when(assign(4, "2021-12-20")).granted().by(account(4)).when(claim()).granted();
    judged_by(&passed_on, account(SUPERVISOR), &standing, refused);
    for voter in VOTERS {
        let refused = "resolution.related_to_voter";
        judged_by(&claimed(), account(SUPERVISOR), &related(SUPERVISOR, voter), refused);
    }
}

#[test]
fn a_relative_of_somebody_else_may() {
    let scene = claimed().by(account(SUPERVISOR));
    scene.when(verify(related(SUPERVISOR, 31))).then([completion_verified(1, SUPERVISOR)]);
}

/// The claim of a decision of this body, with 1 for it and 2 against it; in secret where nobody is said to be for it.
fn claimed_of(body: Option<Body>, in_favour: Option<&[u64]>) -> Scene<Resolution> {
    let in_favour = in_favour.map(|people| people.iter().map(|one| person(*one)).collect());
    let adopted = Event::Adopted(Box::new(Adopted { body, in_favour, ..*the_adopted() }));
    let closed = Event::NoticeClosed(NoticeClosed { period: 1 });
    given([adopted, publicised(1, "2021-11-30", "2021-12-07"), closed])
        .at("2021-12-10T12:00:00+08:00")
        .when(assign(EXECUTOR, "2021-12-20"))
        .granted()
        .by(account(EXECUTOR))
        .when(claim())
        .granted()
}

/// Decider means who voted for it in the council; all who voted, where that was secret or is not told; nobody
/// after everybody, or their representatives, were asked.
#[test]
fn who_decided_is_told_by_the_body_and_the_votes() {
    let (council, open) = (Some(Body::Council), Some(&[1][..]));
    let cases = [
        (None, None, [true, true]),
        (None, open, [true, true]),
        (council, open, [true, false]),
        (council, None, [true, true]),
        (Some(Body::Representatives), None, [false, false]),
        (Some(Body::Villagers), None, [false, false]),
        (Some(Body::Owners), open, [false, false]),
    ];
    for (body, in_favour, excluded) in cases {
        let scene = claimed_of(body, in_favour);
        for (voter, excluded) in [1, 2].into_iter().zip(excluded) {
            if excluded {
                let refused = "resolution.verifier_voted";
                judged_by(&scene, account(voter), &supervisor(voter), refused);
                let refused = "resolution.related_to_voter";
                judged_by(&scene, account(SUPERVISOR), &related(SUPERVISOR, voter), refused);
            } else {
                let scene = scene.clone().by(account(voter)).at("2021-12-15T12:00:00+08:00");
                scene.when(verify(supervisor(voter))).then([completion_verified(1, voter)]);
            }
        }
    }
}

/// It was decided on 2021-11-29: a tie that ended before it excludes nobody.
#[test]
fn a_tie_counts_that_held_on_the_day_of_the_decision_or_later() {
    let until = |last| {
        let ended = Relative { person: person(EXECUTOR), until: Some(day(last)) };
        Standing { relatives: vec![ended], ..supervisor(SUPERVISOR) }
    };
    let refused = "resolution.related_to_executor";
    judged_by(&claimed(), account(SUPERVISOR), &until("2021-11-29"), refused);
    let scene = claimed().by(account(SUPERVISOR));
    scene.when(verify(until("2021-11-28"))).then([completion_verified(1, SUPERVISOR)]);
}

/// After 村民委员会组织法 §32. What was adopted before bodies were told of is judged as it was then.
#[test]
fn no_near_relative_of_who_governs_verifies() {
    let kin = |until| Standing { kin_governed_until: Some(day(until)), ..supervisor(SUPERVISOR) };
    let now = claimed_of(Some(Body::Representatives), None);
    let refused = "resolution.related_to_governing";
    judged_by(&now, account(SUPERVISOR), &kin("2021-11-29"), refused);
    for (scene, until) in [(now, "2021-11-28"), (claimed(), "2021-12-15")] {
        let scene = scene.by(account(SUPERVISOR)).at("2021-12-15T12:00:00+08:00");
        scene.when(verify(kin(until))).then([completion_verified(1, SUPERVISOR)]);
    }
}
