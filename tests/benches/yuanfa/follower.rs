//! What a ledger that is kept beside a log costs those who write to it.

use std::sync::Arc;
use std::time::Duration;

use event_store::{EventStore, SqliteOptions, SqliteStore};
use keeper::{Keeper, Options};
use tokio::runtime::{Handle, Runtime};

use crate::commands::appends;

/// Times with and without, in turns, because machines are noisy.
const TURNS: usize = 7;

pub fn run() {
    let runtime = Runtime::new().unwrap();
    let (mut alone, mut followed) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        alone.push(runtime.block_on(turn(false)));
        followed.push(runtime.block_on(turn(true)));
    }
    let (alone, followed) = (median(alone), median(followed));
    println!(
        "follower: durable appends by 64 writers, a checkpoint a second, median of {TURNS} turns"
    );
    println!("  alone                          {alone:>10.0} a second");
    println!("  with the ledger kept           {followed:>10.0} a second");
    println!("  ratio                          {:>10.2}", followed / alone);
}

async fn turn(keeps: bool) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.sqlite");
    let store = Arc::new(SqliteStore::open(log, SqliteOptions::default()).unwrap());
    let keeper = keeps.then(|| {
        let store: Arc<dyn EventStore> = Arc::clone(&store) as _;
        let options =
            Options { origin: None, interval: Duration::from_secs(1), ..Options::default() };
        Keeper::open(&folder.path().join("ledger"), store, Handle::current(), &options).unwrap()
    });
    let rate = appends(&store).await;
    if let Some(keeper) = keeper {
        tokio::task::spawn_blocking(move || keeper.stop()).await.unwrap();
    }
    rate
}

pub fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
