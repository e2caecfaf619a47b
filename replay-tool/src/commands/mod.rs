//! The commands, one a file.

mod diff;
mod explain;
mod export;
mod rebuild;
mod show;
mod stats;
mod verify;

use crate::cli::{Cli, Command};
use crate::console::Console;
use crate::failure::Failure;

/// Carries out what the command line asks for, and gives the exit code.
pub fn run(cli: &Cli, console: &mut Console<'_>) -> Result<u8, Failure> {
    match &cli.command {
        Command::Verify(asked) => verify::run(&cli.data, asked, console),
        Command::Rebuild(asked) => rebuild::run(&cli.data, asked, console),
        Command::Show(asked) => show::run(&cli.data, asked, console),
        Command::Diff(asked) => diff::run(&cli.data, asked, console),
        Command::Explain(asked) => explain::run(&cli.data, asked, console),
        Command::Export(asked) => export::run(&cli.data, asked, console),
        Command::Stats(asked) => stats::run(&cli.data, asked, console),
    }
}
