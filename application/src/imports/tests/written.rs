//! What people write in cells and headers. All of them are made up: area 999999 is no place.

use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::writing::Writing;
use domain::{Text, UnitCode};
use jiff::civil::date;
use papers::table::defused;
use proptest::prelude::*;

use crate::imports::{BadFile, Reading, Register, RowProblem, divisions, roster, units};

const HEADER: &str = "姓名,身份证号,性别,出生日期,联系电话,政治面貌,单位代码,居住区域,技能,类别,招募方式,同意,监护人";
/// Born 1990-01-01, a man.
const USUAL: [&str; 13] = [
    "示例甲",
    "999999199001010016",
    "",
    "",
    "13800138000",
    "群众",
    "330225-D01",
    "示例村",
    "调解",
    "注册志愿者",
    "长期",
    "是",
    "",
];
/// Born 2010-12-15.
const MINOR: &str = "999999201012156002";

fn register() -> Register {
    let mut register = Register::default();
    for (code, name) in [
        ("330225", "示例县"),
        ("330225001", "示例街道办事处"),
        ("330225-D01", "示例局"),
        ("330225-D02", "示例局第二分局"),
        ("330225-D03", "示例（海洋）局"),
    ] {
        register.add(UnitCode::new(code).unwrap(), Text::new(name).unwrap());
    }
    register
}

fn read(header: &str, rows: &[String]) -> Result<Reading<roster::Entry>, BadFile> {
    let text = format!("{header}\n{}\n", rows.join("\n"));
    roster::read(text.as_bytes(), date(2021, 11, 10), &register())
}

/// One row with some of its cells changed.
fn one(changes: &[(&str, &str)]) -> Reading<roster::Entry> {
    let cells = HEADER.split(',').zip(USUAL).map(|(column, usual)| {
        let changed = changes.iter().find(|(name, _)| *name == column);
        format!("\"{}\"", changed.map_or(usual, |(_, value)| value).replace('"', "\"\""))
    });
    read(HEADER, &[cells.collect::<Vec<_>>().join(",")]).unwrap()
}

fn codes(problems: &[RowProblem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.column.as_str(), problem.code)).collect()
}

/// The entry of one row without fault.
fn entry(changes: &[(&str, &str)]) -> roster::Entry {
    let reading = one(changes);
    assert_eq!(codes(&reading.problems), [], "{changes:?}");
    reading.rows.into_iter().next().unwrap().value
}

#[test]
fn every_column_is_read_in_one_form() {
    for (column, written) in [
        ("姓名", "\u{202a}示 例　甲\u{202c}"),
        ("姓名", "'示例甲"),
        ("姓名", "⽰例甲"),
        ("身份证号", "=\"999999199001010016\""),
        ("身份证号", "９９９９９９ 19900101－0016"),
        ("身份证号", "\u{2066}999999199001010016\u{2069}"),
        ("性别", "Ｍ"),
        ("性别", " 男\u{200d}性"),
        ("出生日期", "１９９０年０１月０１日"),
        ("出生日期", "1990-01-01 00:00:00"),
        ("出生日期", "1990。1。1"),
        ("出生日期", "一九九〇年一月一日"),
        ("联系电话", "+86 (138) 0013-8000"),
        ("联系电话", "13800138000.00"),
        ("联系电话", "\u{feff}138\u{a0}0013\u{2009}8000"),
        ("政治面貌", "\u{200e}群 众"),
        ("政治面貌", "13"),
        ("单位代码", "３３０２２５—Ｄ０１"),
        ("单位代码", "='330225-D01".trim_start_matches('=')),
        ("居住区域", "示例\u{feff}村\u{3000}"),
        ("技能", "调解；无"),
        ("类别", "普通志愿者"),
        ("招募方式", "长期\u{a0}招募"),
        ("同意", "√"),
        ("同意", "Ｙ"),
        ("同意", "TRUE"),
        ("监护人", "——"),
    ] {
        assert_eq!(entry(&[(column, written)]), entry(&[]), "{column} {written:?}");
    }
}

#[test]
fn choices_by_the_words_in_use() {
    use PoliticalStatus as P;
    for (word, status) in [
        ("共产党员", P::PartyMember),
        ("中共党员（预备）", P::ProbationaryMember),
        ("入党发展对象", P::Activist),
        ("团员", P::LeagueMember),
        ("九三学社", P::DemocraticParty),
        ("无党派", P::NonPartisan),
        ("一般群众", P::Masses),
        ("０１", P::PartyMember),
    ] {
        assert_eq!(entry(&[("政治面貌", word)]).political_status, status, "{word}");
    }
    let changed = entry(&[("类别", "专业志愿者"), ("招募方式", "应急")]);
    assert_eq!((changed.kind, changed.recruitment), (Kind::Professional, Recruitment::Emergency));
    let refused = one(&[("政治面貌", "少先队员")]);
    assert!(refused.problems[0].zh.contains("中共党员、中共预备党员、入党积极分子、共青团员"));
    for no in ["否", "×", "N", "不同意", "0", "□", "FALSE", "无"] {
        assert_eq!(codes(&one(&[("同意", no)]).problems), [("同意", "roster.consent")], "{no}");
    }
    for none in ["待补", "-", "不详", "？"] {
        assert_eq!(codes(&one(&[("同意", none)]).problems), [("同意", "row.no_answer")], "{none}");
    }
}

