//! `verify`: log, evidence and read models, checked.

use std::path::Path;

use event_store::Place;

use crate::advice::advise;
use crate::cli::{TextOrJson, Verify};
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::table;
use crate::verify::{self, Against, Compared, EvidencePlace, Finding, LISTED, Report};

pub(super) fn run(
    place: &Place,
    data: &Path,
    asked: &Verify,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let against = Against {
        folder: asked.ledger.clone().unwrap_or_else(|| data_folder::ledger(data)),
        checkpoints: asked.checkpoint.clone(),
        policy: asked.policy.clone(),
        keeps: asked.keep.is_some(),
    };
    let evidence = match &asked.evidence {
        Some(given) => EvidencePlace::given(given.location()?),
        None => EvidencePlace::of(data),
    };
    let log = Log::open(place)?;
    let report = verify::verify(&log, data, asked.strict, &against, &evidence, console)?;
    match asked.format {
        TextOrJson::Json => table::write_json(console, &report)?,
        TextOrJson::Text => text(&report, console)?,
    }
    if report.count > 0 {
        return Ok(exit::FINDING);
    }
    if let (Some(path), Some(checkpoint)) = (&asked.keep, &report.published) {
        data_folder::replace(path, checkpoint.as_bytes())?;
        let path = path.display();
        console.note(&Said::new(
            format!("检查点已保存于 {path};下次审计请用 --checkpoint 给出。"),
            format!(
                "The checkpoint is kept in {path}; bring it to the next audit with --checkpoint."
            ),
        ));
    }
    Ok(exit::OK)
}

/// Checks a log as text, for commands that go on only where nothing is found.
pub(super) fn log(
    log: &Log,
    data: &Path,
    against: &Against,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let report = verify::verify(log, data, false, against, &EvidencePlace::of(data), console)?;
    text(&report, console)?;
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
    advise(console, &report.advice)?;
    let Report { events, streams, count, .. } = report;
    let (zh, en) = if report.compared {
        ("已与读模型比较", "compared with the read models")
    } else {
        ("未与读模型比较", "not compared with the read models")
    };
    if report.checkpoints > 0 {
        let witnesses = report.witnesses.iter().map(|name| &**name).collect::<Vec<_>>().join(", ");
        let (seen_zh, seen_en) = match witnesses.as_str() {
            "" => (String::new(), String::new()),
            names => (format!(",见证方 {names}"), format!(", witnessed by {names}")),
        };
        let agreed = report.checkpoints;
        console.say(&Said::new(
            format!("日志与{agreed}个检查点一致{seen_zh}。"),
            format!("The log agrees with {agreed} checkpoint(s){seen_en}."),
        ))?;
    }
    if report.sections > 0 {
        let sections = report.sections;
        console.say(&Said::new(
            format!("{sections}个个人信息分段与事件所载摘要一致,或已删除。"),
            format!("{sections} personal section(s) are as their events say, or erased."),
        ))?;
    }
    if let Some(Compared { cited, sound, uncited, .. }) = report.evidence {
        console.say(&Said::new(
            format!("事件引用{cited}件佐证材料,{sound}件与摘要一致;另有{uncited}件没有事件引用。"),
            format!(
                "{sound} of {cited} piece(s) of evidence that events name are as they were kept; {uncited} more are named by none."
            ),
        ))?;
    }
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
