//! The thread that follows the log: leaves, hashes, checkpoints.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use event_store::{EventStore, Landmark, Position, Recorded, StoreError, is_shortage};
use ledger::{Checkpoint, Hash, Note, Record, SigningKey, Tree};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::cosign::cosigned;
use crate::halt::{self, Halt};
use crate::published::{self, Published};
use crate::shared::{Health, Shared};

/// Events read at once.
const PAGE: u32 = 2_048;
/// How long it waits before it asks an unreachable log again.
const REST: Duration = Duration::from_secs(1);

/// Why it ends in peace.
const TOLD: &str = "told to stop";
const CLOSED: &str = "the event log was closed";

/// All that the log stores of an event, as the ledger binds it.
#[must_use]
pub fn record(event: &Recorded) -> Record<'_> {
    Record {
        stream: event.stream.as_str(),
        version: event.version.0,
        kind: &event.kind,
        id: *event.id.as_bytes(),
        recorded_at: event.recorded_at.as_microsecond(),
        metadata: &event.metadata,
        data: &event.data,
    }
}

/// The leaf of an event: the hash of its record.
#[must_use]
pub fn leaf(event: &Recorded) -> Hash {
    Hash::of_leaf(&record(event).encode())
}

/// What the thread begins with.
pub(crate) struct Start {
    pub folder: PathBuf,
    pub store: Arc<dyn EventStore>,
    pub handle: Handle,
    pub key: SigningKey,
    /// Signs beside it, where it is handing over.
    pub next: Option<SigningKey>,
    /// Whether the key is another one than that by which what is there was signed, because that is lost.
    pub lost: bool,
    pub interval: Duration,
    pub shared: Arc<Shared>,
    pub signed: watch::Sender<Option<Published>>,
    pub stopped: watch::Receiver<bool>,
}

pub(crate) struct Follower {
    pub with: Start,
    tree: Tree,
    /// The last leaf's event, and its place in this log.
    last: Option<Landmark>,
    position: Position,
    signed_at: Option<Instant>,
}

/// What is certain. At the start and after an outage another log may stand where ours was.
#[derive(Default)]
struct Certain {
    /// The files hold what was signed, and what this knows of them is so.
    files: bool,
    /// The log holds the last event that was signed.
    log: bool,
}

/// Why the work does not go on as it was.
pub(crate) enum Broken {
    /// For good.
    Halt(Halt),
    /// The log cannot be read at the moment.
    Log(StoreError),
}

impl From<Halt> for Broken {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Halt(error.into())
    }
}

impl Follower {
    /// Goes on from what was signed last.
    pub fn begin(start: Start) -> Result<Self, Halt> {
        let mut follower = Self::new(start);
        follower.take_up()?;
        Ok(follower)
    }

    fn new(start: Start) -> Self {
        Self {
            with: start,
            tree: Tree::default(),
            last: None,
            position: Position::START,
            signed_at: None,
        }
    }