#[test]
fn no_word_stands_for_a_name_or_a_guardian() {
    for word in ["无", "（无）", "未知", "N/A", "待 定", "暂无监护人", "*", "０", "／", ""]
    {
        let minor = one(&[("身份证号", MINOR), ("监护人", word)]);
        assert_eq!(codes(&minor.problems), [("监护人", "roster.guardian")], "{word}");
        assert_eq!(entry(&[("监护人", word), ("居住区域", word), ("技能", word)]).guardian, None);
        let name = if word.is_empty() { "row.blank" } else { "row.no_answer" };
        assert_eq!(codes(&one(&[("姓名", word)]).problems), [("姓名", name)], "{word}");
        assert_eq!(codes(&one(&[("单位代码", word)]).problems), [("单位代码", name)], "{word}");
    }
    for word in ["父亲", "是", "同意", "本人", "家长 13800138000"] {
        let minor = codes(&one(&[("身份证号", MINOR), ("监护人", word)]).problems)[0].1.to_owned();
        assert_eq!(minor, "personal.guardian", "{word}");
    }
    for word in ["同上", "〃", "见附件"] {
        for column in ["监护人", "居住区域", "姓名", "单位代码", "政治面貌"] {
            assert_eq!(
                codes(&one(&[(column, word)]).problems)[0],
                (column, "row.elsewhere"),
                "{word}"
            );
        }
    }
    let guardian = entry(&[("身份证号", MINOR), ("监护人", "示例父　13800138000")]).guardian;
    assert_eq!(guardian.unwrap().expose(), "示例父 13800138000");
}

#[test]
fn what_stays_refused_names_character_and_column() {
    for (column, written, code, says) in [
        ("姓名", "示\u{e863}", "row.characters", "U+E863(应为“䶮”U+4DAE)"),
        ("居住区域", "示例\u{f8ff}村", "row.characters", "U+F8FF"),
        ("技能", "调\u{fffd}", "row.characters", "U+FFFD"),
        ("姓名", "示例(大)", "personal.name", "“(”U+0028"),
        ("身份证号", "99999919900101O016", "identity_number.character", "“O”U+004F"),
    ] {
        let problems = one(&[(column, written)]).problems;
        assert_eq!(codes(&problems), [(column, code)]);
        assert!(problems[0].zh.contains(says), "{}", problems[0].zh);
    }
}

#[test]
fn headers_as_offices_write_them() {
    let row = USUAL.join(",");
    for header in [
        "＊姓名,公民身份号码,性 别,出生年月日,手机号码,政治面貌,单位编码,现居住地,特长,志愿者类别,招募方式（必填）,是否同意,监护人姓名",
        "\u{200e}姓名*,身份证号码（18位）,性别,出生日期(年月日),联系方式,政治⾯貌,单位代码,居住区域,技能,类别,招募方式,本人同意,监护人",
    ] {
        let reading = read(header, std::slice::from_ref(&row)).unwrap();
        assert_eq!((reading.rows.len(), codes(&reading.problems)), (1, vec![]), "{header}");
    }
    let alias = HEADER.replace("联系电话", "手机号");
    let reading = read(&alias, &[row.replace("13800138000", "12")]).unwrap();
    assert_eq!(codes(&reading.problems), [("手机号", "personal.telephone")], "as the file has it");
    let both = HEADER.replace("居住区域", "电话");
    assert!(
        matches!(read(&both, &[]), Err(BadFile::MissingColumns { .. })),
        "its own name goes first"
    );
    let twice = HEADER.replace("居住区域", "手机").replace("联系电话", "电话");
    let repeated = BadFile::RepeatedColumn { column: "联系电话" };
    assert_eq!(read(&twice, &[]).err(), Some(repeated));
}

