//! Asks the witnesses of a policy to cosign what was signed. What they have cosigned is published, nothing else is.
//!
//! On a thread of its own: whoever is slow, silent or lies holds up nobody else. One checkpoint at a time is the target of
//! all, until the policy is met; then it is the newest that is signed. So their cosignatures meet under one note, however
//! long each of them takes.

mod ask;
pub(crate) mod cosigned;
mod standing;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use ledger::{Note, Policy, Submission, Unaccepted, VerifyingKey, consistency};
use reqwest::Client;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::cosign::ask::{Answer, ask};
use crate::cosign::standing::WitnessProgress;
use crate::fetch;
use crate::published::Published;
use crate::shared::Shared;

pub use crate::cosign::standing::{Trouble, WitnessState, Witnesses};

/// How long after it failed it is tried again to keep what was cosigned.
const KEEP_AGAIN: Duration = Duration::from_secs(1);

/// Why a policy cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Nobody who follows it would accept this ledger.
    #[error("the policy does not name this ledger; it needs the line: log {key}")]
    Log {
        /// The ledger's key.
        key: Box<VerifyingKey>,
    },
    /// No address, or none that can be asked.
    #[error("the witness {name} needs an address that begins with http:// or https://")]
    Address {
        /// The name that the policy gives it.
        name: Box<str>,
    },
    /// No TLS to be had.
    #[error("witnesses cannot be asked")]
    Client(#[from] reqwest::Error),
}

pub(crate) struct Cosigner {
    folder: PathBuf,
    policy: Policy,
    client: Client,
    shared: Arc<Shared>,
    signed: watch::Receiver<Option<Published>>,
    publish: watch::Sender<Option<Published>>,
    report: watch::Sender<Witnesses>,
    witnesses: Vec<WitnessProgress>,
    target: Option<Target>,
    /// Whether it was said that the target waits.
    waiting: bool,
    /// When it is tried again to keep what was cosigned.
    keep_at: Option<Instant>,
}

/// The checkpoint that the witnesses are asked to cosign.
struct Target {
    size: u64,
    note: Note,
    met: bool,
}

/// Which witness, the size it was asked from and to, and its answer.
type Reply = (usize, u64, u64, Answer);

impl Cosigner {
    /// Prepares to ask the witnesses of a policy.
    pub fn new(
        folder: PathBuf,
        policy: Policy,
        key: &VerifyingKey,
        shared: Arc<Shared>,
        signed: watch::Receiver<Option<Published>>,
    ) -> Result<Self, PolicyError> {
        if !policy.logs().any(|(log, _)| log == key) {
            return Err(PolicyError::Log { key: Box::new(key.clone()) });
        }
        let asked = policy.witnesses().map(|(name, key, address)| {
            let url = address.and_then(ask::endpoint);
            let url = url.ok_or_else(|| PolicyError::Address { name: name.into() })?;
            Ok(WitnessProgress::new(name, key, url))
        });
        let witnesses = asked.collect::<Result<Vec<_>, PolicyError>>()?;
        let (publish, report) = (watch::Sender::new(None), watch::Sender::default());
        let client = fetch::client()?;
        let (target, waiting) = (None, false);
        Ok(Self {
            folder,
            policy,
            client,
            shared,
            signed,
            publish,
            report,
            witnesses,
            target,
            waiting,
            keep_at: None,
        })
    }

    pub fn published(&self) -> watch::Receiver<Option<Published>> {
        self.publish.subscribe()
    }

    pub fn witnesses(&self) -> watch::Receiver<Witnesses> {
        self.report.subscribe()
    }

    /// Follows what is signed until nothing will be any more.
    pub async fn run(mut self) {
        let mut asking = FuturesUnordered::new();
        loop {
            self.aim();
            if self.keep_at.is_some_and(|due| due <= Instant::now()) {
                self.settle();
            }
            self.ask(&asking);
            self.report();
            let due = self.due();
            tokio::select! {
                changed = self.signed.changed() => if changed.is_err() { break },
                Some(heard) = asking.next() => self.hear(heard),
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
            }
        }
        self.aim();
    }

    /// Takes the newest checkpoint for the next target, when it is time.
    fn aim(&mut self) {
        let Some(newest) = self.signed.borrow_and_update().clone() else { return };
        let (due, kept) = match &self.target {
            None => (true, self.take_up()),
            Some(target) => {
                let done = target.met || !self.can_be_met(target.size);
                (newest.size > target.size && done, None)
            }
        };
        match newest.note.parse::<Note>() {
            Ok(note) if due => {
                let note = kept.filter(|kept| kept.text() == note.text()).unwrap_or(note);
                let size = newest.size;
                self.target = Some(Target { size, note, met: false });
                self.settle();
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "what was signed is no note"),
        }
    }

    /// Whether enough witnesses can still cosign so many leaves: one that has cosigned more cannot.
    fn can_be_met(&self, size: u64) -> bool {
        let beyond = |name: &str| {
            let mut beyond = self.witnesses.iter().filter(|one| one.seen() > size);
            beyond.any(|one| one.name() == name)
        };
        self.policy.is_met_by(|name| !beyond(name))
    }

