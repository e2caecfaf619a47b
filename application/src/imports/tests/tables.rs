//! Divisions and units.

use domain::unit::Kind as UnitKind;
use domain::{Text, UnitCode};
use rust_xlsxwriter::{Format, Workbook};

use crate::imports::{BadFile, Register, RowProblem, divisions, offers, tasks, units};

fn found(problems: &[RowProblem]) -> Vec<(u32, &str, &str)> {
    problems.iter().map(|problem| (problem.row, problem.column.as_str(), problem.code)).collect()
}

fn nothing() -> Register {
    Register::default()
}

#[test]
fn a_whole_county_reads_without_a_problem() {
    let county = include_bytes!("../../../../data/divisions-330225-xiangshan.csv");
    let reading = divisions::read(county, &nothing()).unwrap();
    assert_eq!(found(&reading.problems), []);
    let count = |kind| reading.rows.iter().filter(|row| row.value.kind == kind).count();
    assert_eq!([UnitKind::County, UnitKind::Town, UnitKind::Village].map(count), [1, 18, 410]);
    assert_eq!((reading.total, reading.rows[0].value.parent.as_ref()), (429, None));
}

#[test]
fn divisions_come_parents_first_whatever_their_order() {
    let csv =
        "code,level,name,parent_code\n1001001,village,村,1001\n1001,town,镇,10\n10,county,县,\n";
    let reading = divisions::read(csv.as_bytes(), &nothing()).unwrap();
    let codes: Vec<_> =
        reading.rows.iter().map(|row| (row.row.row, row.value.code.as_str())).collect();
    assert_eq!(codes, [(4, "10"), (3, "1001"), (2, "1001001")]);
}

