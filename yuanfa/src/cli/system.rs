//! What the operating system gives the process: rights of new files, and how many may be open.

use rustix::fs::Mode;
use rustix::process::{Resource, getrlimit, setrlimit, umask};

/// Files that are open beside connections: databases and their logs, hashes of the ledger, evidence, read models of the past.
pub const FOR_FILES: u64 = 512;

/// Whatever the process makes is its owner's alone.
pub fn keep_private() {
    umask(Mode::from_raw_mode(0o077));
}

/// Lets the process open as many files as it may; gives the connections that it can hold of those that are wanted.
pub fn prepare(connections: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = connections as u64 + FOR_FILES;
    let most = limit.maximum.unwrap_or(u64::MAX);
    let now = limit.current.unwrap_or(u64::MAX);
    let raised = most.min(wanted.max(65_536)).max(now);
    let raised = rustix::process::Rlimit { current: Some(raised), ..limit };
    let files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised.current,
        Err(_) => limit.current,
    };
    let files = files.unwrap_or(u64::MAX);
    if files >= wanted {
        return connections;
    }
    let left = usize::try_from(files.saturating_sub(FOR_FILES).max(files / 4)).unwrap_or(1).max(1);
    tracing::warn!(
        files,
        connections = left,
        "可打开的文件数不足，连接数已减少；请提高 ulimit -n（LimitNOFILE）。 \
         Too few files may be open, so fewer connections are taken; raise ulimit -n (LimitNOFILE)."
    );
    left
}
