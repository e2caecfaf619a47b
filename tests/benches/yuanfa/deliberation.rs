//! Rebuild of all read models from many resolutions with their objections and reports of progress, against a bare scan
//! with typed decoding of the same log.

use event_store::{SqliteOptions, SqliteStore};
use tests::history::deliberation;
use tokio::runtime::Runtime;

use crate::rebuild::compare;

/// Resolutions, unless a number follows the name: `deliberation 20000`.
const RESOLUTIONS: u32 = 200_000;

pub fn run(arguments: &[String]) {
    let asked = arguments.iter().skip_while(|one| *one != "deliberation").nth(1);
    let resolutions = asked.and_then(|number| number.parse().ok()).unwrap_or(RESOLUTIONS);
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let log = folder.path().join("log.sqlite");
    let store = SqliteStore::open(&log, SqliteOptions::default()).unwrap();
    let written = runtime.block_on(deliberation::write(&store, resolutions));
    store.close();
    println!(
        "deliberation: {} resolutions, {} objections and reports of progress, {} events",
        written.resolutions, written.objections_and_progress, written.events
    );
    compare(&log, written.events, &runtime);
}
