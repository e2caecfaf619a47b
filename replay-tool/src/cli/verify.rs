//! `verify`.

use std::path::PathBuf;

use clap::Args;

use super::TextOrJson;

/// `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// 读模型落后于日志也算发现。 Count read models behind the log as a finding.
    #[arg(long)]
    pub strict: bool,
    /// 您以前保存的检查点,可重复。 A checkpoint that you kept; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// 信任策略(c2sp.org/tlog-policy):账本的公钥、见证方和所需人数。 Whom you trust: the ledger's key, witnesses, how many.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 账本目录,默认在数据目录中。 Folder of the ledger; by default that in the data folder.
    #[arg(long, value_name = "DIR")]
    pub ledger: Option<PathBuf>,
    /// 没有发现时,将公布的检查点保存于此。 When nothing is found, keep the published checkpoint here for the next audit.
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
}
