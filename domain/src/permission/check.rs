//! Asking the table: whether an account may, and where.

use super::Scope::{self, County, Own, Subtree};
use super::{Act, table};
use crate::{Actor, Directory, PersonId, Role, Several, UnitCode};

/// What a command or a reading is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target<'a> {
    /// The unit it belongs to.
    pub unit: Option<&'a UnitCode>,
    /// The person it concerns.
    pub person: Option<PersonId>,
}

refusals! {
    /// Why an account may not.
    pub enum Forbidden {
        Role { role: Role, roles: Several<Role> } "permission.role" =>
            "{role}不能办理此事;可办理的角色:{roles}。",
            "The role {role:#} may not do this; roles that may: {roles:#}.";
        Elsewhere { unit: UnitCode } "permission.elsewhere" =>
            "本单位({unit})及其下级单位没有此事项;只能办理本单位及其下级单位的事项。",
            "There is no such thing in the account's own unit ({unit}) or below it; only what is there can be dealt with.";
        NotOwn {} "permission.not_own" =>
            "只能办理与本人有关的事项。", "Only what concerns the person behind the account.";
    }
}

/// Where a role may do something; none where it may not.
#[must_use]
pub fn scope(role: Role, act: Act) -> Option<Scope> {
    if role == Role::System {
        return Some(County);
    }
    table(act).iter().find(|(allowed, _)| *allowed == role).map(|(_, scope)| *scope)
}

/// The roles of accounts that may do something, somewhere.
pub fn roles(act: Act) -> impl Iterator<Item = Role> {
    table(act).iter().map(|(role, _)| *role)
}

/// All that an account may do, and where. Whoever has no unit is bound to none.
pub fn of(actor: &Actor) -> impl Iterator<Item = (Act, Scope)> {
    let everywhere = actor.unit.is_none();
    let where_it_may = move |role, act| match scope(role, act)? {
        Subtree if everywhere => Some(County),
        scope @ (County | Subtree | Own) => Some(scope),
    };
    let role = actor.role;
    Act::ALL.iter().filter_map(move |act| Some((*act, where_it_may(role, *act)?)))
}

/// Where a role may do something.
///
/// # Errors
/// When it may nowhere.
pub fn check_role(role: Role, act: Act) -> Result<Scope, Forbidden> {
    scope(role, act).ok_or_else(|| Forbidden::Role { role, roles: Several(roles(act).collect()) })
}

/// Checks an account against the table.
///
/// # Errors
/// When the role may not do it at all, or not there.
pub fn check(
    actor: &Actor,
    act: Act,
    target: Target<'_>,
    units: &Directory,
) -> Result<(), Forbidden> {
    match (check_role(actor.role, act)?, &actor.unit) {
        (County, _) | (Subtree, None) => Ok(()),
        (Subtree, Some(root)) => match target.unit {
            Some(unit) if units.is_within(unit, root) => Ok(()),
            Some(_) | None => Err(Forbidden::Elsewhere { unit: root.clone() }),
        },
        (Own, _) if actor.person.is_some() && actor.person == target.person => Ok(()),
        (Own, _) => Err(Forbidden::NotOwn {}),
    }
}
