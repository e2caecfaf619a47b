use domain::volunteer::{Kind, PoliticalStatus, Recruitment};

use crate::imports::{Column, Form, Need};

fn names<T: Copy>(all: &[T], zh: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| zh(*value)).collect()
}

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "姓名",
        need: Need::Value,
        form: Form::Text,
        zh: "与证件一致，最多50字。",
        en: "As on the card, at most 50 characters.",
        example: "示例甲",
    },
    Column {
        name: "身份证号",
        need: Need::Value,
        form: Form::Text,
        zh: "18位公民身份号码；单元格须为文本格式。同一号码在文件中只能出现一次。",
        en: "Identity number of 18 characters, in a cell formatted as text; once in a file.",
        example: "999999199001010016",
    },
    Column {
        name: "性别",
        need: Need::Column,
        form: Form::Choice(|| vec!["男", "女"]),
        zh: "男或女，须与身份证号一致；可留空。",
        en: "男 (male) or 女 (female), as the identity number says; may be blank.",
        example: "男",
    },
    Column {
        name: "出生日期",
        need: Need::Column,
        form: Form::Text,
        zh: "如 1990-01-01、1990/1/1 或 1990年1月1日，须与身份证号一致；可留空。",
        en: "For example 1990-01-01 or 1990/1/1, as the identity number says; may be blank.",
        example: "1990-01-01",
    },
    Column {
        name: "联系电话",
        need: Need::Value,
        form: Form::Text,
        zh: "11位手机号码，或带区号的固定电话。",
        en: "Mobile number of 11 digits, or a landline with area code.",
        example: "13800138000",
    },
    Column {
        name: "政治面貌",
        need: Need::Value,
        form: Form::Choice(|| names(PoliticalStatus::ALL, PoliticalStatus::zh)),
        zh: "从列表中选择；各民主党派也可写全称，如民革党员。",
        en: "Choose from the list; the name of a democratic party is fine too.",
        example: "群众",
    },
    Column {
        name: "单位代码",
        need: Need::Value,
        form: Form::Text,
        zh: "所在单位的代码，须已导入。",
        en: "Code of the person's unit, which was imported before.",
        example: "999999-101",
    },
    Column {
        name: "居住区域",
        need: Need::Column,
        form: Form::Text,
        zh: "居住的村或社区，不必写门牌号；可留空。",
        en: "Village or community of residence, no house number needed; may be blank.",
        example: "示例村",
    },
    Column {
        name: "技能",
        need: Need::Column,
        form: Form::Text,
        zh: "用顿号分开，每项最多40字，最多20项；不得含个人信息。可留空。",
        en: "Parted by 、 or commas, at most 20 of 40 characters each, without personal data; may be blank.",
        example: "法律咨询、调解",
    },
    Column {
        name: "类别",
        need: Need::Value,
        form: Form::Choice(|| names(Kind::ALL, Kind::zh)),
        zh: "注册志愿者或注册专业志愿者。",
        en: "注册志愿者 (registered) or 注册专业志愿者 (registered professional).",
        example: "注册志愿者",
    },
    Column {
        name: "招募方式",
        need: Need::Value,
        form: Form::Choice(|| names(Recruitment::ALL, Recruitment::zh)),
        zh: "长期、短期应急或储备。",
        en: "长期 (long-term), 短期应急 (short-term, emergency) or 储备 (reserve).",
        example: "长期",
    },
    Column {
        name: "同意",
        need: Need::Value,
        form: Form::Choice(|| vec!["是", "否"]),
        zh: "本人是否同意加入，是或否（√、Y 也可）；未同意的不予登记。",
        en: "Whether the person agreed to join, 是 or 否 (√ and Y will do); without consent (是) nobody is enrolled.",
        example: "是",
    },
    Column {
        name: "监护人",
        need: Need::Column,
        form: Form::Text,
        zh: "同意其加入的监护人姓名，可加联系电话；未满18周岁必填。",
        en: "Name of the guardian who agreed, with a telephone number if you like; required under 18.",
        example: "",
    },
    Column {
        name: "单位名称",
        need: Need::Nothing,
        form: Form::Text,
        zh: "所在单位的名称，用于与单位代码核对；此列可省略。",
        en: "Name of the person's unit, compared with its code; the column may be left out.",
        example: "",
    },
];
