use domain::PersonId;
use domain::permission::Act;
use domain::points::{Account, Command};

use crate::{App, Caller, CommandOutcome, Error};

impl App {
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
        let unit = self.home_of(volunteer).await?;
        self.permit(&caller.actor, Act::RedeemPoints, Some(&unit), Some(volunteer))?;
        self.execute::<Account>(&volunteer.to_string(), Command::Redeem { item }, caller).await
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
        let unit = self.home_of(volunteer).await?;
        self.permit(&caller.actor, Act::CancelRedemption, Some(&unit), Some(volunteer))?;
        let command = Command::CancelRedemption { redemption };
        self.execute::<Account>(&volunteer.to_string(), command, caller).await
    }
}
