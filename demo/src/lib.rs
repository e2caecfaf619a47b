//! `yuanfa demo`: plays a county into an empty data folder, through the ordinary commands and with a clock of its own.
//!
//! Volunteers are raised in 2021 and serve through 2022, when villages also deliberate (`deliberation`).
//!
//! A story is a list of actions (`action::Action`) by time. Those of one moment are done together; each may bring others.
//! Every evening policies, read models and scheduler follow, and plans are made from what the log says. The same seed
//! tells the same story with the same figures; only the volunteers' numbers differ, because the vault makes them at
//! random.

mod action;
mod activities;
mod agenda;
mod census;
mod county;
mod deliberation;
mod dice;
mod error;
mod evening;
mod names;
mod november;
mod oddity;
mod people;
mod plan;
mod progress;
mod rewards;
mod services;
mod stage;
mod story;
mod summary;
#[cfg(test)]
mod tests;
mod themes;

use event_store::Place;
use jiff::ToSpan as _;

pub use deliberation::{Failing, Planted};
pub use error::DemoError;
pub use oddity::Odd;
pub use progress::{Progress, reporter};
pub use story::Args;
pub use summary::{MadeToken, SquadEnd, Summary};

use error::{FIRST_DAY, LAST_DAY};
use story::Story;

/// Plays the county into the data folder. The folder is closed again when this returns.
///
/// # Errors
/// See [`DemoError`].
pub async fn play(args: &Args, progress: impl FnMut(Progress)) -> Result<Summary, DemoError> {
    play_at(&Place::Sqlite(args.data.clone()), args, progress).await
}

/// The same with the log at another place.
///
/// # Errors
/// See [`DemoError`].
pub async fn play_at(
    place: &Place,
    args: &Args,
    mut progress: impl FnMut(Progress),
) -> Result<Summary, DemoError> {
    let until = args.until.unwrap_or(LAST_DAY);
    if !(FIRST_DAY..=LAST_DAY).contains(&until) {
        return Err(DemoError::Until);
    }
    let mut story = Story::open(place, args).await?;
    let days = FIRST_DAY.until(until).map_or(0, |span| span.get_days().unsigned_abs()) + 1;
    for (number, day) in (1..).zip(FIRST_DAY.series(1.day()).take_while(|day| *day <= until)) {
        story.play_day(day).await?;
        progress(Progress { day, number, days, events: story.census.facts.values().sum() });
    }
    story.catch_up_read_models().await?;
    story.sum_up(args)
}
