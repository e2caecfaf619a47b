//! The county's service without HTTP: the log, the vault and the rules, wired.

pub mod caller;
pub mod clock;
pub mod error;
pub mod execute;
pub mod files;
pub mod node;
pub mod reference;
mod streams;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::permission::{self, Act, Target};
use domain::{Actor, PersonId, UnitCode};
use event_store::{EventStore, Place};
use evidence::{Evidence, Location};
use vault::{MasterKey, Vault};

use crate::aside::Aside;
use clock::Clock;
use error::{Error, OpenError};
use node::Node;
use reference::ReferenceCache;
use streams::{Streams, Turns};

/// Everything a command needs. Cheap to share, made once at start.
pub struct App {
    /// Where all files lie but perhaps those of the log.
    pub data: PathBuf,
    /// The log.
    pub store: Arc<dyn EventStore>,
    /// Personal data.
    pub vault: Arc<Vault>,
    /// Photographs and documents that events cite.
    pub evidence: Evidence,
    /// What only this node needs to remember: tokens, checkpoints.
    pub node: Node,
    /// The clock that every decision reads.
    pub clock: Arc<dyn Clock>,
    /// Places for reading tables.
    pub(crate) tables: Aside,
    reference: ReferenceCache,
    streams: Streams,
    pub(crate) registering: Turns,
    calendar: &'static Calendar,
}

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
        let node = Node::open(&data.join(files::NODE))?;
        node.follow_in(&*store).await?;
        let reference = ReferenceCache::default();
        reference.catch_up(&*store).await?;
        Ok(Self {
            data: data.to_owned(),
            store,
            vault: Arc::new(vault),
            evidence,
            node,
            clock,
            tables: Aside::default(),
            reference,
            streams: Streams::default(),
            registering: Turns::default(),
            calendar: Calendar::shipped(),
        })
    }

    /// What rules know of units and rulebook, as of the last command that touched them.
    pub fn reference_data(&self) -> Arc<reference::ReferenceData> {
        self.reference.current()
    }

    /// The vault's master key of a data folder: from `YUANFA_MASTER_KEY`, else from its file, which
    /// is made at first start.
    ///
    /// # Errors
    /// When neither can be read, or the file can be read by others.
    pub fn master_key(data: &Path) -> Result<MasterKey, vault::KeyError> {
        const VARIABLE: &str = "YUANFA_MASTER_KEY";
        if std::env::var_os(VARIABLE).is_some() {
            MasterKey::from_env(VARIABLE)
        } else {
            MasterKey::load_or_create(data.join(files::VAULT_KEY))
        }
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
