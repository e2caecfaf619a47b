//! Workbooks as offices fill them in: several sheets, titles, merged cells, remarks. Everything is read, or named.

use domain::identity_number::IdentityNumber;
use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::imports::{
    BadFile, Kind, Note, Reading, Register, RowProblem, SheetRow, roster, template, units,
};

const HEADER: [&str; 13] = [
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "联系电话",
    "政治面貌",
    "单位代码",
    "居住区域",
    "技能",
    "类别",
    "招募方式",
    "同意",
    "监护人",
];

/// A row without fault.
fn person(serial: u32) -> [String; 13] {
    let number = IdentityNumber::with_check_digit(&format!("99999919850607{serial:03}")).unwrap();
    [
        "示例甲",
        number.expose(),
        "",
        "",
        "13800138000",
        "群众",
        "330225-D07",
        "示例村",
        "调解",
        "注册志愿者",
        "长期",
        "是",
        "",
    ]
    .map(str::to_owned)
}

/// Writes a header and people below it, from a row on.
pub(super) fn fill(sheet: &mut Worksheet, from: u32, serials: impl IntoIterator<Item = u32>) {
    sheet.write_row(from, 0, HEADER).unwrap();
    for (row, serial) in (from + 1..).zip(serials) {
        sheet.write_row(row, 0, person(serial)).unwrap();
    }
}

pub(super) fn read(workbook: &mut Workbook) -> Result<Reading<roster::Entry>, BadFile> {
    roster::read(&workbook.save_to_buffer().unwrap(), date(2021, 11, 10), &Register::default())
}

pub(super) fn rows(reading: &Reading<roster::Entry>) -> Vec<(Option<&str>, u32)> {
    reading.rows.iter().map(|row| (row.row.sheet.as_deref(), row.row.row)).collect()
}

pub(super) fn problems(problems: &[RowProblem]) -> Vec<(&str, u32, &str, &str)> {
    let one = |problem: &'_ RowProblem| {
        let sheet = problem.sheet.as_deref().unwrap_or_default().to_owned();
        (sheet.leak() as &str, problem.row, problem.column.clone().leak() as &str, problem.code)
    };
    problems.iter().map(one).collect()
}

pub(super) fn note<'a>(notes: &'a [Note], code: &str) -> &'a str {
    &notes.iter().find(|note| note.code == code).unwrap_or_else(|| panic!("{code}: {notes:?}")).zh
}

fn codes(notes: &[Note]) -> Vec<(Option<&str>, &str)> {
    notes.iter().map(|note| (note.sheet.as_deref(), note.code)).collect()
}

#[test]
fn every_sheet_of_people_is_read_and_each_row_says_its_sheet() {
    let mut workbook = Workbook::new();
    let cover = workbook.add_worksheet().set_name("封面").unwrap();
    cover.write(2, 1, "示例县法治志愿者名册").unwrap().write(4, 1, "2021年11月").unwrap();
    fill(workbook.add_worksheet().set_name("一队").unwrap(), 0, [1, 2]);
    fill(workbook.add_worksheet().set_name("二队").unwrap(), 0, [3, 1, 4]);
    workbook.add_worksheet().set_name("Sheet3").unwrap();
    let help = workbook.add_worksheet().set_name("填写说明").unwrap();
    help.write_row(0, 0, ["列", "必填", "要求"]).unwrap();
    help.write_row(1, 0, ["姓名", "是", "与证件一致"]).unwrap();
    let reading = read(&mut workbook).unwrap();
    let expected = [(Some("一队"), 2), (Some("一队"), 3), (Some("二队"), 2), (Some("二队"), 4)];
    assert_eq!(rows(&reading), expected);
    assert_eq!(problems(&reading.problems), [("二队", 3, "身份证号", "roster.repeated")]);
    assert!(reading.problems[0].zh.contains("工作表“一队”第2行"), "{}", reading.problems[0].zh);
    assert!(reading.problems[0].en.contains("row 2 of the sheet \"一队\""));
    assert_eq!(reading.total, 5);
    let told = [
        (Some("封面"), "sheet.no_table"),
        (Some("一队"), "sheet.read"),
        (Some("二队"), "sheet.read"),
        (Some("Sheet3"), "sheet.empty"),
        (Some("填写说明"), "sheet.instructions"),
    ];
    assert_eq!(codes(&reading.notes), told);
}

