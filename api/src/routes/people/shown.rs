//! People as they are shown: how much of them, and in which columns.

use application::PersonalData;
use application::queries::Fields;
use domain::identity_number::{IdentityNumber, Sex};
use domain::volunteer::{Kind, PoliticalStatus, Recruitment, Tier};
use domain::{Directory, PersonId, UnitCode};
use jiff::Timestamp;
use papers::table::{Column, Kind as Cells, Table, Word, Wording};
use projections::models::volunteer_archive::{Archive, Status};
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody with their name. Has no `Debug` form: it is personal.
#[derive(Serialize, ToSchema)]
pub struct Person {
    /// 志愿者编号.
    #[schema(value_type = String, example = "V0123456789AB")]
    volunteer: PersonId,
    /// 姓名; none where the vault holds none.
    name: Option<String>,
    /// 单位代码.
    #[schema(value_type = String, example = "330225-sfj")]
    unit: UnitCode,
    /// 单位名称.
    unit_name: Option<String>,
    /// 联系电话, unless only names are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
    /// 状态, in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    status: Option<Status>,
    /// What else the roster has, where that is asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Registered)]
    register: Option<Registered>,
}

/// The rest of a row of the roster: all of it, or nothing.
#[derive(Serialize, ToSchema)]
struct Registered {
    /// 公民身份号码.
    #[schema(required = false)]
    identity_number: String,
    /// 性别.
    #[schema(required = false)]
    sex: &'static str,
    /// 出生日期.
    #[schema(required = false)]
    birth: String,
    /// 居住区域.
    #[schema(required = false)]
    residence: String,
    /// 监护人.
    #[schema(required = false)]
    guardian: String,
    /// 政治面貌.
    #[schema(value_type = String, required = false)]
    political_status: PoliticalStatus,
    /// 类别.
    #[schema(value_type = String, required = false)]
    kind: Kind,
    /// 招募方式.
    #[schema(value_type = String, required = false)]
    recruitment: Recruitment,
    /// 技能.
    #[schema(required = false)]
    skills: Vec<String>,
    /// 层级.
    #[schema(value_type = String, required = false)]
    tier: Tier,
    /// 本人同意: nobody is registered without.
    #[schema(required = false)]
    consent: bool,
    /// 注册时间.
    #[schema(required = false)]
    registered_at: Timestamp,
}

impl Person {
    /// Somebody of a list.
    pub fn listed(
        file: Archive,
        personal: Option<&PersonalData>,
        fields: Fields,
        units: &Directory,
    ) -> Self {
        let mut person = Self::of(file.volunteer, file.unit.clone(), personal, fields, units);
        person.status = Some(file.status);
        person.register = personal
            .filter(|_| fields == Fields::Register)
            .map(|personal| Registered::of(file, personal));
        person
    }

    /// Somebody who was found.
    pub fn of(
        volunteer: PersonId,
        unit: UnitCode,
        personal: Option<&PersonalData>,
        fields: Fields,
        units: &Directory,
    ) -> Self {
        let telephone = personal.filter(|_| fields != Fields::Names);
        Self {
            volunteer,
            name: personal.map(|personal| personal.name.clone()),
            unit_name: units.get(&unit).map(|node| node.name.to_string()),
            unit,
            telephone: telephone.map(|personal| personal.telephone.clone()),
            status: None,
            register: None,
        }
    }

    /// A row of the printed roster.
    pub fn printed(self) -> papers::roster::Row {
        let number = self.register.map(|register| register.identity_number);
        papers::roster::Row {
            name: self.name.unwrap_or_default(),
            number: self.volunteer.to_string(),
            unit: self.unit_name.unwrap_or_else(|| self.unit.to_string()),
            telephone: self.telephone,
            identity_number: number,
        }
    }
}

impl Registered {
    fn of(file: Archive, personal: &PersonalData) -> Self {
        let number = IdentityNumber::parse(&personal.identity_number).ok();
        let sex = number.as_ref().map_or("", |number| match number.sex() {
            Sex::Male => "男",
            Sex::Female => "女",
        });
        Self {
            identity_number: personal.identity_number.clone(),
            sex,
            birth: number.map_or_else(String::new, |number| number.birth().to_string()),
            residence: personal.residence.clone(),
            guardian: personal.guardian.clone(),
            political_status: file.political_status,
            kind: file.kind,
            recruitment: file.recruitment,
            skills: file.skills.0,
            tier: file.tier,
            consent: true,
            registered_at: file.registered_at,
        }
    }
}

/// The table of such people. The columns of the roster are called as its template calls them.
pub fn table(fields: Fields, at: Timestamp, wording: Wording) -> Table {
    let number = text("volunteer", "志愿者编号", "Volunteer number");
    let name = text("name", "姓名", "Name");
    let unit = text("unit", "单位代码", "Unit code");
    let unit_name = text("unit_name", "单位名称", "Unit name");
    let telephone = text("telephone", "联系电话", "Telephone");
    let status = words("status", "状态", "Status", Status::ALL, Status::as_str, Status::zh);
    let columns = match fields {
        Fields::Names => vec![number, name, unit, unit_name, status],
        Fields::Contacts => vec![number, name, telephone, unit, unit_name, status],
        Fields::Register => vec![
            name,
            text("identity_number", "身份证号", "Identity number"),
            text("sex", "性别", "Sex"),
            text("birth", "出生日期", "Date of birth"),
            telephone,
            words(
                "political_status",
                "政治面貌",
                "Political status",
                PoliticalStatus::ALL,
                PoliticalStatus::as_str,
                PoliticalStatus::zh,
            ),
            unit,
            text("residence", "居住区域", "Residence"),
            Column::new("skills", "技能", "Skills", Cells::List(Box::new(Cells::Text))),
            words("kind", "类别", "Kind", Kind::ALL, Kind::as_str, Kind::zh),
            words(
                "recruitment",
                "招募方式",
                "Recruitment",
                Recruitment::ALL,
                Recruitment::as_str,
                Recruitment::zh,
            ),
            Column::new("consent", "同意", "Consent", Cells::YesNo),
            text("guardian", "监护人", "Guardian"),
            number,
            unit_name,
            status,
        ],
    };
    Table { title: "人员名单".to_owned(), at, wording, columns }
}

fn text(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column::new(key, zh, en, Cells::Text)
}

fn words<T: Copy>(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    all: &[T],
    stored: fn(T) -> &'static str,
    chinese: fn(T) -> &'static str,
) -> Column {
    let word = |&value: &T| Word { stored: stored(value), zh: chinese(value) };
    Column::new(key, zh, en, Cells::Word(all.iter().map(word).collect()))
}
