//! The commands, one a file.

mod audit;
mod check;
mod copy;
mod diff;
mod explain;
mod export;
mod folder;
mod policy;
mod prove;
mod rebuild;
mod show;
mod stats;
mod verify;
mod watch;
mod witness;

use crate::cli::{Cli, Command};
use crate::console::Console;
use crate::failure::{Failure, exit};

/// Carries out what the command line asks for, and gives the exit code.
pub fn run(cli: &Cli, console: &mut Console<'_>) -> Result<u8, Failure> {
    let place = cli.place()?;
    match &cli.command {
        Command::Verify(asked) => verify::run(&place, &cli.data, asked, console),
        Command::Rebuild(asked) => rebuild::run(&place, asked, console),
        Command::Show(asked) => show::run(&place, asked, console),
        Command::Diff(asked) => diff::run(&place, asked, console),
        Command::Explain(asked) => explain::run(&place, asked, console),
        Command::Export(asked) => match (&asked.out, &asked.dir) {
            (Some(out), _) => export::lines(&place, out, asked, console),
            (None, Some(dir)) => folder::export(&place, &cli.data, dir, asked, console),
            (None, None) => Ok(exit::USAGE),
        },
        Command::Import(asked) => folder::import(asked, console),
        Command::Stats(asked) => stats::run(&place, asked, console),
        Command::Audit(asked) => audit::run(&place, &cli.data, asked, console),
        Command::Prove(asked) => prove::run(&place, &cli.data, asked, console),
        Command::Check(asked) => check::run(asked, console),
        Command::Policy(asked) => policy::run(asked, console),
        Command::Copy(asked) => copy::run(&place, asked, console),
        Command::Watch(asked) => watch::run(asked, console),
        Command::Witness(asked) => witness::run(asked, console),
    }
}
