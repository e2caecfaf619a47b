//! How much a document may cost.

use crate::Refusal;

/// How often a file may be walked over. In a sound one no two objects share a byte.
const TIMES: usize = 4;
/// For small files.
const BESIDE: usize = 1 << 20;
/// The most that all streams of objects unpack to: 64 MiB, half a million objects.
const MAX_UNPACKED: usize = 64 << 20;

/// What is left of it.
pub(super) struct Work {
    steps: usize,
    unpacked: usize,
}

impl Work {
    pub(super) fn on(pdf: &[u8]) -> Self {
        Self { steps: pdf.len() * TIMES + BESIDE, unpacked: MAX_UNPACKED }
    }

    /// Takes so many steps, each of a byte.
    pub(super) fn take(&mut self, steps: usize) -> Result<(), Refusal> {
        self.steps = self.steps.checked_sub(steps).ok_or(Refusal::IntricatePdf)?;
        Ok(())
    }

    /// How many steps are left.
    pub(super) fn left(&self) -> usize {
        self.steps
    }

    /// The most that a stream may unpack to.
    pub(super) fn most(&self) -> usize {
        self.unpacked
    }

    /// So much was unpacked, and may be walked over.
    pub(super) fn unpacked(&mut self, length: usize) {
        self.unpacked = self.unpacked.saturating_sub(length);
        self.steps += length * TIMES;
    }
}