#[test]
fn a_sheet_that_is_not_read_although_it_may_hold_people_is_a_problem() {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("一队").unwrap(), 0, [1]);
    fill(workbook.add_worksheet().set_name("旧表").unwrap().set_hidden(true), 1, [2]);
    let bare = workbook.add_worksheet().set_name("续表").unwrap();
    for row in 0..2 {
        bare.write_row(row, 0, person(row + 3)).unwrap();
    }
    let lacking = workbook.add_worksheet().set_name("电话").unwrap();
    lacking.write_row(2, 0, ["姓名", "联系电话", "备注"]).unwrap();
    lacking.write_row(3, 0, ["示例乙", "13800138000", ""]).unwrap();
    let list = workbook.add_worksheet().set_name("字典").unwrap().set_hidden(true);
    for row in 0..9 {
        list.write_row(row, 0, ["a", "b", "c", "d"]).unwrap();
    }
    let reading = read(&mut workbook).unwrap();
    assert_eq!(rows(&reading), [(Some("一队"), 2)]);
    let expected = [
        ("旧表", 2, "", "sheet.hidden"),
        ("续表", 1, "", "sheet.no_header"),
        ("电话", 3, "", "sheet.not_the_table"),
    ];
    assert_eq!(problems(&reading.problems), expected);
    // No row is meant, and none is counted.
    assert_eq!(reading.total, 1);
    assert!(!reading.problems.iter().any(RowProblem::is_of_row));
    assert!(
        reading.problems[2].zh.contains("第3行被当作表头")
            && reading.problems[2].zh.contains("身份证号")
    );
    assert_eq!(
        codes(&reading.notes),
        [(Some("一队"), "sheet.read"), (Some("字典"), "sheet.no_table")]
    );
    let mut hidden = Workbook::new();
    hidden.add_worksheet().set_name("封面").unwrap().write(0, 0, "名册").unwrap();
    fill(hidden.add_worksheet().set_hidden(true), 0, [1]);
    assert_eq!(read(&mut hidden).unwrap_err(), BadFile::HiddenSheet);
}

#[test]
fn a_header_over_two_lines_under_a_title_is_one_header() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 14, "某局志愿者花名册", &plain).unwrap();
    let upper = [
        "序号",
        "姓名",
        "身份证号",
        "基本情况",
        "",
        "联系方式",
        "政治面貌",
        "单位代码",
        "居住区域",
        "技能",
        "志愿者情况",
        "",
        "是否同意",
        "监护人",
        "",
    ];
    let lower = [
        "",
        "",
        "",
        "性别",
        "出生日期（年月日）",
        "",
        "",
        "",
        "",
        "",
        "类别",
        "招募方式",
        "",
        "姓名",
        "电话",
    ];
    sheet.write_row(1, 0, upper).unwrap().write_row(2, 0, lower).unwrap();
    sheet.merge_range(1, 3, 1, 4, "基本情况", &plain).unwrap();
    sheet.merge_range(1, 13, 1, 14, "监护人", &plain).unwrap();
    for place in [0, 1, 2] {
        sheet.merge_range(1, place, 2, place, upper[usize::from(place)], &plain).unwrap();
    }
    for row in 3..5 {
        let person = person(row);
        sheet.write(row, 0, row).unwrap().write_row(row, 1, person).unwrap();
    }
    sheet
        .write_row(3, 3, ["男", "1985-06-07"])
        .unwrap()
        .write_row(3, 13, ["示例丙", "13900139000"])
        .unwrap();
    let reading = read(&mut workbook).unwrap();
    assert_eq!(problems(&reading.problems), []);
    assert_eq!(rows(&reading), [(Some("Sheet1"), 4), (Some("Sheet1"), 5)]);
    assert_eq!(reading.rows[0].value.guardian.as_ref().unwrap().expose(), "示例丙");
    assert_eq!(
        note(&reading.notes, "rows.above_header"),
        "工作表“Sheet1”：第1行在表头之上，未读取。"
    );
    assert_eq!(
        note(&reading.notes, "columns.unread"),
        "工作表“Sheet1”：以下列不在模板中，未读取：A、O。"
    );
}

