//! 更正身份号码: one person asks for it, another decides.

use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::permission::Act;
use domain::sealed::REGISTRATION;
use domain::volunteer::{Command, Rejection, Volunteer};
use domain::{PersonId, SealedDigest, Text, county_date};
use vault::Digest;

use super::personal_data::{plausible_birth, vault_person};
use crate::app::error::NotEncodable;
use crate::{App, Caller, CommandOutcome, Error, PersonalData};

domain::refusals! {
    /// Why there is nothing to correct.
    pub enum NoCorrection {
        SameNumber {} "volunteer.same_identity" at "identity_number" =>
            "该志愿者登记的就是这个号码;请填写正确的号码。",
            "The volunteer is registered under this very number; give the right one.";
    }
}

impl App {
    /// 申请更正身份号码. The registration with the right number lies ready in the vault until another person decides.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn request_identity_correction(
        &self,
        volunteer: PersonId,
        number: &IdentityNumber,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::RequestIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        if !plausible_birth(number.birth(), county_date(self.clock.now())) {
            return Err(Error::refused(domain::identity_number::BadIdentityNumber::Date {}));
        }
        let _turn = self.turn_of(volunteer).await?;
        let key = volunteer.to_string();
        let command =
            |prepared| Command::RequestIdentityCorrection { prepared, reason: reason.clone() };
        self.dry_run::<Volunteer>(&key, command(SealedDigest([0; 32])), caller).await?;
        let whose = self.recognise(vec![number.expose().to_owned()], "更正 correct", caller);
        if whose.await?.first().is_some_and(|whose| whose.is_some_and(|whose| whose != volunteer)) {
            return Err(Error::refused(Rejection::AlreadyRegistered {}));
        }
        let mut held = self.registration_held(volunteer, "更正 correct", caller).await?;
        let known = IdentityNumber::parse(&held.identity_number);
        if known.is_ok_and(|known| known.expose() == number.expose()) {
            return Err(Error::refused(NoCorrection::SameNumber {}));
        }
        held.identity_number = number.expose().to_owned();
        let sealed =
            self.prepare_registration(volunteer, &held, Some(number.clone()), caller).await?;
        self.execute::<Volunteer>(&key, command(sealed), caller).await
    }

    /// What a volunteer's registration would be once an open request is approved, for whoever decides; that it was read is
    /// recorded.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn read_identity_request(
        &self,
        volunteer: PersonId,
        correction: u32,
        purpose: String,
        caller: &Caller,
    ) -> Result<PersonalData, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        let ready = self.open_request(volunteer, correction).await?;
        let ready =
            ready.ok_or_else(|| Error::refused(Rejection::NoIdentityRequest { correction }))?;
        self.requested(volunteer, ready, purpose, caller).await
    }

    /// 核准更正身份号码, by another person than who asked.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn approve_identity_correction(
        &self,
        volunteer: PersonId,
        correction: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        let _turn = self.turn_of(volunteer).await?;
        let key = volunteer.to_string();
        let (age_group, guardian_consent) = match self.open_request(volunteer, correction).await? {
            // Whoever decides has compared the card; the number is opened for the age it gives.
            Some(ready) => {
                let wanted = "核准更正 approve a correction".to_owned();
                let right = self.requested(volunteer, ready, wanted, caller).await?;
                (self.age_group(&right), right.has_guardian())
            }
            // Approved before, or never asked for: the rule says which.
            None => (AgeGroup::Adult, true),
        };
        let command =
            Command::ApproveIdentityCorrection { correction, age_group, guardian_consent };
        let done = self.execute::<Volunteer>(&key, command, caller).await?;
        self.settle_registration(volunteer).await?;
        Ok(done)
    }

    /// 不予更正身份号码. What lay ready is destroyed.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn refuse_identity_correction(
        &self,
        volunteer: PersonId,
        correction: u32,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let home = self.home_of(volunteer);
        let act = Act::DecideIdentityCorrection;
        self.permit_at(&caller.actor, act, home, Some(volunteer)).await?;
        let _turn = self.turn_of(volunteer).await?;
        let key = volunteer.to_string();
        let command = Command::RefuseIdentityCorrection { correction, reason };
        let done = self.execute::<Volunteer>(&key, command, caller).await?;
        self.give_up_correction(volunteer, correction).await?;
        Ok(done)
    }

    /// Destroys what lay ready for a request that was refused. Again changes nothing.
    ///
    /// # Errors
    /// When the log or the vault fails.
    pub(crate) async fn give_up_correction(
        &self,
        volunteer: PersonId,
        correction: u32,
    ) -> Result<(), Error> {
        let look = |known: &Volunteer| known.prepared_for(correction);
        let prepared = self.read_state::<Volunteer, _>(&volunteer.to_string(), look).await?;
        let Some(prepared) = prepared else { return Ok(()) };
        let (person, digest) = (vault_person(volunteer)?, Digest::from_bytes(prepared.0));
        match self.in_vault(move |vault| vault.give_up(person, REGISTRATION, &digest)).await {
            Err(Error::WithoutVault) => Ok(()),
            given_up => given_up,
        }
    }

    /// What lies ready under this digest.
    async fn requested(
        &self,
        volunteer: PersonId,
        sealed: SealedDigest,
        purpose: String,
        caller: &Caller,
    ) -> Result<PersonalData, Error> {
        self.clock.trusted()?;
        let (person, actor) = (vault_person(volunteer)?, caller.actor.id.to_string());
        let digest = Digest::from_bytes(sealed.0);
        let ready = self.in_vault(move |vault| {
            let reader = vault::Reader { actor: &actor, purpose: &purpose };
            vault.unseal_prepared(person, REGISTRATION, &digest, reader)
        });
        let ready = ready.await?.ok_or_else(|| {
            // It waited too long, or another correction took its place.
            Error::refused(Rejection::CorrectedSince {})
        })?;
        Ok(serde_json::from_slice(&ready).map_err(NotEncodable::from)?)
    }

    /// Digest of what lies ready for a request; none where no such request is open.
    async fn open_request(
        &self,
        volunteer: PersonId,
        correction: u32,
    ) -> Result<Option<SealedDigest>, Error> {
        let look = |known: &Volunteer| {
            let open = known.identity_request().filter(|open| open.correction == correction);
            open.map(|open| open.prepared)
        };
        self.read_state::<Volunteer, _>(&volunteer.to_string(), look).await
    }
}
