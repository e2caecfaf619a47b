//! Tables on a terminal: heads in the language asked for, and no line wider than the terminal.

use unicode_width::UnicodeWidthStr as _;

use crate::fixture::{Answer, Folder, run, run_within};
use crate::story::county;
use crate::village::Village;

/// Every command that shows a table.
fn tables() -> Vec<Vec<String>> {
    let models = run(["replay", "show", "nothing"]).exits(2).err;
    let (_, models) = models.split_once("[possible values: ").unwrap();
    let (models, _) = models.split_once(']').unwrap();
    let models = models.split(", ").map(|model| vec!["show", model]);
    let figure = vec!["show", "monthly-report", "--month", "2022-03", "--figure", "meetings_held"];
    let parts = ["decisions", "squads", "hours", "points", "supervision", "access"];
    let parts = parts.map(|part| vec!["audit", part, "--as-of", "2022-12-31"]);
    let moments = ["diff", "--from", "2021-12-01", "--to", "2022-12-31"].to_vec();
    let facts = [moments.as_slice(), &["--facts"]].concat();
    let commands = models.chain(parts).chain([figure, moments, facts, vec!["stats"]]);
    commands.map(|command| command.into_iter().map(str::to_owned).collect()).collect()
}

fn shown(folder: &Folder, columns: usize, lang: &str, command: &[String]) -> Answer {
    let data = folder.path(".");
    let head = ["replay", "--quiet", "--data", data.to_str().unwrap(), "--lang", lang];
    run_within(columns, head.into_iter().chain(command.iter().map(String::as_str)))
}

/// The lines of tables and cards: not headings, sums and what was found, which are sentences.
fn listed(out: &str) -> impl Iterator<Item = &str> {
    let is_sentence = |line: &str| line.starts_with('[') || line.ends_with(['。', '.']);
    out.lines().skip(1).filter(move |line| !is_sentence(line))
}

#[test]
fn no_table_is_wider_than_the_terminal() {
    let (county, village) = (county(), Village::clean().told());
    let mut cards = 0;
    for command in tables() {
        for (folder, lang, columns) in [&county, &village]
            .into_iter()
            .flat_map(|folder| ["zh", "en"].map(|lang| (folder, lang)))
            .flat_map(|(folder, lang)| [100, 60].map(|columns| (folder, lang, columns)))
        {
            let out = shown(folder, columns, lang, &command).out;
            cards += usize::from(!out.contains('│'));
            for line in listed(&out) {
                assert!(
                    line.width() <= columns,
                    "{command:?} in {columns} columns:\n{line}\nof\n{out}"
                );
            }
        }
    }
    assert!(cards > 20, "{cards} answers in cards");
}

/// The heads of the tables of an answer.
fn heads(out: &str) -> Vec<String> {
    let lines: Vec<&str> = out.lines().collect();
    let below_the_frame = lines.windows(2).filter(|pair| pair[0].starts_with('┌'));
    let cells = below_the_frame.flat_map(|pair| pair[1].split(['│', '┆']).map(str::trim));
    cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_head_is_in_the_language_asked_for() {
    let village = Village::clean().told();
    for command in tables() {
        let chinese = heads(&shown(&village, 1000, "zh", &command).out);
        let english = heads(&shown(&village, 1000, "en", &command).out);
        assert!(!chinese.is_empty(), "{command:?}");
        assert_eq!(chinese.len(), english.len(), "{command:?}");
        for head in &chinese {
            assert!(head.chars().all(|c| !c.is_ascii_alphabetic()), "{command:?}: {head}");
        }
        for head in &english {
            assert!(head.is_ascii(), "{command:?}: {head}");
        }
    }
}

/// A cell that is a word of ours is a word of the language asked for.
#[test]
fn no_cell_holds_a_stored_word() {
    let (county, village) = (county(), Village::clean().told());
    for command in tables().iter().filter(|command| command[0] == "show" || command[0] == "audit") {
        for folder in [&county, &village] {
            let out = shown(folder, 1000, "zh", command).out;
            let cells = out.lines().flat_map(|line| line.split(['│', '┆']).map(str::trim));
            for cell in cells.filter(|cell| cell.len() > 2) {
                let stored = cell.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b' ');
                assert!(!stored, "{command:?}: {cell}");
            }
            let out = shown(folder, 1000, "en", command).out;
            let cells = out.lines().flat_map(|line| line.split(['│', '┆']).map(str::trim));
            for cell in cells {
                let stored =
                    cell.contains('_') && cell.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                assert!(!stored, "{command:?}: {cell}");
            }
        }
    }
}
