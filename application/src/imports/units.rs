//! 单位: the units of a county with headcount, task number and administrator.

use domain::unit::Kind;
use domain::writing::Writing;
use domain::{Text, UnitCode};

use super::fields::{Fields, as_headed, read_rows};
use super::problems::Reason;
use super::register::Register;
use super::table::Tables;
use super::tree::{Child, parents_first};
use super::values::{Once, choice, count};
use super::{BadFile, Column, Form, Need, Reading, RowProblem};
use crate::people::Personal;

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "单位代码",
        also: &["单位编码", "机构代码", "所属单位代码", "所在单位代码"],
        need: Need::Value,
        writing: Writing::Code,
        filled_down: true,
        zh: "1至32位字母、数字或连字符；镇村用区划代码。",
        en: "1 to 32 letters, digits or hyphens; towns and villages use their division code.",
        example: "999999-101",
        ..Column::PLAIN
    },
    Column {
        name: "单位名称",
        also: &["单位", "名称", "单位全称", "所在单位", "所属单位", "工作单位"],
        need: Need::Value,
        writing: Writing::Prose,
        zh: "最多80字。",
        en: "At most 80 characters.",
        example: "示例县示例局",
        ..Column::PLAIN
    },
    Column {
        name: "上级代码",
        also: &["parent_code", "上级单位代码", "上级区划代码", "上级编码"],
        need: Need::Value,
        writing: Writing::Code,
        filled_down: true,
        zh: "上级单位的代码；县级部门的上级是县。",
        en: "Code of the unit above; for a department, the county.",
        example: "999999",
        ..Column::PLAIN
    },
    Column {
        name: "类别",
        also: &["志愿者类别", "单位类别", "单位类型", "类型"],
        need: Need::Value,
        form: Form::Choice(|| KINDS.map(Kind::zh).to_vec()),
        filled_down: true,
        zh: "从列表中选择。",
        en: "Choose from the list.",
        example: "县级部门",
        ..Column::PLAIN
    },
    Column {
        name: "总人数",
        also: &["人数", "单位人数", "在职人数"],
        need: Need::Column,
        form: Form::Number,
        zh: "本单位人数，不含归口的下属单位；未申报的留空。",
        en: "People of the unit itself, without attributed sub-units; blank if not declared.",
        example: "120",
        ..Column::PLAIN
    },
    Column {
        name: "任务数",
        also: &["任务", "下达任务数", "志愿者任务数"],
        need: Need::Column,
        form: Form::Number,
        zh: "下达的志愿者任务数；没有的留空。",
        en: "Volunteers the unit must raise; blank if none is assigned.",
        example: "80",
        ..Column::PLAIN
    },
    Column {
        name: "管理员",
        also: &["管理员姓名", "联络员", "联系人"],
        need: Need::Nothing,
        writing: Writing::Name,
        zh: "管理员姓名；未上报的留空。",
        en: "Name of the administrator; blank if not reported.",
        example: "示例甲",
        ..Column::PLAIN
    },
    Column {
        name: "联系电话",
        also: &[
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系方式",
            "联系电话号码",
            "管理员电话",
        ],
        need: Need::Nothing,
        zh: "管理员的手机号码，或带区号的固定电话；有管理员时必填。",
        en: "The administrator's mobile number, or a landline with area code; required with an administrator.",
        example: "13800138000",
        ..Column::PLAIN
    },
    Column {
        name: "上级名称",
        also: &["上级单位", "上级单位名称"],
        need: Need::Nothing,
        writing: Writing::Prose,
        filled_down: true,
        zh: "上级单位的名称，用于与上级代码核对；此列可省略。",
        en: "Name of the unit above, compared with its code; the column may be left out.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "归口代码",
        also: &["归口单位代码", "归口部门代码"],
        need: Need::Nothing,
        writing: Writing::Code,
        filled_down: true,
        zh: "人数计入的县级部门代码，用于派驻站所、学校、卫生院；此列可省略。",
        en: "Department the people count towards, for outposts, schools and health centres; the column may be left out.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "归口单位",
        also: &["归口部门", "归口单位名称"],
        need: Need::Nothing,
        writing: Writing::Prose,
        filled_down: true,
        zh: "归口的县级部门名称，用于与归口代码核对；此列可省略。",
        en: "Name of that department, compared with its code; the column may be left out.",
        example: "",
        ..Column::PLAIN
    },
];

/// What a unit of this table may be: all but the county, which comes with the divisions.
const KINDS: [Kind; 8] = [
    Kind::Town,
    Kind::Department,
    Kind::Enterprise,
    Kind::School,
    Kind::SocialOrganisation,
    Kind::Village,
    Kind::HealthCentre,
    Kind::Outpost,
];

