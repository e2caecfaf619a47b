//! Every personal section is the one that its event vouches for, or an erasure covers it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use domain::operation::ReadingsStated;
use domain::{Event, PersonId, SealedDigest, operation, volunteer};
use projections::Fact;
use vault::{Check, Digest, KeylessVault};

use super::finding::{Finding, Report};
use crate::data_folder;
use crate::failure::Failure;
use crate::replayed::open_database;

/// What the log says lies in the vault.
#[derive(Default)]
pub struct Sealed {
    sections: HashMap<(PersonId, Cow<'static, str>), Vouched>,
    erased: HashSet<PersonId>,
    /// What was lost up to there, operators have accepted.
    accepted: u64,
    /// What was stated of readings since then, and where.
    readings: Vec<(u64, String, ReadingsStated)>,
}

/// The last event that vouches for a section.
struct Vouched {
    digest: SealedDigest,
    position: u64,
    stream: String,
    version: u64,
}

impl Sealed {
    /// Takes in a fact.
    pub fn see(&mut self, fact: &Fact) {
        for sealed in fact.event.sealed(fact.key()) {
            let vouched = Vouched {
                digest: sealed.digest,
                position: fact.position.0,
                stream: fact.stream.to_string(),
                version: fact.version.0,
            };
            self.sections.insert((sealed.person, sealed.section), vouched);
        }
        if let Event::Operation(operation::Event::VaultLossAccepted(_)) = &fact.event {
            self.accepted = fact.position.0;
            self.readings.clear();
        }
        if let Event::Operation(operation::Event::ReadingsStated(stated)) = &fact.event {
            self.readings.push((fact.position.0, fact.stream.to_string(), stated.clone()));
        }
        if let Event::Volunteer(volunteer::Event::PersonalDataErased(_)) = &fact.event
            && let Ok(person) = fact.key().parse()
        {
            self.erased.insert(person);
        }
    }

    /// Looks into the vault of a data folder, after everything was seen.
    pub fn finish(self, data: &Path, report: &mut Report) -> Result<(), Failure> {
        let path = data_folder::vault(data);
        if !path.exists() {
            if !self.sections.is_empty() {
                report.notices.push(Finding::new(
                    "vault.absent",
                    "没有个人信息库;个人信息分段未核对。",
                    "There is no vault; the personal sections were not compared.",
                ));
            }
            return Ok(());
        }
        let vault = KeylessVault::over(open_database(&path)?);
        compare_readings(&vault, &self.readings, report)?;
        let mut lost = 0_u64;
        let mut sections: Vec<_> = self.sections.iter().collect();
        sections.sort_unstable_by_key(|(_, vouched)| vouched.position);
        for ((person, section), vouched) in sections {
            let of_vault = vault::PersonId::try_from(person.bits()).ok();
            let digest = Digest::from_bytes(vouched.digest.0);
            let found = match of_vault {
                Some(of_vault) => vault.check(of_vault, section, &digest)?,
                None => Check::Missing,
            };
            match unsound(found, self.erased.contains(person)) {
                None => report.sections += 1,
                Some(_) if found == Check::Missing && vouched.position < self.accepted => lost += 1,
                Some((check, zh, en)) => report.find(
                    Finding {
                        position: Some(vouched.position),
                        version: Some(vouched.version),
                        ..Finding::new(
                            check,
                            format!("{person}的个人信息分段{section}{zh}"),
                            format!("Section {section} of {person} {en}"),
                        )
                    }
                    .of(&vouched.stream),
                ),
            }
        }
        if lost > 0 {
            report.notices.push(Finding::new(
                "vault.lost",
                format!("{lost}个个人信息分段已灭失,日志中有认定。"),
                format!(
                    "{lost} personal sections are lost, and an event says that this was accepted."
                ),
            ));
        }
        Ok(())
    }
}

/// Holds the records of readings against what was stated of each day.
fn compare_readings(
    vault: &KeylessVault,
    stated: &[(u64, String, ReadingsStated)],
    report: &mut Report,
) -> Result<(), Failure> {
    let mut start = Digest::from_bytes([0; 32]);
    for (position, stream, stated) in stated {
        let held = vault.readings(stated.after, &start, stated.last)?;
        start = Digest::from_bytes(stated.digest.0);
        if held.readings == stated.readings && held.digest == start {
            continue;
        }
        let ReadingsStated { day, readings, .. } = stated;
        let held = held.readings;
        report.find(
            Finding {
                position: Some(*position),
                ..Finding::new(
                    "vault.readings",
                    format!("{day}的查阅记录与日结不符:日结{readings}次,现存{held}次;有缺失、增添或改动。"),
                    format!("The readings of {day} are not as they were stated: {readings} then, {held} now; some are gone, added or changed."),
                )
            }
            .of(stream),
        );
    }
    Ok(())
}

/// What is wrong with a section, by what lies in the vault and whether the log says that it was erased.
fn unsound(found: Check, erased: bool) -> Option<(&'static str, &'static str, &'static str)> {
    match (found, erased) {
        (Check::Matches, false) | (Check::Erased, true) => None,
        (Check::Differs, false) => Some((
            "vault.section",
            "不是此事件所载摘要的字节:被改或被换。",
            "is not the bytes whose digest this event holds: they were changed or exchanged.",
        )),
        (Check::Missing, false) => Some((
            "vault.missing",
            "不在个人信息库中,也没有删除的事件。",
            "is not in the vault, and no event says that it was erased.",
        )),
        (Check::Erased, false) => Some((
            "vault.erased",
            "已删除,日志中却没有删除的事件。",
            "was erased, and no event says so.",
        )),
        // A vault of another node, or restored from before: it was never here.
        (Check::Missing, true) => None,
        (Check::Matches | Check::Differs, true) => Some((
            "vault.remains",
            "仍在个人信息库中,日志却已记载删除;服务启动后会补做,否则请查。",
            "still lies in the vault, though an event says that it was erased; the service makes up for it when it starts, find out why if it does not.",
        )),
    }
}
