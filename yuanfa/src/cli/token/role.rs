//! Roles on the command line, each with what it may do.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use domain::Role;

/// Takes the name of a role; help lists them all.
pub fn parser() -> impl TypedValueParser<Value = Role> {
    let value = |role: Role| PossibleValue::new(role.as_str()).help(about(role));
    PossibleValuesParser::new(Role::FOR_TOKENS.map(value)).try_map(|name| {
        let found = Role::FOR_TOKENS.into_iter().find(|role| role.as_str() == name);
        found.ok_or_else(|| std::io::Error::other("no role"))
    })
}

/// All roles, a line each, for the help of what takes them from a table.
pub fn list() -> String {
    let lines = Role::FOR_TOKENS.map(|role| format!("  {}: {}", role.as_str(), about(role)));
    format!("角色 Roles:\n{}", lines.join("\n"))
}

fn about(role: Role) -> String {
    format!("{}：{} – {}", role.zh(), role.duties_zh(), role.duties_en())
}
