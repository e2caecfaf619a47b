use super::*;
use crate::testing::{every_code_is_tested, given, text};

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "import");
}

fn began() -> Began {
    Began { table: Table::Roster, rows: 10_560, unit: None }
}

fn finished() -> Finished {
    Finished { added: 10_000, changed: 500, unchanged: 0, not_taken: 60 }
}

fn undo() -> Command {
    Command::Undo { reason: text("用错了表"), undone: 10_400, stayed: 100 }
}

#[test]
fn an_import_begins_ends_and_is_undone_once() {
    given::<Import>([])
        .when(Command::Begin(began()))
        .then([Event::Began(began())])
        .when(Command::Finish(finished()))
        .then([Event::Finished(finished())])
        .when(undo())
        .then([Event::Undone(Undone { reason: text("用错了表"), undone: 10_400, stayed: 100 })])
        .when(undo())
        .refused("import.already_undone");
}

#[test]
fn an_import_that_was_interrupted_is_undone_too() {
    given::<Import>([Event::Began(began())]).when(undo()).granted();
}

#[test]
fn nothing_is_asked_of_an_import_that_never_was() {
    for command in [undo(), Command::Finish(finished())] {
        given::<Import>([]).when(command).refused("import.unknown");
    }
}
