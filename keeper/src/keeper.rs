//! A keeper: the threads that follow a log and ask its witnesses, and what those see who ask it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use event_store::{EventStore, Recorded};
use ledger::{Bundle, Policy, Tile, VerifyingKey};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::cosign::{Cosigner, PolicyError, Witnesses};
use crate::follow::{Follower, Start};
use crate::key::{self, KeyError};
use crate::published::Published;
use crate::shared::{Health, Shared};
use crate::tiles::Tiles;
use crate::{files, halt, reader};

/// Why a keeper cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or a file in it.
    #[error("the ledger's folder {folder} cannot be used")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The key.
    #[error("the ledger's key cannot be used")]
    Key(#[from] KeyError),
    /// The policy.
    #[error("the ledger's policy cannot be followed")]
    Policy(#[from] PolicyError),
}

/// How a ledger is kept.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Name of the log in its checkpoints, taken when the key is made; without one a name is drawn. A key that is there
    /// keeps its own.
    pub origin: Option<String>,
    /// Time between two checkpoints at least, but for the first and the last.
    pub interval: Duration,
    /// Whose cosignatures a checkpoint needs before it is published. Its witnesses are asked.
    pub policy: Option<Policy>,
    /// Keys that the log says are in force: a ledger of the name of one of them is kept under that one only.
    pub in_force: Vec<VerifyingKey>,
}

/// A follower of one log that keeps its ledger.
pub struct Keeper {
    shared: Arc<Shared>,
    signed: watch::Receiver<Option<Published>>,
    published: watch::Receiver<Option<Published>>,
    witnesses: watch::Receiver<Witnesses>,
    key: VerifyingKey,
    stop: watch::Sender<bool>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Keeper {
    /// Opens the folder, making it and the key where there is none, and follows the log.
    ///
    /// # Errors
    /// When the folder or the key cannot be used. What is wrong with its content halts the keeper instead: see
    /// [`health`](Self::health).
    pub fn open(
        folder: &Path,
        store: Arc<dyn EventStore>,
        handle: Handle,
        options: &Options,
    ) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::Folder { folder: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(unusable)?;
        files::sync_folder_of(folder).map_err(unusable)?;
        // From here on the folder is this process's alone.
        let tiles = Tiles::open(folder).map_err(unusable)?;
        let key = key::load_or_make(folder, options.origin.as_deref())?;
        key::refuse_outdated(folder, key.public(), &options.in_force)?;
        let begins = Health::Waiting { reason: "reads its files".into() };
        let shared = Arc::new(Shared::new(tiles, begins));
        let (stop, stopped) = watch::channel(false);
        let (sign, signed) = watch::channel(None);
        let public = key.public().clone();
        let cosigner = options.policy.clone().map(|policy| {
            Cosigner::new(folder.to_owned(), policy, &public, Arc::clone(&shared), signed.clone())
        });
        let cosigner = cosigner.transpose()?;
        let (published, witnesses) = match &cosigner {
            Some(cosigner) => (cosigner.published(), cosigner.witnesses()),
            None => (signed.clone(), watch::channel(Witnesses::default()).1),
        };
        let follower = spawn(Start {
            folder: folder.to_owned(),
            store,
            handle: handle.clone(),
            key,
            next: None,
            lost: false,
            interval: options.interval,
            shared: Arc::clone(&shared),
            signed: sign,
            stopped,
        });
        let mut threads = vec![follower.map_err(unusable)?];
        if let Some(cosigner) = cosigner {
            threads.push(spawn_cosigner(cosigner, Arc::clone(&shared), handle).map_err(unusable)?);
        }
        let threads = Mutex::new(threads);
        Ok(Self { shared, signed, published, witnesses, key: public, stop, threads })
    }

    /// The latest checkpoint that was signed, as it changes; none before the first. Without a policy it is the published
    /// one.
    #[must_use]
    pub fn signed(&self) -> watch::Receiver<Option<Published>> {
        self.signed.clone()
    }

    /// What the witnesses of the policy have to say, as it changes.
    #[must_use]
    pub fn witnesses(&self) -> watch::Receiver<Witnesses> {
        self.witnesses.clone()
    }

    /// The latest checkpoint that was published, as it changes; none before the first. With a policy it meets the policy.
    /// The channel closes when the keeper stops.
    #[must_use]
    pub fn published(&self) -> watch::Receiver<Option<Published>> {
        self.published.clone()
    }

    /// The bytes of a tile of the published tree; none where the tree has no such tile.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tile(&self, tile: Tile) -> std::io::Result<Option<Vec<u8>>> {
        let size = self.published.borrow().as_ref().map_or(0, |published| published.size);
        self.shared.tiles.tile(tile, size)
    }

    /// The proof that an event is in the published tree; none where that does not cover it yet.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn prove(&self, event: &Recorded) -> std::io::Result<Option<Bundle>> {
        let published = self.published.borrow().clone();
        let Some((published, note)) =
            published.and_then(|published| Some((published.size, published.note.parse().ok()?)))
        else {
            return Ok(None);
        };
        reader::bundle(&self.shared.tiles, event, note, published)
    }

    /// What others check its checkpoints with.
    #[must_use]
    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    /// How it fares.
    #[must_use]
    pub fn health(&self) -> Health {
        self.shared.health()
    }

    /// Signs what it has read and ends, without waiting for witnesses; what was published is still served. Blocks: not for
    /// async code.
    pub fn stop(&self) {
        self.stop.send_replace(true);
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the ledger had died");
            }
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(start: Start) -> std::io::Result<JoinHandle<()>> {
    let (shared, folder) = (Arc::clone(&start.shared), start.folder.clone());
    // Whoever sees the channel close finds the health said.
    let open = start.signed.clone();
    let work = move || {
        let died = Died(&shared);
        match Follower::run(start) {
            Ok(reason) => shared.say(Health::Stopped { reason: reason.into() }),
            Err(halt) => {
                let reason = halt::chain(&halt);
                tracing::error!(
                    reason,
                    "the ledger halted: nothing is signed until an operator acts"
                );
                halt.leave_note(&folder, &reason);
                shared.say(Health::Halted { reason });
            }
        }
        drop((died, open));
    };
    thread::Builder::new().name("ledger".into()).spawn(work)
}

fn spawn_cosigner(
    cosigner: Cosigner,
    shared: Arc<Shared>,
    handle: Handle,
) -> std::io::Result<JoinHandle<()>> {
    let work = move || {
        let died = Died(&shared);
        handle.block_on(cosigner.run());
        drop(died);
    };
    thread::Builder::new().name("ledger-witnesses".into()).spawn(work)
}

/// Says so if the thread dies.
struct Died<'a>(&'a Shared);

impl Drop for Died<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.say(Health::Stopped { reason: "its thread died".into() });
        }
    }
}
