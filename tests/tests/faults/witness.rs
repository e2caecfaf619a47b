//! The witness: every command that was sent and everything that was answered, kept beside the service and never by it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ActorId;
use ledger::{Checkpoint, Note, VerifyingKey};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::watch;
use uuid::Uuid;

use super::PATIENCE;
use super::commands::{self, Command};
use super::hearing::{Done, Heard, hear, hear_text};

/// Each sends one command after the other.
pub const CLIENTS: usize = 4;
/// A command that no client sends.
pub const SPARE: usize = 0;
/// Codes of answers that promise so.
const NOTHING_STORED: [&str; 3] = ["store.halted", "store.full", "store.exhausted"];

/// What is known of a command.
#[derive(Debug, Clone)]
pub struct Known {
    pub command: Command,
    /// When it was sent for the first time, if ever.
    pub sent: Option<u64>,
    /// When it was first acknowledged, and how.
    pub done: Option<(u64, Done)>,
    /// It was sent, and no answer said that nothing of it was stored.
    pub perhaps: bool,
    /// Its last event stood there when the log was read between two lives.
    pub found: Option<u64>,
}

/// Everything that was said and heard in a round.
pub struct Witness {
    account: ActorId,
    token: String,
    client: Client,
    inner: Mutex<Inner>,
    acknowledged: watch::Sender<usize>,
}

#[derive(Default)]
struct Inner {
    /// Counts what was said and heard.
    clock: u64,
    commands: Vec<Known>,
    checkpoints: Vec<Checkpoint>,
    key: Option<VerifyingKey>,
}

impl Witness {
    /// Of commands for a county that is there, or is yet to be made.
    pub fn new(account: &ActorId, token: &str, make_county: bool) -> Self {
        let client = Client::builder().timeout(PATIENCE).no_proxy().build().unwrap();
        let county = make_county.then(commands::county);
        let clients = (0..CLIENTS).flat_map(commands::of_client);
        let commands = [commands::spare()].into_iter().chain(county).chain(clients);
        let known =
            |command| Known { command, sent: None, done: None, perhaps: false, found: None };
        let inner = Inner { commands: commands.map(known).collect(), ..Inner::default() };
        Self {
            account: account.clone(),
            token: token.to_owned(),
            client,
            inner: Mutex::new(inner),
            acknowledged: watch::Sender::new(0),
        }
    }

    /// The commands that come before all others, and those of each client, in order.
    pub fn rows(&self) -> (Vec<usize>, Vec<Vec<usize>>) {
        let all = self.inner().commands.len() - 1;
        let (each, first) = (all / CLIENTS, 1 + all % CLIENTS);
        let row = |client| (first + client * each..first + (client + 1) * each).collect();
        ((1..first).collect(), (0..CLIENTS).map(row).collect())
    }

    /// What is known of all commands, by their ids.
    pub fn known(&self) -> HashMap<Uuid, Known> {
        let inner = self.inner();
        let known = inner.commands.iter().enumerate();
        known.map(|(at, known)| (self.id(at, &known.command), known.clone())).collect()
    }

    /// The id that the service has to give the command.
    fn id(&self, at: usize, command: &Command) -> Uuid {
        let (account, path) = (&self.account, &command.path);
        let name = format!("{account}\nPOST\n{path}\ncommand-{at}");
        Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
    }

    /// Every checkpoint that was fetched.
    pub fn checkpoints(&self) -> Vec<Checkpoint> {
        self.inner().checkpoints.clone()
    }

    /// How many commands were acknowledged, as it grows.
    pub fn acknowledged(&self) -> watch::Receiver<usize> {
        self.acknowledged.subscribe()
    }

    /// Remembers which commands stand in the log.
    pub fn find(&self, standing: &HashMap<Uuid, u64>) {
        for (at, known) in self.inner().commands.iter_mut().enumerate() {
            known.found = standing.get(&self.id(at, &known.command)).copied();
        }
    }

