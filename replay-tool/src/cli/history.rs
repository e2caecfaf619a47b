//! `export` and `import`.

use std::path::PathBuf;

use clap::Args;

use super::Given;
use crate::moment::Cut;

/// `export`.
#[derive(Debug, Args)]
#[group(id = "form", required = true, multiple = false, args = ["out", "dir"])]
pub struct Export {
    /// 写入的文件,一行一个JSON。 The file to write, one JSON object a line.
    #[arg(long, value_name = "FILE.jsonl")]
    pub out: Option<PathBuf>,
    /// 写入的目录:整部历史及其账本,可自行校验。 The folder to write: the whole history with its ledger, which verifies by itself.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["as_of", "position", "force"])]
    pub dir: Option<PathBuf>,
    /// 账本目录,默认在数据目录中。 Folder of the ledger; by default that in the data folder.
    #[arg(long, value_name = "DIR", requires = "dir")]
    pub ledger: Option<PathBuf>,
    /// 覆盖已有文件。 Overwrite the file if there is one.
    #[arg(long)]
    pub force: bool,
    /// Up to where.
    #[command(flatten)]
    pub cut: Cut,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// 由 export --dir 写出的目录。 A folder that export --dir has written.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// 目标的位置。 Place of the target.
    #[arg(long, value_name = "PLACE")]
    pub to: Given,
    /// 信任策略。 Whom you trust.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// 您以前保存的检查点,可重复。 A checkpoint that you kept; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
}
