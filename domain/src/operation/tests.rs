use jiff::civil::{Date, date};

use super::*;
use crate::SealedDigest;
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
        readings: 0,
        numbered: 9,
        reason: text("磁盘损坏,备份无法恢复"),
    };
    let lost = VaultLossAccepted {
        persons: 3,
        readings: 0,
        numbered: Some(9),
        reason: text("磁盘损坏,备份无法恢复"),
    };
    given::<Operation>([]).when(accept(3)).then([Event::VaultLossAccepted(lost)]);
    given::<Operation>([]).when(accept(0)).refused("operation.nothing_lost");
}

const DAY: Date = date(2021, 11, 9);

fn readings(day: Date, after: u64, last: u64) -> ReadingsStated {
    ReadingsStated { day, after, last, readings: last - after, digest: SealedDigest([7; 32]) }
}

#[test]
fn the_readings_of_a_day_are_stated_once_it_is_over() {
    let over = "2021-11-09T16:00:00Z";
    let still = "2021-11-09T15:59:59Z";
    let state = || Command::StateReadings(readings(DAY, 0, 12));
    given::<Operation>([])
        .at(over)
        .when(state())
        .then([Event::ReadingsStated(readings(DAY, 0, 12))]);
    given::<Operation>([]).at(still).when(state()).refused("operation.day_not_over");
    let none = ReadingsStated { readings: 0, ..readings(DAY, 0, 12) };
    given::<Operation>([])
        .at(over)
        .when(Command::StateReadings(none))
        .refused("operation.no_readings");
}

#[test]
fn each_statement_goes_on_where_the_last_one_ended() {
    let now = "2021-11-20T01:00:00Z";
    let before = || Event::ReadingsStated(readings(DAY, 0, 12));
    let next = readings(date(2021, 11, 12), 12, 15);
    given::<Operation>([before()])
        .at(now)
        .when(Command::StateReadings(next.clone()))
        .then([Event::ReadingsStated(next)]);
    // A clock that was set back leaves readings of the same day behind; an earlier day is none.
    let same = readings(DAY, 12, 13);
    given::<Operation>([before()])
        .at(now)
        .when(Command::StateReadings(same.clone()))
        .then([Event::ReadingsStated(same)]);
    for wrong in [
        readings(DAY, 0, 12),
        readings(DAY, 11, 15),
        readings(DAY, 13, 15),
        readings(date(2021, 11, 8), 12, 15),
    ] {
        given::<Operation>([before()])
            .at(now)
            .when(Command::StateReadings(wrong))
            .refused("operation.readings_out_of_order");
    }
}

#[test]
fn after_a_loss_readings_are_stated_from_their_beginning() {
    let now = "2021-11-20T01:00:00Z";
    let accepted = VaultLossAccepted {
        persons: 0,
        readings: 12,
        numbered: Some(12),
        reason: text("由较早的备份恢复"),
    };
    let accept = Command::AcceptVaultLoss {
        persons: 0,
        readings: 12,
        numbered: 12,
        reason: accepted.reason.clone(),
    };
    let before = || Event::ReadingsStated(readings(DAY, 0, 12));
    given::<Operation>([before()]).when(accept).then([Event::VaultLossAccepted(accepted.clone())]);
    let anew = readings(date(2021, 11, 2), 0, 4);
    given::<Operation>([before(), Event::VaultLossAccepted(accepted)])
        .at(now)
        .when(Command::StateReadings(anew.clone()))
        .then([Event::ReadingsStated(anew)]);
}
