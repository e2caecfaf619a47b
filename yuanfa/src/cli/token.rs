use application::files;
use application::tokens::{NewToken, Token, TokenError, Tokens};
use clap::{Args, Subcommand};
use domain::{ActorId, PersonId, Role, UnitCode};
use jiff::{SignedDuration, Timestamp};

use super::{Exit, open};
use crate::config::Config;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建令牌 Make a token; its secret is shown once
    Create(Create),
    /// 列出令牌 List all tokens, without their secrets
    List,
    /// 撤销令牌 Revoke a token; a running service knows at once
    Revoke {
        /// 账号 The account, as `token list` shows it
        id: ActorId,
    },
}

/// A token to make.
#[derive(Debug, Args)]
pub struct Create {
    /// 角色 county_office, unit_administrator, recorder, attester, supervisor, auditor or volunteer
    #[arg(long, value_parser = role)]
    role: Role,
    /// 单位代码 Unit whose subtree the account may act on; without it the whole county
    #[arg(long, required_if_eq("role", "unit_administrator"))]
    unit: Option<UnitCode>,
    /// 志愿者编号 Person behind the account
    #[arg(long, value_name = "V…", required_if_eq("role", "volunteer"))]
    person: Option<PersonId>,
    /// 用途 What it is for; no person's name
    #[arg(long)]
    label: Option<String>,
    /// 有效天数 Days it works; without it until revoked
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=36_500))]
    days: Option<i64>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::FOR_TOKENS.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
        let names = Role::FOR_TOKENS.map(|role| format!("{} {}", role.as_str(), role.zh()));
        format!("应为下列之一 one of: {}", names.join(", "))
    })
}

/// Makes, lists or revokes tokens in the node's file.
pub fn run(config: &Config, command: Command) -> Exit {
    let done = files::take_folder(&config.data)
        .map_err(|error| Exit::environment("数据目录 data folder", &error))
        .and_then(|()| open::clock(&config.data))
        .and_then(|clock| {
            carry_out(config, command, clock.now())
                .map_err(|error| Exit::environment("令牌 tokens", &error))
        });
    done.unwrap_or_else(|exit| exit)
}

fn carry_out(config: &Config, command: Command, now: Timestamp) -> Result<Exit, TokenError> {
    let tokens = Tokens::open(&config.data.join(files::NODE))?;
    match command {
        Command::Create(create) => {
            let expires_at = create.days.map(|days| now + SignedDuration::from_hours(24 * days));
            let Create { role, unit, person, label, .. } = create;
            let (token, secret) =
                tokens.create(NewToken { role, unit, person, label, expires_at }, now)?;
            eprintln!("账号 account {}；令牌只显示这一次 the token is shown this once:", token.id);
            println!("{}", secret.reveal());
        }
        Command::List => println!("{}", table(&tokens.list()?)),
        Command::Revoke { id } => {
            if !tokens.revoke(&id, now)? {
                eprintln!("没有有效的此账号令牌 no token stands for the account {id}");
                return Ok(Exit::Refused);
            }
            eprintln!("已撤销 revoked {id}");
        }
    }
    Ok(Exit::Ok)
}

fn table(tokens: &[Token]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.set_header([
        "账号 account",
        "角色 role",
        "单位 unit",
        "人员 person",
        "用途 label",
        "建立 made",
        "到期 expires",
        "撤销 revoked",
    ]);
    let moment =
        |moment: Option<Timestamp>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    for token in tokens {
        table.add_row([
            token.id.to_string(),
            format!("{} {}", token.role.as_str(), token.role.zh()),
            token.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            token.person.map(|person| person.to_string()).unwrap_or_default(),
            token.label.clone().unwrap_or_default(),
            moment(Some(token.made_at)),
            moment(token.expires_at),
            moment(token.revoked_at),
        ]);
    }
    table
}
