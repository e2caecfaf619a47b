//! What takes a fact of an import back.

use domain::sealed::REGISTRATION;
use domain::service::Service;
use domain::squad::Squad;
use domain::unit::{Correction, Unit};
use domain::volunteer::{
    CategoriesChanged, Kind, PersonalDataCorrected, PoliticalStatus, Recruitment, SkillsDeclared,
    Volunteer,
};
use domain::{PersonId, Text, UnitCode, county_date};
use vault::Digest;

use super::stays::Stays;
use super::traces::{Told, Trace, told};
use crate::people::personal_data::vault_person;
use crate::{App, Caller, Error};

/// One command that takes something back.
pub enum Back {
    /// Who registered withdraws again, and with that leaves the squad.
    Withdraw,
    Leave(UnitCode),
    VoidRecord(u32),
    PersonalData(Box<PersonalDataCorrected>),
    PoliticalStatus(PoliticalStatus),
    Categories(Kind, Recruitment),
    Skills(Vec<Text<40>>),
    Correct(Box<Correction>),
    Headcount(u32),
    Task(u32),
}

/// What takes back what an import said of a volunteer.
pub async fn of_volunteer(
    app: &App,
    volunteer: PersonId,
    trace: &Trace,
) -> Result<Result<Vec<Back>, Stays>, Error> {
    let key = volunteer.to_string();
    if !trace.records.is_empty() {
        return of_records(app, &key, trace).await;
    }
    let Told { before, after, now } = told::<Volunteer>(app, &key, &trace.said).await?;
    let came = before.unit().is_none() || before.has_withdrawn();
    if came && now.has_withdrawn() {
        return Ok(Ok(Vec::new()));
    }
    if trace.rested_on && (came || !trace.squads.is_empty()) {
        return Ok(Err(Stays::RestedOn {}));
    }
    if came {
        return Ok(Ok(vec![Back::Withdraw]));
    }
    let mut backs = Vec::new();
    for squad in &trace.squads {
        if app.read_state::<Squad, _>(squad.as_str(), |squad| squad.has(volunteer)).await? {
            backs.push(Back::Leave(squad.clone()));
        }
    }
    if before.sealed() != now.sealed() {
        if now.sealed() != after.sealed() {
            return Ok(Err(Stays::ChangedSince {}));
        }
        match restored(app, volunteer, &before, trace).await? {
            Some(corrected) => backs.push(Back::PersonalData(Box::new(corrected))),
            None => return Ok(Err(Stays::KeptNoLonger {})),
        }
    }
    let declared = (before.declared(), after.declared(), now.declared());
    if let (Some(before), Some(after), Some(now)) = declared
        && before != now
    {
        if now != after {
            return Ok(Err(Stays::ChangedSince {}));
        }
        let (kind, recruitment, political_status, skills) = before;
        backs
            .extend((political_status != now.2).then_some(Back::PoliticalStatus(political_status)));
        backs.extend((skills != now.3).then(|| Back::Skills(skills.to_vec())));
        let otherwise = (kind, recruitment) != (now.0, now.1);
        backs.extend(otherwise.then_some(Back::Categories(kind, recruitment)));
    }
    Ok(Ok(backs))
}

/// What takes back the service records that a sign-in sheet made; none of them where one was attested, corrected or disputed.
async fn of_records(
    app: &App,
    key: &str,
    trace: &Trace,
) -> Result<Result<Vec<Back>, Stays>, Error> {
    let look = |known: &Service| {
        let standing = trace.records.iter().filter(|record| !known.is_voided(**record));
        standing.map(|record| (*record, known.is_as_recorded(*record))).collect::<Vec<_>>()
    };
    let standing = app.read_state::<Service, _>(key, look).await?;
    if standing.iter().any(|(_, as_recorded)| !as_recorded) {
        return Ok(Err(Stays::RestedOn {}));
    }
    Ok(Ok(standing.into_iter().map(|(record, _)| Back::VoidRecord(record)).collect()))
}

