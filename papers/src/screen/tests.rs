#![allow(clippy::unwrap_used)]
use unicode_width::UnicodeWidthStr as _;

use super::*;

fn units() -> Screen {
    let mut screen = Screen::new([("单位", false), ("任务数", true), ("说明", false)]);
    let rows = [("330225001", "12", "按期组建完成,党员比例符合要求"), ("330225002", "3", "")];
    for (unit, task, note) in rows {
        screen.add([unit.to_owned(), task.to_owned(), note.to_owned()]);
    }
    screen
}

#[test]
fn what_fits_is_a_table_with_figures_at_the_right() {
    let table = units().within(100);
    assert!(table.contains("│ 330225001 ┆     12 ┆ 按期组建完成,党员比例符合要求 │"), "{table}");
    assert_eq!(table.lines().next().unwrap().width(), 54, "{table}");
}

#[test]
fn sentences_are_broken_before_codes_are() {
    let table = units().within(50);
    assert!(table.contains("│ 330225001 ┆"), "{table}");
    assert!(table.lines().all(|line| line.width() <= 50), "{table}");
    assert!(!table.contains("按期组建完成,党员比例符合要求"), "{table}");
}

#[test]
fn what_does_not_fit_becomes_cards_without_what_is_blank() {
    let cards = units().within(30);
    let expected = "单位:330225001\n  任务数:12\n  说明:按期组建完成,党员比例符\n    合要求\n\n单位:330225002\n  任务数:3";
    assert_eq!(cards, expected);
}

#[test]
fn no_line_is_wider_whatever_the_width() {
    let mut screen = units();
    screen.add(["a".repeat(70), "1".repeat(9), "字".repeat(90)]);
    screen.add(["a b ".repeat(30), String::new(), "x".repeat(200)]);
    for columns in [8, 20, 37, 60, 100, 300] {
        for line in screen.within(columns).lines() {
            assert!(line.width() <= columns, "{columns}: {line}");
        }
    }
    assert_eq!(Screen::new([("单位", false), ("任务数", true)]).within(12), "–");
}

#[test]
fn an_english_head_stands_apart_from_its_figure() {
    let mut screen = Screen::new([("Unit", false), ("Task", true)]);
    screen.add(["330225001".to_owned(), "12".to_owned()]);
    assert_eq!(screen.within(16), "Unit: 330225001\n  Task: 12");
}
