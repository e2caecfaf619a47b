//! The county's service without HTTP: the log, the vault and the rules, wired.

pub mod caller;
pub mod clock;
pub mod error;
pub mod execute;
pub mod files;
pub mod node;
pub mod reference;
pub mod rehearsal;
mod streams;
pub mod told;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use domain::permission::{self, Act, Target};
use domain::{Actor, ImportId, PersonId, UnitCode};
use event_store::{EventStore, Place};
use evidence::{Evidence, Location};
use jiff::Timestamp;
use tokio::sync::RwLock;
use vault::{MasterKey, Vault};

use crate::aside::Aside;
use crate::people::findable::FINDER;
use crate::people::shown_names::ShownNames;
use clock::{Clock, WatchedClock};
use error::{Error, OpenError};
use node::{Node, Remembered};
use reference::ReferenceCache;
use streams::{Streams, Turns};

/// Everything a command needs. Cheap to share, made once at start.
pub struct App {
    /// Where all files lie but perhaps those of the log.
    pub data: PathBuf,
    /// The log.
    pub store: Arc<dyn EventStore>,
    /// Personal data; none in a second service, whose log refers to another's.
    pub vault: Option<Arc<Vault>>,
    /// Photographs and documents that events cite.
    pub evidence: Evidence,
    /// What only this node needs to remember: tokens, checkpoints.
    pub node: Node,
    /// The clock that every decision reads.
    pub clock: Arc<dyn Clock>,
    /// Places for reading tables.
    pub(crate) tables: Aside,
    /// Places for looking through names.
    pub(crate) searches: Aside,
    reference: ReferenceCache,
    streams: Streams,
    pub(crate) registering: Turns,
    /// Imports that are on their way.
    pub(crate) importing: Arc<Mutex<HashSet<ImportId>>>,
    /// Masked names that everybody was shown lately.
    pub(crate) shown: ShownNames,
    /// Held while names are opened for everybody.
    pub(crate) naming: tokio::sync::Mutex<()>,
    /// Held to read by who keeps evidence, to write by who removes some.
    pub(crate) evidence_turn: RwLock<()>,
    pub(crate) watched: Option<Arc<WatchedClock>>,
}

/// The environment variable that may hold the vault's master key.
const MASTER_KEY: &str = "YUANFA_MASTER_KEY";

impl App {
    /// Opens a data folder that holds the log too, made if it does not exist, and reads the log as far as rules need it.
    ///
    /// # Errors
    /// When a file cannot be opened, is not ours, or is in use by another process.
    pub async fn open(
        data: &Path,
        master: MasterKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let store = crate::log::open(&Place::Sqlite(data.to_owned())).await?;
        Self::with_store(data, store, master, clock).await
    }

    /// As [`App::open`], on a log of the caller's choice.
    ///
    /// # Errors
    /// When a file cannot be opened, the log cannot be read, or they do not belong together.
    pub async fn with_store(
        data: &Path,
        store: Arc<dyn EventStore>,
        master: MasterKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let evidence = Evidence::open(&Location::Folder(data.join(files::EVIDENCE)))?;
        Self::with_stores(data, store, evidence, master, clock).await
    }

    /// As [`App::with_store`], with evidence kept where the caller says.
    ///
    /// # Errors
    /// When the vault or the node's file cannot be opened, the log cannot be read, or they do not belong together.
    pub async fn with_stores(
        data: &Path,
        store: Arc<dyn EventStore>,
        evidence: Evidence,
        master: MasterKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let vault_clock = Arc::clone(&clock);
        let vault =
            Vault::open(data.join(files::VAULT), master, Box::new(move || vault_clock.now()))?;
        let vault = vault.found_by(FINDER);
        Self::assemble(data, store, evidence, Some(Arc::new(vault)), clock).await
    }

