//! `witness`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// `witness`.
#[derive(Debug, Args)]
pub struct Witness {
    /// 见证人的目录:密钥和记忆。 Folder of the witness: its key and its memory.
    #[arg(long, value_name = "DIR")]
    pub folder: PathBuf,
    /// 见证哪些账本。 Which ledgers it looks after: the lines log KEY of a c2sp.org/tlog-policy file.
    #[arg(long, value_name = "FILE")]
    pub policy: PathBuf,
    /// 监听地址。 Address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// 首次启动:以此名称生成密钥。 At the first start: make a key of this name, such as court.example/w1.
    #[arg(long, value_name = "NAME")]
    pub new_key: Option<String>,
}
