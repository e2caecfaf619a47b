//! People. All of them are made up: area 999999 is no place.

use domain::identity_number::{IdentityNumber, Sex};
use domain::volunteer::{Kind as VolunteerKind, PoliticalStatus, Recruitment};
use jiff::civil::date;
use proptest::prelude::*;

use crate::imports::template::workbook;
use crate::imports::{Kind, Reading, Register, RowProblem, roster};

const COLUMNS: [&str; 13] = [
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

/// A row without fault, with some cells changed.
fn person(serial: u32, changes: &[(&str, &str)]) -> Vec<String> {
    let number = IdentityNumber::with_check_digit(&format!("99999919900101{serial:03}")).unwrap();
    let sex = if number.sex() == Sex::Male { "男" } else { "女" };
    let usual = [
        "示例甲",
        number.expose(),
        sex,
        "1990-01-01",
        "13800138000",
        "群众",
        "330225001",
        "示例村",
        "调解、法律咨询",
        "注册志愿者",
        "长期",
        "是",
        "",
    ];
    let changed = |(column, usual): (&&str, &str)| {
        let change = changes.iter().find(|(name, _)| name == column);
        change.map_or(usual, |(_, value)| value).to_owned()
    };
    COLUMNS.iter().zip(usual).map(changed).collect()
}

fn read(rows: &[Vec<String>]) -> Reading<roster::Entry> {
    let lines: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    let text = format!("{}\n{}\n", COLUMNS.join("\t"), lines.join("\n"));
    roster::read(text.as_bytes(), date(2021, 11, 10), &Register::default()).unwrap()
}

fn codes(problems: &[RowProblem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.column.as_str(), problem.code)).collect()
}

#[test]
fn the_template_filled_in_reads_back() {
    let mut workbook = workbook(Kind::Roster).unwrap();
    let sheet = workbook.worksheet_from_index(0).unwrap();
    let changes = [
        ("姓名", "欧阳 示例"),
        ("政治面貌", "民革党员"),
        ("类别", "注册专业志愿者"),
        ("招募方式", "储备"),
    ];
    for (row, person) in
        (1..).zip([person(1, &changes), person(2, &[("居住区域", ""), ("技能", "")])])
    {
        sheet.write_row(row, 0, person).unwrap();
    }
    // Left as Excel makes it of what was typed: a number for the telephone, a date for the birth.
    sheet.write(2, 4, 13_800_138_000_u64).unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(2, 3, 32_874, &day).unwrap();
    let reading =
        roster::read(&workbook.save_to_buffer().unwrap(), date(2021, 11, 10), &Register::default())
            .unwrap();
    assert_eq!(codes(&reading.problems), []);
    let [first, second] = reading.rows.as_slice() else { panic!("{reading:?}") };
    let entry = &first.value;
    assert_eq!((first.row.row, entry.name.expose()), (2, "欧阳示例"));
    assert_eq!(entry.political_status, PoliticalStatus::DemocraticParty);
    assert_eq!(
        (entry.kind, entry.recruitment),
        (VolunteerKind::Professional, Recruitment::Reserve)
    );
    assert_eq!(entry.residence.as_ref().unwrap().expose(), "示例村");
    assert_eq!(
        entry.skills.iter().map(|skill| skill.as_str()).collect::<Vec<_>>(),
        ["调解", "法律咨询"]
    );
    assert_eq!((second.value.telephone.expose(), &second.value.residence), ("13800138000", &None));
}

