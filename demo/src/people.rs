//! People who are plainly generated: nobody is called 示例, no area has the code 999999, and no telephone
//! number begins with 154.

use std::collections::HashMap;

use application::NewMember;
use domain::UnitCode;
use domain::identity_number::{BadIdentityNumber, IdentityNumber};
use jiff::civil::{Date, date};

use super::agenda::days_after;
use super::dice::Dice;
use super::error::DemoError;

const GIVEN: [&str; 24] = [
    "安", "宁", "和", "平", "明", "德", "守", "正", "立", "信", "思", "远", "海", "山", "松", "竹",
    "春", "秋", "文", "礼", "诚", "义", "清", "源",
];
const SKILLS: [&str; 10] = [
    "法律咨询",
    "人民调解",
    "心理疏导",
    "普法宣讲",
    "交通引导",
    "急救",
    "船舶驾驶",
    "方言翻译",
    "档案整理",
    "摄影",
];
const PARTY: [&str; 3] = ["中共党员", "中共预备党员", "入党积极分子"];
const OTHERS: [&str; 8] =
    ["群众", "群众", "群众", "群众", "共青团员", "共青团员", "民主党派", "无党派人士"];

/// The header of a roster.
const HEADER: [&str; 13] = [
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

/// A row of a roster, cell by cell.
#[derive(Debug, Clone)]
pub struct Row {
    name: String,
    identity_number: String,
    sex: &'static str,
    birth: Date,
    telephone: String,
    political_status: &'static str,
    unit: String,
    residence: &'static str,
    skills: String,
    kind: &'static str,
    recruitment: &'static str,
    consent: &'static str,
    guardian: String,
}

/// What is wrong with a row on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The check character of the identity number.
    Checksum,
    /// 本人未同意.
    NoConsent,
    /// A minor without a guardian.
    NoGuardian,
    /// The sex disagrees with the identity number.
    Sex,
    /// A unit that does not exist.
    UnknownUnit,
    /// A unit that is not the importer's.
    OthersUnit,
}

/// Makes people, none twice.
#[derive(Debug)]
pub struct People {
    dice: Dice,
    made: u32,
    /// The first of three digits that tell people of one day apart: nobody is in two stories.
    first: u32,
    born: HashMap<Date, u32>,
}

impl People {
    /// Nobody yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed, "people", 0), made: 0, first: 0, born: HashMap::new() }
    }

    /// Those who sit in the groups of stations; none of them is on a roster.
    #[must_use]
    pub fn of_stations(seed: u64) -> Self {
        let dice = Dice::new(seed, "people of stations", 0);
        Self { dice, made: 50_000_000, first: 500, born: HashMap::new() }
    }

    /// An adult for a group of a station.
    pub fn member(&mut self) -> Result<NewMember, DemoError> {
        let (name, telephone) = self.contact();
        let birth = days_after(date(1952, 1, 1), self.dice.below(16_000));
        let male = self.dice.percent(60);
        let identity_number = self.identity_number(birth, male)?.expose().to_owned();
        Ok(NewMember { name, identity_number, telephone: Some(telephone) })
    }

    /// A name and a telephone number.
    pub fn contact(&mut self) -> (String, String) {
        self.made += 1;
        let given = |dice: &mut Dice| dice.pick(&GIVEN).copied().unwrap_or("安");
        let name = format!("示例{}{}", given(&mut self.dice), given(&mut self.dice));
        (name, format!("154{:08}", self.made))
    }

    /// A person of a unit who fits every rule. A minor has a guardian.
    pub fn person(&mut self, unit: &UnitCode, party: bool, minor: bool) -> Result<Row, DemoError> {
        let (name, telephone) = self.contact();
        let male = self.dice.percent(52);
        let birth = if minor {
            days_after(date(2004, 9, 1), self.dice.below(1000))
        } else {
            days_after(date(1949, 1, 1), self.dice.below(19_500))
        };
        let statuses: &[&str] = if party { &PARTY } else { &OTHERS };
        let professional = self.dice.percent(8);
        let skills: Vec<&str> =
            (0..self.dice.below(3)).filter_map(|_| self.dice.pick(&SKILLS).copied()).collect();
        Ok(Row {
            name,
            identity_number: self.identity_number(birth, male)?.expose().to_owned(),
            sex: if male { "男" } else { "女" },
            birth,
            telephone,
            political_status: self.dice.pick(statuses).copied().unwrap_or("群众"),
            unit: unit.to_string(),
            residence: "示例社区",
            skills: skills.join("、"),
            kind: if professional { "注册专业志愿者" } else { "注册志愿者" },
            recruitment: self
                .dice
                .pick(&["长期", "长期", "长期", "储备", "短期应急"])
                .copied()
                .unwrap_or("长期"),
            consent: "是",
            guardian: if minor { "示例监护人".to_owned() } else { String::new() },
        })
    }

    /// The next number of a day: three digits in turn, the last one odd for men.
    fn identity_number(
        &mut self,
        birth: Date,
        male: bool,
    ) -> Result<IdentityNumber, BadIdentityNumber> {
        let before = self.born.entry(birth).or_default();
        let turn = self.first + *before * 2 + u32::from(male);
        *before += 1;
        let day = birth.strftime("%Y%m%d");
        IdentityNumber::with_check_digit(&format!("999999{day}{turn:03}"))
    }

    /// A person whom an import refuses for this flaw.
    pub fn flawed(
        &mut self,
        unit: &UnitCode,
        others: &UnitCode,
        flaw: Flaw,
    ) -> Result<Row, DemoError> {
        let mut row = self.person(unit, false, flaw == Flaw::NoGuardian)?;
        match flaw {
            Flaw::Checksum => {
                let last = row.identity_number.pop();
                row.identity_number.push(if last == Some('1') { '2' } else { '1' });
            }
            Flaw::NoConsent => row.consent = "否",
            Flaw::NoGuardian => row.guardian.clear(),
            Flaw::Sex => row.sex = if row.sex == "男" { "女" } else { "男" },
            Flaw::UnknownUnit => row.unit = "330225-X99".to_owned(),
            Flaw::OthersUnit => row.unit = others.to_string(),
        }
        Ok(row)
    }
}

impl Flaw {
    /// The code of the refusal it brings.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Checksum => "identity_number.checksum",
            Self::NoConsent => "roster.consent",
            Self::NoGuardian => "roster.guardian",
            Self::Sex => "roster.sex",
            Self::UnknownUnit => "volunteer.unknown_unit",
            Self::OthersUnit => "permission.elsewhere",
        }
    }
}

impl Row {
    /// The same person on the roster of another unit.
    #[must_use]
    pub fn claimed_by(&self, unit: &UnitCode) -> Self {
        Self { unit: unit.to_string(), ..self.clone() }
    }

    fn cells<'a>(&'a self, birth: &'a str) -> [&'a str; 13] {
        [
            &self.name,
            &self.identity_number,
            self.sex,
            birth,
            &self.telephone,
            self.political_status,
            &self.unit,
            self.residence,
            &self.skills,
            self.kind,
            self.recruitment,
            self.consent,
            &self.guardian,
        ]
    }
}

/// A roster as a unit hands it in: UTF-8 CSV.
pub fn roster(rows: &[Row]) -> Result<Vec<u8>, DemoError> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(HEADER)?;
    for row in rows {
        file.write_record(row.cells(&row.birth.to_string()))?;
    }
    file.into_inner().map_err(|error| DemoError::Table(error.into_error().into()))
}

#[cfg(test)]
mod tests;
