//! 账号表: a table of accounts to look through, from the register.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

use application::tokens::{Register, Tokens};
use domain::Role;
use jiff::Timestamp;
use jiff::civil::Date;

use super::role;
use super::telling::{failed, log, unreadable};
use crate::cli::Exit;
use crate::config::Config;

/// A table to write.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 角色 Role of the accounts
    #[arg(long, value_parser = role::parser(), default_value = "unit_administrator")]
    role: Role,
    /// 到期日 The last day on which they work, for example 2027-12-31
    #[arg(long, value_name = "DATE")]
    last_day: Option<Date>,
    /// 文件 File to write; nothing is overwritten
    #[arg(long, value_name = "FILE", default_value = "accounts.xlsx")]
    out: PathBuf,
}

/// Writes it.
pub async fn run(
    config: &Config,
    tokens: &Tokens,
    args: &Args,
    now: Timestamp,
) -> Result<Exit, Exit> {
    let log = log(config).await?;
    let register = Register::read(log.as_deref()).await.map_err(unreadable)?;
    let standing = tokens.list().map_err(|error| failed(&error))?;
    let units = register.without(args.role, &standing, now);
    let workbook = Register::table(&units, args.role, args.last_day)
        .map_err(|error| Exit::environment("表格 workbook", &error))?;
    let written = File::create_new(&args.out).and_then(|mut file| file.write_all(&workbook));
    match written {
        Ok(()) => {
            println!("{}个单位 units: {}", units.len(), args.out.display());
            Ok(Exit::Ok)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            eprintln!(
                "{} 已存在，未覆盖 exists already; nothing was overwritten",
                args.out.display()
            );
            Err(Exit::Refused)
        }
        Err(error) => Err(Exit::environment(&args.out.display().to_string(), &error)),
    }
}
