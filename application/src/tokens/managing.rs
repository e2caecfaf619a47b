//! 账号管理 over HTTP: who may look at accounts, and revoke them. No secret is ever among what is told.

use domain::permission::{self, Act, Forbidden, Target};
use domain::{Actor, ActorId, Role, Several, Text, UnitCode};

use super::{NotRevoked, Token, TokenError, Tokens};
use crate::{App, Error};

/// Why accounts are not shown or not revoked.
#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    /// The account that asks may not, or a rule speaks against it.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The file of tokens.
    #[error(transparent)]
    Tokens(#[from] TokenError),
}

/// Whether accounts of a role look after what a unit's administrator does, who then does not end them.
fn watches_units(role: Role) -> bool {
    use Role::{Attester, Auditor, CountyLeader, CountyOffice, Supervisor};
    matches!(role, Attester | Auditor | CountyLeader | CountyOffice | Supervisor)
}

impl App {
    /// The accounts that somebody may see, oldest first; of a unit and those below it, where one is given.
    ///
    /// # Errors
    /// When the role may see none, or the file cannot be read.
    pub fn accounts(
        &self,
        tokens: &Tokens,
        actor: &Actor,
        within: Option<&UnitCode>,
        working: bool,
    ) -> Result<Vec<Token>, ManageError> {
        permission::check_role(actor.role, Act::ReadAccounts).map_err(Error::from)?;
        let (known, now) = (self.reference_data(), self.clock.now());
        let is_within = |token: &Token| {
            let unit = token.unit.as_ref();
            within.is_none_or(|root| unit.is_some_and(|unit| known.units.is_within(unit, root)))
        };
        let mut accounts = tokens.list()?;
        accounts.retain(|token| {
            let target = Target { unit: token.unit.as_ref(), person: None };
            let may = permission::check(actor, Act::ReadAccounts, target, &known.units);
            may.is_ok() && is_within(token) && (!working || token.works_at(now))
        });
        Ok(accounts)
    }

    /// 撤销: from now on the account's secret is unknown. An account that was revoked before stays as it was.
    ///
    /// # Errors
    /// When it is not theirs to revoke, is not there or is the county office's last, or the file cannot be written.
    pub fn revoke_account(
        &self,
        tokens: &Tokens,
        account: &ActorId,
        reason: &Text<200>,
        actor: &Actor,
    ) -> Result<Token, ManageError> {
        permission::check_role(actor.role, Act::RevokeAccount).map_err(Error::from)?;
        let found = tokens.find(account)?;
        let unit = found.as_ref().and_then(|token| token.unit.as_ref());
        self.permit(actor, Act::RevokeAccount, unit, None)?;
        if found.is_some_and(|token| watches_units(token.role)) && actor.role != Role::CountyOffice
        {
            let roles = Several(vec![Role::CountyOffice]);
            let forbidden = Forbidden::Role { role: actor.role, roles };
            return Err(Error::from(forbidden).into());
        }
        let revoked = tokens.revoke_for(account, &actor.id, reason, self.clock.now())?;
        let token = revoked.map_err(|why: NotRevoked| Error::refused(why))?;
        tracing::info!(account = %account, by = %actor.id, "account revoked");
        Ok(token)
    }
}
