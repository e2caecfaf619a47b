//! How far the story has come, for whoever waits.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

/// One day played.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The day.
    pub day: Date,
    /// Its number in the story, from 1.
    pub number: u64,
    /// Days of the story.
    pub days: u32,
    /// Events in the log.
    pub events: u64,
}

/// Shows a bar on a terminal, and a line a month elsewhere; both on standard error.
pub fn reporter() -> impl FnMut(Progress) {
    let bar = std::io::stderr().is_terminal().then(|| {
        let style =
            ProgressStyle::with_template("{msg}  [{bar:40}] {pos}/{len} 天 days  {elapsed}");
        ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    });
    move |Progress { day, number, days, events }| {
        let last = number == u64::from(days);
        if let Some(bar) = &bar {
            bar.set_length(u64::from(days));
            bar.set_position(number);
            bar.set_message(format!("{day}  {events} 个事件 events"));
            if last {
                bar.finish();
            }
        } else if last || day.last_of_month() == day {
            eprintln!("{day}  {events} 个事件 events  {number}/{days}");
        }
    }
}
