//! The live read models equal rebuilt ones, row for row, as of where they stand.

use std::path::Path;

use event_store::Position;
use projections::{ALL, Checkpoint, Difference, Folded, ProjectionError, Until};
use rusqlite::Connection;

use super::finding::{Cell, Finding, LISTED, Report};
use crate::console::Console;
use crate::data_folder;
use crate::failure::Failure;
use crate::log::Log;
use crate::replayed::{Replayed, open_database};

/// Compares, and reports what is not so. Without live read models there is nothing to compare.
pub fn check(
    data: &Path,
    log: &Log,
    strict: bool,
    report: &mut Report,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let path = data_folder::read_models(data);
    if !path.exists() {
        report.notice(
            strict,
            Finding::new(
                "read_models.missing",
                "没有读模型数据库 read.sqlite,未比较;服务启动时会重建。",
                "There is no read database read.sqlite to compare; the service rebuilds it when it starts.",
            ),
        );
        return Ok(());
    }
    let live = open_database(&path)?;
    // One snapshot of the rows and of how far they are, whatever a running service writes meanwhile.
    let snapshot = live.unchecked_transaction()?;
    let Ok(checkpoints) = projections::checkpoints(&snapshot) else {
        report.find(Finding::new(
            "read_models.unreadable",
            "read.sqlite 不是读模型数据库,或已损坏。",
            "read.sqlite is no read database, or is damaged.",
        ));
        return Ok(());
    };
    let Some(folded) = folded(&checkpoints, strict, report) else { return Ok(()) };
    let head = log.goal(Until::Head)?.position;
    let Some(stands_at) = place(&folded, log)? else {
        report.find(missing(&folded, head));
        return Ok(());
    };
    if stands_at < head {
        report.notice(
            strict,
            Finding::new(
                "read_models.behind",
                format!("读模型到位置{stands_at},落后于日志({head})。"),
                format!("The read models stand at position {stands_at}, behind the log ({head})."),
            ),
        );
    }
    match Replayed::as_of(log, Until::Position(stands_at), console) {
        Err(Failure::Projection(ProjectionError::Undecodable(_))) => {
            report.notices.push(Finding::new(
                "read_models.not_compared",
                "日志无法重放,读模型未比较。",
                "The log cannot be replayed, so the read models were not compared.",
            ));
            Ok(())
        }
        rebuilt => compare(&snapshot, &rebuilt?, &checkpoints, report),
    }
}

/// The position that this log gives to the last event they have seen; none where it does not hold it. The read models may
/// have been filled from a log that was moved here.
fn place(folded: &Folded, log: &Log) -> Result<Option<Position>, Failure> {
    match &folded.last {
        Some(last) => Ok(log.handle().block_on(last.position_in(log.store()))?),
        None => Ok(Some(Position::START)),
    }
}

fn missing(folded: &Folded, head: Position) -> Finding {
    let (seen, last) = (folded.position, folded.last.as_ref());
    let (stream, version) = last.map_or(("?", 0), |last| (last.stream.as_str(), last.version.0));
    Finding::new(
        "read_models.ahead",
        format!(
            "读模型已到位置{seen}(事件流{stream}第{version}件),日志到{head}为止,没有这件事件:日志末尾的事件缺失,或读模型属于另一日志。"
        ),
        format!(
            "The read models have seen position {seen}, event {version} of stream {stream}; the log ends at {head} and does not hold it: events are missing at the end of the log, or the read models belong to another log."
        ),
    )
    .position(head.0)
}

/// How far all read models have come; none where they cannot be compared now.
fn folded(checkpoints: &[Checkpoint], strict: bool, report: &mut Report) -> Option<Folded> {
    let mut lines: Vec<&Folded> = Vec::new();
    for model in ALL {
        let name = model.name;
        match checkpoints.iter().find(|line| line.projection == name) {
            Some(line) if line.revision == model.revision && line.folded.is_placed() => {
                lines.push(&line.folded);
            }
            Some(line) if line.revision == model.revision => {
                report.notice(strict, Finding::new(
                    "read_models.revision",
                    format!("读模型{name}由较早的程序写成,未比较;服务启动时会重建。"),
                    format!("Read model {name} was written by an earlier program, so nothing was compared; the service rebuilds it when it starts."),
                ));
                return None;
            }
            Some(line) => {
                let (found, known) = (line.revision, model.revision);
                report.notice(strict, Finding::new(
                    "read_models.revision",
                    format!("读模型{name}为第{found}版,本程序为第{known}版,未比较;服务启动时会重建。"),
                    format!("Read model {name} has revision {found}, this program {known}, so nothing was compared; the service rebuilds it when it starts."),
                ));
                return None;
            }
            None => {
                report.find(Finding::new(
                    "read_models.checkpoint",
                    format!("读模型{name}没有检查点。"),
                    format!("Read model {name} has no checkpoint."),
                ));
                return None;
            }
        }
    }
    let first = *lines.first()?;
    if lines.iter().any(|line| line.last != first.last) {
        report.notice(strict, Finding::new(
            "read_models.behind",
            "各读模型进度不一,服务正在重建;未比较,请稍后再试。",
            "The read models stand at different positions, as while the service rebuilds some; nothing was compared, try again later.",
        ));
        return None;
    }
    Some(first.clone())
}

fn compare(
    live: &Connection,
    rebuilt: &Replayed,
    checkpoints: &[Checkpoint],
    report: &mut Report,
) -> Result<(), Failure> {
    report.compared = true;
    for line in checkpoints.iter().filter(|line| line.folded.events != rebuilt.events) {
        let (name, stated, events) = (&line.projection, line.folded.events, rebuilt.events);
        report.find(Finding::new(
            "read_models.events",
            format!("读模型{name}记有{stated}件事件,日志到此处有{events}件。"),
            format!(
                "Read model {name} has counted {stated} events; the log has {events} up to there."
            ),
        ));
    }
    let total = projections::models::points_bank::total(&rebuilt.conn)?;
    if total.0 != 0 {
        report.find(Finding::new(
            "points.sum",
            format!("重建的积分银行合计为{total}分,应为零。"),
            format!("The rebuilt points bank sums to {total} points instead of zero."),
        ));
    }
    for difference in projections::compare(live, &rebuilt.conn, LISTED + 1)? {
        report.find(differs(difference));
    }
    Ok(())
}

fn differs(difference: Difference) -> Finding {
    let Difference { table, key, column, left, right } = &difference;
    let models = ALL.iter().find(|model| model.tables.iter().any(|own| own.name == table));
    let projection = models.map_or("?", |model| model.name).to_owned();
    let (what_zh, what_en) = match (key.as_str(), column.as_str()) {
        ("", "") => ("各列".to_owned(), "all columns".to_owned()),
        (key, "") => (format!("键{key}整行"), format!("key {key}, the whole row")),
        (key, column) => (format!("键{key},列{column}"), format!("key {key}, column {column}")),
    };
    let zh = |side: &Option<String>| side.clone().unwrap_or("(无)".to_owned());
    let en = |side: &Option<String>| side.clone().unwrap_or("(nothing)".to_owned());
    let finding = Finding::new(
        "read_models.cell",
        format!("读模型{projection},表{table},{what_zh},现值 {},重建值 {}。", zh(left), zh(right)),
        format!(
            "Read model {projection}, table {table}, {what_en}, live value {}, rebuilt value {}.",
            en(left),
            en(right)
        ),
    );
    Finding { cell: Some(Cell { projection, difference }), ..finding }
}
