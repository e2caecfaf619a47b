use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::permission::{Act, check_role};
use domain::volunteer::{
    CategoriesChanged, Command, PersonalDataErased, PoliticalStatus, RealNameMatched,
    RealNameRefused, Registered, Rejection, Resumed, SkillsDeclared, Suspended, TierChanged,
    Volunteer,
};
use domain::{BadValue, PersonId, SealedDigest, Text, UnitCode, county_date};
use jiff::civil::Date;
use vault::VaultError;

use crate::people::personal_data::{person, plausible_birth, vault_person};
use crate::{App, Caller, CommandOutcome, Error, NewVolunteer};

/// A registration and the number it gave.
#[derive(Debug, Clone)]
pub struct RegisteredVolunteer {
    /// 志愿者编号.
    pub volunteer: PersonId,
    /// What was stored.
    pub done: CommandOutcome,
}

impl App {
    /// 注册志愿者: the rules are asked first, then the vault is written, then the log.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn register_volunteer(
        &self,
        new: NewVolunteer,
        caller: &Caller,
    ) -> Result<RegisteredVolunteer, Error> {
        let registered = self.may_register(&new, caller)?;
        let personal = &new.personal;
        let mut enrolled = self.enrol([(personal, caller.command)].into_iter(), caller).await?;
        let enrolled = enrolled.pop().ok_or_else(|| Error::refused(BadValue::Person {}))?;
        let enrolled = enrolled.map_err(VaultError::from)?;
        let done = self.register_enrolled(enrolled, personal, registered, caller).await?;
        Ok(RegisteredVolunteer { volunteer: person(enrolled.person), done })
    }

    /// What the log will say of a person whom no rule keeps out, the digest left open; nothing is stored.
    ///
    /// # Errors
    /// The rule against it.
    pub fn may_register(&self, new: &NewVolunteer, caller: &Caller) -> Result<Registered, Error> {
        self.permit(&caller.actor, Act::RegisterVolunteer, Some(&new.unit), None)?;
        let registered = self.registration(new)?;
        self.validate_new::<Volunteer>(Command::Register(Box::new(registered.clone())), caller)?;
        Ok(registered)
    }

    /// What the log will say of a registration; the digest is not known yet.
    ///
    /// # Errors
    /// When the identity number is none or consent is missing.
    fn registration(&self, new: &NewVolunteer) -> Result<Registered, Error> {
        let today = county_date(self.clock.now());
        let identity =
            IdentityNumber::parse(&new.personal.identity_number).map_err(Error::refused)?;
        if !plausible_birth(identity.birth(), today) {
            return Err(Error::refused(domain::identity_number::BadIdentityNumber::Date {}));
        }
        let consent = new.consent.clone().ok_or(Rejection::NoConsent {}).map_err(Error::refused)?;
        Ok(Registered {
            unit: new.unit.clone(),
            kind: new.kind,
            recruitment: new.recruitment,
            political_status: new.political_status,
            age_group: AgeGroup::on(identity.birth(), today),
            skills: new.skills.clone(),
            consent,
            guardian_consent: new.personal.has_guardian(),
            sealed: SealedDigest([0; 32]),
        })
    }

    /// The unit of a volunteer.
    ///
    /// # Errors
    /// When nobody is registered under this number.
    pub async fn home_of(&self, volunteer: PersonId) -> Result<UnitCode, Error> {
        let unit = self
            .read_state::<Volunteer, _>(&volunteer.to_string(), |known| known.unit().cloned())
            .await?;
        unit.ok_or_else(|| Error::refused(Rejection::Unregistered {}))
    }

    /// 实名比对一致.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn match_real_name(
        &self,
        volunteer: PersonId,
        matched: RealNameMatched,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::MatchRealName(matched);
        self.change_of_volunteer::<Volunteer>(Act::MatchRealName, volunteer, command, caller).await
    }

    /// 实名比对不一致.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn refuse_real_name(
        &self,
        volunteer: PersonId,
        refused: RealNameRefused,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::RefuseRealName(refused);
        self.change_of_volunteer::<Volunteer>(Act::MatchRealName, volunteer, command, caller).await
    }

    /// 定级.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn change_tier(
        &self,
        volunteer: PersonId,
        changed: TierChanged,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ChangeTier(changed);
        self.change_of_volunteer::<Volunteer>(Act::ChangeTier, volunteer, command, caller).await
    }

    /// 更新技能.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn declare_skills(
        &self,
        volunteer: PersonId,
        declared: SkillsDeclared,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::DeclareSkills(declared);
        self.change_of_volunteer::<Volunteer>(Act::DeclareSkills, volunteer, command, caller).await
    }

    /// 调换单位.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn move_volunteer(
        &self,
        volunteer: PersonId,
        to: UnitCode,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Move { to, reason };
        self.change_of_volunteer::<Volunteer>(Act::MoveVolunteer, volunteer, command, caller).await
    }

    /// 暂停.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn suspend_volunteer(
        &self,
        volunteer: PersonId,
        suspended: Suspended,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Suspend(suspended);
        self.change_of_volunteer::<Volunteer>(Act::SuspendVolunteer, volunteer, command, caller)
            .await
    }

    /// 恢复.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resume_volunteer(
        &self,
        volunteer: PersonId,
        resumed: Resumed,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Resume(resumed);
        self.change_of_volunteer::<Volunteer>(Act::SuspendVolunteer, volunteer, command, caller)
            .await
    }

    /// 退出.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn withdraw_volunteer(
        &self,
        volunteer: PersonId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Withdraw { reason };
        self.change_of_volunteer::<Volunteer>(Act::WithdrawVolunteer, volunteer, command, caller)
            .await
    }

    /// 变更政治面貌, from a day on; the share of the squad follows.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn change_political_status(
        &self,
        volunteer: PersonId,
        to: PoliticalStatus,
        since: Date,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ChangePoliticalStatus { to, since, reason };
        let act = Act::ChangeDeclaration;
        self.change_of_volunteer::<Volunteer>(act, volunteer, command, caller).await
    }

    /// 变更类别.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn change_categories(
        &self,
        volunteer: PersonId,
        changed: CategoriesChanged,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::ChangeCategories(changed);
        let act = Act::ChangeDeclaration;
        self.change_of_volunteer::<Volunteer>(act, volunteer, command, caller).await
    }

    /// 删除个人信息 of a volunteer, or of a member, asker or objector who never registered: the fact first, then the vault; a
    /// policy finishes what a crash interrupts.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn erase_personal_data(
        &self,
        person: PersonId,
        erased: PersonalDataErased,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        check_role(caller.actor.role, Act::ErasePersonalData)?;
        if self.first_unknown(vec![person]).await?.is_some() {
            return Err(Error::refused(Rejection::Unregistered {}));
        }
        let key = person.to_string();
        let unit = self.read_state::<Volunteer, _>(&key, |known| known.unit().cloned()).await?;
        self.permit(&caller.actor, Act::ErasePersonalData, unit.as_ref(), Some(person))?;
        let command = Command::ErasePersonalData(erased);
        let done = self.execute::<Volunteer>(&key, command, caller).await?;
        self.erase_from_vault(person).await?;
        Ok(done)
    }

    /// Deletes all sealed sections and the key of a person; again changes nothing. A vault that never knew the person – of
    /// another node, or restored from an older backup – will not come to know it.
    ///
    /// # Errors
    /// When the vault fails.
    pub async fn erase_from_vault(&self, volunteer: PersonId) -> Result<(), Error> {
        let person = vault_person(volunteer)?;
        self.shown.forget(volunteer);
        match self.in_vault(move |vault| vault.erase_again(&[person])).await {
            Ok(_) | Err(Error::WithoutVault) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
