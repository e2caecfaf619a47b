use domain::permission::Act;
use domain::squad::{Command, Consent, Heads, Rejection, Squad};
use domain::volunteer::Volunteer;
use domain::{PersonId, Text, UnitCode, county_date};

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// 申请注册小分队.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn apply_for_squad(
        &self,
        unit: &UnitCode,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ApplyForSquad, Some(unit), None)?;
        let command = Command::Apply { unit: unit.clone() };
        let done = self.execute::<Squad>(unit.as_str(), command, caller).await?;
        self.refresh_reference_data().await?;
        Ok(done)
    }

    /// 团县委核准小分队.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn approve_squad(
        &self,
        unit: &UnitCode,
        registration: Text<40>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_of_unit::<Squad>(
            Act::ApproveSquad,
            unit,
            Command::Approve { registration },
            caller,
        )
        .await
    }

    /// 加入小分队.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn join_squad(
        &self,
        squad: &UnitCode,
        volunteer: PersonId,
        consent: Option<Consent>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageMembers, Some(squad), None)?;
        let key = volunteer.to_string();
        let applicant =
            self.read_state::<Volunteer, _>(&key, |known| known.applicant(volunteer)).await?;
        let applicant = applicant.map_err(|_| Error::refused(Rejection::OtherUnit {}))?;
        self.execute::<Squad>(squad.as_str(), Command::Join { applicant, consent }, caller).await
    }

    /// 退出小分队.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn leave_squad(
        &self,
        squad: &UnitCode,
        volunteer: PersonId,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::ManageMembers, Some(squad), Some(volunteer))?;
        self.execute::<Squad>(squad.as_str(), Command::Leave { volunteer, reason }, caller).await
    }

    /// 宣布小分队组建完成, by all heads that count in the unit.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn complete_squad(
        &self,
        unit: &UnitCode,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::CompleteSquad, Some(unit), None)?;
        let known = self.reference_data();
        let rules = &known.rulebook.in_force(county_date(self.clock.now())).rules;
        let counted = known.units.counted_in(unit, rules);
        let counted = counted.filter(|(other, node)| node.has_squad && *other != unit);
        let squads: Vec<&UnitCode> = counted.map(|(other, _)| other).collect();
        let mut others = Heads::default();
        for squad in squads {
            others += self.read_state::<Squad, _>(squad.as_str(), Squad::heads).await?;
        }
        self.execute::<Squad>(unit.as_str(), Command::Complete { others }, caller).await
    }

    /// The unit in whose squad a person of `unit` is; none: in no squad.
    pub(crate) async fn squad_with(
        &self,
        volunteer: PersonId,
        unit: &UnitCode,
    ) -> Result<Option<UnitCode>, Error> {
        let known = self.reference_data();
        for squad in known.units.squads_of(unit) {
            let has = |squad: &Squad| squad.has(volunteer);
            if self.read_state::<Squad, _>(squad.as_str(), has).await? {
                return Ok(Some(squad.clone()));
            }
        }
        Ok(None)
    }
}
