use domain::squad::Consent;
use domain::volunteer::{Registered, Volunteer};
use domain::{Text, UnitCode, county_date};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use uuid::Uuid;
use vault::Enrolled;

use super::imported::{ImportError, Imported, Progress, Row, is_new, outcome, step};
use crate::imports::roster::Entry;
use crate::imports::{Numbered, Reading, SheetRow};
use crate::people::Personal;
use crate::people::personal_data::person;
use crate::{App, Caller, Error, NewVolunteer, PersonalData};

/// Rows whose personal data is sealed in one transaction of the vault.
const CHUNK: usize = 1000;
/// Rows that are registered at the same time; the log commits what waits together.
const AT_ONCE: usize = 64;

domain::refusals! {
    /// Why a good row is not taken after all.
    pub enum RosterRefusal {
        NoSquad { unit: UnitCode } "roster.no_squad" at "单位代码" =>
            "单位{unit}及其上级都尚未申请小分队;请先导入任务数或申请小分队。",
            "Neither unit {unit} nor one above it has applied for a squad; import its task number or apply first.";
        OtherUnit {} "roster.other_unit" at "身份证号" =>
            "此人已在其他单位注册;一人只能注册一次,如需转入请由其现单位办理调换。",
            "This person is registered in another unit; one person registers once, and their unit may move them.";
    }
}

/// 花名册: each good row becomes a volunteer and a member of the squad.
pub async fn import(
    app: &App,
    reading: Reading<Entry>,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::begin(reading.total, reading.problems, reading.notes);
    let total = reading.rows.len() as u64;
    let mut rows = reading.rows;
    let mut done = 0;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(CHUNK));
        let chunk = std::mem::replace(&mut rows, rest);
        let length = chunk.len() as u64;
        for row in take_in(app, chunk, caller).await? {
            imported.count(row);
        }
        done += length;
        progress(done, total);
    }
    Ok(imported.finish())
}

/// One person on the way in.
struct Candidate {
    row: SheetRow,
    new: NewVolunteer,
    registered: Registered,
    squad: UnitCode,
}

async fn take_in(
    app: &App,
    chunk: Vec<Numbered<Entry>>,
    caller: &Caller,
) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::with_capacity(chunk.len());
    let mut candidates = Vec::with_capacity(chunk.len());
    for Numbered { row, value } in chunk {
        match candidate(app, row.clone(), value, caller) {
            Ok(candidate) => candidates.push(candidate),
            Err(error) => rows.push(outcome(row, Err(error))?),
        }
    }
    let sealing = candidates.iter().map(|one| (&one.new.personal, Uuid::new_v4()));
    let people = app.enrol(sealing, caller).await?;
    let registered: Vec<Row> = stream::iter(candidates.into_iter().zip(people))
        .map(|(candidate, enrolled)| async move {
            let row = candidate.row.clone();
            let result = match enrolled {
                Ok(enrolled) => register(app, candidate, enrolled, caller).await,
                Err(refusal) => Err(Error::Vault(refusal.into())),
            };
            outcome(row, result)
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    rows.extend(registered);
    Ok(rows)
}

/// A row that no rule speaks against; asked before anything is sealed.
fn candidate(app: &App, row: SheetRow, entry: Entry, caller: &Caller) -> Result<Candidate, Error> {
    let new = volunteer(app, &entry)?;
    let registered = app.may_register(&new, caller)?;
    let squad = app.reference_data().units.squad_of(&new.unit).cloned();
    let squad =
        squad.ok_or_else(|| Error::refused(RosterRefusal::NoSquad { unit: new.unit.clone() }))?;
    Ok(Candidate { row, new, registered, squad })
}

fn volunteer(app: &App, entry: &Entry) -> Result<NewVolunteer, Error> {
    let text = |personal: Option<&Personal>| {
        personal.map(|value| value.expose().to_owned()).unwrap_or_default()
    };
    let consent = Consent {
        given_on: county_date(app.clock.now()),
        form: Text::new("花名册").map_err(Error::refused)?,
    };
    Ok(NewVolunteer {
        personal: PersonalData {
            name: entry.name.expose().to_owned(),
            identity_number: entry.identity_number.expose().to_owned(),
            telephone: entry.telephone.expose().to_owned(),
            residence: text(entry.residence.as_ref()),
            guardian: text(entry.guardian.as_ref()),
        },
        unit: entry.unit.clone(),
        kind: entry.kind,
        recruitment: entry.recruitment,
        political_status: entry.political_status,
        skills: entry.skills.clone(),
        consent: Some(consent),
    })
}

async fn register(
    app: &App,
    candidate: Candidate,
    enrolled: Enrolled,
    caller: &Caller,
) -> Result<bool, Error> {
    let Candidate { new, registered, squad, .. } = candidate;
    let person = person(enrolled.person);
    let key = person.to_string();
    let consent = registered.consent.clone();
    let known = app.read_state::<Volunteer, _>(&key, |known| known.unit().cloned()).await?;
    let mut added = false;
    match known {
        None => {
            let caller = step(caller, &format!("volunteer/{key}"));
            let done = app.register_enrolled(enrolled, &new.personal, registered, &caller).await?;
            added |= is_new(&done);
        }
        Some(unit) if unit != new.unit => {
            return Err(Error::refused(RosterRefusal::OtherUnit {}));
        }
        Some(_) => {}
    }
    let caller = step(caller, &format!("member/{key}"));
    added |= is_new(&app.join_squad(&squad, person, Some(consent), &caller).await?);
    Ok(added)
}
