//! Help, and what is wrong with a command line: in the language that `--lang` asks for, else in both.

use std::ffi::OsString;
use std::io::Write;

use clap::error::{ContextKind, ErrorKind};
use clap::{Command, ValueEnum as _};

use crate::failure::exit;
use crate::lang::Lang;

/// The words that clap itself puts around ours.
const CLAPS_OWN: [(&str, &str); 14] = [
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("Usage:", "用法:"),
    ("Commands:", "命令:"),
    ("Arguments:", "参数:"),
    ("Options:", "选项:"),
    ("Possible values:", "可用的值:"),
    ("[possible values:", "[可用的值:"),
    ("[default:", "[默认:"),
    ("[env:", "[环境变量:"),
    ("[alias:", "[别名:"),
    ("[aliases:", "[别名:"),
    ("Print version", "显示版本"),
    ("Print this message or the help of the given subcommand(s)", "显示某一命令的帮助"),
];

/// The language that a command line asks for, right or wrong as the rest of it may be.
pub fn asked(args: &[OsString]) -> Option<Lang> {
    let given = args.iter().zip(args.iter().skip(1).map(Some).chain([None]));
    let named = given.filter_map(|(arg, next)| match arg.to_str()? {
        "--lang" => next?.to_str(),
        arg => arg.strip_prefix("--lang="),
    });
    named.last().and_then(|name| Lang::from_str(name, true).ok())
}

/// The command line as it describes itself in one language.
pub fn told_in(command: Command, lang: Option<Lang>) -> Command {
    let Some(lang) = lang else { return command };
    let (about, long) = (command.get_about(), command.get_long_about());
    let (about, long) = [about, long].map(|text| text.map(|it| part(&it.to_string(), lang))).into();
    let command = about.into_iter().fold(command, Command::about);
    let command = long.into_iter().fold(command, Command::long_about);
    let command = command.mut_args(|arg| {
        let (help, long) = (arg.get_help(), arg.get_long_help());
        let (help, long) =
            [help, long].map(|text| text.map(|it| part(&it.to_string(), lang))).into();
        let arg = help.into_iter().fold(arg, clap::Arg::help);
        long.into_iter().fold(arg, clap::Arg::long_help)
    });
    command.mut_subcommands(|sub| told_in(sub, Some(lang)))
}

/// Prints help where it was asked for, else what is wrong; gives the exit code.
pub fn explain(
    error: &clap::Error,
    lang: Option<Lang>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let rendered = error.render().to_string();
    if !error.use_stderr() {
        drop(write!(
            out,
            "{}",
            lang.map_or_else(|| rendered.clone(), |lang| help(&rendered, lang))
        ));
        return exit::OK;
    }
    let why = std::error::Error::source(error).map(ToString::to_string);
    let named = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let about = named.into_iter().find_map(|kind| error.get(kind)).map(ToString::to_string);
    let about = about.map(|about| format!("({about})")).unwrap_or_default();
    let head = format!("用法有误:{}{about}", chinese(error.kind()));
    let told = match lang {
        None => format!("{head}\n{rendered}"),
        Some(Lang::En) => match &why {
            Some(why) => rendered.replace(why.as_str(), &part(why, Lang::En)),
            None => rendered,
        },
        Some(Lang::Zh) => {
            let valid = [ContextKind::ValidValue, ContextKind::ValidSubcommand];
            let valid = valid.into_iter().find_map(|kind| error.get(kind));
            let valid = valid.map(|valid| format!("可用的有:{valid}。"));
            let why = why.and_then(|why| reason(&why));
            let usage =
                error.get(ContextKind::Usage).map(|usage| help(&usage.to_string(), Lang::Zh));
            let lines = [Some(head), valid, why, usage].into_iter().flatten();
            lines.map(|line| format!("{}\n", line.trim_end())).collect()
        }
    };
    drop(write!(err, "{told}"));
    exit::USAGE
}

/// Why a value is not taken, in Chinese; none where only clap knows.
fn reason(why: &str) -> Option<String> {
    match why.split_once(" is not in ") {
        Some((value, range)) => Some(format!("{value}不在{range}之内。")),
        None => Some(part(why, Lang::Zh)).filter(|why| has_han(why)),
    }
}

/// What clap wrote, in one language: its own words, and the meaning of each possible value.
fn help(rendered: &str, lang: Lang) -> String {
    let mut text = String::new();
    for line in rendered.lines() {
        let told = match line.split_once(": ") {
            Some((value, meaning)) if value.trim_start().starts_with("- ") => {
                format!("{value}: {}", part(meaning, lang))
            }
            Some(_) | None => line.to_owned(),
        };
        text.push_str(&told);
        text.push('\n');
    }
    if lang == Lang::Zh {
        text = CLAPS_OWN.iter().fold(text, |text, (en, zh)| text.replace(en, zh));
        text = text.replace("Print help (see more with '--help')", "显示帮助(--help 更详细)");
        text = text.replace("Print help (see a summary with '-h')", "显示帮助(-h 较简略)");
        text = text.replace("Print help", "显示帮助");
    }
    text
}

/// The paragraphs of one language. A paragraph of both says it in Chinese first; what is the same in both stays.
fn part(text: &str, lang: Lang) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").filter_map(|it| paragraph(it, lang)).collect();
    if paragraphs.is_empty() { text.to_owned() } else { paragraphs.join("\n\n") }
}

fn paragraph(text: &str, lang: Lang) -> Option<String> {
    if let Some(examples) = text.strip_prefix("例 ") {
        let (head, examples) = examples.split_once(": ").unwrap_or_default();
        return Some(format!("{}:{}{examples}", lang.pick("例", head), lang.pick("", " ")));
    }
    let both = text.match_indices("。 ").find(|(at, mark)| !has_han(&text[at + mark.len()..]));
    match both {
        Some((at, mark)) => {
            let (zh, en) = text.split_at(at + mark.len());
            Some(lang.pick(zh.trim_end(), en.trim()).to_owned())
        }
        None => (has_han(text) == (lang == Lang::Zh)).then(|| text.to_owned()),
    }
}

fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
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
