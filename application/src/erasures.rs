//! Whoever the log says was erased is erased from the vault at hand too: it may have been restored from a backup made before.

use std::sync::Arc;
use std::time::Duration;

use domain::PersonId;
use event_store::Position;
use projections::models::volunteer_archive;
use projections::open_reader;
use tokio::sync::watch;
use vault::MAX_BATCH;

use crate::{App, Error, files};

/// How long after it failed it is tried again.
const AGAIN: Duration = Duration::from_secs(60);

/// Sees to it once, when the read models tell of all that the log holds by now.
pub async fn reapply_erasures(app: Arc<App>, mut position: watch::Receiver<Position>) {
    if app.vault.is_none() {
        return;
    }
    let Ok(head) = app.store.head().await else { return };
    if position.wait_for(|&at| at >= head).await.is_err() {
        return;
    }
    loop {
        match erase_again(&app).await {
            Ok(0) => return,
            Ok(persons) => {
                return tracing::warn!(persons, "the vault held whom the log says erased");
            }
            Err(error) => {
                tracing::error!(%error, "the vault may hold whom the log says erased; trying again");
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Gives how many there were of whom something was left.
async fn erase_again(app: &App) -> Result<u32, Error> {
    let path = app.data.join(files::READ);
    let listed = move || volunteer_archive::erased(&open_reader(&path)?);
    let erased: Vec<PersonId> = tokio::task::spawn_blocking(listed).await??;
    let erased = erased.iter().filter_map(|person| person.bits().try_into().ok());
    let erased: Vec<vault::PersonId> = erased.collect();
    app.in_vault(move |vault| {
        let mut found = 0;
        for persons in erased.chunks(MAX_BATCH) {
            let left = vault.not_erased(persons)?;
            if !left.is_empty() {
                found += vault.erase_again(&left)?;
            }
        }
        Ok(found)
    })
    .await
}