#[test]
fn a_code_and_the_name_beside_it_are_one_unit_s() {
    let with = |code: &str, name: &str| {
        let row = USUAL.join(",").replace("330225-D01", code);
        read(&format!("{HEADER},单位"), &[format!("{row},{name}")]).unwrap()
    };
    for (code, name, unit) in [
        ("330225-D01", "示例局", "330225-D01"),
        ("330225-D01", "", "330225-D01"),
        ("330225-D01", "无", "330225-D01"),
        ("330225001000", "示例街道", "330225001"),
        ("330225-D03", "示例(海洋) 局", "330225-D03"),
        ("330225-D77", "尚未登记的局", "330225-D77"),
    ] {
        let reading = with(code, name);
        assert_eq!(codes(&reading.problems), [], "{code} {name}");
        assert_eq!(reading.rows[0].value.unit.as_str(), unit);
    }
    for (code, name, problem, says) in [
        ("330225-D02", "示例局", "row.unit_name", "示例局第二分局"),
        ("330225-D02", "示例局", "row.unit_name", "330225-D01"),
        ("330225-D01", "另一个局", "row.unit_name", "“示例局”"),
        ("", "示例局", "row.unit_code", "330225-D01"),
        ("待定", "示例局第二分局", "row.unit_code", "330225-D02"),
        ("示例局", "", "row.unit_code", "330225-D01"),
        ("330225-D99", "示例局", "row.unit_code", "330225-D01"),
        ("", "另一个局", "row.blank", "必填"),
    ] {
        let reading = with(code, name);
        assert_eq!(codes(&reading.problems), [("单位代码", problem)], "{code} {name}");
        assert!(reading.problems[0].zh.contains(says), "{}", reading.problems[0].zh);
    }
}

#[test]
fn superiors_of_units_are_named_by_code_and_name() {
    let header =
        "单位代码,单位名称,上级代码,上级单位,类别,总人数,任务数,管理员,联系电话,归口代码,归口部门";
    let read =
        |rows: &str| units::read(format!("{header}\n{rows}\n").as_bytes(), &register()).unwrap();
    let reading = read(
        "330225-D10,示例甲局,330225000000,示例县,部门,１,200,待定,无,,
330225-D11,示例甲所,３３０２２５－Ｄ１０,示例甲局,派驻站所,20.0,否,,－,330225-D01,示例局",
    );
    assert_eq!(codes(&reading.problems), []);
    let parents: Vec<_> = reading.rows.iter().map(|row| row.value.parent.as_str()).collect();
    assert_eq!(parents, ["330225", "330225-D10"]);
    let [first, second] = reading.rows.as_slice() else { panic!("{reading:?}") };
    assert_eq!((first.value.headcount, first.value.task), (Some(1), Some(200)));
    assert_eq!((second.value.headcount, second.value.task), (Some(20), None));
    assert!(first.value.administrator.is_none());
    let reading = read(
        "330225-D12,示例乙局,330225,示例街道,部门,,,,,,
330225-D13,示例乙所,,示例乙局,派驻站所,,,,,330225-D02,示例局
330225-D14,无,330225,,部门,,,待定,13800138000,,
—,示例丙局,330225,,部门,,,,,,",
    );
    assert_eq!(
        codes(&reading.problems),
        [
            ("上级代码", "row.unit_name"),
            ("上级代码", "row.unit_code"),
            ("归口代码", "row.unit_name"),
            ("单位名称", "row.no_answer"),
            ("管理员", "unit.administrator"),
            ("单位代码", "row.no_answer"),
        ]
    );
    assert!(reading.problems[1].zh.contains("330225-D12"), "also a name of the same file");
}

#[test]
fn divisions_have_one_code_however_many_zeros() {
    let csv = "区划代码,级别,名称,上级代码
330225000000,县,示例县,330200000000
330225001000,街道,示例街道,330225000000
330225009000,镇,示例镇,330225000
330225009201,行政村,示例村,３３０２２５００９
";
    let reading = divisions::read(csv.as_bytes(), &register()).unwrap();
    assert_eq!(codes(&reading.problems), []);
    let found: Vec<_> = reading
        .rows
        .iter()
        .map(|row| (row.value.code.as_str(), row.value.parent.as_ref().map(UnitCode::as_str)))
        .collect();
    assert_eq!(
        found,
        [
            ("330225", None),
            ("330225001", Some("330225")),
            ("330225009", Some("330225")),
            ("330225009201", Some("330225009")),
        ]
    );
    let twice =
        "code,level,name,parent_code\n330225009,town,镇,330225\n330225009000,town,镇,330225\n";
    let reading = divisions::read(twice.as_bytes(), &register()).unwrap();
    assert_eq!(codes(&reading.problems), [("code", "division.repeated")]);
}

proptest! {
    /// What a table is written with is read as what it was.
    #[test]
    fn a_text_that_was_written_for_a_spreadsheet_is_the_same_text(
        text in "(=|-|＋|'|@|\"|号|1| ){0,8}",
    ) {
        let kept = Writing::Prose.normalise(&text).unwrap();
        prop_assert_eq!(Writing::Prose.normalise(&defused(&kept)), Ok(kept));
    }
}