#[test]
fn bad_divisions_are_named_and_the_others_stay() {
    let csv = "code,level,name,parent_code
10,county,县,9
1001,town,镇,10
1001,town,镇,10
1002,hamlet,镇,10
1003,town,镇,77
1003001,village,村,1003
1001001,village,村,10
10010x,village,村,1001
1004,town,,10
1005,town,镇,
2001,town,镇,2002
2002,town,镇,2001
";
    let reading = divisions::read(csv.as_bytes(), &nothing()).unwrap();
    assert_eq!(
        found(&reading.problems),
        [
            (4, "code", "division.repeated"),
            (5, "level", "row.choice"),
            (6, "parent_code", "division.parent"),
            (7, "parent_code", "division.parent"),
            (8, "parent_code", "division.level"),
            (9, "code", "division.code"),
            (10, "name", "row.blank"),
            (11, "parent_code", "division.parent"),
            (12, "parent_code", "division.level"),
            (13, "parent_code", "division.level"),
        ]
    );
    assert_eq!(reading.rows.iter().map(|row| row.row.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(reading.total, 12);
}

#[test]
fn a_town_may_join_a_county_that_is_known_already() {
    let csv = "code,level,name,parent_code\n1001,town,镇,10\n";
    assert_eq!(divisions::read(csv.as_bytes(), &nothing()).unwrap().rows.len(), 0);
    let mut known = Register::default();
    known.add(UnitCode::new("10").unwrap(), Text::new("示例县").unwrap());
    assert_eq!(divisions::read(csv.as_bytes(), &known).unwrap().rows.len(), 1);
}

const HEADER: &str = "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话,归口代码";

fn read_units(rows: &str) -> crate::imports::Reading<units::Unit> {
    units::read(format!("{HEADER}\n{rows}\n").as_bytes(), &nothing()).unwrap()
}

#[test]
fn a_unit_with_all_it_may_say() {
    let reading = read_units("3302250-S1,第一小学,330225001,学校,120,80,示例甲,0574-6571 2345,JYJ");
    let unit = &reading.rows[0].value;
    assert_eq!((unit.code.as_str(), unit.name.as_str()), ("3302250-S1", "第一小学"));
    assert_eq!((unit.kind, unit.headcount, unit.task), (UnitKind::School, Some(120), Some(80)));
    let administrator = unit.administrator.as_ref().unwrap();
    assert_eq!(administrator.name.expose(), "示例甲");
    assert_eq!(administrator.telephone.expose(), "057465712345");
    assert_eq!(unit.attributed_to.as_ref().map(UnitCode::as_str), Some("JYJ"));
    assert!(!format!("{reading:?}").contains("示例甲"));
}

#[test]
fn a_title_above_the_header_and_stars_in_it_are_fine() {
    let text = format!(
        "示例县单位名册\n\n{}\nA,甲局,10,县级部门\n",
        HEADER.replace("单位代码", "＊单位 代码")
    );
    let reading = units::read(text.as_bytes(), &nothing()).unwrap();
    assert_eq!(reading.rows[0].row.row, 4);
    let unit = &reading.rows[0].value;
    assert_eq!((unit.headcount, unit.task, unit.administrator.is_none()), (None, None, true));
}

#[test]
fn bad_units_are_named_and_the_others_come_parents_first() {
    let reading = read_units(
        "B1,甲所,B,派驻站所,1,,,
B,甲局,10,县级部门,0,5,,
C,乙局,C,县级部门,,,,
D,丙局,10,机关,,,,
E,丁局,10,企业,-1,1.5,示例甲,
F,戊局,10,企业,,,,13800138000
G,己局,10,企业,,,示例乙,12345
H,庚局,10,企业,,,,,H
B,辛局,10,企业,,,,
代码,壬局,,企业,,,示例丙2,13800138000",
    );
    assert_eq!(
        found(&reading.problems),
        [
            (4, "上级代码", "unit.circle"),
            (5, "类别", "row.choice"),
            (6, "总人数", "row.count"),
            (6, "任务数", "row.count"),
            (6, "管理员", "unit.administrator"),
            (7, "管理员", "unit.administrator"),
            (8, "联系电话", "personal.telephone"),
            (9, "归口代码", "unit.attributed_to_itself"),
            (10, "单位代码", "unit.repeated"),
            (11, "单位代码", "value.unit_code"),
            (11, "上级代码", "row.blank"),
            (11, "管理员", "personal.name"),
        ]
    );
    assert!(reading.problems.iter().any(|problem| problem.zh.contains("第3行")));
    assert_eq!(reading.rows.iter().map(|row| row.row.row).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn tasks_are_read_by_their_header_whatever_stands_beside_them() {
    let table = "\u{feff}单位名称,单位代码,任务数\r\n某镇,330225100,\"1,350\"\r\n,,\r\n某局,３３０２２５－A01,６０\r\n某村,330225100201,0\r\n";
    let expected = [("330225100", 1_350), ("330225-A01", 60), ("330225100201", 0)]
        .map(|(u, t)| (u.to_owned(), t));
    let gb18030 = encoding_rs::GB18030.encode(table.trim_start_matches('\u{feff}')).0.into_owned();
    for file in [table.as_bytes(), &gb18030] {
        let reading = tasks::read(file).unwrap();
        assert_eq!(found(&reading.problems), []);
        let read: Vec<_> =
            reading.rows.iter().map(|row| (row.value.unit.to_string(), row.value.task)).collect();
        assert_eq!(read, expected);
    }
    assert!(matches!(tasks::read("unit,task\n".as_bytes()), Err(BadFile::MissingColumns { .. })));
    let open = "单位代码,任务数\n330225100,\"9\n330225101,8\n";
    assert_eq!(tasks::read(open.as_bytes()).err(), Some(BadFile::OpenQuote { line: 2 }));
}

/// A task that is not there is no task of 0, and no row is dropped.
#[test]
fn bad_tasks_are_named() {
    let table = "单位代码,任务数\n330225100,多\n\n某镇,9\n330225101\n330225102,8\n330225102,9\n";
    let reading = tasks::read(table.as_bytes()).unwrap();
    assert_eq!(
        found(&reading.problems),
        [
            (2, "任务数", "row.count"),
            (4, "单位代码", "value.unit_code"),
            (5, "任务数", "row.blank"),
            (7, "单位代码", "task.repeated")
        ]
    );
    assert_eq!((reading.rows.len(), reading.total), (1, 5));
}

#[test]
fn points_of_offers_are_decimal() {
    let read = |text: &str| {
        let table = format!("代码,名称,积分\nＢＵＳ－10,公交卡,{text}\n");
        let reading = offers::read(table.as_bytes()).unwrap();
        let offer =
            reading.rows.first().map(|row| (row.value.item.to_string(), row.value.points.0));
        offer.ok_or_else(|| reading.problems[0].code)
    };
    let of = |hundredths| Ok(("BUS-10".to_owned(), hundredths));
    for (text, hundredths) in [
        ("10", of(1_000)),
        ("0.5", of(50)),
        ("2.25", of(225)),
        ("１０", of(1_000)),
        ("1.234", Err("offer.points")),
        ("0", Err("row.no_answer")),
        ("-1", Err("offer.points")),
        ("", Err("row.blank")),
        ("五", Err("offer.points")),
    ] {
        assert_eq!(read(text), hundredths, "{text}");
    }
    let twice = "代码,名称,积分\nA,甲,1\nA,乙,2\n".as_bytes();
    assert_eq!(found(&offers::read(twice).unwrap().problems), [(3, "代码", "offer.repeated")]);
}

/// A name that is only compared with its code says no more than the code does; what a unit is called is its own.
#[test]
fn a_merged_name_beside_a_merged_code_refuses_no_row() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = [
        "单位代码",
        "单位名称",
        "上级代码",
        "上级名称",
        "类别",
        "总人数",
        "任务数",
        "归口代码",
        "归口单位",
    ];
    sheet.write_row(0, 0, header).unwrap();
    for (row, code) in [(1, "A1"), (2, "A2"), (3, "A3")] {
        sheet.write(row, 0, code).unwrap().write(row, 1, "某站所").unwrap();
        sheet.write(row, 4, "派驻站所").unwrap();
    }
    let plain = Format::new();
    for (column, text) in [(2, "330225001"), (3, "示例镇"), (7, "D1"), (8, "示例局")] {
        sheet.merge_range(1, column, 2, column, text, &plain).unwrap();
        sheet.write(3, column, text).unwrap();
    }
    let mut register = nothing();
    for (code, name) in [("330225001", "示例镇"), ("D1", "示例局")] {
        register.add(UnitCode::new(code).unwrap(), Text::new(name).unwrap());
    }
    let read = |workbook: &mut Workbook| {
        units::read(&workbook.save_to_buffer().unwrap(), &register).unwrap()
    };
    let reading = read(&mut workbook);
    assert_eq!((found(&reading.problems), reading.rows.len()), (vec![], 3));
    let sheet = workbook.worksheet_from_index(0).unwrap();
    sheet.merge_range(4, 1, 5, 1, "某站所", &plain).unwrap();
    for (row, code) in [(4, "A4"), (5, "A5")] {
        sheet.write(row, 0, code).unwrap().write(row, 2, "330225001").unwrap();
        sheet.write(row, 4, "派驻站所").unwrap().write(row, 7, "D1").unwrap();
    }
    assert_eq!(found(&read(&mut workbook).problems), [(6, "单位名称", "row.merged")]);
}
