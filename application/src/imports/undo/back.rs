//! What takes a fact of an import back.

use domain::campaign::Campaign;
use domain::permission::Act;
use domain::sealed::REGISTRATION;
use domain::service::{self, Service};
use domain::squad::{self, Squad};
use domain::unit::{self, Correction, QuotaAssigned, Unit};
use domain::volunteer::{
    self, CategoriesChanged, PersonalDataCorrected, PersonalItem, SkillsDeclared, Volunteer,
};
use domain::{Aggregate, PersonId, SealedDigest, Text, UnitCode, county_date};
use vault::Digest;

use super::stays::Stays;
use super::traces::Trace;
use crate::app::told::{Told, told};
use crate::imports::Mode;
use crate::people::correcting::restoring;
use crate::people::personal_data::vault_person;
use crate::{App, Caller, Error};

/// One command that takes something back.
pub struct Back {
    /// The same each time, so that a command that was carried out is not carried out again.
    step: String,
    command: Command,
}

enum Command {
    Volunteer(Act, volunteer::Command),
    /// An earlier registration stands again, instead of the import's.
    PersonalData {
        instead_of: Option<SealedDigest>,
        corrected: Box<PersonalDataCorrected>,
    },
    Leave(UnitCode, squad::Command),
    Void(u32, service::Command),
    Unit(Act, unit::Command),
}

/// What takes back what an import said of a volunteer.
pub async fn of_volunteer(
    app: &App,
    volunteer: PersonId,
    trace: &Trace,
    reason: &Text<200>,
) -> Result<Result<Vec<Back>, Stays>, Error> {
    let key = volunteer.to_string();
    if !trace.records.is_empty() {
        return of_records(app, &key, trace, reason).await;
    }
    let Told { before, after, now } = told::<Volunteer>(app, &key, &trace.said).await?;
    let came = before.unit().is_none() || before.has_withdrawn();
    if came && now.has_withdrawn() {
        return Ok(Ok(Vec::new()));
    }
    if trace.rested_on && (came || !trace.squads.is_empty()) {
        return Ok(Err(Stays::RestedOn {}));
    }
    let mut backs = Vec::new();
    if came {
        // Who registered withdraws again, and with that leaves the squad.
        let command = volunteer::Command::Withdraw { reason: reason.clone() };
        backs.push(Back::of("withdrawal", Command::Volunteer(Act::WithdrawVolunteer, command)));
    }
    for squad in trace.squads.iter().filter(|_| !came) {
        if app.read_state::<Squad, _>(squad.as_str(), |squad| squad.has(volunteer)).await? {
            let command = squad::Command::Leave { volunteer, reason: reason.clone() };
            backs.push(Back::of("squad", Command::Leave(squad.clone(), command)));
        }
    }
    if before.sealed().is_some() && before.sealed() != now.sealed() {
        if now.sealed() != after.sealed() {
            return Ok(Err(Stays::ChangedSince {}));
        }
        match restored(app, volunteer, &before, trace, reason).await? {
            Some(corrected) => {
                let (instead_of, corrected) = (after.sealed(), Box::new(corrected));
                let command = Command::PersonalData { instead_of, corrected };
                backs.push(Back::of("personal-data", command));
            }
            // Who came back withdraws all the same.
            None if came => {}
            None => return Ok(Err(Stays::KeptNoLonger {})),
        }
    }
    if came {
        return Ok(Ok(backs));
    }
    if before.declared() != now.declared() {
        if now.declared() != after.declared() {
            return Ok(Err(Stays::ChangedSince {}));
        }
        let today = county_date(app.clock.now());
        backs.extend(declared(&before, &now, today, reason));
    }
    Ok(Ok(backs))
}

