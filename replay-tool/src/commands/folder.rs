//! `export --dir` and `import`: a whole history as a folder that verifies by itself.

use std::path::Path;

use event_store::Place;

use super::{copy, verify};
use crate::cli::{Export, Import};
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::verify::Against;

/// The log as it stands, with the hashes and the checkpoint of its ledger; verified when it is whole.
pub(super) fn export(
    place: &Place,
    data: &Path,
    folder: &Path,
    asked: &Export,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let to = Place::Sqlite(folder.to_owned());
    let from = asked.ledger.clone().unwrap_or_else(|| data_folder::ledger(data));
    let target = data_folder::ledger(folder);
    data_folder::make(folder)
        .map_err(|source| Failure::File { path: folder.to_owned(), source })?;
    // The ledger is copied first, so that the log copied after it holds every event that it covers.
    let kept = keeper::copy(&from, &target)
        .map_err(|source| Failure::File { path: target.clone(), source })?;
    if !kept {
        console.note(&Said::new(
            "没有账本:导出的目录只有事件,不能自行校验字节。",
            "There is no ledger: the folder has the events alone, and does not tell whether their bytes were changed.",
        ));
    }
    let code = copy::between(place, &to, false, console)?;
    if code != exit::OK {
        return Ok(code);
    }
    let against = Against { folder: target, checkpoints: Vec::new(), policy: None, keeps: false };
    verify::log(&Log::open(&to)?, folder, &against, console)
}

/// The history of an exported folder into another log, after it was verified.
pub(super) fn import(asked: &Import, console: &mut Console<'_>) -> Result<u8, Failure> {
    let from = Place::Sqlite(asked.dir.clone());
    let against = Against {
        folder: data_folder::ledger(&asked.dir),
        checkpoints: asked.checkpoint.clone(),
        policy: asked.policy.clone(),
        keeps: false,
    };
    let found = verify::log(&Log::open(&from)?, &asked.dir, &against, console)?;
    if found != exit::OK {
        return Ok(found);
    }
    copy::between(&from, &asked.to.place()?, false, console)
}
