//! How much each may have at once, or in a while. The figures are our defaults; operators may set others.

/// Shares of accounts and addresses, and what all have together. An account is one asker wherever it comes from; all who come
/// without one from an address are one together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests that are worked on at once. One that waits for its client to send on is not among them.
    pub requests: usize,
    /// Requests of one asker at once, those among them that wait.
    pub requests_of_one: usize,
    /// Questions of one asker about the past (`as_of`) at once.
    pub past_of_one: usize,
    /// Uploads at once; each is held in memory.
    pub uploads: usize,
    /// Uploads of one asker at once.
    pub uploads_of_one: usize,
    /// What residents without an account may file from one address within an hour; 0: without end.
    pub filings_per_hour: u32,
    /// Bytes of evidence that one account may send within a day; 0: without end.
    pub evidence_per_day: u64,
}

impl Limits {
    /// Unless operators say otherwise.
    pub const DEFAULT: Self = Self {
        requests: 1024,
        requests_of_one: 256,
        past_of_one: 8,
        uploads: 16,
        uploads_of_one: 4,
        filings_per_hour: 30,
        evidence_per_day: 1024 * 1024 * 1024,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
