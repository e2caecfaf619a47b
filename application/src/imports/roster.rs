//! 花名册: people who agreed to be volunteers.

use domain::identity_number::{AgeGroup, IdentityNumber, Sex};
use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::{Text, UnitCode};
use jiff::civil::Date;

use super::fields::{Fields, read_rows};
use super::problems::Reason;
use super::values::{Once, choice, date, texts};
use super::{BadFile, Reading};
use crate::people::Personal;

mod columns;

pub use columns::COLUMNS;

/// Other ways to write 政治面貌: everyday ones, and the eight parties by name (GB/T 4762-1984).
const STATUSES: [(&str, PoliticalStatus); 15] = [
    ("党员", PoliticalStatus::PartyMember),
    ("预备党员", PoliticalStatus::ProbationaryMember),
    ("积极分子", PoliticalStatus::Activist),
    ("团员", PoliticalStatus::LeagueMember),
    ("民革党员", PoliticalStatus::DemocraticParty),
    ("民盟盟员", PoliticalStatus::DemocraticParty),
    ("民建会员", PoliticalStatus::DemocraticParty),
    ("民进会员", PoliticalStatus::DemocraticParty),
    ("农工党党员", PoliticalStatus::DemocraticParty),
    ("致公党党员", PoliticalStatus::DemocraticParty),
    ("九三学社社员", PoliticalStatus::DemocraticParty),
    ("台盟盟员", PoliticalStatus::DemocraticParty),
    ("无党派民主人士", PoliticalStatus::NonPartisan),
    ("普通居民", PoliticalStatus::Masses),
    ("普通公民", PoliticalStatus::Masses),
];

/// The most skills of one person.
const MAX_SKILLS: usize = 20;

/// A person who agreed to be a volunteer. `Debug` shows nothing that reaches them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 姓名.
    pub name: Personal,
    /// 身份证号; sex and date of birth follow from it.
    pub identity_number: IdentityNumber,
    /// 联系电话, digits only.
    pub telephone: Personal,
    /// 政治面貌.
    pub political_status: PoliticalStatus,
    /// 单位代码: whether the unit exists is checked when imported.
    pub unit: UnitCode,
    /// 居住区域.
    pub residence: Option<Personal>,
    /// 技能.
    pub skills: Vec<Text<40>>,
    /// 类别.
    pub kind: Kind,
    /// 招募方式.
    pub recruitment: Recruitment,
    /// 监护人; always there for a minor.
    pub guardian: Option<Personal>,
}

/// Reads a roster. Ages are those on `today`.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], today: Date) -> Result<Reading<Entry>, BadFile> {
    let mut once = Once::new();
    read_rows(bytes, COLUMNS, |fields| entry(fields, today, &mut once))
}

fn entry(fields: &mut Fields<'_>, today: Date, once: &mut Once<IdentityNumber>) -> Option<Entry> {
    let name = fields.read("姓名", Personal::name);
    let identity_number = identity_number(fields, today, once);
    let telephone = fields.read("联系电话", Personal::telephone);
    let political_status = fields.read("政治面貌", |text| {
        choice(text, PoliticalStatus::ALL, PoliticalStatus::zh, &STATUSES)
    });
    let unit = fields.read("单位代码", UnitCode::new);
    let residence = fields.read("居住区域", Personal::text);
    let skills = fields.read("技能", skills).unwrap_or_default();
    let kind = fields.read("类别", |text| choice(text, Kind::ALL, Kind::zh, &[]));
    let recruitment =
        fields.read("招募方式", |text| choice(text, Recruitment::ALL, Recruitment::zh, &[]));
    fields.read("同意", consent);
    let guardian = fields.read("监护人", Personal::name);
    let identity_number = identity_number?;
    let minor = AgeGroup::on(identity_number.birth(), today) == AgeGroup::Minor;
    if minor && guardian.is_none() {
        fields.refuse("监护人", guardian_missing());
    }
    Some(Entry {
        name: name?,
        identity_number,
        telephone: telephone?,
        political_status: political_status?,
        unit: unit?,
        residence,
        skills,
        kind: kind?,
        recruitment: recruitment?,
        guardian,
    })
}

/// The identity number, once in a file, and what else the row says of sex and birth agrees with it.
fn identity_number(
    fields: &mut Fields<'_>,
    today: Date,
    once: &mut Once<IdentityNumber>,
) -> Option<IdentityNumber> {
    let row = fields.row();
    let number = fields.read("身份证号", |text| {
        let number = IdentityNumber::parse(text)?;
        if number.birth() > today {
            return Err(born_in_future());
        }
        once.note(number.clone(), row, "roster.repeated").map(|()| number)
    });
    let sex = fields.read("性别", |text| choice(text, &[Sex::Male, Sex::Female], sex_zh, &[]));
    let birth = fields.read("出生日期", date);
    let number = number?;
    if sex.is_some_and(|sex| sex != number.sex()) {
        fields.refuse("性别", disagrees("roster.sex", "性别", "The sex"));
    }
    if birth.is_some_and(|birth| birth != number.birth()) {
        fields.refuse("出生日期", disagrees("roster.birth", "出生日期", "The date of birth"));
    }
    Some(number)
}

fn sex_zh(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

/// Nobody is enrolled without having agreed (志愿服务条例 §25).
fn consent(text: &str) -> Result<(), Reason> {
    if choice(text, &[true, false], |yes| if yes { "是" } else { "否" }, &[])? {
        return Ok(());
    }
    Err(Reason::new(
        "roster.consent",
        "本人未同意，不予登记；同意后改为“是”再导入。",
        "Nobody is enrolled without consent; import the row again once the person has agreed (是).",
    ))
}

fn skills(text: &str) -> Result<Vec<Text<40>>, Reason> {
    let skills = texts(text)?;
    if skills.len() <= MAX_SKILLS {
        return Ok(skills);
    }
    Err(Reason::new(
        "roster.skills",
        format!("技能最多{MAX_SKILLS}项。"),
        format!("At most {MAX_SKILLS} skills are taken."),
    ))
}

fn born_in_future() -> Reason {
    Reason::new(
        "roster.birth_in_future",
        "身份证号中的出生日期晚于今天；请对照证件核对。",
        "The date of birth in the identity number lies in the future; compare it with the card.",
    )
}

fn disagrees(code: &'static str, zh: &str, en: &str) -> Reason {
    Reason::new(
        code,
        format!("{zh}与身份证号不符；请对照证件核对，或将此格留空。"),
        format!(
            "{en} disagrees with the identity number; compare both with the card, or leave this cell blank."
        ),
    )
}

fn guardian_missing() -> Reason {
    Reason::new(
        "roster.guardian",
        "未满18周岁须有监护人同意；请填写监护人姓名。",
        "A person under 18 needs a guardian's consent; give the guardian's name.",
    )
}
