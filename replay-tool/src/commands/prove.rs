//! `prove`: an event with its way to the published checkpoint, to be checked by anybody, anywhere.

use std::path::Path;

use domain::NoticeId;
use event_store::{Place, Recorded, StreamId, Version};
use ledger::{Bundle, Checkpoint, Note};
use projections::Fact;
use projections::models::public_notice;

use crate::cli::Prove;
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::trust;

pub(super) fn run(
    place: &Place,
    data: &Path,
    asked: &Prove,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let log = Log::open(place)?;
    let event = find(&log, asked)?;
    let folder = asked.ledger.clone().unwrap_or_else(|| data_folder::ledger(data));
    let bundle = prove(&folder, &event)?.to_string();
    match &asked.out {
        None => write!(console.out, "{bundle}")?,
        Some(path) => {
            data_folder::replace(path, bundle.as_bytes())?;
            let (stream, version, path) = (&event.stream, event.version, path.display());
            console.note(&Said::new(
                format!("{stream}第{version}件事件的证明已写入 {path};用 replay check 核对。"),
                format!(
                    "The proof of event {version} of {stream} is in {path}; replay check checks it."
                ),
            ));
        }
    }
    Ok(exit::OK)
}

/// The event of a stream, or the one that published a notice.
fn find(log: &Log, asked: &Prove) -> Result<Recorded, Failure> {
    let stream = |name: &str| StreamId::new(name).ok();
    if let Some(stream) = stream(&asked.what)
        && let Some(event) = log.event(&stream, Version(asked.event.unwrap_or(1)))?
    {
        return Ok(event);
    }
    let none = || {
        let what = &asked.what;
        Failure::NotThere(Said::new(
            format!("日志中没有“{what}”这样的事件或公示;请给出事件流(及 --event 序号)或公示标识。"),
            format!(
                "The log has no such event or notice: {what}; name a stream (and --event N) or a notice."
            ),
        ))
    };
    let notice: NoticeId = asked.what.parse().map_err(|_| none())?;
    let of_resolution = asked
        .what
        .rsplit_once(['p', 'c'])
        .map(|(resolution, _)| format!("resolution-{}", resolution.trim_end_matches('-')));
    for name in [Some(format!("notice-{notice}")), of_resolution].into_iter().flatten() {
        let Some(stream) = stream(&name) else { continue };
        let events = log.stream(&stream)?;
        let facts: Result<Vec<Fact>, _> = events.iter().map(Fact::read).collect();
        let facts = facts.map_err(projections::ProjectionError::from)?;
        if let Some(fact) = public_notice::published_by(&notice, &facts)
            && let Some(event) = events.into_iter().find(|event| event.version == fact.version)
        {
            return Ok(event);
        }
    }
    Err(none())
}

fn prove(folder: &Path, event: &Recorded) -> Result<Bundle, Failure> {
    let unread = |source| Failure::Unread { path: folder.to_owned(), source };
    let shown = folder.display();
    let published = keeper::published_in(folder).map_err(unread)?;
    let reader = keeper::Reader::open(folder).map_err(unread)?;
    let (Some(text), Some(reader)) = (published, reader) else {
        return Err(Failure::NotThere(Said::new(
            format!("{shown} 中没有账本;请用 --ledger 指明。"),
            format!("There is no ledger in {shown}; name it with --ledger."),
        )));
    };
    let note: Note = trust::parsed(&text).map_err(Failure::NotThere)?;
    let size = Checkpoint::of(&note).map_or(0, |checkpoint| checkpoint.size);
    reader.prove(event, note, size).map_err(unread)?.ok_or_else(|| {
        Failure::NotThere(Said::new(
            format!("公布的检查点签署了{size}件事件,不含这一件:尚待签署,或账本与日志不符(replay verify 查明)。"),
            format!(
                "The published checkpoint is over {size} events and does not cover this one: it is still to be signed, or ledger and log differ (replay verify tells)."
            ),
        ))
    })
}
