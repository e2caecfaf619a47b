//! Rebuild of all read models against a bare scan with typed decoding of the same log.

use std::path::Path;
use std::time::{Duration, Instant};

use event_store::{EventStore as _, Position, SqliteOptions, SqliteStore};
use projections::{Fact, Until, rebuild_into};
use tokio::runtime::Runtime;

/// Each is measured this often, in turns, and the best of each counts.
const ROUNDS: u32 = 3;

pub fn run(events: u64) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let log = folder.path().join("log.sqlite");
    let events = write(&log, events, &runtime);
    println!("rebuild: {events} events");
    compare(&log, events, &runtime);
}

/// Measures a bare scan and a rebuild of a log at rest.
pub fn compare(log: &Path, events: u64, runtime: &Runtime) {
    let store = SqliteStore::open_read_only(log).unwrap();
    let file = log.with_file_name("read.sqlite");
    let (mut scan, mut rebuild) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        scan = scan.min(time(|| scan_all(&store, runtime, events)));
        rebuild = rebuild.min(time(|| {
            rebuild_into(&file, &store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
        }));
    }
    println!("  bare scan with typed decoding  {:>10.0} events/s", rate(events, scan));
    println!("  rebuild of all read models     {:>10.0} events/s", rate(events, rebuild));
    println!(
        "  ratio                          {:>10.2}",
        scan.as_secs_f64() / rebuild.as_secs_f64()
    );
}

/// Writes a history and closes the log, so that who reads it finds a file at rest.
pub fn write(log: &Path, events: u64, runtime: &Runtime) -> u64 {
    let store = SqliteStore::open(log, SqliteOptions::default()).unwrap();
    let written = runtime.block_on(tests::history::write(&store, events));
    store.close();
    written
}

fn scan_all(store: &SqliteStore, runtime: &Runtime, events: u64) {
    let (mut after, mut read) = (Position::START, 0);
    loop {
        let page = runtime.block_on(store.read_all(after, 2048)).unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        for recorded in &page {
            std::hint::black_box(Fact::read(recorded).unwrap());
            read += 1;
        }
    }
    assert_eq!(read, events);
}

fn time(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

#[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
fn rate(events: u64, took: Duration) -> f64 {
    events as f64 / took.as_secs_f64()
}
