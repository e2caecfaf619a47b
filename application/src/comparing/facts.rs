//! What a comparison states: that it took place, what it says of whom, and how often which outcome came.

use std::collections::HashSet;

use bytes::Bytes;
use domain::comparison::{Began, Command, Comparison, Counts, Finished};
use domain::volunteer::{self, RealNameMatched, RealNameRefused, Volunteer};
use domain::{ComparisonId, PersonId, SealedDigest, Text};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use projections::models::volunteer_archive::RealName;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::compared::Asked;
use super::held::Judged;
use crate::app::execute::event_id;
use crate::imports::Progress;
use crate::{App, Caller, Error, stream_of};

/// People of whom something is stated at the same time; the log commits what waits together.
const AT_ONCE: usize = 64;

/// A comparison that has begun.
pub struct Begun {
    /// Its number.
    pub comparison: ComparisonId,
    /// The event that says so, cause of all that it states of people.
    event: Uuid,
}

/// States that a roster is compared. In a dry run it only asks whether that is allowed.
pub async fn begin(
    app: &App,
    asked: &Asked,
    file: &Bytes,
    rows: u32,
    whole: bool,
    caller: &Caller,
) -> Result<Option<Begun>, Error> {
    let began = Began {
        roster: asked.roster.clone(),
        purpose: asked.purpose.clone(),
        file: SealedDigest(Sha256::digest(file).into()),
        rows,
        within: asked.within.clone(),
        whole,
    };
    let comparison = ComparisonId(caller.command);
    let key = comparison.to_string();
    if asked.dry_run {
        app.validate_new::<Comparison>(Command::Begin(began), caller)?;
        return Ok(None);
    }
    app.execute::<Comparison>(&key, Command::Begin(began), caller).await?;
    let event = event_id(caller.command, &stream_of::<Comparison>(&key)?, 0);
    Ok(Some(Begun { comparison, event }))
}

/// States of each person what the roster says of their registration, where that is news.
pub async fn state(
    app: &App,
    begun: &Begun,
    asked: &Asked,
    whole: bool,
    held: &[Judged],
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let mut commands: Vec<(PersonId, volunteer::Command)> = Vec::new();
    let mut decided: HashSet<PersonId> = HashSet::new();
    for Judged { about, outcome, .. } in held {
        let Some((about, bears_out)) = about.as_ref().zip(outcome.bears_out(whole)) else {
            continue;
        };
        // Two rows may name one person by a wrong identity number: what follows is the same.
        if !decided.insert(about.volunteer) {
            continue;
        }
        let roster = asked.roster.clone();
        if !bears_out {
            let reason = Text::new(outcome.zh()).map_err(Error::refused)?;
            let refused = RealNameRefused { roster, reason };
            commands.push((about.volunteer, volunteer::Command::RefuseRealName(refused)));
        } else if about.real_name != RealName::Matched {
            let matched = RealNameMatched { roster };
            commands.push((about.volunteer, volunteer::Command::MatchRealName(matched)));
        }
    }
    let total = commands.len() as u64;
    let stated = stream::iter(commands)
        .map(|(who, command)| async move {
            let key = who.to_string();
            let caller = Caller { cause: Some(begun.event), ..caller.step(&key) };
            match app.execute::<Volunteer>(&key, command, &caller).await {
                // They withdrew, or were erased, while their number was looked for.
                Ok(_) | Err(Error::Refused(_)) => Ok(()),
                Err(error) => Err(error),
            }
        })
        .buffer_unordered(AT_ONCE);
    let mut done = 0;
    stated
        .try_for_each(|()| {
            done += 1;
            progress(done, total);
            std::future::ready(Ok(()))
        })
        .await
}

/// States how often each outcome came.
pub async fn finish(
    app: &App,
    begun: &Begun,
    registered: u32,
    outcomes: Counts,
    caller: &Caller,
) -> Result<(), Error> {
    let command = Command::Finish(Finished { registered, outcomes });
    let caller = caller.step("finish");
    app.execute::<Comparison>(&begun.comparison.to_string(), command, &caller).await.map(drop)
}
