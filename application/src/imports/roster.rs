//! 花名册: people who agreed to be volunteers.

use std::str::FromStr as _;

use domain::identity_number::{AgeGroup, IdentityNumber, Sex};
use domain::volunteer::{Kind, PoliticalStatus, Recruitment};
use domain::{PersonId, Text, UnitCode};
use jiff::civil::Date;

use super::fields::{Fields, read_rows};
use super::problems::Reason;
use super::register::Register;
use super::table::Tables;
use super::values::{Once, choice, date, texts, yes};
use super::{BadFile, Reading};
use crate::people::Personal;

mod columns;

pub use columns::COLUMNS;

/// Other ways to write 政治面貌: everyday ones, the eight parties by name, and those codes of GB/T 4762-1984 that are ours.
const STATUSES: [(&str, PoliticalStatus); 58] = [
    ("党员", PoliticalStatus::PartyMember),
    ("共产党员", PoliticalStatus::PartyMember),
    ("中国共产党党员", PoliticalStatus::PartyMember),
    ("中国共产党员", PoliticalStatus::PartyMember),
    ("正式党员", PoliticalStatus::PartyMember),
    ("中共正式党员", PoliticalStatus::PartyMember),
    ("中共党员(正式)", PoliticalStatus::PartyMember),
    ("党员(正式)", PoliticalStatus::PartyMember),
    ("在职党员", PoliticalStatus::PartyMember),
    ("退休党员", PoliticalStatus::PartyMember),
    ("cpc", PoliticalStatus::PartyMember),
    ("01", PoliticalStatus::PartyMember),
    ("预备党员", PoliticalStatus::ProbationaryMember),
    ("中国共产党预备党员", PoliticalStatus::ProbationaryMember),
    ("共产党预备党员", PoliticalStatus::ProbationaryMember),
    ("中共党员(预备)", PoliticalStatus::ProbationaryMember),
    ("党员(预备)", PoliticalStatus::ProbationaryMember),
    ("02", PoliticalStatus::ProbationaryMember),
    ("积极分子", PoliticalStatus::Activist),
    ("入党积极分子(群众)", PoliticalStatus::Activist),
    ("发展对象", PoliticalStatus::Activist),
    ("党员发展对象", PoliticalStatus::Activist),
    ("入党发展对象", PoliticalStatus::Activist),
    ("团员", PoliticalStatus::LeagueMember),
    ("共产主义青年团团员", PoliticalStatus::LeagueMember),
    ("中国共产主义青年团团员", PoliticalStatus::LeagueMember),
    ("共青团", PoliticalStatus::LeagueMember),
    ("共青团员(团员)", PoliticalStatus::LeagueMember),
    ("03", PoliticalStatus::LeagueMember),
    ("民革党员", PoliticalStatus::DemocraticParty),
    ("民盟盟员", PoliticalStatus::DemocraticParty),
    ("民建会员", PoliticalStatus::DemocraticParty),
    ("民进会员", PoliticalStatus::DemocraticParty),
    ("农工党党员", PoliticalStatus::DemocraticParty),
    ("致公党党员", PoliticalStatus::DemocraticParty),
    ("九三学社社员", PoliticalStatus::DemocraticParty),
    ("台盟盟员", PoliticalStatus::DemocraticParty),
    ("民主党派成员", PoliticalStatus::DemocraticParty),
    ("民主党派人士", PoliticalStatus::DemocraticParty),
    ("民革", PoliticalStatus::DemocraticParty),
    ("民盟", PoliticalStatus::DemocraticParty),
    ("民建", PoliticalStatus::DemocraticParty),
    ("民进", PoliticalStatus::DemocraticParty),
    ("农工党", PoliticalStatus::DemocraticParty),
    ("致公党", PoliticalStatus::DemocraticParty),
    ("九三学社", PoliticalStatus::DemocraticParty),
    ("台盟", PoliticalStatus::DemocraticParty),
    ("无党派民主人士", PoliticalStatus::NonPartisan),
    ("无党派", PoliticalStatus::NonPartisan),
    ("12", PoliticalStatus::NonPartisan),
    ("普通居民", PoliticalStatus::Masses),
    ("普通公民", PoliticalStatus::Masses),
    ("一般群众", PoliticalStatus::Masses),
    ("普通群众", PoliticalStatus::Masses),
    ("人民群众", PoliticalStatus::Masses),
    ("普通市民", PoliticalStatus::Masses),
    ("居民", PoliticalStatus::Masses),
    ("13", PoliticalStatus::Masses),
];

