//! Who may judge a claim (村民委员会组织法 §32).

use super::*;

fn related(number: u64, to: u64) -> Standing {
    Standing { relatives: vec![person(30), person(to)], ..supervisor(number) }
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