/// What sets back what was declared of a volunteer.
fn declared(
    before: &Volunteer,
    now: &Volunteer,
    since: jiff::civil::Date,
    reason: &Text<200>,
) -> Vec<Back> {
    let (Some(before), Some(now)) = (before.declared(), now.declared()) else { return Vec::new() };
    let (kind, recruitment, to, skills) = before;
    let reason = reason.clone();
    let mut backs = Vec::new();
    if to != now.2 {
        let reason = reason.clone();
        let command = volunteer::Command::ChangePoliticalStatus { to, since, reason };
        let command = Command::Volunteer(Act::ChangeDeclaration, command);
        backs.push(Back::of("political-status", command));
    }
    if skills != now.3 {
        let declared = SkillsDeclared { skills: skills.to_vec() };
        let command = volunteer::Command::DeclareSkills(declared);
        backs.push(Back::of("skills", Command::Volunteer(Act::DeclareSkills, command)));
    }
    if (kind, recruitment) != (now.0, now.1) {
        let changed = CategoriesChanged { kind, recruitment, reason };
        let command = volunteer::Command::ChangeCategories(changed);
        backs.push(Back::of("categories", Command::Volunteer(Act::ChangeDeclaration, command)));
    }
    backs
}

/// What takes back the service records that a sign-in sheet made; none of them where one was attested, corrected or disputed.
async fn of_records(
    app: &App,
    key: &str,
    trace: &Trace,
    reason: &Text<200>,
) -> Result<Result<Vec<Back>, Stays>, Error> {
    let look = |known: &Service| {
        let standing = trace.records.iter().filter(|record| !known.is_voided(**record));
        standing.map(|record| (*record, known.is_as_recorded(*record))).collect::<Vec<_>>()
    };
    let standing = app.read_state::<Service, _>(key, look).await?;
    if standing.iter().any(|(_, as_recorded)| !as_recorded) {
        return Ok(Err(Stays::RestedOn {}));
    }
    let reason: Text<500> = Text::new(reason.as_str()).map_err(Error::refused)?;
    let void = |(record, _)| {
        let command = service::Command::Void { record, reason: reason.clone() };
        Back::of(&format!("record/{record}"), Command::Void(record, command))
    };
    Ok(Ok(standing.into_iter().map(void).collect()))
}

/// The correction that lets the earlier registration stand again, while the vault still keeps it.
async fn restored(
    app: &App,
    volunteer: PersonId,
    before: &Volunteer,
    trace: &Trace,
    reason: &Text<200>,
) -> Result<Option<PersonalDataCorrected>, Error> {
    let Some(sealed) = before.sealed() else { return Ok(None) };
    let (person, digest) = (vault_person(volunteer)?, Digest::from_bytes(sealed.0));
    let kept = app.in_vault(move |vault| vault.keeps(person, REGISTRATION, &digest)).await?;
    let corrected = trace.corrected.as_ref();
    Ok(kept.then(|| PersonalDataCorrected {
        // A registration says all of it anew.
        items: corrected
            .map_or_else(|| PersonalItem::ALL.to_vec(), |corrected| corrected.items.clone()),
        guardian_consent: before.has_guardian_consent(),
        reason: reason.clone(),
        sealed,
    }))
}

/// What takes back what an import said of a unit.
pub async fn of_unit(
    app: &App,
    number: &str,
    trace: &Trace,
    reason: &Text<200>,
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
        let command = unit::Command::Correct(Correction {
            name: Some(before.name.clone()),
            kind: Some(before.kind),
            parent: before.parent.clone(),
            reason: reason.clone(),
        });
        backs.push(Back::of("correction", Command::Unit(Act::CorrectUnit, command)));
    }
    if before.headcount() != now.headcount() {
        if now.headcount() != after.headcount() {
            return Ok(Err(Stays::ChangedSince {}));
        }
        // A figure is never taken away again: nobody is the same as none.
        let headcount = before.headcount().unwrap_or(0);
        let command = unit::Command::DeclareHeadcount { headcount };
        backs.push(Back::of("headcount", Command::Unit(Act::DeclareHeadcount, command)));
    }
    if let Some(given) = now.assigned()
        && before.assigned() != Some(given)
    {
        if after.assigned() != Some(given) {
            return Ok(Err(Stays::ChangedSince {}));
        }
        match task_before(app, number, &before, given).await? {
            Ok(command) => {
                backs.push(Back::of("quota", Command::Unit(Act::AssignQuota, command)));
            }
            Err(stays) => return Ok(Err(stays)),
        }
    }
    Ok(Ok(backs))
}

