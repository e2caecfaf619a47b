//! Names and telephones of members, askers and objectors, on their way into the vault and out of it.

use std::borrow::Cow;
use std::fmt;

use domain::notice::Notice;
use domain::permission::Act;
use domain::sealed::{ASKER, OBJECTOR, SHARED_MEMBER, member_at};
use domain::{IssueId, NoticeId, PersonId, ResolutionId, SealedDigest, UnitCode};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::personal_data::{person, plain, sealed, vault_person};
use crate::app::error::{Error, NotEncodable};
use crate::commands::InvalidReference;
use crate::{App, Caller};

/// How to reach somebody who may as well stay unknown. Never printed, never in the log.
#[derive(Clone, Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Contact {
    /// 姓名.
    #[serde(default)]
    pub name: Option<String>,
    /// 联系电话.
    #[serde(default)]
    pub telephone: Option<String>,
}

impl Contact {
    /// Whether it says nothing of anybody.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        let says =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        !says(&self.name) && !says(&self.telephone)
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl App {
    /// Seals how to reach somebody without an identity number; nobody where it says nothing.
    pub(crate) async fn seal_contact(
        &self,
        section: &'static str,
        contact: &Contact,
        caller: &Caller,
    ) -> Result<Option<(PersonId, SealedDigest)>, Error> {
        if contact.is_anonymous() {
            return Ok(None);
        }
        let (plain, command) = (plain(contact)?, caller.command);
        let enrolled = self
            .in_vault(move |vault| vault.enrol_without_identity(section, &plain, command))
            .await?;
        Ok(Some((person(enrolled.person), sealed(&enrolled.digest))))
    }

    /// Who raised an issue; none where they stayed unknown. That it was read is recorded.
    ///
    /// # Errors
    /// When the caller may not, or the vault refuses.
    pub async fn read_asker(
        &self,
        issue: IssueId,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<Contact>, Error> {
        self.permit_issue(Act::ReadAsker, issue, caller).await?;
        let asker = self.asker_of(issue).await?;
        self.read_contact(asker, ASKER, purpose, caller).await
    }

    /// Who objected to a resolution; none where they stayed unknown. That it was read is recorded.
    ///
    /// # Errors
    /// When the caller may not, or the vault refuses.
    pub async fn read_objector(
        &self,
        resolution: ResolutionId,
        objection: u32,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<Contact>, Error> {
        self.permit_resolution(Act::ReadObjector, resolution, caller).await?;
        let objector = self.objector_of(resolution, objection).await?;
        self.read_contact(objector, OBJECTOR, purpose, caller).await
    }

    /// Who objected to a notice; none where they stayed unknown. That it was read is recorded.
    ///
    /// # Errors
    /// When the caller may not, or the vault refuses.
    pub async fn read_notice_objector(
        &self,
        notice: &NoticeId,
        objection: u32,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<Contact>, Error> {
        self.permit_notice(Act::ReadObjector, notice, caller).await?;
        let objector = self
            .read_state::<Notice, _>(notice.as_str(), |known| known.objector(objection))
            .await?
            .map_err(Error::refused)?;
        self.read_contact(objector, OBJECTOR, purpose, caller).await
    }

    /// How to reach a member of a station's groups, as they told this station. What they told another station, or their
    /// unit when they registered, only those read who may read it there: an appointment opens nothing. That it was read is
    /// recorded.
    ///
    /// # Errors
    /// When the caller may not, or they are not in office here, or the vault refuses.
    pub async fn read_member(
        &self,
        station: &UnitCode,
        member: PersonId,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<Contact>, Error> {
        self.permit(&caller.actor, Act::AppointMember, Some(station), None)?;
        if self.standing(station, Some(member)).await?.groups.is_empty() {
            return Err(Error::refused(InvalidReference::Person { person: member }));
        }
        let told = self.read_contact(Some(member), member_at(station), purpose.clone(), caller);
        if let Some(told) = told.await? {
            return Ok(Some(told));
        }
        let home = match self.home_of(member).await {
            Err(Error::Refused(_)) => None,
            home => Some(home?),
        };
        if let Some(home) = home
            && self.permit(&caller.actor, Act::ReadPersonalData, Some(&home), Some(member)).is_ok()
        {
            let registered = self.read_personal_data(member, purpose, caller).await?;
            return Ok(registered.map(|known| Contact {
                name: Some(known.name.clone()),
                telephone: Some(known.telephone.clone()),
            }));
        }
        // Once all stations shared one section of a member; who appointed first is not known, so only the county reads it.
        if self.permit(&caller.actor, Act::AppointMember, None, None).is_err() {
            return Ok(None);
        }
        self.read_contact(Some(member), SHARED_MEMBER, purpose, caller).await
    }

    async fn read_contact(
        &self,
        who: Option<PersonId>,
        section: impl Into<Cow<'static, str>>,
        purpose: String,
        caller: &Caller,
    ) -> Result<Option<Contact>, Error> {
        let Some(who) = who else { return Ok(None) };
        // The reading is recorded, with its time.
        self.clock.trusted()?;
        let (person, section) = (vault_person(who)?, section.into());
        let actor = caller.actor.id.to_string();
        let plain = self
            .in_vault(move |vault| {
                vault.unseal(person, &section, vault::Reader { actor: &actor, purpose: &purpose })
            })
            .await?;
        let Some(plain) = plain else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&plain).map_err(NotEncodable::from)?))
    }
}
