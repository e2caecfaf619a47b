//! `rebuild`: all read models into a fresh file.

use std::path::Path;

use event_store::Place;

use crate::cli::Rebuild;
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::replayed::{self, Replayed};

pub(super) fn run(
    place: &Place,
    asked: &Rebuild,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let log = Log::open(place)?;
    refuse_to_overwrite(&asked.out, asked.force)?;
    replayed::build(&log, &asked.out, asked.cut.until(), console)?;
    let built = Replayed::open(&asked.out)?;
    let (heading, path) = (built.heading(&asked.cut), asked.out.display());
    console.say(&Said::new(
        format!("已重建到 {path}:{}。", heading.zh),
        format!("Rebuilt into {path}: {}.", heading.en),
    ))?;
    Ok(exit::OK)
}

/// Refuses to write over a file that is there, which may be somebody's evidence.
pub(super) fn refuse_to_overwrite(path: &Path, force: bool) -> Result<(), Failure> {
    if !force && path.exists() {
        let path = path.display();
        return Err(Failure::usage(
            format!("{path} 已存在;要覆盖请加 --force。"),
            format!("{path} exists already; add --force to overwrite it."),
        ));
    }
    Ok(())
}
