//! `export`: the events, one JSON object a line.

use std::io::Write;
use std::path::Path;

use event_store::{Place, Recorded};
use serde::de::IgnoredAny;

use crate::cli::Export;
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;

/// `--out`.
pub(super) fn lines(
    place: &Place,
    out: &Path,
    asked: &Export,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let log = Log::open(place)?;
    super::rebuild::refuse_to_overwrite(out, asked.force)?;
    let goal = log.goal(asked.cut.until())?;
    let failed = |source| Failure::File { path: out.to_owned(), source };
    let progress = console.progress(Said::new("导出", "export"), goal.position);
    let mut events = 0_u64;
    let written = data_folder::replace_with(out, |file| {
        log.for_each(goal, |recorded| {
            events += 1;
            progress.at(recorded.position);
            line(recorded, file, failed)
        })
    });
    console.done(progress, events);
    written?;
    let path = out.display();
    console.say(&Said::new(
        format!("已导出{events}件事件到 {path}。"),
        format!("{events} events exported to {path}."),
    ))?;
    Ok(exit::OK)
}

/// One event. Data and metadata are the stored bytes, unchanged, so that their digests can be checked.
fn line(
    recorded: &Recorded,
    file: &mut impl Write,
    failed: impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    let Recorded { position, stream, version, id, recorded_at, .. } = recorded;
    let kind = serde_json::to_string(&recorded.kind)?;
    let head = format!(
        r#"{{"position":{position},"stream":"{stream}","version":{version},"id":"{id}","kind":{kind},"recorded_at":"{recorded_at}","metadata":"#
    );
    let (metadata, data) = (json(&recorded.metadata, recorded)?, json(&recorded.data, recorded)?);
    let parts = [head.as_bytes(), metadata, br#","data":"#, data, b"}\n"];
    parts.into_iter().try_for_each(|part| file.write_all(part)).map_err(failed)
}

/// The stored bytes, which must be JSON on one line.
fn json<'a>(bytes: &'a [u8], recorded: &Recorded) -> Result<&'a [u8], Failure> {
    let one_line = !bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    if one_line && serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
        return Ok(bytes);
    }
    let (position, stream) = (recorded.position, &recorded.stream);
    Err(Failure::NotThere(Said::new(
        format!("位置{position}(事件流{stream})的事件不是一行JSON;请运行 replay verify 查明。"),
        format!(
            "The event at position {position} of stream {stream} is not one line of JSON; run replay verify to see why."
        ),
    )))
}
