//! What must be there before a service starts beside a history: whom the log refers to, the vault knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::{Aggregate as _, Event, PersonId, operation, volunteer};
use event_store::{EventStore, Position, Recorded};
use projections::Fact;
use tokio::task::spawn_blocking;
use uuid::Uuid;
use vault::{Vault, VaultError};

use crate::app::node::Remembered;
use crate::people::personal_data::vault_person;
use crate::{App, Error};

/// The follower's name in the node's file: up to there, vault and log were found to go together.
const NAME: &str = "vault";
/// Events read at once.
const PAGE: u32 = 4096;

impl App {
    /// Of how many persons the log has sealed data that this vault does not know, though nobody erased it or accepted its
    /// loss. Reads on from where both were found to go together; a vault that knows fewer persons than then is another, or an
    /// older one, and is held against the whole log.
    ///
    /// # Errors
    /// When the log, the vault or the node's file cannot be read.
    pub async fn lost_persons(&self) -> Result<u64, Error> {
        let vault = self.vault.clone().ok_or(Error::WithoutVault)?;
        let persons = self.in_vault(|vault| vault.persons()).await?;
        let persons = i64::try_from(persons).unwrap_or(i64::MAX);
        let known_then = self.node.remembered(Remembered::VaultPersons)?.unwrap_or(0);
        // The code of nothing in particular is another in every vault.
        let of_vault =
            Uuid::new_v5(&Uuid::NAMESPACE_OID, vault.code("vault", "").expose().as_bytes());
        let of_vault = of_vault.as_u64_pair().0.cast_signed();
        let is_the_same = self.node.remembered(Remembered::Vault)? == Some(of_vault);
        let position = match is_the_same && persons >= known_then {
            true => self.node.position(NAME)?,
            false => Position::START,
        };
        let (lost, last) = look_through(&*self.store, &vault, position).await?;
        if lost.is_empty() {
            if let Some(last) = last {
                self.node.reach(NAME, &last)?;
            }
            self.node.remember(Remembered::VaultPersons, persons)?;
            self.node.remember(Remembered::Vault, of_vault)?;
        }
        Ok(lost.len() as u64)
    }
}

/// The same of a log and a vault, all of it, for whoever only looks.
///
/// # Errors
/// When one of them cannot be read.
pub async fn lost_persons(store: &dyn EventStore, vault: Arc<Vault>) -> Result<u64, Error> {
    let (lost, _) = look_through(store, &vault, Position::START).await?;
    Ok(lost.len() as u64)
}

/// Whom the vault does not know after a position, and the last event.
async fn look_through(
    store: &dyn EventStore,
    vault: &Arc<Vault>,
    mut position: Position,
) -> Result<(BTreeSet<PersonId>, Option<Recorded>), Error> {
    let (mut lost, mut last) = (BTreeSet::new(), None);
    loop {
        let mut page = store.read_all(position, PAGE).await?;
        let Some(end) = page.last() else { return Ok((lost, last)) };
        position = end.position;
        let sealed = sealed_in(&page, &mut lost)?;
        let vault = Arc::clone(vault);
        let unknown = spawn_blocking(move || {
            let mut unknown = Vec::new();
            for (person, of_vault) in sealed {
                if !vault.knows(of_vault)? {
                    unknown.push(person);
                }
            }
            Ok::<_, VaultError>(unknown)
        });
        lost.extend(unknown.await??);
        last = page.pop();
    }
}

/// Of whom a page has sealed data; whose is erased, or accepted as lost, is no longer.
fn sealed_in(
    page: &[Recorded],
    lost: &mut BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, vault::PersonId)>, Error> {
    let mut sealed = Vec::new();
    for recorded in page.iter().filter(|recorded| may_tell(recorded)) {
        let fact = Fact::read(recorded)?;
        for one in fact.event.sealed(fact.key()) {
            sealed.push((one.person, vault_person(one.person)?));
        }
        if let Event::Operation(operation::Event::VaultLossAccepted(_)) = &fact.event {
            lost.clear();
            sealed.clear();
        } else if let Event::Volunteer(volunteer::Event::PersonalDataErased(_)) = &fact.event
            && let Ok(person) = fact.key().parse()
        {
            lost.remove(&person);
            sealed.retain(|(one, _)| *one != person);
        }
    }
    Ok(sealed)
}

/// Whether an event may have sealed something of a person, or says what became of it.
fn may_tell(recorded: &Recorded) -> bool {
    let categories = [
        volunteer::Volunteer::CATEGORY,
        domain::unit::Unit::CATEGORY,
        domain::station::Station::CATEGORY,
        domain::issue::Issue::CATEGORY,
        domain::notice::Notice::CATEGORY,
        domain::resolution::Resolution::CATEGORY,
        operation::Operation::CATEGORY,
    ];
    categories.contains(&recorded.stream.category())
}
