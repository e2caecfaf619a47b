#![allow(clippy::unwrap_used)]
use std::io::Cursor;

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook_from_rs};
use serde::Serialize;
use serde_json::json;

use super::*;

const AT: &str = "2022-03-10T16:05:07Z";

fn table(wording: Wording, columns: Vec<Column>) -> Table {
    Table { title: "任务进度".into(), at: AT.parse().unwrap(), wording, columns }
}

fn every_kind() -> Vec<Column> {
    let kinds = Kind::Word(vec![Word { stored: "health_centre", zh: "卫生院" }]);
    vec![
        Column::new("code", "代码", "Code", Kind::Text),
        Column::new("people", "总人数", "Headcount", Kind::Whole),
        Column::new("points", "积分", "Points", Kind::Hundredths),
        Column::new("sums.share", "汇总·占比", "Sums: share", Kind::PerMille),
        Column::new("late", "逾期", "Late", Kind::YesNo),
        Column::new("day", "日期", "Day", Kind::Day),
        Column::new("at", "时间", "At", Kind::Moment),
        Column::new("kind", "类别", "Kind", kinds),
    ]
}

fn row() -> serde_json::Value {
    json!({"code": "330225001001", "people": -3, "points": -205, "sums": {"share": 899},
        "late": true, "day": "2022-03-04", "at": AT, "kind": "health_centre"})
}

fn csv(table: &Table, rows: &[impl Serialize]) -> String {
    String::from_utf8(table.file_of(Form::Csv, rows).unwrap()).unwrap()
}

fn sheet(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["任务进度"]);
    let range = book.worksheet_range("任务进度").unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn readers_see_words_and_programs_see_what_is_stored() {
    let of = |wording| csv(&table(wording, every_kind()), &[row()]);
    assert_eq!(
        of(Wording::Chinese),
        "\u{feff}代码,总人数,积分,汇总·占比,逾期,日期,时间,类别\r\n\
         330225001001,-3,-2.05,89.9%,是,2022-03-04,2022-03-11 00:05:07,卫生院\r\n"
    );
    assert_eq!(
        of(Wording::English),
        "\u{feff}Code,Headcount,Points,Sums: share,Late,Day,At,Kind\r\n\
         330225001001,-3,-2.05,89.9%,yes,2022-03-04,2022-03-11 00:05:07,health centre\r\n"
    );
    assert_eq!(
        of(Wording::Keys),
        "\u{feff}code,people,points,sums.share,late,day,at,kind\r\n\
         330225001001,-3,-205,899,true,2022-03-04,2022-03-10T16:05:07Z,health_centre\r\n"
    );
}

#[test]
fn a_table_without_rows_has_its_header() {
    let empty: [serde_json::Value; 0] = [];
    let table = table(Wording::Chinese, every_kind());
    assert_eq!(csv(&table, &empty), "\u{feff}代码,总人数,积分,汇总·占比,逾期,日期,时间,类别\r\n");
    let rows = sheet(table.file_of(Form::Xlsx, &empty).unwrap());
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][1], Data::String("总人数".into()));
}

#[test]
fn what_is_not_there_is_blank_and_what_is_unforeseen_is_shown() {
    let table = table(Wording::Chinese, every_kind());
    let rows = [json!({"code": null, "people": "many", "kind": "circus", "day": "never"})];
    assert_eq!(
        csv(&table, &rows).lines().nth(1).unwrap(),
        ",\"\"\"many\"\"\",,,,\"\"\"never\"\"\",,\"\"\"circus\"\"\""
    );
}

#[test]
fn lists_are_read_by_people_and_parsed_by_programs() {
    let fields = vec![
        Column::new("what", "成果", "Outcome", Kind::Text),
        Column::new("count", "数量", "Count", Kind::Whole),
    ];
    let columns = vec![
        Column::new("skills", "技能", "Skills", Kind::List(Box::new(Kind::Text))),
        Column::new("done", "成果", "Done", Kind::List(Box::new(Kind::Record(fields)))),
    ];
    let rows = [
        json!({"skills": ["普法", "=调解"], "done": [{"what": "课", "count": 2}, {"what": "宣讲", "count": null}]}),
        json!({"skills": [], "done": []}),
    ];
    let of = |wording| csv(&table(wording, columns.clone()), &rows);
    assert_eq!(
        of(Wording::Chinese),
        "\u{feff}技能,成果\r\n普法、=调解,成果：课，数量：2；成果：宣讲\r\n,\r\n"
    );
    let keys = of(Wording::Keys);
    let mut lines = keys.lines().skip(1);
    let json = r#""[""普法"",""=调解""]","[{""count"":2,""what"":""课""},{""count"":null,""what"":""宣讲""}]""#;
    assert_eq!(lines.next(), Some(json));
    assert_eq!(lines.next(), Some("[],[]"));
}

