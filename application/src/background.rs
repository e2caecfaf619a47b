//! What runs beside the requests: read models, policies, scheduler.

use std::sync::Arc;
use std::time::{Duration, Instant};

use keeper::Keeper;
use projections::{AsOf, Marker, ReadModels, Runner};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::erasures;
use crate::people::correcting::clear_replaced;
use crate::people::statements::{keep_stating, make_findable};
use crate::policies::{self, Policies};
use crate::scheduler::Scheduler;
use crate::{App, Remembered, files, uncited};

/// Everything that follows the log of a running service.
pub struct Background {
    /// Keeps the read models up.
    pub runner: Runner,
    /// Keeps the read models of the past up.
    marker: Option<Marker>,
    /// Keeps the ledger.
    pub ledger: Arc<Keeper>,
    /// How the policies are.
    pub policies: watch::Receiver<policies::Health>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// Does the work unless told to end before.
async fn told_to_end(mut stopped: watch::Receiver<bool>, work: impl Future<Output = ()>) {
    tokio::select! {
        _ = stopped.wait_for(|&stop| stop) => {}
        () = work => {}
    }
}

/// How often it is looked whether somebody has confirmed the clock, and how often it is remembered that the service runs.
const LOOK: Duration = Duration::from_secs(2);
const RUNS: Duration = Duration::from_secs(60);

/// Remembers that the service runs, and makes an event of what confirms a clock in doubt.
async fn keep_clock(app: Arc<App>) {
    let mut kept: Option<Instant> = None;
    loop {
        let in_doubt = app.clock.trusted().is_err();
        if in_doubt || kept.is_none_or(|kept| kept.elapsed() >= RUNS) {
            match app.keep_clock().await {
                Ok(()) => kept = Some(Instant::now()),
                Err(error) => tracing::error!(%error, "it is not remembered that the service runs"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Why it does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The read models cannot be opened.
    #[error("cannot open the read models")]
    ReadModels(#[from] projections::ProjectionError),
    /// The ledger cannot be opened.
    #[error("cannot open the ledger")]
    Ledger(#[from] keeper::OpenError),
    /// The node's own file.
    #[error("the node's own file failed")]
    Node(#[from] rusqlite::Error),
    /// No thread to be had.
    #[error("cannot start a thread")]
    Thread(#[from] std::io::Error),
}

impl Background {
    /// Starts all of it. The read models of the past are kept up where they are given.
    ///
    /// # Errors
    /// When the read models cannot be opened or the system gives no thread.
    pub fn start(
        app: &Arc<App>,
        ledger: &keeper::Options,
        past: Option<Arc<AsOf>>,
    ) -> Result<Self, StartError> {
        let models = ReadModels::open(app.data.join(files::READ))?;
        let runner = Runner::spawn(models, Arc::clone(&app.store), Handle::current())?;
        let marker = past.map(|past| {
            let (store, position) = (Arc::clone(&app.store), runner.position());
            Marker::spawn(past, store, Handle::current(), position)
        });
        let marker = marker.transpose()?;
        let (folder, store) = (app.data.join(files::LEDGER), Arc::clone(&app.store));
        let ledger = Arc::new(Keeper::open(&folder, store, Handle::current(), ledger)?);
        // It is there, key and all: from now on its absence is a loss.
        if app.node.remembered(Remembered::LedgerKept)?.is_none() {
            app.node.remember(Remembered::LedgerKept, 1)?;
        }
        let (stop, stopped) = watch::channel(false);
        let followers = Policies::new(Arc::clone(app));
        let policies = followers.health();
        let scheduler = Scheduler::new(Arc::clone(app));
        let until = stopped.clone();
        let erasures = erasures::reapply_erasures(Arc::clone(app), runner.position());
        let clock = keep_clock(Arc::clone(app));
        let tasks = vec![
            tokio::spawn(told_to_end(stopped.clone(), clock)),
            tokio::spawn(told_to_end(stopped.clone(), uncited::remove_uncited(Arc::clone(app)))),
            tokio::spawn(told_to_end(stopped.clone(), clear_replaced(Arc::clone(app)))),
            tokio::spawn(told_to_end(stopped.clone(), keep_stating(Arc::clone(app)))),
            tokio::spawn(told_to_end(stopped.clone(), make_findable(Arc::clone(app)))),
            tokio::spawn(told_to_end(stopped.clone(), erasures)),
            tokio::spawn(async move { followers.follow(until).await }),
            tokio::spawn(async move { scheduler.follow(stopped).await }),
        ];
        Ok(Self { runner, marker, ledger, policies, stop, tasks })
    }

    /// Ends all of it, each after the work at hand.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if task.await.is_err() {
                tracing::error!("a follower of the log had died");
            }
        }
        let (runner, marker, ledger) = (self.runner, self.marker, self.ledger);
        let stop = move || {
            drop(marker);
            runner.stop();
            ledger.stop();
        };
        if tokio::task::spawn_blocking(stop).await.is_err() {
            tracing::error!("read models and ledger could not be stopped");
        }
    }
}
