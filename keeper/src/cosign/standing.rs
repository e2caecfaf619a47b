//! How one witness stands to this ledger.

use std::time::Duration;

use ledger::VerifyingKey;
use reqwest::Url;
use tokio::time::Instant;

/// A witness in trouble is asked again after this time, which doubles up to the longest.
const REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// What the witnesses of a policy have to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Witnesses {
    /// Each of them, by name; none without a policy.
    pub states: Vec<WitnessState>,
    /// So many contradict this ledger that the policy cannot be met without them.
    pub contradicted: bool,
}

/// How a witness fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessState {
    /// The name that the policy gives it.
    pub name: Box<str>,
    /// Leaves of the checkpoint that it cosigned last, and when, in seconds since 1970.
    pub cosigned: Option<(u64, u64)>,
    /// What is wrong, if anything is.
    pub trouble: Option<Trouble>,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It does not answer, or nothing that helps; it is asked again.
    Failing {
        /// What came instead.
        reason: String,
    },
    /// It has cosigned another history under this ledger's name.
    Contradicts {
        /// What it has seen.
        reason: String,
    },
}

impl WitnessState {
    /// Whether it has cosigned another history.
    #[must_use]
    pub fn contradicts(&self) -> bool {
        matches!(self.trouble, Some(Trouble::Contradicts { .. }))
    }
}

/// How far a witness has come with cosigning this ledger, and when it is asked again.
pub(super) struct WitnessProgress {
    state: WitnessState,
    key: VerifyingKey,
    url: Url,
    /// Leaves of what it cosigned last, as far as is known here.
    seen: u64,
    /// Whether an answer is awaited.
    busy: bool,
    /// Whether its last answer was that it stands elsewhere.
    moved: bool,
    failures: u32,
    rests_until: Instant,
}

impl WitnessProgress {
    pub fn new(name: &str, key: &VerifyingKey, url: Url) -> Self {
        Self {
            state: WitnessState { name: name.into(), cosigned: None, trouble: None },
            key: key.clone(),
            url,
            seen: 0,
            busy: false,
            moved: false,
            failures: 0,
            rests_until: Instant::now(),
        }
    }

    pub fn name(&self) -> &str {
        &self.state.name
    }

    pub fn key(&self) -> &VerifyingKey {
        &self.key
    }

    pub fn seen(&self) -> u64 {
        self.seen
    }

    pub fn state(&self) -> WitnessState {
        self.state.clone()
    }

    pub fn is_in_trouble(&self) -> bool {
        self.state.trouble.is_some()
    }

    pub fn has_cosigned(&self, size: u64) -> bool {
        self.state.cosigned.is_some_and(|(cosigned, _)| cosigned == size)
    }

    /// When it is to be asked to cosign a checkpoint of so many leaves; never while it is asked, or once it has.
    pub fn is_due(&self, size: u64) -> Option<Instant> {
        let asks = !self.busy && self.seen <= size && !self.has_cosigned(size);
        asks.then_some(self.rests_until)
    }

    /// Where it is asked, from now on until its answer.
    pub fn ask(&mut self) -> Url {
        self.busy = true;
        self.url.clone()
    }

    /// What it had cosigned when the ledger was kept last.
    pub fn had_cosigned(&mut self, size: u64, time: Option<u64>) {
        if let Some(time) = time {
            self.seen = size;
            self.state.cosigned = Some((size, time));
        }
    }

    pub fn cosigned(&mut self, size: u64, time: u64) {
        (self.busy, self.moved, self.failures, self.seen) = (false, false, 0, size);
        self.state.cosigned = Some((size, time));
        if self.state.trouble.take().is_some() {
            tracing::info!(witness = self.name(), size, "a witness cosigns again");
        }
    }

    /// It stands elsewhere than was known: it is asked again from there, at once when this is the first time in a row.
    pub fn stands_at(&mut self, seen: u64) {
        if self.moved {
            return self.failed(format!("it stood elsewhere, then at {seen}"));
        }
        (self.busy, self.moved, self.seen) = (false, true, seen);
    }

    pub fn failed(&mut self, reason: String) {
        self.rest();
        if !matches!(self.state.trouble, Some(Trouble::Failing { .. })) {
            tracing::warn!(witness = self.name(), reason, "a witness does not cosign");
        }
        self.state.trouble = Some(Trouble::Failing { reason });
    }

    pub fn contradicts(&mut self, reason: String) {
        self.rest();
        if !self.state.contradicts() {
            tracing::error!(
                witness = self.name(),
                reason,
                "a witness has cosigned another history"
            );
        }
        self.state.trouble = Some(Trouble::Contradicts { reason });
    }

    fn rest(&mut self) {
        let rest = REST.saturating_mul(1 << self.failures.min(16)).min(LONGEST_REST);
        (self.busy, self.moved, self.rests_until) = (false, false, Instant::now() + rest);
        self.failures = self.failures.saturating_add(1);
    }
}
