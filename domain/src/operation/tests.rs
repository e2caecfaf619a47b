use super::*;
use crate::testing::{every_code_is_tested, given, text};

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "operation");
}

#[test]
fn a_clock_is_confirmed_with_the_last_moment_that_is_known() {
    let last_ran = "2021-11-12T01:00:00Z".parse().ok();
    let reason = text("停机四十天,已核对");
    given::<Operation>([])
        .when(Command::ConfirmClock { last_ran, reason: reason.clone() })
        .then([Event::ClockConfirmed(ClockConfirmed { last_ran, reason })]);
}

#[test]
fn a_loss_is_accepted_with_the_number_of_persons_and_none_is_none() {
    let accept = |persons| Command::AcceptVaultLoss {
        persons,
        reason: text("磁盘损坏,备份无法恢复"),
    };
    let lost = VaultLossAccepted { persons: 3, reason: text("磁盘损坏,备份无法恢复") };
    given::<Operation>([]).when(accept(3)).then([Event::VaultLossAccepted(lost)]);
    given::<Operation>([]).when(accept(0)).refused("operation.nothing_lost");
}
