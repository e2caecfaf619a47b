//! The list of tokens.

use application::tokens::{Token, Tokens};
use domain::{Moment, UnitCode};
use jiff::Timestamp;
use papers::screen::{self, Screen};

use super::telling::failed;
use crate::cli::Exit;

/// Which tokens to list.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 只列有效的 Only those that work now
    #[arg(long)]
    working: bool,
    /// 单位代码 Only those of this unit
    #[arg(long)]
    unit: Option<UnitCode>,
}

/// Lists tokens, oldest first.
pub fn run(tokens: &Tokens, args: &Args, now: Timestamp) -> Result<Exit, Exit> {
    let mut listed = tokens.list().map_err(|error| failed(&error))?;
    listed.retain(|token| {
        (!args.working || token.works_at(now))
            && args.unit.as_ref().is_none_or(|unit| token.unit.as_ref() == Some(unit))
    });
    println!("{}", table(&listed).within(screen::columns()));
    Ok(Exit::Ok)
}

fn table(tokens: &[Token]) -> Screen {
    let heads = [
        "账号 account",
        "角色 role",
        "单位 unit",
        "人员 person",
        "用途 label",
        "建立 made",
        "更换 rotated",
        "到期 expires",
        "撤销 revoked",
        "撤销人 by",
        "原因 why",
    ];
    let mut table = Screen::new(heads.map(|head| (head, false)));
    let moment = |at: Option<Timestamp>| at.map(|at| Moment(at).to_string()).unwrap_or_default();
    for token in tokens {
        table.add([
            token.id.to_string(),
            format!("{} {:#}", token.role, token.role),
            token.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            token.person.map(|person| person.to_string()).unwrap_or_default(),
            token.label.clone().unwrap_or_default(),
            moment(Some(token.made_at)),
            moment(token.rotated_at),
            moment(token.expires_at),
            moment(token.revoked_at),
            token.revoked_by.as_ref().map(ToString::to_string).unwrap_or_default(),
            token.revoked_for.clone().unwrap_or_default(),
        ]);
    }
    table
}
