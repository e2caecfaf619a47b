//! Where answers, notes and progress go.

use std::io::{IsTerminal as _, Write};
use std::time::{Duration, Instant};

use event_store::Position;
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Failure, exit};
use crate::lang::{Lang, Said};

/// Answers to `out`, everything else to `err`.
pub struct Console<'a> {
    /// Answers.
    pub out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// The language of both.
    pub lang: Lang,
    /// How many columns of characters an answer may take.
    pub columns: usize,
    quiet: bool,
}

impl<'a> Console<'a> {
    /// A console of a language and so many columns; `quiet` leaves out progress and notes.
    pub fn new(
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
        (lang, columns): (Lang, usize),
        quiet: bool,
    ) -> Self {
        Self { out, err, lang, columns, quiet }
    }

    /// One line of answer.
    pub fn say(&mut self, said: &Said) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{}", said.pick(self.lang))?)
    }

    /// One line beside the answer.
    pub fn note(&mut self, said: &Said) {
        if !self.quiet {
            // A note that cannot be written is dropped: the answer is complete without it.
            drop(writeln!(self.err, "{}", said.pick(self.lang)));
        }
    }

    /// Says why there is no answer, and gives the exit code.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        if failure.is_hang_up() {
            return exit::OK;
        }
        let head = self.lang.pick("错误:", "error: ");
        drop(writeln!(self.err, "{head}{}", failure.said().pick(self.lang)));
        let mut cause = std::error::Error::source(failure);
        while let Some(error) = cause {
            drop(writeln!(self.err, "  {error}"));
            cause = error.source();
        }
        failure.code()
    }

    /// A bar for work up to this position. Without a terminal it is one line when the work is done.
    pub fn progress(&mut self, what: Said, goal: Position) -> Bar {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        let bar = if shown { ProgressBar::new(goal.0) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template(bar_template(self.lang)) {
            bar.set_style(style);
        }
        bar.set_message(what.pick(self.lang).to_owned());
        if shown {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Bar { bar, what, shown, begun: Instant::now() }
    }

    /// Ends a bar of work on events.
    pub fn done(&mut self, progress: Bar, events: u64) {
        self.done_with(progress, events, &Said::new("事件", "events"));
    }

    /// Ends a bar of work on so many of these.
    pub fn done_with(&mut self, progress: Bar, count: u64, these: &Said) {
        progress.bar.finish_and_clear();
        if !progress.shown {
            let Said { zh, en } = &progress.what;
            let rate = progress.rate(count);
            self.note(&Said::new(
                format!("{zh}:{count}件{},每秒{rate}件", these.zh),
                format!("{en}: {count} {}, {rate} a second", these.en),
            ));
        }
    }
}

/// What a bar shows: what is being done, how far it is, and how long it takes still.
fn bar_template(lang: Lang) -> &'static str {
    lang.pick(
        "{msg} {prefix} {wide_bar} {percent}% 约剩{eta}",
        "{msg} {prefix} {wide_bar} {percent}% about {eta} left",
    )
}

/// A bar for work under way.
pub struct Bar {
    bar: ProgressBar,
    what: Said,
    shown: bool,
    begun: Instant,
}

impl Bar {
    /// How far it has come.
    pub fn at(&self, position: Position) {
        self.bar.set_position(position.0);
    }

    /// As [`at`](Self::at), and how many events that makes.
    pub fn counts(&self, position: Position, events: u64) {
        self.at(position);
        if self.shown {
            self.bar.set_prefix(format!("{events} ({}/s)", self.rate(events)));
        }
    }

    /// Takes the bar away without a word.
    pub fn hide(self) {
        self.bar.finish_and_clear();
    }

    /// Events a second since it began.
    pub fn rate(&self, events: u64) -> u64 {
        let millis = self.begun.elapsed().as_millis().max(1);
        u64::try_from(u128::from(events) * 1000 / millis).unwrap_or(u64::MAX)
    }
}