/// Gives the unit the task that it had in the campaign that an import gave it another in.
async fn task_before(
    app: &App,
    number: &str,
    before: &Unit,
    given: &QuotaAssigned,
) -> Result<Result<unit::Command, Stays>, Error> {
    let campaign = given.campaign.clone();
    let assigned = before.assigned().filter(|assigned| assigned.campaign == campaign);
    let task = match (assigned, &campaign) {
        (Some(assigned), _) => assigned.task,
        (None, None) => 0,
        (None, Some(code)) => {
            let task_of = |known: &Campaign| {
                let tasks = known.adopted().map(|adopted| adopted.tasks.as_slice());
                let own = tasks.unwrap_or_default().iter().find(|own| own.unit.as_str() == number);
                own.map_or(0, |own| own.task)
            };
            app.read_state::<Campaign, _>(code.as_str(), task_of).await?
        }
    };
    // Once there are campaigns, every task is one in a campaign.
    if campaign.is_none() && !app.reference_data().units.campaigns().all().is_empty() {
        return Ok(Err(Stays::TaskTakenOver {}));
    }
    Ok(Ok(unit::Command::AssignQuota { task, campaign }))
}

async fn state<A: Aggregate>(
    app: &App,
    key: &str,
    command: A::Command,
    mode: Mode,
    caller: &Caller,
) -> Result<(), Error> {
    match mode {
        Mode::Preview => app.dry_run::<A>(key, command, caller).await,
        Mode::Import => app.execute::<A>(key, command, caller).await.map(drop),
    }
}

impl Back {
    fn of(step: &str, command: Command) -> Self {
        Self { step: step.to_owned(), command }
    }

    /// States the fact, or asks the rules whether it could be stated.
    pub async fn carry_out(
        &self,
        app: &App,
        number: &str,
        mode: Mode,
        caller: &Caller,
    ) -> Result<(), Error> {
        let caller = &caller.step(&self.step);
        let volunteer = || number.parse::<PersonId>().map_err(Error::refused);
        match &self.command {
            Command::Volunteer(act, command) => {
                let (of, home) = (volunteer()?, app.home_of(volunteer()?));
                app.permit_at(&caller.actor, *act, home, Some(of)).await?;
                state::<Volunteer>(app, number, command.clone(), mode, caller).await
            }
            Command::PersonalData { instead_of, corrected } if mode == Mode::Import => {
                let (of, corrected) = (volunteer()?, (**corrected).clone());
                match app.restore_personal_data(of, *instead_of, corrected, caller).await? {
                    Some(_) => Ok(()),
                    None => Err(Error::refused(Stays::ChangedSince {})),
                }
            }
            Command::PersonalData { corrected, .. } => {
                let (of, home) = (volunteer()?, app.home_of(volunteer()?));
                let act = Act::CorrectPersonalData;
                app.permit_at(&caller.actor, act, home, Some(of)).await?;
                let command = restoring((**corrected).clone());
                state::<Volunteer>(app, number, command, mode, caller).await
            }
            Command::Leave(squad, command) => {
                let act = Act::ManageMembers;
                app.permit(&caller.actor, act, Some(squad), Some(volunteer()?))?;
                state::<Squad>(app, squad.as_str(), command.clone(), mode, caller).await
            }
            Command::Void(record, command) => {
                let (act, of) = (Act::SettleDispute, volunteer()?);
                app.permit_record(act, of, *record, caller).await?;
                state::<Service>(app, number, command.clone(), mode, caller).await
            }
            Command::Unit(act, command) => {
                let unit = UnitCode::new(number).map_err(Error::refused)?;
                app.permit(&caller.actor, *act, Some(&unit), None)?;
                state::<Unit>(app, number, command.clone(), mode, caller).await
            }
        }
    }
}
