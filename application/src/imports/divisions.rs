//! 区划: the administrative divisions of a county, 区划代码、级别、名称、上级代码, also `code,level,name,parent_code`.

use std::collections::HashMap;

use domain::unit::Kind;
use domain::writing::Writing;
use domain::{Text, UnitCode};

use super::fields::{Fields, as_headed, read_rows};
use super::problems::Reason;
use super::register::Register;
use super::table::Tables;
use super::tree::{Child, parents_first};
use super::values::{Once, choice};
use super::{BadFile, Column, Form, Need, Numbered, Reading, RowProblem};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "区划代码",
        also: &["code", "统计用区划代码", "行政区划代码", "代码"],
        need: Need::Value,
        writing: Writing::Code,
        zh: "统计用区划代码，2至12位数字；末尾的零可写可不写，330225与330225000000是同一个县。",
        en: "Statistical division code, 2 to 12 digits, with zeros at the end or without: 330225 and 330225000000 are one county.",
        example: "999999001",
        ..Column::PLAIN
    },
    Column {
        name: "级别",
        also: &["level", "层级", "区划级别"],
        need: Need::Value,
        form: Form::Choice(|| LEVELS.map(level_zh).to_vec()),
        filled_down: true,
        zh: "县、镇乡街道或村社区，也可写county、town、village。",
        en: "“县” (county), “镇乡街道” (town) or “村社区” (village), or the English word.",
        example: "镇乡街道",
        ..Column::PLAIN
    },
    Column {
        name: "名称",
        also: &["name", "区划名称"],
        need: Need::Value,
        writing: Writing::Prose,
        zh: "名称，最多80字。",
        en: "Name, at most 80 characters.",
        example: "示例镇",
        ..Column::PLAIN
    },
    Column {
        name: "上级代码",
        also: &["parent_code", "上级单位代码", "上级区划代码", "上级编码"],
        need: Need::Column,
        writing: Writing::Code,
        filled_down: true,
        zh: "上一级的区划代码；县可以留空。镇的上级是县，村的上级是镇。",
        en: "Code one level up; may be blank for the county. A town lies in a county, a village in a town.",
        example: "999999",
        ..Column::PLAIN
    },
];

const LEVELS: [Kind; 3] = [Kind::County, Kind::Town, Kind::Village];

const ALSO: [(&str, Kind); 24] = [
    ("county", Kind::County),
    ("town", Kind::Town),
    ("village", Kind::Village),
    ("区", Kind::County),
    ("市", Kind::County),
    ("县级", Kind::County),
    ("县级市", Kind::County),
    ("市辖区", Kind::County),
    ("自治县", Kind::County),
    ("旗", Kind::County),
    ("区县", Kind::County),
    ("镇", Kind::Town),
    ("乡", Kind::Town),
    ("街道", Kind::Town),
    ("乡镇", Kind::Town),
    ("乡级", Kind::Town),
    ("乡镇街道", Kind::Town),
    ("镇街", Kind::Town),
    ("村", Kind::Village),
    ("社区", Kind::Village),
    ("村级", Kind::Village),
    ("居委会", Kind::Village),
    ("村委会", Kind::Village),
    ("行政村", Kind::Village),
];

fn level_zh(kind: Kind) -> &'static str {
    if kind == Kind::Town {
        "镇乡街道"
    } else if kind == Kind::Village {
        "村社区"
    } else {
        kind.zh()
    }
}

/// A division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// 区划代码.
    pub code: UnitCode,
    /// [`Kind::County`], [`Kind::Town`] or [`Kind::Village`].
    pub kind: Kind,
    /// 名称.
    pub name: Text<80>,
    /// 上级; none for the county, whatever the file says.
    pub parent: Option<UnitCode>,
}

impl Child for Division {
    fn code(&self) -> &UnitCode {
        &self.code
    }

    fn parent(&self) -> Option<&UnitCode> {
        self.parent.as_ref()
    }
}

/// Reads divisions, parents first. A parent must be in the file or among those of the `register`.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], register: &Register) -> Result<Reading<Division>, BadFile> {
    let tables = Tables::read(bytes, COLUMNS)?;
    let mut once = Once::new();
    let mut reading = read_rows(&tables, |fields| division(fields, &mut once, register))?;
    refuse_wrong_levels(&mut reading);
    let is_root =
        |division: &Division| division.parent.as_ref().is_none_or(|parent| register.knows(parent));
    let (rows, orphans) = parents_first(reading.rows, is_root);
    reading.rows = rows;
    reading.problems.extend(
        orphans.iter().map(|orphan| RowProblem::new(orphan.row.clone(), "上级代码", no_parent())),
    );
    as_headed(&tables, &mut reading.problems);
    reading.problems.sort_by_key(RowProblem::order);
    Ok(reading)
}

fn division(
    fields: &mut Fields<'_>,
    once: &mut Once<UnitCode>,
    register: &Register,
) -> Option<Division> {
    let row = fields.row();
    let code = fields.read("区划代码", |text| {
        let code = register.resolve(&division_code(text)?);
        once.note(code.clone(), row, "division.repeated").map(|()| code)
    });
    let kind = fields.read("级别", |text| choice(text, &LEVELS, level_zh, &ALSO));
    let name = fields.read("名称", Text::new);
    let before = fields.refusals();
    // What lies above the county is no unit of ours, whatever the file says.
    let is_county = kind == Some(Kind::County);
    let parent = if is_county {
        None
    } else {
        fields.read("上级代码", |text| division_code(text).map(|code| register.resolve(&code)))
    };
    let (code, kind, name) = (code?, kind?, name?);
    if !is_county && parent.is_none() && fields.refusals() == before {
        fields.refuse("上级代码", no_parent());
    }
    Some(Division { code, kind, name, parent })
}

/// A town lies in a county, a village in a town; a parent outside the file is checked when imported.
fn refuse_wrong_levels(reading: &mut Reading<Division>) {
    let kinds: HashMap<UnitCode, Kind> =
        reading.rows.iter().map(|row| (row.value.code.clone(), row.value.kind)).collect();
    let problems = &mut reading.problems;
    reading.rows.retain(|Numbered { row, value }| {
        let parent = value.parent.as_ref().and_then(|parent| kinds.get(parent)).copied();
        let expected = if value.kind == Kind::Village { Kind::Town } else { Kind::County };
        let fits = parent.is_none_or(|parent| parent == expected);
        if !fits {
            problems.push(RowProblem::new(row.clone(), "上级代码", wrong_level()));
        }
        fits
    });
}

fn division_code(text: &str) -> Result<UnitCode, Reason> {
    let wrong = || {
        Reason::new(
            "division.code",
            "区划代码应为2至12位数字，如330225、330225001。",
            "A division code is 2 to 12 digits, for example 330225 or 330225001.",
        )
    };
    let fits = (2..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    UnitCode::new(text).ok().filter(|_| fits).ok_or_else(wrong)
}

fn no_parent() -> Reason {
    Reason::new(
        "division.parent",
        "上级应是本文件中无误的一行或已导入的区划，且不能互为上级。",
        "The parent must be a good row of this file or a division imported before, and no circle.",
    )
}

fn wrong_level() -> Reason {
    Reason::new(
        "division.level",
        "层级不符：镇的上级应为县，村的上级应为镇。",
        "The level does not fit: a town lies in a county, a village in a town.",
    )
}
