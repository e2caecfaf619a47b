//! `copy`: a whole history to another log, compared record by record.

use std::time::Instant;

use event_store::{EventStore, Place};

use crate::cli::Copy;
use crate::console::{Bar, Console};
use crate::copy::{self, Ends, Equal, Phase};
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;

pub(super) fn run(place: &Place, asked: &Copy, console: &mut Console<'_>) -> Result<u8, Failure> {
    let from = match &asked.from {
        Some(given) => given.place()?,
        None => place.clone(),
    };
    between(&from, &asked.to.place()?, asked.compare, console)
}

/// Moves a history, or only compares.
pub(super) fn between(
    from: &Place,
    to: &Place,
    compare: bool,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let begun = Instant::now();
    if from.is_also(to) {
        return Err(Failure::usage(
            "来源与目标是同一日志。",
            "Source and target are the same log.",
        ));
    }
    let source = Log::open(from)?;
    let equal = if compare {
        let target = Log::open(to)?;
        watched(&source, target.store(), console, |ends, watch| ends.compare(watch))?
    } else {
        let target = source.open_target(to)?;
        watched(&source, &*target, console, |ends, watch| ends.copy(watch))?
    };
    say(from, to, &equal, begun, console)?;
    if source.handle().block_on(source.store().head())? > equal.goal {
        console.note(&Said::new(
            "来源其间有新增,只搬到开始时的末尾;再运行一次即接着搬。",
            "The source has grown meanwhile; it was copied up to where it ended at the beginning. The same again goes on.",
        ));
    }
    Ok(exit::OK)
}

/// Does the work and shows how far it has come, phase by phase.
fn watched(
    source: &Log,
    target: &dyn EventStore,
    console: &mut Console<'_>,
    work: impl FnOnce(&Ends<'_>, copy::Watch<'_>) -> Result<Equal, copy::CopyError>,
) -> Result<Equal, Failure> {
    let ends = Ends { source: source.store(), target, handle: source.handle() };
    let mut shown: Option<(Phase, Bar, u64)> = None;
    let done = work(&ends, &mut |at| {
        if let Some((_, bar, events)) = shown.take_if(|(phase, ..)| *phase != at.phase) {
            console.done(bar, events);
        }
        let (_, bar, events) = shown.get_or_insert_with(|| {
            let what = match at.phase {
                Phase::Compare => Said::new("核对", "compare"),
                Phase::Append => Said::new("搬运", "copy"),
            };
            (at.phase, console.progress(what, at.goal), 0)
        });
        *events = at.events;
        bar.counts(at.position, at.events);
    });
    if let Some((_, bar, events)) = shown {
        console.done(bar, events);
    }
    Ok(done?)
}

fn say(
    from: &Place,
    to: &Place,
    equal: &Equal,
    begun: Instant,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Equal { events, appended, source, target, .. } = equal;
    let (seconds, before) = (begun.elapsed().as_secs_f64(), events - appended);
    for (label, place, digest) in
        [(("来源", "source"), from, source), (("目标", "target"), to, target)]
    {
        console.say(&Said::new(
            format!("{} {place} {events}件事件 SHA-256 {digest}", label.0),
            format!("{} {place}, {events} events, SHA-256 {digest}", label.1),
        ))?;
    }
    console.say(&Said::new(
        format!("搬运{appended}件,原有{before}件;两端逐条相同。用时{seconds:.1}秒。"),
        format!(
            "{appended} events copied, {before} were there; both ends are equal, record by record. {seconds:.1} s."
        ),
    ))
}
