//! 花名册: people become volunteers and members of a squad; of those who are known, what has changed is said.

use std::collections::HashMap;

use domain::import::Table;
use domain::permission::Act;
use domain::squad::{self, Applicant, Consent, Squad};
use domain::volunteer::{self, Registered, Volunteer};
use domain::{Aggregate as _, PersonId, Refusal, Text, UnitCode, county_date};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use uuid::Uuid;
use vault::Enrolled;

use super::outcome::{ImportError, Imported, Next, Planned, Tally, problem, step};
use super::run::{Run, ToDo};
use crate::imports::roster::Entry;
use crate::imports::{Numbered, Reading, RowProblem, SheetRow};
use crate::people::Personal;
use crate::people::personal_data::person;
use crate::{App, Caller, Error, NewVolunteer, PersonalData};
use differences::{Change, RosterRefusal};

mod differences;

/// What the reading of personal data is recorded with.
const PURPOSE: &str = "与导入表核对 compare with an import";
/// Rows that are looked up, opened or sealed in one transaction of the vault.
const CHUNK: usize = 1000;
/// Rows that are taken in at the same time; the log commits what waits together.
const AT_ONCE: usize = 64;

/// What is to be done about a person.
enum Step {
    /// Somebody registers, or registers again, and joins the squad.
    Register(Box<Candidate>),
    /// Something is otherwise of somebody who is known, or they are not in the squad yet.
    Update(Box<Update>),
}

/// A row that no rule speaks against.
struct Candidate {
    new: NewVolunteer,
    registered: Registered,
    squad: UnitCode,
}

struct Update {
    volunteer: PersonId,
    change: Change,
    /// The squad that they join.
    joins: Option<(UnitCode, Consent)>,
}

/// Holds each row against what is known of the person, and takes in what differs.
pub async fn carry(run: &mut Run<'_>, reading: Reading<Entry>) -> Result<Imported, ImportError> {
    let mut tally = Tally::of(reading.problems, reading.notes);
    run.expect(reading.rows.len());
    let mut planned = Vec::with_capacity(reading.rows.len());
    for chunk in chunks(reading.rows) {
        let length = chunk.len();
        planned.extend(plan(run.app, chunk, &run.caller).await?);
        run.advance(length);
    }
    let to_do = run.begin(Table::Roster, reading.total, planned, &mut tally).await?;
    for chunk in chunks(to_do) {
        let length = chunk.len();
        take_in(run.app, chunk, &run.caller, &mut tally).await?;
        run.advance(length);
    }
    run.finish(reading.total, tally).await
}

