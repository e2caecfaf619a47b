use domain::PersonId;
use domain::permission::Act;
use domain::points::{Account, Command};

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    async fn change_account(
        &self,
        act: Act,
        volunteer: PersonId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let unit = self.home_of(volunteer);
        self.permit_at(&caller.actor, act, unit, Some(volunteer)).await?;
        self.execute::<Account>(&volunteer.to_string(), command, caller).await
    }

    /// 兑换积分.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn redeem(
        &self,
        volunteer: PersonId,
        item: String,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.change_account(Act::RedeemPoints, volunteer, Command::Redeem { item }, caller).await
    }

    /// 撤销兑换.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn cancel_redemption(
        &self,
        volunteer: PersonId,
        redemption: u32,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::CancelRedemption { redemption };
        self.change_account(Act::CancelRedemption, volunteer, command, caller).await
    }
}