    /// Sends a command, for the first time or again. What was said before must be said again.
    pub async fn send(&self, address: &str, at: usize) -> Result<Heard, String> {
        let (command, sent, before) = {
            let mut inner = self.inner();
            inner.clock += 1;
            let now = inner.clock;
            let known = &mut inner.commands[at];
            known.sent.get_or_insert(now);
            (known.command.clone(), now, std::mem::replace(&mut known.perhaps, true))
        };
        let asked = self.client.post(format!("{address}/api/v1{}", command.path));
        let asked = asked.header("idempotency-key", format!("command-{at}")).json(&command.body);
        let heard = hear(asked.bearer_auth(&self.token)).await?;
        if let Heard::Refused(status, body) = &heard
            && (status.is_client_error() || NOTHING_STORED.iter().any(|code| body.contains(code)))
        {
            self.inner().commands[at].perhaps = before;
        }
        self.note(at, sent, &heard).map_err(|what| format!("{command:?}: {what}"))?;
        Ok(heard)
    }

    fn note(&self, at: usize, sent: u64, heard: &Heard) -> Result<(), String> {
        let mut inner = self.inner();
        inner.clock += 1;
        let now = inner.clock;
        let known = &mut inner.commands[at];
        let done = match heard {
            Heard::Done(done) => done,
            Heard::Refused(status, body) if known.done.is_some() && status.is_client_error() => {
                return Err(format!("it was done, and is refused now: {body}"));
            }
            Heard::Refused(..) | Heard::Nothing => return Ok(()),
        };
        let found = known.found;
        match &known.done {
            Some((_, first)) => {
                let again = Done { repeated: true, ..first.clone() };
                if *done != again {
                    return Err(format!("it had been said {first:?}, now {done:?}"));
                }
            }
            None => {
                if found.is_some_and(|at| !done.repeated || at != done.position) {
                    return Err(format!("it stood at {found:?} already: {done:?}"));
                }
                if !done.repeated {
                    known.sent = Some(sent);
                }
                known.done = Some((now, done.clone()));
                drop(inner);
                self.acknowledged.send_modify(|acknowledged| *acknowledged += 1);
            }
        }
        Ok(())
    }

    /// Fetches the checkpoint, if there is one, and checks the signature of a new one. The key never changes.
    pub async fn fetch_checkpoint(&self, address: &str) -> Result<Option<Checkpoint>, String> {
        let Some(text) = self.text(&format!("{address}/ledger/checkpoint")).await? else {
            return Ok(None);
        };
        let note: Note = text.parse().map_err(|_| format!("no note: {text}"))?;
        let checkpoint = Checkpoint::of(&note).map_err(|error| format!("{error}: {note}"))?;
        if self.inner().checkpoints.contains(&checkpoint) {
            return Ok(Some(checkpoint));
        }
        let Some(key) = self.text(&format!("{address}/ledger/key")).await? else { return Ok(None) };
        let key: VerifyingKey = key.trim_end().parse().map_err(|_| format!("no key: {key}"))?;
        note.signed_by(&key).map_err(|error| format!("{error}: {note}"))?;
        let mut inner = self.inner();
        if inner.key.get_or_insert_with(|| key.clone()) != &key {
            return Err("the ledger has another key than before".into());
        }
        inner.checkpoints.push(checkpoint.clone());
        Ok(Some(checkpoint))
    }

    async fn text(&self, address: &str) -> Result<Option<String>, String> {
        Ok(match hear_text(self.client.get(address)).await? {
            Some((StatusCode::OK, text)) => Some(text),
            _ => None,
        })
    }

    /// Reads something as the office does.
    pub async fn read(&self, address: &str, path: &str) -> Result<Option<(u16, Value)>, String> {
        let asked = self.client.get(format!("{address}{path}")).bearer_auth(&self.token);
        let heard = hear_text(asked).await?;
        Ok(heard.map(|(status, text)| {
            (status.as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
        }))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
