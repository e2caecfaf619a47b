//! `verify`: the log and the read models, checked.

use std::path::Path;

use event_store::Place;

use crate::cli::{TextOrJson, Verify};
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::table;
use crate::verify::{self, Finding, LISTED, Report};

pub(super) fn run(
    place: &Place,
    data: &Path,
    asked: &Verify,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let report = verify::verify(&Log::open(place)?, data, asked.strict, console)?;
    match asked.format {
        TextOrJson::Json => table::write_json(console, &report)?,
        TextOrJson::Text => text(&report, console)?,
    }
    Ok(if report.count == 0 { exit::OK } else { exit::FINDING })
}

fn text(report: &Report, console: &mut Console<'_>) -> Result<(), Failure> {
    for finding in &report.findings {
        console.say(&line(finding))?;
    }
    if report.count > LISTED as u64 {
        let more = report.count - LISTED as u64;
        console
            .say(&Said::new(format!("……另有{more}处或更多。"), format!("… and {more} or more.")))?;
    }
    for notice in &report.notices {
        let Said { zh, en } = line(notice);
        console.say(&Said::new(format!("提示 {zh}"), format!("note {en}")))?;
    }
    let Report { events, streams, count, .. } = report;
    let (zh, en) = if report.compared {
        ("已与读模型比较", "compared with the read models")
    } else {
        ("未与读模型比较", "not compared with the read models")
    };
    let (result_zh, result_en) = match count {
        0 => ("没有发现问题。".to_owned(), "nothing found.".to_owned()),
        1 => ("发现1处问题。".to_owned(), "1 finding.".to_owned()),
        count => (format!("发现{count}处问题。"), format!("{count} findings.")),
    };
    console.say(&Said::new(
        format!("{events}件事件,{streams}个事件流,{zh}:{result_zh}"),
        format!("{events} events in {streams} streams, {en}: {result_en}"),
    ))
}

fn line(finding: &Finding) -> Said {
    let (place, said, check) = (finding.place(), &finding.said, finding.check);
    Said::new(
        format!("[{check}] {}{}", place.zh, said.zh),
        format!("[{check}] {}{}", place.en, said.en),
    )
}
