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
        self.change_of_volunteer::<Account>(
            Act::RedeemPoints,
            volunteer,
            Command::Redeem { item },
            caller,
        )
        .await
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
        self.change_of_volunteer::<Account>(Act::CancelRedemption, volunteer, command, caller).await
    }
}