#[test]
fn a_merged_code_is_filled_down_and_what_a_person_said_never() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    fill(sheet, 0, 1..=6);
    let plain = Format::new();
    sheet.merge_range(1, 6, 3, 6, "330225-D07", &plain).unwrap();
    sheet.merge_range(2, 9, 3, 9, "注册专业志愿者", &plain).unwrap();
    sheet.merge_range(4, 11, 5, 11, "是", &plain).unwrap();
    sheet.merge_range(4, 7, 4, 8, "示例村 调解", &plain).unwrap();
    sheet.merge_range(5, 4, 6, 4, "13800138000", &plain).unwrap();
    let reading = read(&mut workbook).unwrap();
    assert_eq!(reading.rows.iter().map(|row| row.row.row).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(reading.rows.iter().all(|row| row.value.unit.as_str() == "330225-D07"));
    let expected = [
        ("Sheet1", 5, "技能", "row.merged"),
        ("Sheet1", 6, "同意", "row.merged"),
        ("Sheet1", 7, "联系电话", "row.merged"),
    ];
    assert_eq!(problems(&reading.problems), expected);
    assert!(reading.problems[1].zh.contains("合并单元格L5:L6"), "{}", reading.problems[1].zh);
    assert!(reading.problems[1].en.contains("L5:L6"));
    let told = note(&reading.notes, "rows.filled_down");
    assert_eq!(told, "工作表“Sheet1”：第3至4行的“单位代码”取自合并单元格。");
}

#[test]
fn what_says_which_unit_a_row_is_stays_where_it_stands() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header =
        ["单位代码", "单位名称", "上级代码", "类别", "总人数", "任务数", "管理员", "联系电话"];
    sheet.write_row(0, 0, header).unwrap();
    sheet.write_row(1, 0, ["A1", "甲局", "330225", "企业"]).unwrap();
    sheet.write_row(2, 0, ["", "乙局", "", "企业"]).unwrap();
    let plain = Format::new();
    sheet.merge_range(1, 0, 2, 0, "A1", &plain).unwrap();
    sheet.merge_range(1, 2, 2, 2, "330225", &plain).unwrap();
    let reading = units::read(&workbook.save_to_buffer().unwrap(), &Register::default()).unwrap();
    assert_eq!(reading.rows.len(), 1);
    assert_eq!(problems(&reading.problems), [("Sheet1", 3, "单位代码", "row.merged")]);
}

#[test]
fn titles_remarks_and_prepared_rows_are_told_and_no_problem() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.write(0, 0, "附件1").unwrap();
    sheet.merge_range(1, 0, 1, 13, "志愿者花名册", &plain).unwrap();
    sheet.write(2, 0, "单位（盖章）：").unwrap().write(2, 8, "2021年11月30日").unwrap();
    sheet.write(4, 0, "序号").unwrap().write_row(4, 1, HEADER).unwrap();
    for row in 5..15 {
        sheet.write(row, 0, row - 4).unwrap();
    }
    for row in [5, 6, 8] {
        sheet.write_row(row, 1, person(row)).unwrap();
    }
    sheet.write(7, 0, "序号").unwrap().write_row(7, 1, HEADER).unwrap();
    sheet.write(15, 0, "合 计").unwrap().write(15, 3, "3人").unwrap();
    sheet.write(16, 0, "填表人：示例丁").unwrap().write(16, 6, "审核人：示例戊").unwrap();
    sheet.merge_range(17, 0, 17, 13, "请各单位按时报送", &plain).unwrap();
    sheet.write(18, 1, "凡报名的人员，都应本人签字").unwrap();
    sheet.write(19, 1, "※ 注：一式两份").unwrap();
    sheet.set_row_hidden(6).unwrap().set_column_hidden(5).unwrap();
    let reading = read(&mut workbook).unwrap();
    assert_eq!(problems(&reading.problems), []);
    assert_eq!(reading.rows.iter().map(|row| row.row.row).collect::<Vec<_>>(), [6, 7, 9]);
    let expected = [
        ("columns.hidden", "以下列被隐藏，仍然读取：联系电话。"),
        ("columns.unread", "以下列不在模板中，未读取：A。"),
        ("sheet.read", "读取3行。"),
        ("rows.above_header", "第1至3行在表头之上，未读取。"),
        ("rows.header_again", "第8行重复表头，已跳过。"),
        ("rows.remark", "第16至20行是合计、填表人或说明，不是数据，已跳过。"),
        ("rows.no_value", "第10至15行在要读取的列中没有内容，已跳过。"),
        ("rows.hidden", "第7行被隐藏，仍然读取。"),
    ];
    let told: Vec<_> = reading
        .notes
        .iter()
        .map(|note| (note.code, note.zh.trim_start_matches("工作表“Sheet1”：")))
        .collect();
    assert_eq!(told, expected);
    assert!(reading.notes.iter().all(|note| note.en.ends_with('.') && !note.zh.contains("示例丁")));
}

