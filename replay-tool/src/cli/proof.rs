//! `prove` and `check`.

use std::path::PathBuf;

use clap::Args;

use super::TextOrJson;

/// `prove`.
#[derive(Debug, Args)]
pub struct Prove {
    /// 事件流或公示标识。 A stream, or a notice.
    #[arg(value_name = "STREAM|NOTICE")]
    pub what: String,
    /// 事件流中的第几件,默认第1件。 Which event of the stream; by default the first.
    #[arg(long, value_name = "N")]
    pub event: Option<u64>,
    /// 账本目录,默认在数据目录中。 Folder of the ledger; by default that in the data folder.
    #[arg(long, value_name = "DIR")]
    pub ledger: Option<PathBuf>,
    /// 写入的文件;默认写到标准输出。 The file to write; standard output without it.
    #[arg(long, value_name = "FILE.tlog-proof")]
    pub out: Option<PathBuf>,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// 证明或扫描的二维码内容;- 为标准输入。 Proofs, or what was scanned; - is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub proofs: Vec<PathBuf>,
    /// 信任策略(c2sp.org/tlog-policy)。 Whom you trust.
    #[arg(long, value_name = "FILE")]
    pub policy: PathBuf,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
}
