//! A runtime of the store's own.

use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::StoreError;

/// Threads for the network; they wait more than they work.
const THREADS: usize = 2;

/// Threads that end with this value, whatever they do then.
pub(super) struct Threads(Option<Runtime>);

impl Threads {
    pub(super) fn start() -> Result<Self, StoreError> {
        let built = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("kurrentdb")
            .enable_all()
            .build();
        built.map(|runtime| Self(Some(runtime))).map_err(|why| StoreError::Io(Arc::new(why)))
    }

    /// Runs a task, whether or not somebody waits for it.
    pub(super) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> Result<JoinHandle<T>, StoreError> {
        self.0.as_ref().map(|runtime| runtime.spawn(task)).ok_or(StoreError::Closed)
    }

    /// Runs a task and waits for what it answers. One that died – the client does so over some malformed answers – has
    /// none.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        task: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self.spawn(task)?.await {
            Ok(answer) => answer,
            Err(died) if died.is_cancelled() => Err(StoreError::Closed),
            Err(died) => Err(StoreError::Io(Arc::new(died))),
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