const ALSO: [(&str, Kind); 31] = [
    ("镇乡/街道", Kind::Town),
    ("乡镇街道", Kind::Town),
    ("镇", Kind::Town),
    ("乡", Kind::Town),
    ("街道", Kind::Town),
    ("村/社区", Kind::Village),
    ("村", Kind::Village),
    ("社区", Kind::Village),
    ("镇乡", Kind::Town),
    ("乡镇", Kind::Town),
    ("镇(乡)", Kind::Town),
    ("镇(街道)", Kind::Town),
    ("镇乡(街道)", Kind::Town),
    ("村(社区)", Kind::Village),
    ("行政村", Kind::Village),
    ("部门", Kind::Department),
    ("县直部门", Kind::Department),
    ("县级机关部门", Kind::Department),
    ("公司", Kind::Enterprise),
    ("国企", Kind::Enterprise),
    ("国有企业", Kind::Enterprise),
    ("中学", Kind::School),
    ("小学", Kind::School),
    ("中小学", Kind::School),
    ("幼儿园", Kind::School),
    ("社会团体", Kind::SocialOrganisation),
    ("社团", Kind::SocialOrganisation),
    ("卫生服务中心", Kind::HealthCentre),
    ("站所", Kind::Outpost),
    ("派出机构", Kind::Outpost),
    ("派驻机构", Kind::Outpost),
];

/// A unit as its county lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// 单位代码.
    pub code: UnitCode,
    /// 单位名称.
    pub name: Text<80>,
    /// 上级代码: in the file or imported before.
    pub parent: UnitCode,
    /// 类别; never [`Kind::County`].
    pub kind: Kind,
    /// 总人数, if declared.
    pub headcount: Option<u32>,
    /// 任务数, if assigned.
    pub task: Option<u32>,
    /// 管理员, if reported.
    pub administrator: Option<Administrator>,
    /// 归口代码: the department its people count towards.
    pub attributed_to: Option<UnitCode>,
}

/// 管理员.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// 姓名.
    pub name: Personal,
    /// 联系电话, digits only.
    pub telephone: Personal,
}

impl Child for Unit {
    fn code(&self) -> &UnitCode {
        &self.code
    }

    fn parent(&self) -> Option<&UnitCode> {
        Some(&self.parent)
    }
}

/// Reads units, parents first. A parent that is no good row of the file is taken to be known already; names beside codes are
/// compared with the register and with the file itself.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], register: &Register) -> Result<Reading<Unit>, BadFile> {
    let tables = Tables::read(bytes, COLUMNS)?;
    let mut names = register.clone();
    read_rows(&tables, |fields| own_name(fields, &mut names))?;
    let mut once = Once::new();
    let mut reading = read_rows(&tables, |fields| unit(fields, &mut once, &names))?;
    let here: std::collections::HashSet<UnitCode> =
        reading.rows.iter().map(|row| row.value.code.clone()).collect();
    let (rows, circular) = parents_first(reading.rows, |unit| !here.contains(&unit.parent));
    reading.rows = rows;
    reading.problems.extend(
        circular.iter().map(|unit| RowProblem::new(unit.row.clone(), "上级代码", circle())),
    );
    as_headed(&tables, &mut reading.problems);
    reading.problems.sort_by_key(RowProblem::order);
    Ok(reading)
}

/// Code and name that a row tells of its own unit, for the rows that refer to it. A unit that is registered keeps its name.
fn own_name(fields: &mut Fields<'_>, names: &mut Register) -> Option<()> {
    let code = names.resolve(&fields.read("单位代码", UnitCode::new)?);
    let name = fields.read("单位名称", Text::new)?;
    if !names.knows(&code) {
        names.add(code, name);
    }
    Some(())
}

fn unit(fields: &mut Fields<'_>, once: &mut Once<UnitCode>, names: &Register) -> Option<Unit> {
    let row = fields.row();
    let code = fields.read("单位代码", |text| {
        let code = names.resolve(&UnitCode::new(text)?);
        once.note(code.clone(), row, "unit.repeated").map(|()| code)
    });
    let name = fields.read("单位名称", Text::new);
    let parent = names.read(fields, "上级代码", "上级名称");
    let kind = fields.read("类别", |text| choice(text, &KINDS, Kind::zh, &ALSO));
    let headcount = fields.read("总人数", count);
    let task = fields.read("任务数", count);
    let administrator = administrator(fields);
    let attributed_to = names.read(fields, "归口代码", "归口单位");
    let (code, name, parent, kind) = (code?, name?, parent?, kind?);
    if attributed_to.as_ref() == Some(&code) {
        fields.refuse("归口代码", attributed_to_itself());
    }
    Some(Unit { code, name, parent, kind, headcount, task, administrator, attributed_to })
}

fn administrator(fields: &mut Fields<'_>) -> Option<Administrator> {
    let before = fields.refusals();
    let name = fields.read("管理员", Personal::name);
    let telephone = fields.read("联系电话", Personal::telephone);
    match (name, telephone) {
        (Some(name), Some(telephone)) => Some(Administrator { name, telephone }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            // A cell that was refused is there, so nothing is missing.
            if fields.refusals() == before {
                fields.refuse("管理员", half_administrator());
            }
            None
        }
    }
}

fn half_administrator() -> Reason {
    Reason::new(
        "unit.administrator",
        "管理员和联系电话应同时填写，或同时留空。",
        "Give both the administrator and the telephone, or neither.",
    )
}

fn attributed_to_itself() -> Reason {
    Reason::new(
        "unit.attributed_to_itself",
        "归口代码应为另一个单位；不归口的留空。",
        "The department must be another unit; leave it blank if the people count here.",
    )
}

fn circle() -> Reason {
    Reason::new(
        "unit.circle",
        "上级代码互相循环；请改为上一级单位的代码。",
        "These units are each other's parents; give the code of the unit above.",
    )
}
