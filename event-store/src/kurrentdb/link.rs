//! The connection, looked after.
//!
//! The client stays with the node that it found first, and after a search without result it is dead for good. So whoever
//! meets an error of the connection throws the client away, and the next one to ask makes a new one, which looks for the
//! leader anew. A client that was connected leaves a sleeping task behind; there is one for each failure of a node.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::kurrentdb::{Client, Error};
use tokio::time::Instant;

use super::target::KurrentTarget;
use super::trouble::Trouble;
use crate::StoreError;

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Times of a store; the defaults suit a cluster in one town.
#[derive(Debug, Clone, Copy)]
pub struct KurrentOptions {
    /// How long one try waits for an answer, or for the next event of a page, before the connection counts as dead.
    pub attempt: Duration,
    /// How long a call tries again before it says that the log cannot be reached. Long enough to elect a leader.
    pub patience: Duration,
    /// How often the log is asked for what other nodes have appended.
    pub look_out: Duration,
}

impl Default for KurrentOptions {
    fn default() -> Self {
        Self {
            attempt: Duration::from_secs(10),
            patience: Duration::from_secs(20),
            look_out: Duration::from_millis(100),
        }
    }
}

/// The way to KurrentDB.
pub(super) struct Link {
    pub(super) target: KurrentTarget,
    pub(super) options: KurrentOptions,
    state: Mutex<LinkState>,
}

#[derive(Default)]
struct LinkState {
    client: Option<Client>,
    /// Which client it is: an error of an old one says nothing about it.
    number: u64,
    /// What the last try met, while none has succeeded since.
    trouble: Option<String>,
}

impl Link {
    pub(super) fn new(target: KurrentTarget, options: KurrentOptions) -> Self {
        Self { target, options, state: Mutex::default() }
    }

    /// What stands between us and KurrentDB, if anything does.
    pub(super) fn trouble(&self) -> Option<String> {
        self.state().trouble.clone()
    }

    /// Asks once, by a client that works as far as is known.
    pub(super) async fn ask<T, F>(&self, question: impl FnOnce(Client) -> F) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        let (number, client) = self.client()?;
        let answer = question(client).await;
        match &answer {
            Ok(_) | Err(Trouble::Final(_)) => self.state().trouble = None,
            Err(Trouble::CutOff) => {}
            Err(Trouble::Unsent(error) | Trouble::Lost(error)) => self.distrust(number, error),
        }
        answer
    }

    /// Asks again and again until there is an answer or patience ends. For questions that change nothing.
    pub(super) async fn keep_asking<T, F>(
        &self,
        question: impl Fn(Client) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        let mut patience = self.patience();
        loop {
            match self.ask(&question).await {
                Ok(answer) => return Ok(answer),
                Err(Trouble::Final(error)) => return Err(error),
                Err(passing) if patience.is_over() => return Err(passing.into()),
                Err(_) => patience.pause().await,
            }
        }
    }

    /// Waits no longer than one try may take.
    pub(super) async fn within<T>(
        &self,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let answered = tokio::time::timeout(self.options.attempt, answer).await;
        answered.unwrap_or(Err(Error::DeadlineExceeded))
    }

    /// Patience for one call.
    pub(super) fn patience(&self) -> Patience {
        Patience { until: Instant::now() + self.options.patience, pause: FIRST_PAUSE }
    }

    fn client(&self) -> Result<(u64, Client), Trouble> {
        let mut state = self.state();
        if let Some(client) = &state.client {
            return Ok((state.number, client.clone()));
        }
        let client = Client::new(self.target.settings.clone())
            .map_err(|why| Trouble::Unsent(Error::InitializationError(why.to_string())))?;
        state.number += 1;
        state.client = Some(client.clone());
        Ok((state.number, client))
    }

    fn distrust(&self, number: u64, error: &Error) {
        let mut state = self.state();
        if state.number != number {
            return;
        }
        if state.trouble.is_none() {
            tracing::warn!(%error, "the event log does not answer; trying again");
        }
        state.trouble = Some(error.to_string());
        // The client goes to the leader by itself when it is told who that is.
        if !matches!(error, Error::NotLeaderException(_)) {
            state.client = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, LinkState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long a call goes on trying, and how long it waits between two tries.
pub(super) struct Patience {
    until: Instant,
    pause: Duration,
}

impl Patience {
    pub(super) fn is_over(&self) -> bool {
        Instant::now() + self.pause > self.until
    }

    pub(super) async fn pause(&mut self) {
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
    }
}
