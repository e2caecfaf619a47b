//! `witness`: cosigns the checkpoints of ledgers, as a third party.

use std::io::stderr;
use std::path::Path;
use std::sync::Arc;

use keeper::witness::{self, Witness};
use ledger::Policy;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::cli;
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::stop::stopped;
use crate::trust;

pub(super) fn run(asked: &cli::Witness, console: &mut Console<'_>) -> Result<u8, Failure> {
    let logs = logs(&asked.policy)?;
    let witness = Arc::new(Witness::open(&asked.folder, logs, asked.new_key.as_deref())?);
    // Prints what happens while it serves, unless this process has set up logging already.
    drop(tracing_subscriber::fmt().with_writer(stderr).with_ansi(false).try_init());
    let runtime = Runtime::new()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(asked.listen).await;
        let listener =
            listener.map_err(|source| Failure::Listen { address: asked.listen, source })?;
        let stopped = stopped()?;
        writeln!(console.out, "http://{}\n{}", listener.local_addr()?, witness.key())?;
        console.out.flush()?;
        console.note(&Said::new(
            "以上第二行是见证人的公钥,请写入各账本的见证规则;目录须妥善保管,不得从备份恢复后继续使用。",
            "The second line is the witness's key, for the policies of ledgers. Keep the folder; never go on from a backup of it.",
        ));
        witness::serve(witness, listener, stopped).await;
        Ok(exit::OK)
    })
}

/// The policy in a file, which names at least one log.
fn logs(path: &Path) -> Result<Policy, Failure> {
    let policy = trust::policy(path)?;
    if policy.logs().next().is_none() {
        return Err(Failure::usage(
            "策略中没有账本;请加一行:log 密钥。",
            "The policy names no log; add a line: log KEY.",
        ));
    }
    Ok(policy)
}
