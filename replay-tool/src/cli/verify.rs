//! `verify`.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use evidence::{BadLocation, Location};

use super::TextOrJson;
use crate::failure::Failure;

/// `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// 读模型落后于日志也算发现。 Count read models behind the log as a finding.
    #[arg(long)]
    pub strict: bool,
    /// 您以前保存的检查点,可重复。 A checkpoint that you kept; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// 信任策略(c2sp.org/tlog-policy):账本的公钥、见证方和所需人数;replay policy new 可写一份。 Whom you trust: the ledger's key, witnesses, how many.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 账本目录,默认在数据目录中。 Folder of the ledger; by default that in the data folder.
    #[arg(long, value_name = "DIR")]
    pub ledger: Option<PathBuf>,
    /// 佐证材料的位置,同 yuanfa 的 --evidence。 Where the evidence lies, as for yuanfa: DIR or s3://bucket/prefix?endpoint=…&region=….
    ///
    /// 默认在数据目录的 evidence 中。S3 密钥只从环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 读取。
    ///
    /// By default the folder evidence of the data folder. Keys for S3 come from the environment alone.
    #[arg(long, value_name = "PLACE", env = "YUANFA_EVIDENCE", hide_env_values = true)]
    pub evidence: Option<GivenEvidence>,
    /// 没有发现时,将公布的检查点保存于此。 When nothing is found, keep the published checkpoint here for the next audit.
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
}

/// A place of evidence as it was given. A bad one is kept, because clap would repeat it, a key and all.
#[derive(Debug, Clone)]
pub struct GivenEvidence(Result<Location, BadLocation>);

impl GivenEvidence {
    /// The place, if it is one.
    pub fn location(&self) -> Result<Location, Failure> {
        self.0.clone().map_err(|bad| Failure::usage(bad.zh(), bad.en()))
    }
}

impl FromStr for GivenEvidence {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.parse()))
    }
}
