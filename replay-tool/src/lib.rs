//! The auditors' program `replay`: verify, rebuild, as-of, diff, explain, audit, export, copy, witness.
//!
//! It reads the log and never writes to it, also while the service runs. Everything it says follows from
//! the log alone: a number is believed because it was replayed. [`run`] is the whole program. Only [`copy`] writes, to
//! another log, and `witness`, which knows no log, to its own folder.

mod advice;
mod audit;
mod cli;
mod commands;
mod console;
pub mod copy;
mod data_folder;
mod explain;
mod failure;
mod lang;
mod log;
mod moment;
mod prose;
mod replayed;
mod show;
mod stop;
mod table;
mod trust;
mod usage;
mod verify;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory as _, FromArgMatches as _};

use cli::Cli;
use console::Console;
pub use failure::exit;

/// Runs the program: `args` with its name first, answers to `out`, everything else to `err`.
///
/// Gives the exit code: 0 all is well, 1 something was found, 2 bad usage, 3 a file cannot be opened,
/// read or written. Blocks, and must not be called from async code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_within(papers::screen::columns(), args, out, err)
}

/// As [`run`], in so many columns of characters.
pub fn run_within(
    columns: usize,
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = usage::asked(&args);
    let parsed = usage::told_in(Cli::command(), lang).try_get_matches_from(args);
    match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => {
            let mut console = Console::new(out, err, (cli.lang(), columns), cli.quiet);
            match commands::run(&cli, &mut console) {
                Ok(code) => code,
                Err(failure) => console.fail(&failure),
            }
        }
        Err(error) => usage::explain(&error, lang, out, err),
    }
}