/// Other ways to write 性别, with the codes of GB/T 2261.1.
const SEXES: [(&str, Sex); 10] = [
    ("男性", Sex::Male),
    ("m", Sex::Male),
    ("male", Sex::Male),
    ("1", Sex::Male),
    ("♂", Sex::Male),
    ("女性", Sex::Female),
    ("f", Sex::Female),
    ("female", Sex::Female),
    ("2", Sex::Female),
    ("♀", Sex::Female),
];

/// Other ways to write 类别. 志愿者 alone may be either.
const KINDS: [(&str, Kind); 6] = [
    ("普通志愿者", Kind::Registered),
    ("一般志愿者", Kind::Registered),
    ("注册普通志愿者", Kind::Registered),
    ("专业志愿者", Kind::Professional),
    ("注册专业", Kind::Professional),
    ("专业", Kind::Professional),
];

/// Other ways to write 招募方式.
const RECRUITMENTS: [(&str, Recruitment); 9] = [
    ("长期招募", Recruitment::LongTerm),
    ("长期志愿者", Recruitment::LongTerm),
    ("常年", Recruitment::LongTerm),
    ("短期", Recruitment::Emergency),
    ("应急", Recruitment::Emergency),
    ("短期/应急", Recruitment::Emergency),
    ("短期(应急)", Recruitment::Emergency),
    ("储备招募", Recruitment::Reserve),
    ("储备志愿者", Recruitment::Reserve),
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
    /// 志愿者编号, where the table says whom it means.
    pub number: Option<PersonId>,
    /// 政治面貌日期: since when.
    pub political_status_since: Option<Date>,
    /// 同意日期: when the person agreed, where the table says so.
    pub consented_on: Option<Date>,
}

/// Reads a roster. Ages are those on `today`; units are those of the `register`.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], today: Date, register: &Register) -> Result<Reading<Entry>, BadFile> {
    let tables = Tables::read(bytes, COLUMNS)?;
    let mut once = Once::new();
    read_rows(&tables, |fields| entry(fields, today, &mut once, register))
}

fn entry(
    fields: &mut Fields<'_>,
    today: Date,
    once: &mut Once<IdentityNumber>,
    register: &Register,
) -> Option<Entry> {
    let name = fields.read("姓名", Personal::name);
    let identity_number = identity_number(fields, today, once);
    let telephone = fields.read("联系电话", Personal::telephone);
    let political_status = fields.read("政治面貌", |text| {
        choice(text, PoliticalStatus::ALL, PoliticalStatus::zh, &STATUSES)
    });
    let unit = register.read(fields, "单位代码", "单位名称");
    let residence = fields.read("居住区域", Personal::text);
    let skills = fields.read("技能", skills).unwrap_or_default();
    let kind = fields.read("类别", |text| choice(text, Kind::ALL, Kind::zh, &KINDS));
    let recruitment = fields.read("招募方式", |text| {
        choice(text, Recruitment::ALL, Recruitment::zh, &RECRUITMENTS)
    });
    // Nobody is enrolled without having agreed (志愿服务条例 §25).
    if fields.read("同意", yes) == Some(false) {
        fields.refuse("同意", not_agreed());
    }
    let guardian = fields.read("监护人", Personal::guardian);
    let number = fields.read("志愿者编号", PersonId::from_str);
    let political_status_since =
        fields.read("政治面貌日期", |text| no_later(date(text)?, today));
    let consented_on = fields.read("同意日期", |text| no_later(date(text)?, today));
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
        number,
        political_status_since,
        consented_on,
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
    let sex = fields.read("性别", |text| choice(text, &[Sex::Male, Sex::Female], sex_zh, &SEXES));
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

fn not_agreed() -> Reason {
    Reason::new(
        "roster.consent",
        "本人未同意，不予登记；同意后改为“是”再导入。",
        "Nobody is enrolled without consent; import the row again once the person has agreed (是).",
    )
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

fn no_later(day: Date, today: Date) -> Result<Date, Reason> {
    let ahead = || {
        Reason::new(
            "row.day_ahead",
            format!("日期不能晚于今天（{today}）。"),
            format!("The day cannot be after today ({today})."),
        )
    };
    if day > today { Err(ahead()) } else { Ok(day) }
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
