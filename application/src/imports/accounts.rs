//! 账号: who is to get a token, a row each.

use domain::writing::Writing;
use domain::{PersonId, Role, Text, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::fields::{Fields, read_rows};
use super::problems::Reason;
use super::table::Tables;
use super::values::{Once, choice, date};
use super::{BadFile, Column, Form, Need, Reading, Register};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "单位代码",
        also: &["单位编码", "机构代码", "所属单位代码", "所在单位代码"],
        need: Need::Value,
        writing: Writing::Code,
        filled_down: true,
        zh: "已登记单位的代码；账号在该单位及其下级办理。县领导、审计员和县办填县的代码。",
        en: "Code of a registered unit; the account acts there and below. The county's for county leaders, auditors and the county office.",
        example: "330225001",
        ..Column::PLAIN
    },
    Column {
        name: "单位名称",
        also: &["单位", "名称", "单位全称", "所在单位", "所属单位", "工作单位"],
        need: Need::Nothing,
        writing: Writing::Prose,
        filled_down: true,
        zh: "与登记的名称核对；此列可省略。",
        en: "Held against the registered name; the column may be left out.",
        example: "示例镇",
        ..Column::PLAIN
    },
    Column {
        name: "角色",
        need: Need::Value,
        form: Form::Choice(|| Role::FOR_TOKENS.map(Role::zh).to_vec()),
        zh: "从列表中选择。",
        en: "Choose from the list.",
        example: "管理员",
        ..Column::PLAIN
    },
    Column {
        name: "持有人",
        need: Need::Column,
        writing: Writing::Prose,
        zh: "岗位或部门，最多80字，不填姓名；有志愿者编号的填编号，志愿者账号必填编号。同一单位同一角色发几个账号时，靠此列区分。",
        en: "Post or desk, at most 80 characters and no name; or the volunteer number of whoever has one, which a volunteer's account needs. Tells several accounts of one unit and role apart.",
        example: "综合办公室",
        ..Column::PLAIN
    },
    Column {
        name: "到期日",
        need: Need::Column,
        zh: "令牌有效的最后一天；留空的一直有效，直到撤销。",
        en: "The last day on which the token works; blank: until it is revoked.",
        example: "2027-12-31",
        ..Column::PLAIN
    },
];

/// Other ways to write a role.
const ALSO: [(&str, Role); 9] = [
    ("单位管理员", Role::UnitAdministrator),
    ("县办", Role::CountyOffice),
    ("县委依法治县委员会办公室", Role::CountyOffice),
    ("县级领导", Role::CountyLeader),
    ("领导", Role::CountyLeader),
    ("审计", Role::Auditor),
    ("网格员", Role::GridWorker),
    ("调解员", Role::GridWorker),
    ("监督小组", Role::Supervisor),
];

/// An account to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 单位代码.
    pub unit: UnitCode,
    /// 角色.
    pub role: Role,
    /// 持有人.
    pub holder: Holder,
    /// 到期日: the last day on which it works.
    pub last_day: Option<Date>,
}

/// Who has an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Holder {
    /// The person behind it.
    pub person: Option<PersonId>,
    /// What it is for.
    pub post: Option<Text<80>>,
}

/// Reads a table of accounts.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], now: Timestamp, register: &Register) -> Result<Reading<Entry>, BadFile> {
    let tables = Tables::read(bytes, COLUMNS)?;
    let mut once = Once::new();
    read_rows(&tables, |fields| entry(fields, county_date(now), register, &mut once))
}

fn entry(
    fields: &mut Fields<'_>,
    today: Date,
    register: &Register,
    once: &mut Once<(UnitCode, Role, Holder)>,
) -> Option<Entry> {
    let unit = register.read(fields, "单位代码", "单位名称");
    let role = fields.read("角色", role);
    let holder = fields.read("持有人", holder).unwrap_or_default();
    let last_day = fields.read("到期日", |text| still_to_come(date(text)?, today));
    let (unit, role) = (unit?, role?);
    if role == Role::Volunteer && holder.person.is_none() {
        fields.refuse("持有人", needs_person());
    }
    let key = (unit.clone(), role, holder.clone());
    if let Err(repeated) = once.note(key, fields.row(), "account.repeated") {
        fields.refuse("持有人", repeated);
    }
    Some(Entry { unit, role, holder, last_day })
}

/// By its Chinese name, as the program calls it, or as people do.
fn role(text: &str) -> Result<Role, Reason> {
    let named = Role::FOR_TOKENS.into_iter().find(|role| role.as_str() == text);
    named.map_or_else(|| choice(text, &Role::FOR_TOKENS, Role::zh, &ALSO), Ok)
}

fn holder(text: &str) -> Result<Holder, Reason> {
    match text.parse() {
        Ok(person) => Ok(Holder { person: Some(person), post: None }),
        Err(_) => Ok(Holder { person: None, post: Some(Text::new(text)?) }),
    }
}

fn still_to_come(day: Date, today: Date) -> Result<Date, Reason> {
    if day >= today {
        return Ok(day);
    }
    Err(Reason::new(
        "account.past_day",
        format!("到期日应为今天（{today}）或以后。"),
        format!("The last day must be today ({today}) or later."),
    ))
}

fn needs_person() -> Reason {
    Reason::new(
        "account.needs_person",
        "志愿者的账号须在“持有人”列填写志愿者编号（V开头13位）。",
        "A volunteer's account needs the volunteer number (13 characters beginning with V) in the column “持有人”.",
    )
}
