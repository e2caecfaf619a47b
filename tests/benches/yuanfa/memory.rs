//! Memory of a rebuild: bounded by rows, not by events.

use std::path::{Path, PathBuf};
use std::process::Command;

use event_store::SqliteStore;
use projections::{Until, rebuild_into};
use tokio::runtime::Runtime;

use crate::rebuild::write;

/// A process of its own rebuilds and says how much memory it took at most.
const CHILD: &str = "memory-child";

pub fn child_of(arguments: &[String]) -> Option<PathBuf> {
    let at = arguments.iter().position(|one| one == CHILD)?;
    arguments.get(at + 1).map(PathBuf::from)
}

pub fn rebuild_and_report(log: &Path) {
    let runtime = Runtime::new().unwrap();
    let store = SqliteStore::open_read_only(log).unwrap();
    let file = log.with_file_name("read.sqlite");
    rebuild_into(&file, &store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("{}", peak.trim().trim_end_matches(" kB"));
}

pub fn run(sizes: &[u64]) {
    println!("memory of a rebuild");
    for &events in sizes {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log.sqlite");
        let written = write(&log, events, &Runtime::new().unwrap());
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program).arg(CHILD).arg(&log).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let peak: u64 = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
        println!("  {written:>9} events             {:>10} MiB", peak / 1024);
    }
}
