//! What a row says otherwise than what is held of the person.

use domain::volunteer::{
    CategoriesChanged, Kind, PoliticalStatus, Recruitment, SkillsDeclared, Volunteer,
};
use domain::{PersonId, Text};
use jiff::civil::Date;

use super::super::outcome::step;
use crate::imports::roster::Entry;
use crate::people::{Personal, PersonalCorrection};
use crate::{App, Caller, Error, PersonalData};

domain::refusals! {
    /// Why a good row is not taken after all.
    pub enum RosterRefusal {
        NoSquad { unit: domain::UnitCode } "roster.no_squad" at "单位代码" =>
            "单位{unit}及其上级都尚未申请小分队;请先导入任务数或申请小分队。",
            "Neither unit {unit} nor one above it has applied for a squad; import its task number or apply first.";
        OtherUnit {} "roster.other_unit" at "单位代码" =>
            "此人已在其他单位注册;一人只能注册一次,导入不调换单位。如需转入,请由其现单位办理“调换单位”。",
            "This person is registered in another unit; one person registers once, and an import moves nobody. Their unit may move them.";
        Name { volunteer: PersonId } "roster.name_differs" at "姓名" =>
            "姓名与志愿者{volunteer}登记的不一致;导入不更改姓名。登记有误的,请用“更正个人信息”办理。",
            "The name is not the one volunteer {volunteer} is registered by, and an import changes no name; use the correction of personal data if the registration is wrong.";
        Guardian { volunteer: PersonId } "roster.guardian_differs" at "监护人" =>
            "监护人与志愿者{volunteer}登记的不一致;导入不更改监护人。请用“更正个人信息”办理,或将此格留空。",
            "The guardian is not the one registered for volunteer {volunteer}, and an import changes no guardian; use the correction of personal data, or leave the cell blank.";
        Identity {} "roster.identity_differs" at "身份证号" =>
            "此身份证号不是该志愿者编号登记的号码;导入不更改身份证号。登记有误的,请用“申请更正身份号码”办理,由另一人核准。",
            "This identity number is not the one registered under this volunteer's number, and an import changes none; request its correction, which a second person approves.";
        Withdrawn { volunteer: PersonId } "roster.withdrawn" at "同意日期" =>
            "志愿者{volunteer}已退出;本人重新同意后,请在“同意日期”列填写同意的日期(不早于退出之日)再导入。",
            "Volunteer {volunteer} has withdrawn; once they have agreed anew, give the day in the column “同意日期” (no earlier than the withdrawal) and import again.";
        Left { volunteer: PersonId } "roster.left" at "同意日期" =>
            "志愿者{volunteer}已退出小分队;本人重新同意后,请在“同意日期”列填写同意的日期(不早于退出之日)再导入。",
            "Volunteer {volunteer} has left the squad; once they have agreed anew, give the day in the column “同意日期” (no earlier than that) and import again.";
    }
}

/// What a row changes of somebody who is known.
#[derive(Default)]
pub struct Change {
    personal: PersonalCorrection,
    political_status: Option<(PoliticalStatus, Date)>,
    categories: Option<(Kind, Recruitment)>,
    skills: Option<Vec<Text<40>>>,
    /// The columns that differ.
    pub columns: Vec<&'static str>,
}

/// The facts behind what a row says otherwise, or why they are none of an import's. A blank cell says nothing.
pub fn between(
    entry: &Entry,
    volunteer: PersonId,
    known: &Volunteer,
    held: &PersonalData,
    today: Date,
) -> Result<Change, Vec<RosterRefusal>> {
    let mut against = Vec::new();
    against.extend(other_name(entry, volunteer, held));
    if has_other_guardian(entry, held) {
        against.push(RosterRefusal::Guardian { volunteer });
    }
    if against.is_empty() { Ok(change(entry, known, held, today)) } else { Err(against) }
}

/// The columns in which somebody comes back otherwise than they left, or why they are not taken for the same. Who comes back
/// says anew which guardian agrees.
pub fn of_returner(
    entry: &Entry,
    volunteer: PersonId,
    known: &Volunteer,
    held: &PersonalData,
    today: Date,
) -> Result<Vec<&'static str>, Vec<RosterRefusal>> {
    if let Some(against) = other_name(entry, volunteer, held) {
        return Err(vec![against]);
    }
    let mut columns = change(entry, known, held, today).columns;
    columns.extend((known.unit() != Some(&entry.unit)).then_some("单位代码"));
    columns.extend(has_other_guardian(entry, held).then_some("监护人"));
    Ok(columns)
}

fn other_name(entry: &Entry, volunteer: PersonId, held: &PersonalData) -> Option<RosterRefusal> {
    let same = Personal::name(&held.name).as_ref() == Ok(&entry.name);
    (!same).then_some(RosterRefusal::Name { volunteer })
}

fn has_other_guardian(entry: &Entry, held: &PersonalData) -> bool {
    entry.guardian.as_ref().is_some_and(|said| !held.guardian.contains(said.expose()))
}

/// What a row says otherwise, but for the name and the guardian.
fn change(entry: &Entry, known: &Volunteer, held: &PersonalData, today: Date) -> Change {
    let mut change = Change::default();
    if Personal::telephone(&held.telephone).as_ref() != Ok(&entry.telephone) {
        change.personal.telephone = Some(entry.telephone.expose().to_owned());
        change.columns.push("联系电话");
    }
    let residence = entry.residence.as_ref();
    if let Some(said) =
        residence.filter(|said| Personal::text(&held.residence) != Ok((*said).clone()))
    {
        change.personal.residence = Some(said.expose().to_owned());
        change.columns.push("居住区域");
    }
    let Some((kind, recruitment, political_status, skills)) = known.declared() else {
        return change;
    };
    if political_status != entry.political_status {
        let since = entry.political_status_since.unwrap_or(today);
        change.political_status = Some((entry.political_status, since));
        change.columns.push("政治面貌");
    }
    if !entry.skills.is_empty() && sorted(&entry.skills) != sorted(skills) {
        change.skills = Some(entry.skills.clone());
        change.columns.push("技能");
    }
    if (kind, recruitment) != (entry.kind, entry.recruitment) {
        change.categories = Some((entry.kind, entry.recruitment));
        change.columns.extend((kind != entry.kind).then_some("类别"));
        change.columns.extend((recruitment != entry.recruitment).then_some("招募方式"));
    }
    change
}

fn sorted(skills: &[Text<40>]) -> Vec<&str> {
    let mut skills: Vec<&str> = skills.iter().map(Text::as_str).collect();
    skills.sort_unstable();
    skills
}

impl Change {
    /// States the facts.
    pub async fn carry_out(
        self,
        app: &App,
        volunteer: PersonId,
        caller: &Caller,
    ) -> Result<(), Error> {
        let number = volunteer.to_string();
        let reason = Text::new("按导入的花名册更新").map_err(Error::refused)?;
        let of = |what: &str| step(caller, &number, what);
        if self.personal.says_something() {
            let caller = of("personal-data");
            app.correct_personal_data(volunteer, &self.personal, reason.clone(), &caller).await?;
        }
        if let Some((to, since)) = self.political_status {
            let caller = of("political-status");
            app.change_political_status(volunteer, to, since, reason.clone(), &caller).await?;
        }
        if let Some(skills) = self.skills {
            app.declare_skills(volunteer, SkillsDeclared { skills }, &of("skills")).await?;
        }
        if let Some((kind, recruitment)) = self.categories {
            let changed = CategoriesChanged { kind, recruitment, reason };
            app.change_categories(volunteer, changed, &of("categories")).await?;
        }
        Ok(())
    }
}
