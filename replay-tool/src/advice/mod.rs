//! What each code that `verify` or `audit` finds means, and what to do next, in both languages.

mod audit;
mod entry;
mod verify;

use std::collections::BTreeMap;

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
pub use entry::Advice;

/// What a code means and what to do next. Every code has its line; a test reads the sources for them.
pub fn on(code: &str) -> Option<Advice> {
    let mut all = verify::ALL.iter().chain(audit::ALL);
    all.find(|advice| advice.code == code).copied()
}

/// Says what was found means and what to do next, each code once.
pub fn advise<'a>(
    console: &mut Console<'_>,
    all: impl IntoIterator<Item = &'a Advice>,
) -> Result<(), Failure> {
    let all: BTreeMap<&str, &Advice> = all.into_iter().map(|it| (it.code, it)).collect();
    if !all.is_empty() {
        console.say(&Said::new("含义和下一步:", "What it means and what to do next:"))?;
    }
    all.values().try_for_each(|Advice { code, zh, en }| {
        console.say(&Said::new(format!("{code}:{zh}"), format!("{code}: {en}")))
    })
}

#[cfg(test)]
mod tests;
