//! The columns of a table: one list drives reading, the template and its instructions.

use domain::writing::Writing;

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// The name in the header.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What its cells hold.
    pub form: Form,
    /// What is accepted, in Chinese.
    pub zh: &'static str,
    /// What is accepted, in English.
    pub en: &'static str,
    /// A plainly fictitious value.
    pub example: &'static str,
}

/// Whether a column and its cells must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// 必填: every row has a value.
    Value,
    /// The column is there, a cell may be blank.
    Column,
    /// The column itself may be left out.
    Nothing,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Text, also where it looks like a number.
    Text,
    /// A whole number.
    Number,
    /// One of these, offered as a list.
    Choice(fn() -> Vec<&'static str>),
}

impl Column {
    /// How what stands in its cells is brought to one form.
    #[must_use]
    pub fn writing(&self) -> Writing {
        let listed = WRITINGS.iter().find(|(_, names)| names.contains(&self.name));
        listed.map_or(Writing::Figure, |(writing, _)| *writing)
    }

    /// Other headers that people write above it. Only where none of them is there, the column is missing.
    #[must_use]
    pub fn also(&self) -> &'static [&'static str] {
        ALSO.iter().find(|(name, _)| *name == self.name).map_or(&[], |(_, also)| also)
    }
}

/// The columns whose cells are not dates, numbers, telephones or choices.
const WRITINGS: &[(Writing, &[&str])] = &[
    (Writing::Name, &["姓名", "管理员"]),
    (
        Writing::Prose,
        &[
            "监护人",
            "单位名称",
            "上级名称",
            "归口单位",
            "名称",
            "居住区域",
            "技能",
            "备注",
            "持有人",
        ],
    ),
    (
        Writing::Code,
        &["身份证号", "单位代码", "上级代码", "归口代码", "区划代码", "活动编号", "志愿者编号"],
    ),
];

/// Headers as offices write them. Our default, from rosters that were tried.
const ALSO: &[(&str, &[&str])] = &[
    ("姓名", &["名字", "志愿者姓名", "人员姓名"]),
    (
        "身份证号",
        &["身份证号码", "身份证", "公民身份号码", "公民身份证号码", "证件号码", "居民身份证号码"],
    ),
    ("出生日期", &["出生年月日", "出生时间", "生日"]),
    (
        "联系电话",
        &[
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系方式",
            "联系电话号码",
            "管理员电话",
        ],
    ),
    ("单位代码", &["单位编码", "机构代码", "所属单位代码", "所在单位代码"]),
    ("单位名称", &["单位", "名称", "单位全称", "所在单位", "所属单位", "工作单位"]),
    ("居住区域", &["居住地", "居住地区", "居住村社区", "现居住地", "所在村社区"]),
    ("技能", &["技能特长", "特长", "专长", "专业特长"]),
    ("类别", &["志愿者类别", "单位类别", "单位类型", "类型"]),
    ("招募方式", &["招募类型", "招募类别"]),
    ("同意", &["本人同意", "是否同意", "本人是否同意", "是否同意加入", "同意加入"]),
    ("监护人", &["监护人姓名", "同意的监护人", "监护人签字"]),
    ("志愿者编号", &["志愿者号", "志愿者号码"]),
    ("政治面貌日期", &["入党日期", "入党时间", "入党入团时间", "政治面貌时间"]),
    ("同意日期", &["同意时间", "签字日期"]),
    ("上级代码", &["parent_code", "上级单位代码", "上级区划代码", "上级编码"]),
    ("上级名称", &["上级单位", "上级单位名称"]),
    ("总人数", &["人数", "单位人数", "在职人数"]),
    ("任务数", &["任务", "下达任务数", "志愿者任务数"]),
    ("管理员", &["管理员姓名", "联络员", "联系人"]),
    ("归口代码", &["归口单位代码", "归口部门代码"]),
    ("归口单位", &["归口部门", "归口单位名称"]),
    ("区划代码", &["code", "统计用区划代码", "行政区划代码", "代码"]),
    ("级别", &["level", "层级", "区划级别"]),
    ("名称", &["name", "区划名称"]),
];
