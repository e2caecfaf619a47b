//! Where the service keeps its files and where it listens: flags, or the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Settings that every subcommand understands. The vault's master key is taken from the file `vault.key` in the data
/// folder, made at first start, or from `YUANFA_MASTER_KEY` (64 hexadecimal digits); it is no flag, because
/// other users of the machine can read those.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// 数据目录 Folder of all data; made if it does not exist
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "./yuanfa-data",
        env = "YUANFA_DATA"
    )]
    pub data: PathBuf,
    /// 监听地址 Address to listen on
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        env = "YUANFA_LISTEN"
    )]
    pub listen: SocketAddr,
    /// 日志格式 Form of the log on standard error; RUST_LOG filters it
    #[arg(long, global = true, value_enum, default_value_t = LogForm::Text, env = "YUANFA_LOG")]
    pub log: LogForm,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// For people.
    Text,
    /// A JSON object a line, for programs.
    Json,
}
