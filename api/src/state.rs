use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use application::queries::Queries;
use application::tokens::Tokens;
use application::{App, Aside, Running, Service, ServiceOptions, StartError};
use axum::http::StatusCode;
use domain::{Actor, ActorId};
use ipnet::IpNet;
use keeper::Keeper;
use projections::AsOf;
use tokio::sync::Mutex;

use crate::answer::problem::Problem;
use crate::limits::Limits;
use crate::request::attempts::Attempts;
use crate::request::idempotency::Keys;
use crate::request::shares::{Asker, Share, Shares};
use crate::watch::places::Places;
use crate::watch::tally::Tally;

/// Searches and lists of people that an account may have at once, and in an hour. Our defaults: an office looks up a few
/// people at a time, and whoever tries numbers is held up.
const SEARCHES_OF_ONE: usize = 2;
const SEARCHES_AN_HOUR: u64 = 1200;

/// What operators may set.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much each may have.
    pub limits: Limits,
    /// Proxies that may say where a request came from.
    pub trusted_proxies: Vec<IpNet>,
    /// How the service behind it runs.
    pub service: ServiceOptions,
}

impl Options {
    /// Between two checkpoints of the ledger.
    pub const CHECKPOINT_INTERVAL: Duration = Duration::from_secs(1);
}

impl Default for Options {
    fn default() -> Self {
        let interval = Self::CHECKPOINT_INTERVAL;
        let ledger = keeper::Options { interval, ..keeper::Options::default() };
        Self {
            limits: Limits::DEFAULT,
            trusted_proxies: Vec::new(),
            service: ServiceOptions { ledger, mark_every: AsOf::EVERY },
        }
    }
}

/// What every request may need. Cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The parts of an [`AppState`].
pub struct Shared {
    /// What one can do.
    pub app: Arc<App>,
    /// What one can ask.
    pub queries: Queries,
    /// Who may come in.
    pub tokens: Tokens,
    /// The ledger.
    pub ledger: Arc<Keeper>,
    /// What must be well for the service to be ready.
    pub running: Running,
    pub(super) tally: Mutex<Tally>,
    pub(super) keys: Keys,
    pub(super) failures: Attempts,
    /// None where residents may file without end.
    pub(super) filings: Option<Attempts>,
    /// None where accounts may send evidence without end.
    pub(super) evidence_sent: Option<Attempts<ActorId>>,
    pub(super) proxies: Vec<IpNet>,
    pub(super) places: Arc<Places>,
    /// For what takes the processor: proofs, codes, long tables.
    pub(super) aside: Aside,
    pub(super) shares: Shares,
    pub(super) past_shares: Shares,
    pub(super) upload_shares: Shares,
    /// Searches and lists of people, at once and in an hour.
    pub(super) search_shares: Shares,
    pub(super) searches: Attempts<ActorId>,
    /// For uploads, each of which is held in memory.
    pub(super) uploads: Arc<Places>,
}

impl AppState {
    /// Starts the service, for [`router`](crate::router) to serve. Whoever started it ends it with [`stop`](Self::stop).
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub async fn start(app: Arc<App>, options: Options) -> Result<Self, StartError> {
        let service = Service::start(app, &options.service).await?;
        Ok(Self::of(service, options))
    }

    /// Ends what runs beside HTTP, each part after the work at hand.
    pub async fn stop(&self) {
        self.running.stop().await;
    }

    /// A part of the account's share of searches and lists of people, held until it is dropped.
    ///
    /// # Errors
    /// 429 when the share is used up.
    pub(super) fn search_share(&self, actor: &Actor) -> Result<Share<'_>, Problem> {
        let too_many = |seconds| {
            Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "search.too_many",
                format!("同时最多{SEARCHES_OF_ONE}次、每小时最多{SEARCHES_AN_HOUR}次查找或名单,请稍后再试。"),
                format!("At most {SEARCHES_OF_ONE} searches or lists of people at once and {SEARCHES_AN_HOUR} an hour; try again later."),
            )
            .retry_after(seconds)
        };
        if let Some(seconds) = self.searches.take(actor.id.clone(), 1, Instant::now()) {
            return Err(too_many(seconds));
        }
        self.search_shares.take(&Asker::Account(actor.id.clone())).ok_or_else(|| too_many(1))
    }

    fn of(service: Service, options: Options) -> Self {
        let Options { limits, trusted_proxies, service: _ } = options;
        let (filings, evidence) = (limits.filings_per_hour, limits.evidence_per_day);
        let Service { app, queries, tokens, ledger, running } = service;
        Self(Arc::new(Shared {
            app,
            queries,
            tokens,
            ledger,
            running,
            tally: Mutex::default(),
            keys: Keys::default(),
            failures: Attempts::failures(),
            filings: (filings > 0).then(|| Attempts::filings(filings)),
            evidence_sent: (evidence > 0).then(|| Attempts::evidence(evidence)),
            proxies: trusted_proxies,
            aside: Aside::default(),
            places: Places::of(limits.requests),
            shares: Shares::of(limits.requests_of_one),
            past_shares: Shares::of(limits.past_of_one),
            upload_shares: Shares::of(limits.uploads_of_one),
            search_shares: Shares::of(SEARCHES_OF_ONE),
            searches: Attempts::searches(SEARCHES_AN_HOUR),
            uploads: Places::of(limits.uploads),
        }))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
