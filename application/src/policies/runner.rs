use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use event_store::{Position, StreamId};
use futures::stream::{self, TryStreamExt as _};
use projections::Fact;
use tokio::sync::watch;

use super::dispatch::dispatch;
use super::{Reaction, policy};
use crate::{App, Error};

/// The follower's name in the node's file.
const NAME: &str = "policies";
/// Events looked at before their reactions are carried out together.
const PAGE: u32 = 500;
/// Streams whose reactions are carried out at the same time; each stream's keep their order.
const AT_ONCE: usize = 64;

/// How the policies are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// Following the log.
    Running,
    /// Something failed; it is tried again.
    Failing(String),
}

/// Follows the log and carries out what the policies want.
pub struct Policies {
    app: Arc<App>,
    health: watch::Sender<Health>,
}

impl Policies {
    /// Policies that begin where this node's came to.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        Self { app, health: watch::Sender::new(Health::Running) }
    }

    /// How they are, as it changes.
    #[must_use]
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }

    /// Carries out everything up to the head of the log, that which follows from it included.
    ///
    /// # Errors
    /// When the log, the vault or the node's file fails; what was done stays done.
    pub async fn catch_up(&self) -> Result<Position, Error> {
        let mut position = self.app.node.position(NAME)?;
        loop {
            let page = self.app.store.read_all(position, PAGE).await?;
            let Some(last) = page.last() else { return Ok(position) };
            let facts: Vec<Fact> = page.iter().map(Fact::read).collect::<Result<_, _>>()?;
            // Units and rules may have come from another node.
            self.app.refresh_reference_data().await?;
            self.dispatch(facts).await?;
            self.app.node.reach(NAME, last)?;
            position = last.position;
        }
    }

    async fn dispatch(&self, facts: Vec<Fact>) -> Result<(), Error> {
        let mut by_stream: HashMap<StreamId, Vec<(Arc<Fact>, Reaction)>> = HashMap::new();
        for fact in facts {
            let reactions = policy(&fact);
            let fact = Arc::new(fact);
            let wanted = by_stream.entry(fact.stream.clone()).or_default();
            wanted.extend(reactions.into_iter().map(|reaction| (Arc::clone(&fact), reaction)));
        }
        let app = &self.app;
        stream::iter(by_stream.into_values().map(Ok::<_, Error>))
            .try_for_each_concurrent(AT_ONCE, |wanted| async move {
                for (fact, reaction) in wanted {
                    dispatch(app, &fact, reaction).await?;
                }
                Ok(())
            })
            .await
    }

    /// Follows the log until told to stop. What fails is tried again, ever more slowly.
    pub async fn follow(&self, mut stop: watch::Receiver<bool>) {
        let mut head = self.app.store.watch_head();
        let mut pause = Duration::from_millis(100);
        while !*stop.borrow_and_update() {
            match self.catch_up().await {
                Ok(_) => {
                    self.health.send_if_modified(|health| {
                        std::mem::replace(health, Health::Running) != Health::Running
                    });
                    pause = Duration::from_millis(100);
                    tokio::select! {
                        _ = head.changed() => {}
                        _ = stop.changed() => {}
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "policies failed; trying again");
                    self.health.send_replace(Health::Failing(error.to_string()));
                    tokio::select! {
                        () = tokio::time::sleep(pause) => pause = (pause * 2).min(Duration::from_secs(30)),
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }
}
