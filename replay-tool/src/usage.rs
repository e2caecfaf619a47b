//! What is wrong with a command line, in both languages.

use std::io::Write;

use clap::error::{ContextKind, ErrorKind};

use crate::failure::exit;

/// Prints help where it was asked for, else what is wrong; gives the exit code.
pub fn explain(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    if !error.use_stderr() {
        drop(write!(out, "{}", error.render()));
        return exit::OK;
    }
    let named = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let about = named.into_iter().find_map(|kind| error.get(kind)).map(ToString::to_string);
    let about = about.map(|about| format!("({about})")).unwrap_or_default();
    drop(writeln!(err, "用法有误:{}{about}", chinese(error.kind())));
    drop(write!(err, "{}", error.render()));
    exit::USAGE
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the kinds are clap's own and may grow")]
fn chinese(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "参数的值不合要求。",
        ErrorKind::UnknownArgument => "没有这个参数。",
        ErrorKind::InvalidSubcommand => "没有这个命令。",
        ErrorKind::MissingRequiredArgument => "缺少必需的参数。",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "请写明命令,见 replay --help。"
        }
        ErrorKind::ArgumentConflict => "参数不能同时使用。",
        ErrorKind::InvalidUtf8 => "参数不是有效的UTF-8文字。",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "参数的个数不对。"
        }
        _ => "请见 replay --help。",
    }
}