fn chunks<T>(mut rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let rest = rows.split_off(rows.len().min(CHUNK));
        let chunk = std::mem::replace(&mut rows, rest);
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Holds rows against what is known of the people in them.
async fn plan(
    app: &App,
    chunk: Vec<Numbered<Entry>>,
    caller: &Caller,
) -> Result<Vec<Planned<Step>>, Error> {
    let mut planned = Vec::with_capacity(chunk.len());
    let mut asked = Vec::with_capacity(chunk.len());
    for Numbered { row, value } in chunk {
        match candidate(app, &value, caller) {
            Ok(candidate) => asked.push((row, value, candidate)),
            Err(error) => planned.push(by_rule(row, String::new(), error)?),
        }
    }
    let numbers = asked.iter().map(|(_, entry, _)| entry.identity_number.expose().to_owned());
    let whose = app.recognise(numbers.collect(), PURPOSE, caller).await?;
    let known = known(app, whose.iter().flatten().copied()).await?;
    let whose: Vec<_> =
        whose.into_iter().map(|one| one.filter(|one| known.contains_key(one))).collect();
    // What is held of a person is opened for the unit that has them, or that they come back to, and no other.
    let here = asked.iter().zip(&whose).filter_map(|((_, entry, _), whose)| {
        whose.filter(|one| match known[one].has_withdrawn() {
            true => entry.consented_on.is_some(),
            false => known[one].unit() == Some(&entry.unit),
        })
    });
    let held = app.registrations_held(here.collect(), PURPOSE, caller).await?;
    for ((row, entry, candidate), whose) in asked.into_iter().zip(whose) {
        let known = whose.map(|volunteer| (volunteer, &known[&volunteer]));
        let number = whose.map(|volunteer| volunteer.to_string()).unwrap_or_default();
        let planned_row = match known {
            _ if entry.number.is_some_and(|number| whose != Some(number)) => {
                refused(row, String::new(), &[RosterRefusal::Identity {}])
            }
            None => match may_join(app, &candidate, newcomer(&candidate), caller).await {
                Ok(()) => {
                    let next = Next::Add(Step::Register(Box::new(candidate)));
                    Planned { row, number, columns: Vec::new(), next }
                }
                Err(error) => by_rule(row, number, error)?,
            },
            Some((_, known)) if known.unit() != Some(&entry.unit) && !known.has_withdrawn() => {
                refused(row, String::new(), &[RosterRefusal::OtherUnit {}])
            }
            Some((volunteer, known)) => {
                let held = held.get(&volunteer);
                match known_person(app, (volunteer, known, held), &entry, candidate, caller).await {
                    Ok(Ok((columns, next))) => Planned { row, number, columns, next },
                    Ok(Err(against)) => refused(row, number, &against),
                    Err(error) => by_rule(row, number, error)?,
                }
            }
        };
        planned.push(planned_row);
    }
    Ok(planned)
}

/// What a row about somebody of this unit comes to, or what speaks against taking it.
async fn known_person(
    app: &App,
    (volunteer, known, held): (PersonId, &Volunteer, Option<&PersonalData>),
    entry: &Entry,
    candidate: Candidate,
    caller: &Caller,
) -> Result<Result<(Vec<&'static str>, Next<Step>), Vec<RosterRefusal>>, Error> {
    if known.has_withdrawn() && entry.consented_on.is_none() {
        return Ok(Err(vec![RosterRefusal::Withdrawn { volunteer }]));
    }
    let held = held.ok_or_else(|| Error::refused(volunteer::Rejection::Unregistered {}))?;
    let today = county_date(app.clock.now());
    if known.has_withdrawn() {
        let columns = match differences::of_returner(entry, volunteer, known, held, today) {
            Ok(columns) => columns,
            Err(against) => return Ok(Err(against)),
        };
        let candidate = returner(candidate, known, held);
        let registered = &candidate.registered;
        let again = volunteer::Command::Register(Box::new(registered.clone()));
        app.dry_run::<Volunteer>(&volunteer.to_string(), again, caller).await?;
        let mut back = known.clone();
        back.evolve(&volunteer::Event::Returned(Box::new(registered.clone())));
        let applicant = back.applicant(volunteer).map_err(Error::refused)?;
        may_join(app, &candidate, applicant, caller).await?;
        return Ok(Ok((columns, Next::Add(Step::Register(Box::new(candidate))))));
    }
    let change = match differences::between(entry, volunteer, known, held, today) {
        Ok(change) => change,
        Err(against) => return Ok(Err(against)),
    };
    let look = |squad: &Squad| (squad.has(volunteer), squad.left(volunteer).is_some());
    let (member, left) = app.read_state::<Squad, _>(candidate.squad.as_str(), look).await?;
    if left && entry.consented_on.is_none() {
        return Ok(Err(vec![RosterRefusal::Left { volunteer }]));
    }
    let mut joins = None;
    if !member {
        let applicant = known.applicant(volunteer).map_err(Error::refused)?;
        may_join(app, &candidate, applicant, caller).await?;
        joins = Some((candidate.squad, candidate.registered.consent));
    }
    let columns = change.columns.clone();
    let next = match (joins.is_some(), columns.is_empty()) {
        (false, true) => Next::Nothing,
        (true, true) => Next::Add(Step::Update(Box::new(Update { volunteer, change, joins }))),
        (_, false) => Next::Change(Step::Update(Box::new(Update { volunteer, change, joins }))),
    };
    Ok(Ok((columns, next)))
}

/// Whether the caller may take them into the squad, and the squad's rules would have them.
async fn may_join(
    app: &App,
    candidate: &Candidate,
    applicant: Applicant,
    caller: &Caller,
) -> Result<(), Error> {
    let Candidate { squad, registered, .. } = candidate;
    app.permit(&caller.actor, Act::ManageMembers, Some(squad), None)?;
    let join = squad::Command::Join { applicant, consent: Some(registered.consent.clone()) };
    app.dry_run::<Squad>(squad.as_str(), join, caller).await
}

/// Somebody whom nobody knows yet, and who has no number.
fn newcomer(candidate: &Candidate) -> Applicant {
    let Registered { unit, political_status, .. } = &candidate.registered;
    Applicant {
        volunteer: PersonId::from_bits(0),
        unit: unit.clone(),
        party: political_status.counts_as_party(),
        may_serve: true,
    }
}

/// Who comes back as the row says, and as is held of them where a cell is blank.
fn returner(mut candidate: Candidate, known: &Volunteer, held: &PersonalData) -> Candidate {
    let Candidate { new: NewVolunteer { personal, .. }, registered, .. } = &mut candidate;
    for (said, held) in
        [(&mut personal.residence, &held.residence), (&mut personal.guardian, &held.guardian)]
    {
        if said.is_empty() {
            said.clone_from(held);
        }
    }
    registered.guardian_consent = personal.has_guardian();
    if let (true, Some((.., skills))) = (registered.skills.is_empty(), known.declared()) {
        registered.skills = skills.to_vec();
    }
    candidate
}

/// A row that a rule of volunteers or squads speaks against, in the column that it is about.
fn by_rule(row: SheetRow, number: String, error: Error) -> Result<Planned<Step>, Error> {
    let column = match error.refusal().and_then(Refusal::field) {
        Some("unit") => "单位代码",
        Some("consent") => "同意日期",
        Some("guardian") => "监护人",
        Some("skills") => "技能",
        Some("identity_number") => "身份证号",
        Some(column) if !column.is_ascii() => column,
        Some(_) | None => "",
    };
    let next = Next::Refuse(vec![problem(row.clone(), error)?.in_column(column)]);
    Ok(Planned { row, number, columns: Vec::new(), next })
}

/// A row that says what an import may not do, by column.
fn refused(row: SheetRow, number: String, against: &[RosterRefusal]) -> Planned<Step> {
    let problem = |refusal: &RosterRefusal| {
        RowProblem::refused(row.clone(), refusal).in_column(refusal.field().unwrap_or_default())
    };
    let next = Next::Refuse(against.iter().map(problem).collect());
    Planned { row, number, columns: Vec::new(), next }
}

/// Those of these people whom the log knows as volunteers.
async fn known(
    app: &App,
    people: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, Volunteer>, Error> {
    let read = stream::iter(people).map(|person| async move {
        let known = app.read_state::<Volunteer, _>(&person.to_string(), Volunteer::clone).await?;
        Ok::<_, Error>(known.unit().is_some().then_some((person, known)))
    });
    let known: Vec<_> = read.buffered(AT_ONCE).try_collect().await?;
    Ok(known.into_iter().flatten().collect())
}

/// A row that no rule speaks against; asked before anything is looked up or sealed.
fn candidate(app: &App, entry: &Entry, caller: &Caller) -> Result<Candidate, Error> {
    let new = volunteer(app, entry)?;
    let registered = app.may_register(&new, caller)?;
    let squad = app.reference_data().units.squad_of(&new.unit).cloned();
    let squad =
        squad.ok_or_else(|| Error::refused(RosterRefusal::NoSquad { unit: new.unit.clone() }))?;
    Ok(Candidate { new, registered, squad })
}

fn volunteer(app: &App, entry: &Entry) -> Result<NewVolunteer, Error> {
    let text = |personal: Option<&Personal>| {
        personal.map(|value| value.expose().to_owned()).unwrap_or_default()
    };
    let consent = Consent {
        given_on: entry.consented_on.unwrap_or_else(|| county_date(app.clock.now())),
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

/// Takes rows in, those who register sealed in one transaction.
async fn take_in(
    app: &App,
    chunk: Vec<ToDo<Step>>,
    caller: &Caller,
    tally: &mut Tally,
) -> Result<(), Error> {
    let sealing = chunk.iter().filter_map(|to_do| match &to_do.step {
        Step::Register(candidate) => Some((&candidate.new.personal, Uuid::new_v4())),
        Step::Update(_) => None,
    });
    let mut enrolled = app.enrol(sealing, caller).await?.into_iter();
    let steps: Vec<_> = chunk
        .into_iter()
        .map(|to_do| {
            let enrolled = match &to_do.step {
                Step::Register(_) => enrolled.next(),
                Step::Update(_) => None,
            };
            (to_do, enrolled)
        })
        .collect();
    let taken: Vec<_> = stream::iter(steps)
        .map(|(ToDo { row, number, columns, outcome, step }, enrolled)| async move {
            let result = match step {
                Step::Register(candidate) => register(app, *candidate, enrolled, caller).await,
                Step::Update(update) => update.carry_out(app, caller).await,
            };
            (ToDo { row, number, columns, outcome, step: () }, result)
        })
        .buffered(AT_ONCE)
        .collect()
        .await;
    for (to_do, result) in taken {
        to_do.note(result, tally)?;
    }
    Ok(())
}

async fn register(
    app: &App,
    candidate: Candidate,
    enrolled: Option<Result<Enrolled, vault::Refusal>>,
    caller: &Caller,
) -> Result<String, Error> {
    let enrolled = enrolled.ok_or_else(|| Error::refused(domain::BadValue::Person {}))?;
    let enrolled = enrolled.map_err(|refusal| {
        if refusal == vault::Refusal::IdentityTaken {
            Error::refused(volunteer::Rejection::AlreadyRegistered {})
        } else {
            Error::Vault(refusal.into())
        }
    })?;
    let Candidate { new, registered, squad } = candidate;
    let volunteer = person(enrolled.person);
    let number = volunteer.to_string();
    let consent = registered.consent.clone();
    let of = |what: &str| step(caller, &number, what);
    app.register_enrolled(enrolled, &new.personal, registered, &of("registration")).await?;
    app.join_squad(&squad, volunteer, Some(consent), &of("squad")).await?;
    Ok(number)
}

impl Update {
    async fn carry_out(self, app: &App, caller: &Caller) -> Result<String, Error> {
        let Self { volunteer, change, joins } = self;
        change.carry_out(app, volunteer, caller).await?;
        if let Some((squad, consent)) = joins {
            let caller = step(caller, &volunteer.to_string(), "squad");
            app.join_squad(&squad, volunteer, Some(consent), &caller).await?;
        }
        Ok(volunteer.to_string())
    }
}
