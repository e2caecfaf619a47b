use domain::Text;
use domain::permission::Act;
use domain::rulebook::{Command, Rulebook, Rules};
use jiff::civil::Date;

use crate::{App, Caller, CommandOutcome, Error};

/// The county has one rulebook.
const KEY: &str = "county";

impl App {
    /// 通过规则簿.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn adopt_rulebook(
        &self,
        effective_from: Date,
        rules: Rules,
        reason: Text<200>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.permit(&caller.actor, Act::AdoptRulebook, None, None)?;
        let command = Command::Adopt { effective_from, rules: Box::new(rules), reason };
        self.execute::<Rulebook>(KEY, command, caller).await
    }
}
