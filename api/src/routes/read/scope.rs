use domain::permission::{self, Act, Scope};
use domain::{Actor, UnitCode};

use crate::asked::take_some;
use crate::problem::Problem;
use crate::state::AppState;

/// The unit that a list is narrowed to: the one asked for, if the account may see it; without one the account's own,
/// where the table of permissions gives it its subtree only; else none.
///
/// # Errors
/// 400 for what is no code of a unit, 403 when the account may not read this.
pub fn unit(
    state: &AppState,
    actor: &Actor,
    act: Act,
    field: &str,
    given: Option<&String>,
) -> Result<Option<UnitCode>, Problem> {
    let asked = take_some(field, given)?;
    let narrowed = match permission::scope(actor.role, act) {
        Some(Scope::Subtree) => asked.or_else(|| actor.unit.clone()),
        Some(Scope::County | Scope::Own) | None => asked,
    };
    state.app.permit(actor, act, narrowed.as_ref(), None)?;
    Ok(narrowed)
}

/// The stations that a list of deliberation is narrowed to by its field `station`: see [`unit`].
///
/// # Errors
/// As of [`unit`].
pub fn station(
    state: &AppState,
    actor: &Actor,
    given: Option<&String>,
) -> Result<Option<UnitCode>, Problem> {
    unit(state, actor, Act::ReadDeliberation, "station", given)
}

/// One of several words, by its name.
///
/// # Errors
/// 400 with the words that are accepted.
pub fn word<T: Copy>(
    field: &str,
    given: Option<&String>,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    let Some(given) = given else { return Ok(None) };
    let known = all.iter().copied().find(|value| as_str(*value) == given);
    known.map(Some).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|value| as_str(*value)).collect();
        let words = words.join(", ");
        Problem::new(
            axum::http::StatusCode::BAD_REQUEST,
            "query.word",
            format!("应为下列之一：{words}。"),
            format!("One of these is expected: {words}."),
        )
        .at(field)
    })
}

/// `true` or `false`.
///
/// # Errors
/// 400 for anything else.
pub fn flag(field: &str, given: Option<&String>) -> Result<Option<bool>, Problem> {
    word(field, given, &[true, false], |flag| if flag { "true" } else { "false" })
}

/// A value with a text form of its own, such as a date.
///
/// # Errors
/// 400 for anything else, naming an example.
pub fn parsed<T: std::str::FromStr>(
    field: &str,
    given: Option<&String>,
    example: &str,
) -> Result<Option<T>, Problem> {
    given.map(|text| text.parse()).transpose().map_err(|_| {
        Problem::new(
            axum::http::StatusCode::BAD_REQUEST,
            "query.value",
            format!("格式有误，例如：{example}。"),
            format!("Not of the right form; for example {example}."),
        )
        .at(field)
    })
}
