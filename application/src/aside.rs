//! Work that takes the processor, beside the threads that answer.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

/// Places for one kind of work: as many run at once as the machine has processors, more wait. Kinds do not wait for each
/// other.
#[derive(Debug, Clone)]
pub struct Aside(Arc<Semaphore>);

impl Default for Aside {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(available_parallelism().map_or(1, usize::from))))
    }
}

impl Aside {
    /// Does the work. Its place is taken until it ends, also when nobody waits for it any more; whoever gives up before it
    /// begins has it not done.
    ///
    /// # Errors
    /// When it panics, or the runtime ends.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let place = Arc::clone(&self.0).acquire_owned().await;
        let done = spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await
    }
}

#[cfg(test)]
mod tests;
