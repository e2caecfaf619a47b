use domain::permission::Act;
use domain::sealed::CONTACT;
use domain::unit::{Command, Correction, PopulationStated, Registered, Unit};
use domain::{CampaignCode, Text, UnitCode};

use crate::people::personal_data::{person, plain, sealed};
use crate::{AdministratorContact, App, Caller, CommandOutcome, Error};

/// A unit to register.
pub type NewUnit = Registered;

impl App {
    /// 登记单位.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn register_unit(
        &self,
        unit: NewUnit,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let place = unit.parent.as_ref().unwrap_or(&unit.unit);
        self.permit(&caller.actor, Act::RegisterUnit, Some(place), None)?;
        let key = unit.unit.clone();
        self.execute::<Unit>(key.as_str(), Command::Register(unit), caller).await
    }

    /// 申报总人数.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn declare_headcount(
        &self,
        unit: &UnitCode,
        headcount: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::DeclareHeadcount { headcount };
        self.change_of_unit::<Unit>(Act::DeclareHeadcount, unit, command, caller).await
    }

    /// 下达任务数.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn assign_quota(
        &self,
        unit: &UnitCode,
        task: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.assign_quota_in(unit, task, None, caller).await
    }

    /// 下达任务数 in a campaign; where none is named, in the one adopted last that is not over.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn assign_quota_in(
        &self,
        unit: &UnitCode,
        task: u32,
        campaign: Option<CampaignCode>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::AssignQuota { task, campaign };
        self.change_of_unit::<Unit>(Act::AssignQuota, unit, command, caller).await
    }

    /// 归口.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn attribute_unit(
        &self,
        unit: &UnitCode,
        to: UnitCode,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_of_unit::<Unit>(Act::AttributeUnit, unit, Command::Attribute { to }, caller)
            .await
    }

    /// 上报管理员; name and telephone go to the vault.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn report_administrator(
        &self,
        unit: &UnitCode,
        contact: AdministratorContact,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ReportAdministrator, Some(unit), None)?;
        let known = self.reference_data();
        if known.units.get(unit).is_none() {
            return Err(Error::refused(domain::unit::Rejection::Unregistered {}));
        }
        let command = caller.command;
        let plain = plain(&contact)?;
        let enrolled = self
            .in_vault(move |vault| vault.enrol_without_identity(CONTACT, &plain, command))
            .await?;
        let command = Command::ReportAdministrator {
            administrator: person(enrolled.person),
            sealed: sealed(&enrolled.digest),
        };
        self.execute::<Unit>(unit.as_str(), command, caller).await
    }

    /// 由其他单位承接; 分设 where there are several, 撤销 where none is named.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn succeed_unit(
        &self,
        unit: &UnitCode,
        by: Option<UnitCode>,
        also: Vec<UnitCode>,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Succeed { by, also, reason };
        self.change_of_unit::<Unit>(Act::SucceedUnit, unit, command, caller).await
    }

    /// 更名、变更类别或上级.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn correct_unit(
        &self,
        unit: &UnitCode,
        correction: Correction,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::Correct(correction);
        self.change_of_unit::<Unit>(Act::CorrectUnit, unit, command, caller).await
    }

    /// 公布常住人口.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn state_population(
        &self,
        unit: &UnitCode,
        stated: PopulationStated,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::StatePopulation(stated);
        self.change_of_unit::<Unit>(Act::StatePopulation, unit, command, caller).await
    }
}