/// The correction that lets the earlier registration stand again, while the vault still keeps it.
async fn restored(
    app: &App,
    volunteer: PersonId,
    before: &Volunteer,
    trace: &Trace,
) -> Result<Option<PersonalDataCorrected>, Error> {
    let Some(sealed) = before.sealed() else { return Ok(None) };
    let (person, digest) = (vault_person(volunteer)?, Digest::from_bytes(sealed.0));
    let kept = app.in_vault(move |vault| vault.keeps(person, REGISTRATION, &digest)).await?;
    let corrected = trace.corrected.clone();
    Ok(corrected.filter(|_| kept).map(|corrected| PersonalDataCorrected { sealed, ..corrected }))
}

/// What takes back what an import said of a unit.
pub async fn of_unit(
    app: &App,
    number: &str,
    trace: &Trace,
) -> Result<Result<Vec<Back>, Stays>, Error> {
    let Told { before, after, now } = told::<Unit>(app, number, &trace.said).await?;
    let stands = before.registration().is_none()
        || !trace.squads.is_empty()
        || before.attributed_to() != now.attributed_to()
        || before.administrator() != now.administrator();
    if stands {
        return Ok(Err(Stays::Standing {}));
    }
    let mut backs = Vec::new();
    if let (Some(before), Some(after), Some(now)) =
        (before.registration(), after.registration(), now.registration())
        && before != now
    {
        if now != after {
            return Ok(Err(Stays::ChangedSince {}));
        }
        backs.push(Back::Correct(Box::new(Correction {
            name: Some(before.name.clone()),
            kind: Some(before.kind),
            parent: before.parent.clone(),
            reason: Text::new("撤销导入").map_err(Error::refused)?,
        })));
    }
    for (before, after, now, back) in [
        (
            before.headcount(),
            after.headcount(),
            now.headcount(),
            Back::Headcount as fn(u32) -> Back,
        ),
        (before.task(), after.task(), now.task(), Back::Task),
    ] {
        match before {
            _ if before == now => {}
            Some(before) if now == after => backs.push(back(before)),
            Some(_) => return Ok(Err(Stays::ChangedSince {})),
            // There was none, and a figure is never taken away again: nobody is the same as none.
            None if now == after => backs.push(back(0)),
            None => return Ok(Err(Stays::ChangedSince {})),
        }
    }
    Ok(Ok(backs))
}

impl Back {
    /// States the fact.
    pub async fn carry_out(
        &self,
        app: &App,
        number: &str,
        reason: &Text<200>,
        caller: &Caller,
    ) -> Result<(), Error> {
        let volunteer = || number.parse::<PersonId>().map_err(Error::refused);
        let unit = || UnitCode::new(number).map_err(Error::refused);
        let reason = reason.clone();
        match self {
            Self::Withdraw => {
                app.withdraw_volunteer(volunteer()?, reason, &caller.step("withdrawal")).await?
            }
            Self::Leave(squad) => {
                app.leave_squad(squad, volunteer()?, reason, &caller.step("squad")).await?
            }
            Self::VoidRecord(record) => {
                let (why, caller) =
                    (Text::new(reason.as_str()), caller.step(&format!("record/{record}")));
                let why = why.map_err(Error::refused)?;
                app.void_service(volunteer()?, *record, why, &caller).await?
            }
            Self::PersonalData(corrected) => {
                let corrected = PersonalDataCorrected { reason, ..(**corrected).clone() };
                app.restore_personal_data(volunteer()?, corrected, &caller.step("personal-data"))
                    .await?
            }
            Self::PoliticalStatus(to) => {
                let (since, caller) =
                    (county_date(app.clock.now()), caller.step("political-status"));
                app.change_political_status(volunteer()?, *to, since, reason, &caller).await?
            }
            Self::Categories(kind, recruitment) => {
                let (kind, recruitment) = (*kind, *recruitment);
                let changed = CategoriesChanged { kind, recruitment, reason };
                app.change_categories(volunteer()?, changed, &caller.step("categories")).await?
            }
            Self::Skills(skills) => {
                let declared = SkillsDeclared { skills: skills.clone() };
                app.declare_skills(volunteer()?, declared, &caller.step("skills")).await?
            }
            Self::Correct(correction) => {
                let correction = Correction { reason, ..(**correction).clone() };
                app.correct_unit(&unit()?, correction, &caller.step("correction")).await?
            }
            Self::Headcount(people) => {
                app.declare_headcount(&unit()?, *people, &caller.step("headcount")).await?
            }
            Self::Task(task) => app.assign_quota(&unit()?, *task, &caller.step("quota")).await?,
        };
        Ok(())
    }
}
