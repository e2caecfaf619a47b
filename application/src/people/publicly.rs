//! 公示对象: whom a notice is about, as everybody may see it. The name is opened at reading time, masked, and stands neither in
//! the log nor in a read model, so that an erasure leaves nothing of it.

use std::collections::{BTreeSet, HashMap};

use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::privacy::mask_name;
use domain::sealed::REGISTRATION;
use domain::volunteer::Volunteer;
use domain::{PersonId, SealedDigest, county_date};
use jiff::Timestamp;
use vault::{MAX_BATCH, Plain, Reader, VaultError};

use super::personal_data::vault_person;
use crate::app::error::NotEncodable;
use crate::{App, Error, PersonalData};

/// Who reads, as the vault records it.
const EVERYBODY: &str = "public";
/// What for.
const PURPOSE: &str = "公示:对外只显示遮盖后的姓名 public notice, masked";

impl App {
    /// The masked names of volunteers whom notices are about. Nobody is named who is a minor, was erased or is not in the vault,
    /// nor anybody while the clock is doubted or there is no vault, nor whose section cannot be read. An opening is recorded, of
    /// each at most once in half an hour.
    ///
    /// # Errors
    /// When the vault fails.
    pub(crate) async fn public_names(
        &self,
        people: BTreeSet<PersonId>,
    ) -> Result<HashMap<PersonId, String>, Error> {
        if self.vault.is_none() || self.clock.trusted().is_err() {
            return Ok(HashMap::new());
        }
        let now = self.clock.now();
        let (mut named, mut closed) = (HashMap::new(), Vec::new());
        for who in people {
            let of = |known: &Volunteer| known.sealed().filter(|_| !known.is_erased());
            let Some(sealed) = self.read_state(&who.to_string(), of).await? else { continue };
            match self.shown.get(who, sealed, now) {
                Some(name) => named.extend(name.map(|name| (who, name))),
                None => closed.push((who, sealed)),
            }
        }
        if closed.is_empty() {
            return Ok(named);
        }
        // One after the other: whom another page has opened meanwhile is not opened again.
        let _alone = self.naming.lock().await;
        closed.retain(|&(who, sealed)| match self.shown.get(who, sealed, now) {
            Some(name) => {
                named.extend(name.map(|name| (who, name)));
                false
            }
            None => true,
        });
        for some in closed.chunks(MAX_BATCH) {
            for (who, sealed, name) in self.open_masked(some.to_vec(), now).await? {
                self.shown.keep(who, sealed, now, name.clone());
                named.extend(name.map(|name| (who, name)));
            }
        }
        Ok(named)
    }

    async fn open_masked(
        &self,
        people: Vec<(PersonId, SealedDigest)>,
        now: Timestamp,
    ) -> Result<Vec<(PersonId, SealedDigest, Option<String>)>, Error> {
        let wanted = people.iter().map(|(who, _)| vault_person(*who));
        let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
        let held = self.in_vault(move |vault| {
            let wanted: Vec<_> = wanted.iter().map(|who| (*who, REGISTRATION)).collect();
            vault.unseal_many(&wanted, Reader { actor: EVERYBODY, purpose: PURPOSE })
        });
        let opened = people.into_iter().zip(held.await?).map(|((who, sealed), held)| match held {
            Ok(Some(plain)) => (who, sealed, masked(&plain, now).unwrap_or_else(damaged)),
            Ok(None) | Err(VaultError::Refused(_)) => (who, sealed, None),
            Err(error) => (who, sealed, damaged(error)),
        });
        Ok(opened.collect())
    }
}

/// Nobody is named by a section that cannot be read; the page is shown all the same.
fn damaged<E: std::error::Error + 'static>(error: E) -> Option<String> {
    tracing::error!(
        error = &error as &dyn std::error::Error,
        "a section cannot be read: nobody is named by it"
    );
    None
}

/// The name as the public sees it; none of a minor, nor of whose age is not known.
fn masked(plain: &Plain, now: Timestamp) -> Result<Option<String>, Error> {
    let held: PersonalData = serde_json::from_slice(plain).map_err(NotEncodable::from)?;
    let number = IdentityNumber::parse(&held.identity_number).ok();
    let grown =
        number.filter(|number| AgeGroup::on(number.birth(), county_date(now)) != AgeGroup::Minor);
    Ok(grown.map(|_| mask_name(&held.name)))
}
