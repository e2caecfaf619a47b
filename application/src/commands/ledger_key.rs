use domain::Text;
use domain::ledger_key::{Command, Key, LedgerKeys};
use domain::permission::Act;

use crate::{App, Caller, CommandOutcome, Error};

/// All ledgers of the log share the stream.
const KEY: &str = "county";

impl App {
    /// 更换账本密钥.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn rotate_ledger_key(
        &self,
        old: Option<Key>,
        new: Key,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::RotateLedgerKey, None, None)?;
        self.execute::<LedgerKeys>(KEY, Command::Rotate { old, new, reason }, caller).await
    }

    /// The key in force of every ledger whose key was ever changed.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn ledger_keys_in_force(&self) -> Result<Vec<Key>, Error> {
        self.read_state(KEY, |keys: &LedgerKeys| keys.all_in_force().cloned().collect()).await
    }
}