#[test]
fn every_beginning_of_a_formula_is_defused_in_texts_alone() {
    for (text, shown) in [
        ("@SUM(1)", "'@SUM(1)"),
        ("=1+1", "'=1+1"),
        ("+8613800138000", "'+8613800138000"),
        ("-1+cmd", "'-1+cmd"),
        ("＝１＋１", "'＝１＋１"),
        ("＋甲", "'＋甲"),
        ("－5", "'－5"),
        ("＠乙", "'＠乙"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =A1", "'  =A1"),
        ("\u{200b}=A1", "'\u{200b}=A1"),
        ("\u{3000}＝A1", "'\u{3000}＝A1"),
        ("\u{feff}@A1", "'\u{feff}@A1"),
        ("'=A1", "'=A1"),
        ("a=b", "a=b"),
        ("甲－乙", "甲－乙"),
        (" x", " x"),
        ("", ""),
    ] {
        assert_eq!(defused(text), shown, "{text:?}");
    }
    let columns = vec![
        Column::new("a", "-甲", "a", Kind::Text),
        Column::new("b", "乙", "b", Kind::Whole),
        Column::new("c", "丙", "c", Kind::Hundredths),
    ];
    let cells = vec![Cell::Text("-5".into()), Cell::Whole(-5), Cell::Hundredths(-5)];
    let written = table(Wording::English, columns).file(Form::Csv, [cells]).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), "\u{feff}a,b,c\r\n'-5,-5,-0.05\r\n");
}

#[test]
fn a_row_of_another_length_is_an_error() {
    let table = table(Wording::Keys, every_kind());
    let short = table.file(Form::Csv, [vec![Cell::Blank]]);
    assert!(matches!(short, Err(TableError::Csv(_))), "{short:?}");
}

#[test]
fn a_workbook_holds_figures_dates_and_texts_as_what_they_are() {
    let written = table(Wording::Chinese, every_kind()).file_of(Form::Xlsx, &[row()]).unwrap();
    let rows = sheet(written);
    assert_eq!(rows[1][0], Data::String("330225001001".into()), "a code is text");
    assert_eq!(rows[1][1], Data::Float(-3.0));
    assert_eq!(rows[1][2], Data::Float(-2.05));
    assert_eq!(rows[1][3], Data::Float(0.899));
    assert_eq!(rows[1][4], Data::String("是".into()));
    let moment = |cell: &Data| cell.get_datetime().unwrap().to_ymd_hms_milli();
    assert_eq!(moment(&rows[1][5]), (2022, 3, 4, 0, 0, 0, 0));
    assert_eq!(moment(&rows[1][6]), (2022, 3, 11, 0, 5, 7, 0));
    assert_eq!(rows[1][7], Data::String("卫生院".into()));
}

#[test]
fn a_workbook_keeps_formulas_as_text_and_days_before_1900_too() {
    let columns = vec![
        Column::new("a", "甲", "a", Kind::Text),
        Column::new("b", "乙", "b", Kind::Day),
        Column::new("c", "丙", "c", Kind::Whole),
    ];
    let cells = vec![
        Cell::Text("=1+1".into()),
        Cell::Day("1899-12-31".parse().unwrap()),
        Cell::Whole(1_234_567_890_123_456),
    ];
    let rows = sheet(table(Wording::Chinese, columns).file(Form::Xlsx, [cells]).unwrap());
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!(rows[1], [text("=1+1"), text("1899-12-31"), text("1234567890123456")]);
}

#[test]
fn a_long_table_is_written_whole_and_the_same_each_time() {
    let columns: Vec<Column> =
        ["a", "b", "c"].map(|key| Column::new(key, key, key, Kind::Whole)).to_vec();
    let table = table(Wording::Keys, columns);
    // Without a known end, rows go through a file.
    let rows = |count: i64| {
        let mut next = 0;
        std::iter::from_fn(move || {
            next += 1;
            (next <= count).then(|| vec![Cell::Whole(next), Cell::Whole(-next), Cell::Blank])
        })
    };
    let written = table.file(Form::Xlsx, rows(3_000)).unwrap();
    assert_eq!(written, table.file(Form::Xlsx, rows(3_000)).unwrap());
    let read = sheet(written);
    assert_eq!(read.len(), 3_001);
    assert_eq!(read[3_000][..2], [Data::Float(3_000.0), Data::Float(-3_000.0)]);
}

#[test]
fn a_cell_that_is_too_long_for_a_workbook_says_so() {
    let columns = vec![Column::new("a", "甲", "a", Kind::Text)];
    let cells = vec![Cell::Text("长".repeat(40_000))];
    let rows = sheet(table(Wording::Chinese, columns).file(Form::Xlsx, [cells]).unwrap());
    let text = rows[1][0].to_string();
    assert_eq!(text.chars().count(), 32_767);
    assert!(text.ends_with("see the CSV）"), "the end is missing without a word");
}

#[test]
fn a_sheet_has_a_name_that_every_spreadsheet_has() {
    let long = "长".repeat(40);
    let mut taken = Vec::new();
    for (title, name) in [
        ("任务进度", "任务进度".to_owned()),
        ("O'Neill", "O'Neill".to_owned()),
        ("'3/4*'", "34".to_owned()),
        ("[?]", "Sheet1".to_owned()),
        ("sheet1", "sheet1 (2)".to_owned()),
        (&long, "长".repeat(31)),
        (&long, format!("{} (2)", "长".repeat(27))),
        (&"𠮷".repeat(20), "𠮷".repeat(15)),
    ] {
        let found = sheet_name(title, &taken);
        assert_eq!(found, name);
        assert!(found.encode_utf16().count() <= 31);
        taken.push(found);
    }
}