#[test]
fn each_fault_is_named_by_column_and_code() {
    let other = IdentityNumber::with_check_digit("99999919900101777").unwrap();
    let (long, skills) = ("长".repeat(2_001), ["调解"; 21].join("、"));
    for (column, value, code) in [
        ("姓名", "", "row.blank"),
        ("姓名", "张三1", "personal.name"),
        ("身份证号", "999999199001010018", "identity_number.checksum"),
        ("身份证号", "999999900101001", "identity_number.fifteen_digits"),
        ("身份证号", "9.99999E+17", "row.lost_digits"),
        ("性别", "女", "roster.sex"),
        ("性别", "男女", "row.choice"),
        ("出生日期", "1990-01-02", "roster.birth"),
        ("出生日期", "1990-02-30", "row.date"),
        ("联系电话", "12800138000", "personal.telephone"),
        ("政治面貌", "甲", "row.choice"),
        ("政治面貌", "不明", "row.no_answer"),
        ("单位代码", "甲局", "value.unit_code"),
        ("技能", "电话13800138000", "value.personal_data"),
        ("技能", "#REF!", "row.formula_error"),
        ("技能", &long, "row.too_long"),
        ("技能", &skills, "roster.skills"),
        ("类别", "志愿者", "row.choice"),
        ("招募方式", "临时", "row.choice"),
        ("同意", "否", "roster.consent"),
        ("同意", "", "row.blank"),
        ("监护人", "13800138000", "personal.guardian"),
    ] {
        let reading = read(&[person(1, &[(column, value)]), person(777, &[])]);
        assert_eq!(codes(&reading.problems), [(column, code)], "{value}");
        assert_eq!(reading.problems[0].row, 2);
        let good: Vec<_> = reading.rows.iter().map(|row| &row.value.identity_number).collect();
        assert_eq!(good, [&other], "the good row beside it stays");
    }
}

#[test]
fn dates_and_telephones_as_people_write_them() {
    for birth in ["1990/1/1", "1990.01.01", "1990年1月1日", "19900101", ""] {
        assert_eq!(codes(&read(&[person(1, &[("出生日期", birth)])]).problems), [], "{birth}");
    }
    for telephone in ["+86 138-0013-8000", "１３８００１３８０００", "8613800138000"] {
        let reading = read(&[person(1, &[("联系电话", telephone)])]);
        assert_eq!(reading.rows[0].value.telephone.expose(), "13800138000", "{telephone}");
    }
}

#[test]
fn the_second_and_third_of_one_identity_name_the_first_row() {
    let reading = read(&[person(1, &[]), person(1, &[("姓名", "示例乙")]), person(1, &[])]);
    assert_eq!(codes(&reading.problems), [("身份证号", "roster.repeated"); 2]);
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| problem.zh.contains("第2行") && problem.en.contains("row 2"))
    );
    assert_eq!(reading.rows.len(), 1);
}

/// 13 on the day, 18 on the day, and born after it.
#[test]
fn minors_need_a_guardian_and_nobody_is_born_tomorrow() {
    let born = |day: &str, guardian: &str| {
        let number = IdentityNumber::with_check_digit(&format!("999999{day}002")).unwrap();
        let changes =
            [("身份证号", number.expose()), ("性别", ""), ("出生日期", ""), ("监护人", guardian)];
        let reading = read(&[person(1, &changes)]);
        codes(&reading.problems).first().map(|(_, code)| (*code).to_owned())
    };
    assert_eq!(born("20080101", "").as_deref(), Some("roster.guardian"));
    assert_eq!(born("20080101", "示例乙"), None);
    assert_eq!(born("20031111", "").as_deref(), Some("roster.guardian"));
    assert_eq!(born("20031110", ""), None);
    assert_eq!(born("20211111", "示例乙").as_deref(), Some("roster.birth_in_future"));
}

#[test]
fn neither_problems_nor_debug_repeat_what_stood_in_a_cell() {
    let planted = [
        ("姓名", "普兰特甲9"),
        ("联系电话", "1390000999"),
        ("居住区域", "普兰特路9号"),
        ("监护人", "普兰特乙"),
    ];
    let reading = read(&[person(1, &planted), person(3, &[("姓名", "普兰特丙")])]);
    assert_eq!((reading.rows.len(), reading.problems.len()), (1, 2));
    let shown = format!("{reading:?}") + &serde_json::to_string(&reading.problems).unwrap();
    for secret in ["普兰特", "1390000999", "13800138000", "999999199001010"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

proptest! {
    #[test]
    fn any_cells_are_read_or_refused(cells in proptest::collection::vec("[^\0\t\r\n\"]{0,24}", 13)) {
        let reading = read(&[cells]);
        prop_assert_eq!(reading.rows.len() + usize::from(!reading.problems.is_empty()), reading.total as usize);
    }
}