    /// Follows the log until it is told to stop or must; says why it ended.
    pub fn run(start: Start) -> Result<&'static str, Halt> {
        let mut follower = Self::new(start);
        let mut head = follower.with.store.watch_head();
        let mut certain = Certain::default();
        loop {
            head.borrow_and_update();
            match follower.go_on(&mut certain) {
                Ok(()) => {
                    follower.with.shared.say(Health::Following);
                    if let Some(end) = follower.wait(&mut head) {
                        follower.sign_before_pausing()?;
                        return Ok(end);
                    }
                }
                Err(Broken::Log(StoreError::Closed)) => {
                    follower.sign_before_pausing()?;
                    return Ok(CLOSED);
                }
                Err(Broken::Halt(Halt::Disk(error))) if is_shortage(&error) => {
                    // Of what was to be written, some may be: it is read again.
                    certain = Certain::default();
                    if follower.wait_for("room, memory or open files", &error) {
                        return Ok(TOLD);
                    }
                }
                Err(Broken::Halt(halt)) => return Err(halt),
                Err(Broken::Log(error @ (StoreError::Corrupt(_) | StoreError::Io(_)))) => {
                    return Err(error.into());
                }
                Err(Broken::Log(error)) => {
                    certain.log = false;
                    follower.sign_before_pausing()?;
                    if follower.wait_for("the event log", &error) {
                        return Ok(TOLD);
                    }
                }
            }
        }
    }

    /// Takes up what was signed and finds it in the log, where that is not certain, and takes in what the log holds.
    fn go_on(&mut self, certain: &mut Certain) -> Result<(), Broken> {
        if !certain.files {
            self.take_up()?;
            certain.files = true;
        }
        if !certain.log {
            self.find_last()?;
            certain.log = true;
        }
        self.follow()
    }

    /// Signs what was taken in. For want of room it is left: what was signed before stands.
    fn sign_before_pausing(&mut self) -> Result<(), Halt> {
        match self.sign() {
            Err(Halt::Disk(error)) if is_shortage(&error) => Ok(()),
            signed => signed,
        }
    }

    /// Says what it waits for, and rests; `true` when it is to end.
    fn wait_for(&mut self, what: &str, error: &(dyn std::error::Error + 'static)) -> bool {
        let reason = halt::chain(error);
        tracing::warn!(reason, "the ledger waits for {what}");
        self.with.shared.say(Health::Waiting { reason });
        self.rest()
    }

    /// Goes on from what was signed last, after reading every hash under it. Hashes behind it will be written over. Where
    /// nothing was signed ever, the empty tree is, before anything is appended.
    fn take_up(&mut self) -> Result<(), Halt> {
        Halt::refuse_halted(&self.with.folder)?;
        (self.tree, self.last, self.position) = (Tree::default(), None, Position::START);
        let tiles = &self.with.shared.tiles;
        let key = self.with.key.public();
        let known = (!self.with.lost).then_some(key);
        let Some((note, checkpoint, last)) = published::read(&self.with.folder, key.name(), known)?
        else {
            let unused = tiles.are_empty()? && cosigned::read(&self.with.folder)?.is_none();
            return if unused { self.sign() } else { Err(Halt::Checkpoint) };
        };
        let Checkpoint { size, root, .. } = checkpoint;
        let tree = tiles.read_again(size)?.filter(|tree| tree.root() == root);
        self.tree = tree.ok_or(Halt::Tiles { size })?;
        cosigned::check(&self.with.folder, key.name(), tiles, size)?;
        self.last = last;
        self.say_signed(size, &note);
        Ok(())
    }

    /// Looks up in the log the event of the last leaf, and goes on from there.
    fn find_last(&mut self) -> Result<(), Broken> {
        let (Some(last), Some(newest)) = (self.last.clone(), self.tree.size().checked_sub(1))
        else {
            return Ok(());
        };
        let found =
            self.with.handle.block_on(last.found_in(&*self.with.store)).map_err(Broken::Log)?;
        let newest = self.with.shared.tiles.leaf(newest)?;
        match found.filter(|event| leaf(event) == newest) {
            Some(event) => self.position = event.position,
            None => return Err(Halt::Log { last }.into()),
        }
        Ok(())
    }

    /// Takes in all that the log holds, and signs when it is time.
    fn follow(&mut self) -> Result<(), Broken> {
        loop {
            let page = self.with.store.read_all(self.position, PAGE);
            let page = self.with.handle.block_on(page).map_err(Broken::Log)?;
            if let Some(last) = page.last() {
                self.position = last.position;
                self.last = Some(last.into());
                self.with.shared.tiles.extend(&mut self.tree, page.iter().map(leaf))?;
            }
            let due = self.signed_at.is_none_or(|signed| signed.elapsed() >= self.with.interval);
            if due {
                self.sign()?;
            }
            if page.is_empty() || *self.with.stopped.borrow() {
                return Ok(());
            }
        }
    }

    /// Signs what was appended since: nothing before the disk has it and its right edge, read
    /// again, gives the same root.
    fn sign(&mut self) -> Result<(), Halt> {
        let size = self.tree.size();
        let signed = self.with.signed.borrow().as_ref().map(|signed| signed.size);
        if signed == Some(size) { Ok(()) } else { self.sign_again().map(drop) }
    }

    /// Signs what was taken in, also where that was signed before.
    fn sign_again(&mut self) -> Result<Note, Halt> {
        let size = self.tree.size();
        let tiles = &self.with.shared.tiles;
        tiles.sync()?;
        let root = Tree::read(&tiles.of(size), size)?.root();
        let origin = self.with.key.public().name().into();
        let note = Checkpoint { origin, size, root }.note().filter(|_| root == self.tree.root());
        let mut note = note.ok_or(Halt::Tiles { size })?;
        note.sign(&self.with.key);
        if let Some(next) = &self.with.next {
            note.sign(next);
        }
        published::write(&self.with.folder, &note, self.last.as_ref())?;
        self.signed_at = Some(Instant::now());
        self.say_signed(size, &note);
        Ok(note)
    }

    /// Sees to it that what was signed last is the beginning of the log.
    pub fn stand(&mut self) -> Result<(), Broken> {
        // Nothing of the way there is signed.
        self.signed_at = Some(Instant::now());
        self.find_last()
    }

    /// Takes in the whole log and signs it, whatever was signed before; gives how much that is.
    pub fn hand_over(mut self) -> Result<(u64, Note), Broken> {
        self.follow()?;
        let note = self.sign_again()?;
        Ok((self.tree.size(), note))
    }

    fn say_signed(&self, size: u64, note: &Note) {
        self.with.signed.send_replace(Some(Published { size, note: note.to_string().into() }));
    }

    /// Waits until there is something to do, or says why it is to end.
    fn wait(&mut self, head: &mut watch::Receiver<Position>) -> Option<&'static str> {
        let signed = self.with.signed.borrow().as_ref().map_or(0, |signed| signed.size);
        let waits_to_sign = signed < self.tree.size();
        let due = self
            .signed_at
            .map_or(Duration::ZERO, |signed| self.with.interval.saturating_sub(signed.elapsed()));
        let stopped = &mut self.with.stopped;
        self.with.handle.block_on(async {
            tokio::select! {
                _ = stopped.wait_for(|&stop| stop) => Some(TOLD),
                changed = head.changed() => changed.err().map(|_| CLOSED),
                () = tokio::time::sleep(due), if waits_to_sign => None,
            }
        })
    }

    /// Waits before the log is asked again; `true` when it is to end.
    fn rest(&mut self) -> bool {
        let stopped = &mut self.with.stopped;
        self.with.handle.block_on(async {
            tokio::time::timeout(REST, stopped.wait_for(|&stop| stop)).await.is_ok()
        })
    }
}
