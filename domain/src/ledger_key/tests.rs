use super::*;
use crate::testing::{every_code_is_tested, given, text};

fn key(number: u32) -> Key {
    text(&format!("county.example+0000000{number}+ARj+/key{number}"))
}

fn rotate(old: impl Into<Option<u32>>, new: u32) -> Command {
    Command::Rotate { old: old.into().map(key), new: key(new), reason: text("每年更换") }
}

fn rotated(old: impl Into<Option<u32>>, new: u32) -> Event {
    Event::Rotated(Rotated {
        old: old.into().map(key), new: key(new), reason: text("每年更换")
    })
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "ledger_key");
}

#[test]
fn one_key_follows_another() {
    let keys = given::<LedgerKeys>([])
        .when(rotate(1, 2))
        .then([rotated(1, 2)])
        .when(rotate(2, 3))
        .then([rotated(2, 3)]);
    assert_eq!(keys.state().in_force("county.example"), Some(&key(3)));
    assert_eq!(keys.state().in_force("other.example"), None);
    // Who was interrupted asks again.
    keys.when(rotate(2, 3)).then([]);
}

#[test]
fn only_the_key_in_force_hands_over() {
    let keys = || given::<LedgerKeys>([rotated(1, 2), rotated(2, 3)]);
    keys().when(rotate(2, 4)).refused("ledger_key.not_in_force");
    keys().when(rotate(3, 4)).then([rotated(3, 4)]);
    keys().when(rotate(None, 4)).then([rotated(None, 4)]);
}

#[test]
fn a_key_that_was_in_use_does_not_come_back() {
    given::<LedgerKeys>([]).when(rotate(1, 1)).refused("ledger_key.used_before");
    let keys = || given::<LedgerKeys>([rotated(1, 2), rotated(None, 3)]);
    keys().when(rotate(3, 1)).refused("ledger_key.used_before");
    keys().when(rotate(3, 2)).refused("ledger_key.used_before");
}

#[test]
fn the_ledgers_of_two_nodes_have_a_key_each() {
    let other = |number| -> Key { text(&format!("node-2.example+0000000{number}+ARj")) };
    let change = |old, new| Command::Rotate { old, new, reason: text("启用") };
    let keys = given::<LedgerKeys>([rotated(1, 2)]).when(change(None, other(1))).granted();
    assert_eq!(keys.state().in_force("county.example"), Some(&key(2)));
    assert_eq!(keys.state().all_in_force().count(), 2);
    keys.when(change(Some(key(2)), other(2))).refused("ledger_key.other_ledger");
}
