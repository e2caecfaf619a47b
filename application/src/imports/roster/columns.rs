use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::writing::Writing;

use crate::imports::{Column, Form, Need};

fn names<T: Copy>(all: &[T], zh: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| zh(*value)).collect()
}

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "姓名",
        also: &["名字", "志愿者姓名", "人员姓名"],
        need: Need::Value,
        writing: Writing::Name,
        zh: "与证件一致，最多50字。",
        en: "As on the card, at most 50 characters.",
        example: "示例甲",
        ..Column::PLAIN
    },
    Column {
        name: "身份证号",
        also: &[
            "身份证号码",
            "身份证",
            "公民身份号码",
            "公民身份证号码",
            "证件号码",
            "居民身份证号码",
        ],
        need: Need::Value,
        writing: Writing::Code,
        zh: "18位公民身份号码；单元格须为文本格式。同一号码在文件中只能出现一次。",
        en: "Identity number of 18 characters, in a cell formatted as text; once in a file.",
        example: "999999199001010016",
        ..Column::PLAIN
    },
    Column {
        name: "性别",
        need: Need::Column,
        form: Form::Choice(|| vec!["男", "女"]),
        zh: "男或女，须与身份证号一致；可留空。",
        en: "“男” (male) or “女” (female), as the identity number says; may be blank.",
        example: "男",
        ..Column::PLAIN
    },
    Column {
        name: "出生日期",
        also: &["出生年月日", "出生时间", "生日"],
        need: Need::Column,
        zh: "如 1990-01-01、1990/1/1 或 1990年1月1日，须与身份证号一致；可留空。",
        en: "For example 1990-01-01 or 1990/1/1, as the identity number says; may be blank.",
        example: "1990-01-01",
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
        need: Need::Value,
        zh: "11位手机号码，或带区号的固定电话。",
        en: "Mobile number of 11 digits, or a landline with area code.",
        example: "13800138000",
        ..Column::PLAIN
    },
    Column {
        name: "政治面貌",
        need: Need::Value,
        form: Form::Choice(|| names(PoliticalStatus::ALL, PoliticalStatus::zh)),
        zh: "从列表中选择；各民主党派也可写全称，如民革党员。",
        en: "Choose from the list; the name of a democratic party is fine too.",
        example: "群众",
        ..Column::PLAIN
    },
    Column {
        name: "单位代码",
        also: &["单位编码", "机构代码", "所属单位代码", "所在单位代码"],
        need: Need::Value,
        writing: Writing::Code,
        filled_down: true,
        zh: "所在单位的代码，须已导入。",
        en: "Code of the person's unit, which was imported before.",
        example: "999999-101",
        ..Column::PLAIN
    },
    Column {
        name: "居住区域",
        also: &["居住地", "居住地区", "居住村社区", "现居住地", "所在村社区"],
        need: Need::Column,
        writing: Writing::Prose,
        zh: "居住的村或社区，不必写门牌号；可留空。",
        en: "Village or community of residence, no house number needed; may be blank.",
        example: "示例村",
        ..Column::PLAIN
    },
    Column {
        name: "技能",
        also: &["技能特长", "特长", "专长", "专业特长"],
        need: Need::Column,
        writing: Writing::Prose,
        zh: "用顿号分开，每项最多40字，最多20项；不得含个人信息。可留空。",
        en: "Parted by 、 or commas, at most 20 of 40 characters each, without personal data; may be blank.",
        example: "法律咨询、调解",
        ..Column::PLAIN
    },
    Column {
        name: "类别",
        also: &["志愿者类别", "单位类别", "单位类型", "类型"],
        need: Need::Value,
        form: Form::Choice(|| names(Kind::ALL, Kind::zh)),
        filled_down: true,
        zh: "注册志愿者或注册专业志愿者。",
        en: "“注册志愿者” (registered) or “注册专业志愿者” (registered professional).",
        example: "注册志愿者",
        ..Column::PLAIN
    },
    Column {
        name: "招募方式",
        also: &["招募类型", "招募类别"],
        need: Need::Value,
        form: Form::Choice(|| names(Recruitment::ALL, Recruitment::zh)),
        filled_down: true,
        zh: "长期、短期应急或储备。",
        en: "“长期” (long-term), “短期应急” (short-term, emergency) or “储备” (reserve).",
        example: "长期",
        ..Column::PLAIN
    },
    Column {
        name: "同意",
        also: &["本人同意", "是否同意", "本人是否同意", "是否同意加入", "同意加入"],
        need: Need::Value,
        form: Form::Choice(|| vec!["是", "否"]),
        zh: "本人是否同意加入，是或否（√、Y 也可）；未同意的不予登记。",
        en: "Whether the person agreed to join, “是” (yes) or “否” (no; √ and Y will do); without consent (是) nobody is enrolled.",
        example: "是",
        ..Column::PLAIN
    },
    Column {
        name: "监护人",
        also: &["监护人姓名", "同意的监护人", "监护人签字"],
        need: Need::Column,
        writing: Writing::Prose,
        zh: "同意其加入的监护人姓名，可加联系电话；未满18周岁必填。",
        en: "Name of the guardian who agreed, with a telephone number if you like; required under 18.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "单位名称",
        also: &["单位", "名称", "单位全称", "所在单位", "所属单位", "工作单位"],
        need: Need::Nothing,
        writing: Writing::Prose,
        filled_down: true,
        zh: "所在单位的名称，用于与单位代码核对；此列可省略。",
        en: "Name of the person's unit, compared with its code; the column may be left out.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "同意日期",
        also: &["同意时间", "签字日期"],
        need: Need::Nothing,
        zh: "本人同意的日期，如 2026-11-30；退出后重新加入的必填，须不早于退出之日。此列可省略，省略时为导入之日。",
        en: "Day on which the person agreed, for example 2026-11-30; required of who withdrew or left, and no earlier than that. The column may be left out: the day of the import.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "政治面貌日期",
        also: &["入党日期", "入党时间", "入党入团时间", "政治面貌时间"],
        need: Need::Nothing,
        zh: "政治面貌自何日起，如 2026-07-01；仅在变更时使用。此列可省略，省略时为导入之日。",
        en: "Day from which the political status holds; used where it changed. The column may be left out: the day of the import.",
        example: "",
        ..Column::PLAIN
    },
    Column {
        name: "志愿者编号",
        also: &["志愿者号", "志愿者号码"],
        need: Need::Nothing,
        writing: Writing::Code,
        zh: "已登记者的编号，V开头；填写后核对身份证号是否为此人。此列可省略。",
        en: "Number of somebody registered, V…; where given, the identity number must be theirs. The column may be left out.",
        example: "",
        ..Column::PLAIN
    },
];
