mod issue_all;
mod listing;
mod role;
mod table;
mod telling;

use application::files;
use application::tokens::{NewToken, Register, Token, Tokens};
use clap::{Args, Subcommand};
use domain::{ActorId, PersonId, Role, Text, UnitCode, end_of_day};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::exit::on_runtime;
use super::{Exit, open};
use crate::config::Config;
use telling::{failed, log, refused};

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建令牌 Make a token; its secret is shown once
    Create(Create),
    /// 账号表 Write a workbook with a row for each unit that has no account of a role yet, to look through and issue
    #[command(after_long_help = role::list())]
    Table(table::Args),
    /// 批量发放 Make the tokens of many units from one table, with slips to hand out
    ///
    /// 与已有账号比对：没有的发放，到期日不同的改期，相同的不变。每个令牌只写入令牌条和令牌表一次，服务不保存。
    /// Compared with the accounts that stand: what is not there is issued, another last day is moved, the same stays. Each
    /// secret is written once, into the slips and the table of secrets; the service keeps none.
    #[command(after_long_help = role::list())]
    IssueAll(issue_all::Args),
    /// 列出令牌 List tokens, without their secrets
    List(listing::Args),
    /// 更换令牌 Give an account a new secret, shown once; it stays the same account
    Rotate(Rotate),
    /// 撤销令牌 Revoke a token; a running service knows at once
    Revoke {
        /// 账号 The account, as `token list` shows it
        id: ActorId,
    },
}

/// A token to make.
#[derive(Debug, Args)]
pub struct Create {
    /// 角色 What the account is for
    #[arg(long, value_parser = role::parser())]
    role: Role,
    /// 单位代码 Registered unit whose subtree the account may act on; without it the whole county
    #[arg(long, required_if_eq("role", "unit_administrator"))]
    unit: Option<UnitCode>,
    /// 志愿者编号 Registered person behind the account
    #[arg(long, value_name = "V…", required_if_eq("role", "volunteer"))]
    person: Option<PersonId>,
    /// 用途 Post or desk that it is for, up to 80 characters; no person's name
    #[arg(long)]
    label: Option<Text<80>>,
    #[command(flatten)]
    end: End,
}

/// A new secret to make.
#[derive(Debug, Args)]
pub struct Rotate {
    /// 账号 The account, as `token list` shows it
    id: ActorId,
    /// 宽限小时 Hours for which the secret before works on, up to 30 days; without it that ends at once
    #[arg(long, value_name = "HOURS", default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=720))]
    grace: i64,
    #[command(flatten)]
    end: End,
}

/// When a token stops working.
#[derive(Debug, Args)]
struct End {
    /// 有效天数 Days it works; without it until revoked
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=36_500))]
    days: Option<i64>,
    /// 到期日 The last day on which it works, for example 2027-12-31
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    last_day: Option<Date>,
}

impl End {
    fn moment(&self, now: Timestamp) -> Option<Timestamp> {
        let by_days = self.days.map(|days| now + SignedDuration::from_hours(24 * days));
        by_days.or_else(|| self.last_day.map(end_of_day))
    }

    /// The moment, unless it is past.
    fn to_come(&self, now: Timestamp) -> Result<Option<Timestamp>, Exit> {
        let end = self.moment(now);
        if end.is_some_and(|end| end <= now) {
            eprintln!("到期日应为今天或以后 the last day must be today or later");
            return Err(Exit::Refused);
        }
        Ok(end)
    }
}

/// Makes, lists, rotates or revokes tokens in the node's file.
pub fn run(config: &Config, command: Command) -> Exit {
    on_runtime(async {
        files::take_folder(&config.data)
            .map_err(|error| Exit::environment("数据目录 data folder", &error))?;
        let now = open::clock(&config.data)?.now();
        let tokens =
            Tokens::open(&config.data.join(files::NODE)).map_err(|error| failed(&error))?;
        match command {
            Command::Create(new) => create(config, &tokens, new, now).await,
            Command::Table(args) => table::run(config, &tokens, &args, now).await,
            Command::IssueAll(args) => issue_all::run(config, &tokens, &args, now).await,
            Command::List(args) => listing::run(&tokens, &args, now),
            Command::Rotate(args) => rotate(&tokens, &args, now),
            Command::Revoke { id } => revoke(&tokens, &id, now),
        }
    })
}

async fn create(
    config: &Config,
    tokens: &Tokens,
    new: Create,
    now: Timestamp,
) -> Result<Exit, Exit> {
    let Create { role, unit, person, label, end } = new;
    let expires_at = end.to_come(now)?;
    if unit.is_some() || person.is_some() {
        let log = log(config).await?;
        let unreadable =
            |error: application::Error| Exit::environment("事件日志 event log", &error);
        let register = Register::read(log.as_deref()).await.map_err(unreadable)?;
        let checked = register.check(unit.as_ref(), person).await.map_err(unreadable)?;
        checked.map_err(|why| refused(&why))?;
    }
    let label = label.map(|label| label.as_str().to_owned());
    let new = NewToken { role, unit, person, label, expires_at };
    let (token, secret) = tokens.create(new, now).map_err(|error| failed(&error))?;
    eprintln!("账号 account {}\n令牌只显示这一次 the token is shown this once:", token.id);
    println!("{}", secret.reveal());
    Ok(Exit::Ok)
}

fn rotate(tokens: &Tokens, args: &Rotate, now: Timestamp) -> Result<Exit, Exit> {
    let (grace, end) = (SignedDuration::from_hours(args.grace), args.end.to_come(now)?);
    let rotated = tokens.rotate(&args.id, grace, end, now).map_err(|error| failed(&error))?;
    let (token, secret) = rotated.map_err(|why| refused(&why))?;
    match token.previous_until {
        Some(until) => eprintln!("旧令牌有效至 the secret before works until {until}"),
        None => eprintln!("旧令牌已失效 the secret before has ended"),
    }
    eprintln!("账号 account {}\n新令牌只显示这一次 the new token is shown this once:", token.id);
    println!("{}", secret.reveal());
    Ok(Exit::Ok)
}

fn revoke(tokens: &Tokens, id: &ActorId, now: Timestamp) -> Result<Exit, Exit> {
    if !tokens.revoke(id, now).map_err(|error| failed(&error))? {
        eprintln!("没有有效的此账号令牌 no token stands for the account {id}");
        return Ok(Exit::Refused);
    }
    eprintln!("已撤销 revoked {id}");
    let is_office = |token: &Token| token.role == Role::CountyOffice && token.works_at(now);
    if !tokens.list().map_err(|error| failed(&error))?.iter().any(is_office) {
        eprintln!(
            "注意：县委依法治县办已没有有效账号；请新建 note: no account of the county office works any more; make one: \
             yuanfa token create --role county_office"
        );
    }
    Ok(Exit::Ok)
}
