use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use application::imports::{self, Kind};

use super::Exit;

/// An empty workbook to write.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 表名 divisions, units, roster, sign-in, counting-lists or accounts
    kind: Kind,
    /// 文件 File to write; `<kind>.xlsx` unless told
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the workbook; overwrites nothing.
pub fn run(args: &Args) -> Exit {
    let path = args.out.clone().unwrap_or_else(|| format!("{}.xlsx", args.kind.as_str()).into());
    let workbook = match imports::template(args.kind) {
        Ok(workbook) => workbook,
        Err(error) => return Exit::environment("表格 workbook", &error),
    };
    let written = File::create_new(&path).and_then(|mut file| file.write_all(&workbook));
    match written {
        Ok(()) => {
            println!("{}", path.display());
            Exit::Ok
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            eprintln!("{} 已存在，未覆盖 exists already; nothing was overwritten", path.display());
            Exit::Refused
        }
        Err(error) => Exit::environment(&path.display().to_string(), &error),
    }
}