    /// As [`App::with_stores`], without a vault: whatever needs personal data is refused.
    ///
    /// # Errors
    /// When the node's file cannot be opened, the log cannot be read, or they do not belong together.
    pub async fn without_vault(
        data: &Path,
        store: Arc<dyn EventStore>,
        evidence: Evidence,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        Self::assemble(data, store, evidence, None, clock).await
    }

    async fn assemble(
        data: &Path,
        store: Arc<dyn EventStore>,
        evidence: Evidence,
        vault: Option<Arc<Vault>>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, OpenError> {
        let node = Node::open(&data.join(files::NODE))?;
        node.follow_in(&*store).await?;
        let reference = ReferenceCache::default();
        reference.catch_up(&*store).await?;
        Ok(Self {
            data: data.to_owned(),
            store,
            vault,
            evidence,
            node,
            clock,
            tables: Aside::default(),
            searches: Aside::default(),
            reference,
            streams: Streams::default(),
            registering: Turns::default(),
            importing: Arc::default(),
            shown: ShownNames::default(),
            naming: tokio::sync::Mutex::default(),
            evidence_turn: RwLock::default(),
            watched: None,
        })
    }

    /// Believes the clock only near what is known: the last event, and the last moment at which the service ran here.
    ///
    /// # Errors
    /// When the node's file cannot be read.
    pub fn watch_clock(&mut self) -> Result<(), Error> {
        let last_event = self.reference.current().recorded_at;
        let last_ran = self.node.remembered(Remembered::LastRan)?;
        let last_ran = last_ran.and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let watched = Arc::new(WatchedClock::over(Arc::clone(&self.clock), last_event, last_ran));
        self.clock = Arc::clone(&watched) as _;
        self.watched = Some(watched);
        Ok(())
    }

    /// What rules know of units, campaigns, rulebook and calendar, as of the last command that touched them.
    pub fn reference_data(&self) -> Arc<reference::ReferenceData> {
        self.reference.current()
    }

    /// The vault's master key of a data folder: from `YUANFA_MASTER_KEY`, else from its file, which
    /// is made at first start.
    ///
    /// # Errors
    /// When neither can be read, the file can be read by others, or there is a vault whose key is missing: no new key is
    /// made beside it.
    pub fn master_key(data: &Path) -> Result<MasterKey, vault::KeyError> {
        if Self::key_is_in_environment() {
            return MasterKey::from_env(MASTER_KEY);
        }
        let key = data.join(files::VAULT_KEY);
        if data.join(files::VAULT).try_exists()? && !key.try_exists()? {
            return Err(vault::KeyError::Missing(key));
        }
        MasterKey::load_or_create(key)
    }

    /// Whether the environment holds the vault's master key.
    #[must_use]
    pub fn key_is_in_environment() -> bool {
        std::env::var_os(MASTER_KEY).is_some()
    }

    /// Checks the caller against the table of permissions.
    ///
    /// # Errors
    /// When the role may not do it, or not there.
    pub fn permit(
        &self,
        actor: &Actor,
        act: Act,
        unit: Option<&UnitCode>,
        person: Option<PersonId>,
    ) -> Result<(), Error> {
        let known = self.reference.current();
        Ok(permission::check(actor, act, Target { unit, person }, &known.units)?)
    }

    /// Checks the caller for an act at a place that has to be looked up, and answers the place. A role that may do it
    /// nowhere is told so before anything is looked up; who may not look everywhere hears the same of what is not there
    /// as of what is not theirs.
    ///
    /// # Errors
    /// When the role may not do it, or not there, or there is no such place.
    pub async fn permit_at(
        &self,
        actor: &Actor,
        act: Act,
        place: impl Future<Output = Result<UnitCode, Error>>,
        person: Option<PersonId>,
    ) -> Result<UnitCode, Error> {
        permission::check_role(actor.role, act)?;
        match place.await {
            Ok(place) => {
                self.permit(actor, act, Some(&place), person)?;
                Ok(place)
            }
            Err(missing @ Error::Refused(_)) => {
                self.permit(actor, act, None, person)?;
                Err(missing)
            }
            Err(error) => Err(error),
        }
    }
}