    /// Publishes what was published before, which the keeper found to be the beginning of its tree.
    fn take_up(&mut self) -> Option<Note> {
        let note = match cosigned::read(&self.folder) {
            Ok(note) => note?,
            Err(error) => {
                tracing::error!(%error, "what was cosigned cannot be read");
                return None;
            }
        };
        match self.policy.accept(&note) {
            Ok(accepted) => {
                let size = accepted.checkpoint.size;
                for witness in &mut self.witnesses {
                    witness.had_cosigned(size, accepted.witnesses.get(witness.name()).copied());
                }
                self.publish.send_replace(Some(Published { size, note: note.to_string().into() }));
                Some(note)
            }
            Err(why) => {
                tracing::warn!(%why, "what was cosigned does not meet the policy");
                None
            }
        }
    }

    /// Publishes the target if the policy is met; it is on the disk first.
    fn settle(&mut self) {
        self.keep_at = None;
        let Some(target) = &mut self.target else { return };
        match self.policy.accept(&target.note) {
            Ok(_) => {}
            Err(Unaccepted::Pending { .. }) => return,
            Err(why) => return tracing::error!(%why, "the policy refuses this ledger"),
        }
        if let Err(error) = cosigned::write(&self.folder, &target.note) {
            self.keep_at = Some(Instant::now() + KEEP_AGAIN);
            return tracing::error!(%error, "what was cosigned cannot be kept; it is tried again");
        }
        target.met = true;
        if std::mem::take(&mut self.waiting) {
            tracing::info!(size = target.size, "the ledger is witnessed again");
        }
        let note = target.note.to_string().into();
        self.publish.send_replace(Some(Published { size: target.size, note }));
    }

    /// Asks everybody who may and has not cosigned the target.
    fn ask(&mut self, asking: &FuturesUnordered<BoxFuture<'static, Reply>>) {
        let Some(target) = &self.target else { return };
        let now = Instant::now();
        for (index, witness) in self.witnesses.iter_mut().enumerate() {
            if witness.is_due(target.size).is_none_or(|due| due > now) {
                continue;
            }
            let (old, size) = (witness.seen(), target.size);
            match consistency(&self.shared.tiles.of(size), old, size) {
                Ok(proof) => {
                    let proof = proof.unwrap_or_default();
                    let checkpoint = target.note.clone();
                    let submission = Submission { old, proof, checkpoint };
                    let answer =
                        ask(self.client.clone(), witness.ask(), witness.key().clone(), submission);
                    asking.push(Box::pin(async move { (index, old, size, answer.await) }));
                }
                Err(error) => witness.failed(format!("no proof for it: {error}")),
            }
        }
    }

    /// When somebody is to be asked next.
    fn due(&self) -> Option<Instant> {
        let target = self.target.as_ref()?;
        self.witnesses.iter().filter_map(|one| one.is_due(target.size)).chain(self.keep_at).min()
    }

    fn hear(&mut self, (index, old, size, answer): Reply) {
        let newest = self.signed.borrow().as_ref().map_or(0, |signed| signed.size);
        let Some(witness) = self.witnesses.get_mut(index) else { return };
        match answer {
            Answer::Cosigned(signature, time) => {
                witness.cosigned(size, time);
                if let Some(target) = self.target.as_mut().filter(|target| target.size == size) {
                    target.note.add(signature);
                    self.settle();
                }
            }
            Answer::Disproved => {
                witness.contradicts(format!("to it, {size} leaves do not follow from {old}"));
            }
            Answer::Elsewhere(seen) if seen > newest => {
                witness.contradicts(format!("it has seen {seen} leaves, {newest} are signed"));
            }
            Answer::Elsewhere(seen) if seen == old && old == size => {
                witness.contradicts(format!("it has seen another root over {size} leaves"));
            }
            Answer::Elsewhere(seen) => witness.stands_at(seen),
            Answer::Failed(reason) => witness.failed(reason),
        }
        self.say_if_waiting();
    }

    /// Says once that the target waits for witnesses that are in trouble.
    fn say_if_waiting(&mut self) {
        let Some(target) = self.target.as_ref().filter(|target| !target.met) else { return };
        let asked =
            self.witnesses.iter().all(|one| one.is_in_trouble() || one.has_cosigned(target.size));
        if asked && !std::mem::replace(&mut self.waiting, true) {
            let published = self.publish.borrow().as_ref().map_or(0, |published| published.size);
            let signed = target.size;
            tracing::warn!(
                signed,
                published,
                "the ledger waits for witnesses: the older checkpoint stays"
            );
        }
    }

    fn report(&self) {
        let states: Vec<WitnessState> = self.witnesses.iter().map(WitnessProgress::state).collect();
        let contradicting =
            |name: &str| states.iter().any(|one| one.contradicts() && *one.name == *name);
        let contradicted = !self.policy.is_met_by(|name| !contradicting(name));
        let now = Witnesses { states, contradicted };
        self.report.send_if_modified(|report| {
            let changed = *report != now;
            *report = now;
            changed
        });
    }
}
