//! `policy`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What can be done about a policy of trust.
#[derive(Debug, Subcommand)]
pub enum PolicyOf {
    /// 写一份信任策略的底稿。 Write a starter policy.
    ///
    /// 由账本的公钥(/ledger/key 所答,或一行 log 公钥)、检查点,或二者写成。给出二者则先核对公钥确实签了该检查点。检查点本身不含公钥:只给检查点时,
    /// 公钥一行留空待填。没有见证方时写作 quorum none(签名由账本自己的公钥即可);给出见证方则须其中多数见证。
    ///
    /// From the ledger's key (what /ledger/key answers, or a line log KEY), a checkpoint, or both: then the key must have signed the
    /// checkpoint. A checkpoint holds no key, so with a checkpoint alone that line is left to be filled in. Without witnesses it
    /// says quorum none: the ledger's own signature is enough; with some, most of them must have seen a checkpoint.
    ///
    /// 例 Examples: curl -s http://HOST/ledger/key | replay policy new --log - --out policy.txt;
    /// replay policy new --log key.txt --checkpoint audit.checkpoint --witness "court court.example/w1+…" --out policy.txt
    New(PolicyNew),
}

/// `policy new`.
#[derive(Debug, Args)]
#[group(id = "from", required = true, multiple = true, args = ["log", "checkpoint"])]
pub struct PolicyNew {
    /// 账本的公钥:公钥本身、一行 log 公钥 [网址],或载有其一的文件,- 为标准输入。 The ledger's key, a line log KEY [URL], or a file with one; - is standard input.
    #[arg(long, value_name = "LINE|FILE")]
    pub log: Option<String>,
    /// 检查点。 A checkpoint.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// 见证方:名称、公钥、网址,可重复。 A witness; may be repeated.
    #[arg(long, value_name = "NAME KEY [URL]")]
    pub witness: Vec<String>,
    /// 至少须有几个见证方,默认过半数。 How many witnesses are enough; by default most of them.
    #[arg(long, value_name = "N", requires = "witness")]
    pub enough: Option<u32>,
    /// 写入的文件,不覆盖;默认写到标准输出。 The file to write, which must not exist; standard output without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
