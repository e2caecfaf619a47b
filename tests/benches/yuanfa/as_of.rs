//! The read models of the past: how long they take to make, how large they are, and how soon any moment can be asked.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::{Month, county_date};
use event_store::{EventStore as _, Position, SqliteOptions, SqliteStore};
use jiff::Timestamp;
use projections::models::{execution_ledger, monthly_report, quota, supervision_worklist};
use projections::{AsOf, PageRequest, QueryError, Until};
use rusqlite::Connection;
use tests::history::deliberation;
use tokio::runtime::Runtime;

/// Events, unless a number follows the name: `as_of 10000000`. The name of a log may follow instead; what is made of it stays
/// beside it.
const EVENTS: u64 = 1_000_000;
/// Events in the life of a resolution, about.
const LIFE: u64 = 22;
/// Moments asked for: one half by position, the other by time.
const MOMENTS: u64 = 60;

type Query = fn(&Connection, Timestamp) -> Result<(), QueryError>;

/// Pages as the service shows them.
const QUERIES: [(&str, Query); 4] = [
    ("quota of all units", |conn, at| {
        quota::list(conn, at, &quota::Filter::default(), &PageRequest::default()).map(drop)
    }),
    ("execution ledger", |conn, at| {
        let filter = execution_ledger::Filter::default();
        execution_ledger::list(conn, county_date(at), &filter, &PageRequest::default()).map(drop)
    }),
    ("supervision worklist", |conn, _| {
        let filter = supervision_worklist::Filter::default();
        supervision_worklist::list(conn, &filter, &PageRequest::default()).map(drop)
    }),
    ("monthly report", |conn, at| {
        monthly_report::report(conn, None, Month::of(county_date(at))).map(drop)
    }),
];

pub fn run(arguments: &[String]) {
    let asked = arguments.iter().skip_while(|one| *one != "as_of").nth(1);
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let log = match asked {
        Some(name) if Path::new(name).exists() => PathBuf::from(name),
        _ => {
            let log = folder.path().join("log.sqlite");
            write(&log, asked.and_then(|number| number.parse().ok()).unwrap_or(EVENTS), &runtime);
            log
        }
    };
    let store = SqliteStore::open_read_only(&log).unwrap();
    let head = runtime.block_on(store.head()).unwrap();
    println!("as_of: {head} events, a log of {} MB", megabytes(&log));
    let kept = log.with_extension("past");
    let made = kept.exists();
    let past = AsOf::open(&kept, AsOf::EVERY).unwrap();
    let begun = Instant::now();
    past.at(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    if !made {
        let rate = rate(head.0, begun.elapsed());
        println!("  made from the beginning        {rate:>10.0} events/s");
    }
    println!("  on disk                        {:>10} MB", megabytes(&kept));
    measure("moments", &moments(&store, head, &runtime), &past, &store, &runtime);
    let last = moments(&store, head, &runtime).split_off(usize::try_from(MOMENTS - 8).unwrap());
    measure("moments asked for again", &last, &past, &store, &runtime);
}

fn write(log: &Path, events: u64, runtime: &Runtime) {
    let store = SqliteStore::open(log, SqliteOptions::default()).unwrap();
    let resolutions = u32::try_from(events / LIFE).unwrap();
    runtime.block_on(deliberation::write(&store, resolutions));
    store.close();
}

/// Moments all over the log, the same each time.
fn moments(store: &SqliteStore, head: Position, runtime: &Runtime) -> Vec<(Until, Timestamp)> {
    let mut drawn: u64 = 1;
    let moments = (0..MOMENTS).map(|number| {
        drawn =
            drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let position = Position((drawn >> 33) % head.0 + 1);
        let before = Position(position.0 - 1);
        let at = runtime.block_on(store.read_all(before, 1)).unwrap()[0].recorded_at;
        if number % 2 == 0 { (Until::Position(position), at) } else { (Until::Time(at), at) }
    });
    moments.collect()
}

fn measure(
    what: &str,
    moments: &[(Until, Timestamp)],
    past: &AsOf,
    store: &SqliteStore,
    runtime: &Runtime,
) {
    let mut opened = Vec::new();
    let mut answered = QUERIES.map(|_| Vec::new());
    for &(until, at) in moments {
        let begun = Instant::now();
        let (_, conn) = past.at(store, runtime.handle(), until, &mut |_| {}).unwrap();
        opened.push(begun.elapsed());
        for ((_, query), answered) in QUERIES.iter().zip(&mut answered) {
            let begun = Instant::now();
            query(&conn, at).unwrap();
            answered.push(begun.elapsed());
        }
    }
    println!("  {} {what}", moments.len());
    print("opened", opened);
    for ((name, _), answered) in QUERIES.iter().zip(answered) {
        print(name, answered);
    }
}

fn print(name: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let (half, most) = (took[took.len() / 2], took[took.len() - 1]);
    println!(
        "    {name:<24} p50 {:>7.3} s   max {:>7.3} s",
        half.as_secs_f64(),
        most.as_secs_f64()
    );
}

/// What a file, or all files below a folder, take up.
fn megabytes(path: &Path) -> u64 {
    fn bytes(path: &Path) -> u64 {
        let Ok(entries) = std::fs::read_dir(path) else {
            return std::fs::metadata(path).map_or(0, |file| file.len());
        };
        entries.map(|entry| bytes(&entry.unwrap().path())).sum()
    }
    bytes(path) / 1_000_000
}

#[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
fn rate(events: u64, took: Duration) -> f64 {
    events as f64 / took.as_secs_f64()
}
