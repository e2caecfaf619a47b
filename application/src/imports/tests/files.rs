//! Templates, error files, and refusals that belong to the file as a whole.

use calamine::{Data, Reader, Xlsx};
use jiff::Timestamp;
use jiff::civil::date;
use std::io::Cursor;

use crate::imports::problems::Reason;
use crate::imports::{
    BadFile, Form, Kind, Register, RowProblem, SheetRow, accounts, roster, sign_in, template, units,
};

#[test]
fn a_template_holds_the_header_and_explains_every_column() {
    for kind in Kind::ALL {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(template(kind).unwrap())).unwrap();
        assert_eq!(workbook.sheet_names(), [kind.zh(), "填写说明"]);
        let names: Vec<&str> = kind.columns().iter().map(|column| column.name).collect();
        let data = workbook.worksheet_range(kind.zh()).unwrap();
        let headers = data.headers().unwrap();
        let headers: Vec<_> = headers.iter().map(|header| header.trim_end_matches('*')).collect();
        assert_eq!(headers, names);
        assert!(names.iter().all(|name| !name.is_ascii()), "{names:?}");
        assert_eq!(data.height(), 1, "no example among the data");
        let explained = workbook.worksheet_range("填写说明").unwrap();
        for column in kind.columns() {
            let row = explained
                .rows()
                .find(|row| row[0] == Data::String(column.name.to_owned()))
                .unwrap();
            assert_eq!(row[2], Data::String(column.zh.to_owned()));
            assert_eq!(row[3], Data::String(column.en.to_owned()));
        }
    }
}

#[test]
fn a_template_that_nobody_filled_in_holds_no_row() {
    let reading =
        roster::read(&template(Kind::Roster).unwrap(), date(2021, 11, 10), &Register::default())
            .unwrap();
    assert_eq!((reading.total, reading.rows.len(), reading.problems.len()), (0, 0, 0));
}

/// What the instruction sheet shows is accepted, and every choice it offers.
#[test]
fn examples_and_offered_choices_are_accepted() {
    for kind in Kind::ALL {
        for (at, column) in kind.columns().iter().enumerate() {
            let choices = match column.form {
                Form::Choice(choices) => choices(),
                Form::Text | Form::Number => vec![column.example],
            };
            for choice in choices.into_iter().filter(|choice| !matches!(*choice, "女" | "否")) {
                let mut cells: Vec<&str> =
                    kind.columns().iter().map(|column| column.example).collect();
                cells[at] = choice;
                let mut codes = problem_codes(kind, &csv(kind, &[cells.join("|")]));
                // A town or village needs a parent that the one-line file does not have.
                // Nor has a volunteer's account its volunteer.
                codes.retain(|code| !["division.parent", "account.needs_person"].contains(code));
                assert!(codes.is_empty(), "{kind:?} {} {choice}: {codes:?}", column.name);
            }
        }
    }
}

fn csv(kind: Kind, rows: &[String]) -> Vec<u8> {
    let names: Vec<&str> = kind.columns().iter().map(|column| column.name).collect();
    let rows = rows.iter().map(|row| row.replace('|', "\t"));
    std::iter::once(names.join("\t")).chain(rows).collect::<Vec<_>>().join("\n").into_bytes()
}

fn problem_codes(kind: Kind, bytes: &[u8]) -> Vec<&'static str> {
    let problems = match kind {
        Kind::Divisions => {
            crate::imports::divisions::read(bytes, &Register::default()).unwrap().problems
        }
        Kind::Units => units::read(bytes, &Register::default()).unwrap().problems,
        Kind::Roster => {
            roster::read(bytes, date(2021, 11, 10), &Register::default()).unwrap().problems
        }
        Kind::SignIn => sign_in::read(bytes).unwrap().problems,
        Kind::CountingLists => crate::imports::counting_lists::read(bytes, true).unwrap().problems,
        Kind::Accounts => {
            accounts::read(bytes, Timestamp::UNIX_EPOCH, &Register::default()).unwrap().problems
        }
    };
    problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn missing_columns_are_named_at_once_with_all_that_are_accepted() {
    let refused = units::read("单位名称,联系电话,别的\n甲,1,2\n".as_bytes(), &Register::default())
        .unwrap_err();
    let BadFile::MissingColumns { header, missing, accepted } = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(*header, Some(1));
    assert_eq!(missing, &["单位代码", "上级代码", "类别", "总人数", "任务数"]);
    assert_eq!(accepted.len(), units::COLUMNS.len());
    let problem = refused.to_problem();
    assert_eq!((problem.row, problem.code), (1, "file.missing_columns"));
    assert!(problem.zh.contains("单位代码、上级代码") && problem.en.contains("归口代码"));
}

#[test]
fn a_repeated_column_is_refused() {
    let header = units::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    let refused =
        units::read(format!("{header},类别\n").as_bytes(), &Register::default()).unwrap_err();
    assert_eq!(refused, BadFile::RepeatedColumn { column: "类别" });
}

#[test]
fn every_refusal_of_a_file_says_what_would_do() {
    use domain::Refusal;
    let all = [
        BadFile::Empty,
        BadFile::TooLarge,
        BadFile::TooManyRows,
        BadFile::TooManyColumns,
        BadFile::Inflated,
        BadFile::TooManySheets,
        BadFile::OldWorkbook,
        BadFile::Locked,
        BadFile::OtherFormat,
        BadFile::WebPage,
        BadFile::NotATable,
        BadFile::MixedEncodings { line: 2 },
        BadFile::UnknownEncoding { line: 2 },
        BadFile::OpenQuote { line: 2 },
        BadFile::HiddenSheet,
        BadFile::RepeatedColumn { column: "类别" },
        BadFile::TooManyProblems,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), all.len());
    for bad in &all {
        assert!(
            bad.code().starts_with("file.") && bad.zh().ends_with('。') && bad.en().ends_with('.')
        );
    }
}

#[test]
fn a_problem_has_a_cell_for_each_column() {
    let row = SheetRow::new(1, Some("第二队".into()), 7);
    let reason = Reason::new("row.blank", "此列必填。", "Say \"yes\", or\nno.");
    let expected = ["7", "身份证号", "row.blank", "此列必填。", "Say \"yes\", or\nno.", "第二队"];
    assert_eq!(RowProblem::new(row, "身份证号", reason).cells(), expected);
}
