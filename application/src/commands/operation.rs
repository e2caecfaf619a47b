use domain::operation::{Command, Operation};
use domain::permission::Act;
use domain::{Actor, ActorId, Role, Text};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::people::statements::KEY;
use crate::{App, Caller, ClockDoubt, CommandOutcome, Error, Remembered};

/// The account under which operators state something from the command line.
const ACCOUNT: &str = "cli.operator";
/// A confirmation is of the clock as it stood then, and of no other.
const CONFIRMED_WITHIN: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Remembers that the service runs now. Where somebody has confirmed a clock in doubt, that becomes an event first.
    ///
    /// # Errors
    /// When the node's file or the log fails.
    pub async fn keep_clock(&self) -> Result<(), Error> {
        let Some(watched) = &self.watched else { return Ok(()) };
        if let Some((asked_at, reason)) = self.node.asked_to_confirm()? {
            let since = Timestamp::from_microsecond(asked_at)
                .map_or(SignedDuration::MAX, |asked_at| asked_at.duration_until(self.clock.now()));
            let ahead = matches!(self.clock.trusted(), Err(ClockDoubt::Ahead { .. }));
            if ahead && since.abs() <= CONFIRMED_WITHIN {
                let reason = reason.parse::<Text<200>>().map_err(Error::refused)?;
                let last_ran = watched.confirm();
                let command = Command::ConfirmClock { last_ran, reason };
                let told = Uuid::new_v5(&Uuid::NAMESPACE_OID, &asked_at.to_be_bytes());
                let stated = self.execute::<Operation>(KEY, command, &operator(told)?).await;
                // What is not in the history is not so: it is tried again.
                stated.inspect_err(|_| watched.doubt_again(last_ran))?;
                tracing::warn!("the clock was confirmed");
            } else {
                tracing::warn!(
                    "a confirmation of the clock was not needed, or came too late, or is of no use"
                );
            }
            self.node.has_confirmed()?;
        }
        if let Some(now) = watched.runs() {
            self.node.remember(Remembered::LastRan, now.as_microsecond())?;
        }
        Ok(())
    }

    /// 个人信息缺失认定: the service runs on without what the vault lacks of persons, and of readings that were stated.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn accept_vault_loss(
        &self,
        persons: u64,
        readings: u64,
        reason: Text<200>,
    ) -> Result<CommandOutcome, Error> {
        let caller = operator(Uuid::now_v7())?;
        self.permit(&caller.actor, Act::StateOperation, None, None)?;
        let numbered = match self.in_vault(|vault| vault.numbered_after(0)).await {
            Err(Error::WithoutVault) => 0,
            counted => counted?.0,
        };
        let command = Command::AcceptVaultLoss { persons, readings, numbered, reason };
        self.execute::<Operation>(KEY, command, &caller).await
    }
}

fn operator(command: Uuid) -> Result<Caller, Error> {
    let id = ActorId::new(ACCOUNT).map_err(Error::refused)?;
    let actor = Actor { id, role: Role::CountyOffice, unit: None, person: None };
    Ok(Caller::new(actor, command))
}
