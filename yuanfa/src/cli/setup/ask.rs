//! Questions on a terminal, each with its default.

use std::fmt::Display;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::str::FromStr;

use super::super::Exit;

/// Somebody at a terminal, or nobody: then the defaults are taken.
pub struct Clerk {
    answers: bool,
}

impl Clerk {
    /// Whoever sits at standard input, unless told to ask nothing.
    pub fn unless(silent: bool) -> Self {
        Self { answers: !silent && std::io::stdin().is_terminal() }
    }

    /// Whether anybody answers.
    pub fn answers(&self) -> bool {
        self.answers
    }

    /// Asks for something that may be left out; what was given as an option is not asked for. An empty answer takes the
    /// default, `-` says that there is none.
    ///
    /// # Errors
    /// When standard input ends.
    pub fn maybe<T: FromStr<Err: Display>>(
        &self,
        given: Option<T>,
        question: &str,
        default: Option<&str>,
    ) -> Result<Option<T>, Exit> {
        let parse = |text: &str| text.parse().map_err(|bad: T::Err| bad.to_string());
        let default_value = || default.map(&parse).transpose();
        if given.is_some() || !self.answers {
            return given
                .map_or_else(|| default_value().map_err(|bad| wrong(&bad)), |one| Ok(Some(one)));
        }
        loop {
            let line = Self::line(question, default.unwrap_or("无 none"))?;
            let value = match line.as_str() {
                "" => default_value(),
                "-" | "无" => Ok(None),
                text => parse(text).map(Some),
            };
            match value {
                Ok(value) => return Ok(value),
                Err(bad) => eprintln!("  {bad}"),
            }
        }
    }

    /// Asks for something that has to be said.
    ///
    /// # Errors
    /// When nobody answers and there is no default; `option` names the option that says it.
    pub fn must<T: FromStr<Err: Display>>(
        &self,
        given: Option<T>,
        question: &str,
        default: Option<&str>,
        option: &str,
    ) -> Result<T, Exit> {
        let mut given = given;
        loop {
            match self.maybe(given.take(), question, default)? {
                Some(value) => return Ok(value),
                None if self.answers => eprintln!("  必填 this has to be said"),
                None => {
                    eprintln!("yuanfa: {question}: 请用 {option} 指定 say it with {option}");
                    return Err(Exit::Usage);
                }
            }
        }
    }

    /// Asks yes or no.
    ///
    /// # Errors
    /// When standard input ends.
    pub fn agrees(&self, question: &str, default: bool) -> Result<bool, Exit> {
        if !self.answers {
            return Ok(default);
        }
        let shown = if default { "是 y" } else { "否 n" };
        loop {
            match Self::line(question, shown)?.to_lowercase().as_str() {
                "" => return Ok(default),
                "是" | "y" | "yes" => return Ok(true),
                "否" | "n" | "no" => return Ok(false),
                _ => eprintln!("  请答 是 或 否 answer y or n"),
            }
        }
    }

    fn line(question: &str, default: &str) -> Result<String, Exit> {
        let ended = |error: std::io::Error| Exit::environment("标准输入 standard input", &error);
        print!("{question} [{default}]: ");
        std::io::stdout().flush().map_err(ended)?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).map_err(ended)? == 0 {
            eprintln!("\n未作改动 nothing was changed");
            return Err(Exit::Refused);
        }
        Ok(line.trim().to_owned())
    }
}

fn wrong(bad: &str) -> Exit {
    eprintln!("yuanfa: {bad}");
    Exit::Usage
}
