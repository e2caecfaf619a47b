//! The threads that read, each on its own connection. Threads of our own, so that a caller needs no async runtime
//! and a slow disk blocks no executor.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::SqliteOptions;
use super::convert::sql;
use super::open::Access;
use super::pages::Pages;
use crate::StoreError;

/// How many reads may wait; who comes later waits for room.
const WAITING: usize = 1_024;
/// What each connection keeps of the file, in KiB.
const CACHE_KIB: i32 = 16 * 1024;

type Job = Box<dyn FnOnce(&mut Pages) + Send>;
type Jobs = Arc<Mutex<mpsc::UnboundedReceiver<Job>>>;

/// A pool of reading threads.
pub(super) struct Readers {
    jobs: Mutex<Option<mpsc::UnboundedSender<Job>>>,
    room: Arc<Semaphore>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Readers {
    /// Opens a connection for each thread and starts them.
    pub(super) fn start(access: &Access, options: &SqliteOptions) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let jobs = Arc::new(Mutex::new(receiver));
        let pool = Self {
            jobs: Mutex::new(Some(sender)),
            room: Arc::new(Semaphore::new(WAITING)),
            threads: Mutex::default(),
        };
        for _ in 0..options.readers.get() {
            let conn = access.connect()?;
            conn.pragma_update(None, "cache_size", -CACHE_KIB).map_err(sql)?;
            let thread = spawn(conn, Arc::clone(&jobs))?;
            pool.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        }
        Ok(pool)
    }

    /// Runs `read` on one of the threads.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Pages) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |pages| {
            // Who went away while it waited is not read for.
            if !reply.is_closed() {
                drop(reply.send(read(pages)));
            }
            drop(room);
        });
        self.enqueue(job)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Never waits, so that no caller holds the queue open while the pool closes.
    fn enqueue(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| StoreError::Closed)
    }

    /// Answers what waits, then ends the threads.
    pub(super) fn close(&self) {
        self.room.close();
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a reading thread of the event log had died");
            }
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(conn: Connection, jobs: Jobs) -> Result<JoinHandle<()>, StoreError> {
    let work = move || {
        let mut pages = Pages::new(conn);
        while let Some(job) = next(&jobs) {
            job(&mut pages);
        }
    };
    let thread = thread::Builder::new().name("event-log-reader".into()).spawn(work);
    thread.map_err(StoreError::of_system)
}

/// The idle threads queue at the lock; the one that holds it waits for a job.
fn next(jobs: &Jobs) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv()
}