/// Whatever stands in front of a name.
#[test]
fn a_person_of_whom_half_is_missing_is_no_remark() {
    let (first, last) = (
        "备注,姓名,身份证号,性别,出生日期,联系电话,政治面貌,单位代码",
        "居住区域,技能,类别,招募方式,同意,监护人",
    );
    let read = |row: &str| {
        let text = format!("{first},{last}\n{row}\n");
        roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap()
    };
    for row in ["审核未通过,示例甲", "说明见附件,示例甲,,,,13800138000", "负责人,示例甲,,,,,群众"]
    {
        assert!(!read(row).problems.is_empty(), "{row}");
    }
    for row in
        ["合计,,3", ",合 计,,,,3", ",填表人：示例丁,,,,审核人：示例戊", "审核未通过", ",以上共3人"]
    {
        let reading = read(row);
        assert_eq!((problems(&reading.problems), reading.total), (vec![], 0), "{row}");
        assert!(codes(&reading.notes).iter().any(|(_, code)| code.starts_with("rows.")), "{row}");
    }
}

/// Half of a row is a person whose other half is missing, whatever it looks like.
#[test]
fn a_row_with_little_in_it_is_a_problem_and_no_remark() {
    let header = HEADER.join(",");
    for row in [
        "示例甲",
        ",999999198506070012",
        "示例甲,,,,13800138000",
        ",,,,,,330225-D07",
        "以上官,,,,13800138000",
        "Notelmann,999999198506070012",
    ] {
        let text = format!("{header}\n{row}\n");
        let reading =
            roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap();
        assert!(reading.rows.is_empty() && !reading.problems.is_empty(), "{row}");
        assert!(reading.problems.iter().all(|problem| problem.row == 2));
        assert_eq!(codes(&reading.notes), [(None, "file.read_as"), (None, "sheet.read")]);
    }
}

#[test]
fn a_separator_too_many_moves_no_cell_into_another_column() {
    let good = person(5).join(",");
    let moved = person(6).join(",").replace("示例村", "示例村,3组");
    let text = format!("{}\n{good}\n{moved}\n{}\n", HEADER.join(","), person(7).join(","));
    let reading = roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap();
    assert_eq!(problems(&reading.problems), [("", 3, "", "row.too_many_cells")]);
    assert_eq!((rows(&reading), reading.total), (vec![(None, 2), (None, 4)], 3));
    // A separator at the end of every row is a habit of some programs.
    let text = format!("{}\n{good},\n{},\n", HEADER.join(","), person(6).join(","));
    let reading = roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap();
    assert_eq!((reading.rows.len(), reading.problems.len()), (2, 0));
}

#[test]
fn an_identity_number_is_not_found_in_the_address_of_another() {
    let mut lines: Vec<String> = (1..=4).map(|serial| person(serial).join(",")).collect();
    lines[1] = lines[1].replace("示例村", "\"示例村");
    lines[2] = lines[2].replace("示例村", "示例村\"");
    let text = format!("{}\n{}\n", HEADER.join(","), lines.join("\n"));
    let refused =
        roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap_err();
    assert_eq!(refused, BadFile::RowsInACell { line: 3 });
}

#[test]
fn a_template_filled_in_by_a_person_and_saved_as_text_reads_back() {
    let header: Vec<String> = HEADER.iter().map(|name| format!("{name}*")).collect();
    let text = format!("{}\r\n{}\r\n", header.join("\t"), person(9).join("\t"));
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let reading = roster::read(&bytes, date(2021, 11, 10), &Register::default()).unwrap();
    assert_eq!((reading.rows.len(), reading.problems.len()), (1, 0));
    let told = note(&reading.notes, "file.read_as");
    assert_eq!(told, "按GB18030编码、以制表符分隔读取。");
    let empty = template(Kind::Roster).unwrap();
    let reading = roster::read(&empty, date(2021, 11, 10), &Register::default()).unwrap();
    let expected = [(Some("花名册"), "sheet.read"), (Some("填写说明"), "sheet.instructions")];
    assert_eq!(codes(&reading.notes), expected);
}

#[test]
fn rows_come_in_the_order_of_the_file() {
    let row = |order, row| SheetRow::new(order, Some("z".into()), row);
    let mut rows = [row(1, 1), row(0, 3), row(0, 2)];
    rows.sort();
    assert_eq!(rows.map(|row| row.row), [2, 3, 1]);
}
