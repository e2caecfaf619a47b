//! `watch`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

/// `watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// 账本的地址。 Where the ledger is served.
    #[arg(value_name = "URL")]
    pub address: String,
    /// 信任策略(c2sp.org/tlog-policy)。 Whom you trust.
    #[arg(long, value_name = "FILE")]
    pub policy: PathBuf,
    /// 镜像目录:所见的散列和检查点。 Folder of the mirror: hashes and checkpoint as they were seen.
    #[arg(long, value_name = "DIR")]
    pub folder: PathBuf,
    /// 每隔多少秒查看一次。 Look every so many seconds.
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub every: Duration,
    /// 只查看一次。 Look once.
    #[arg(long)]
    pub once: bool,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (1..=86_400).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| "1–86400".to_owned())
}
