//! What a list of decisions shows.

use jiff::civil::Date;

use super::finding::Weight;
use super::listed::Listed as _;
use super::row::{Resolution, Row};
use crate::lang::Lang;
use crate::table::{Column, columns, or_blank};

/// 决议, for the eye.
pub const RESOLUTIONS: &[Column<Row>] = columns! { Row:
    "stream" "决议" "Resolution" left |row, _| row.stream.clone();
    "station" "工作站" "Station" left |row, _| row.station.clone();
    "title" "标题" "Title" left |row, _| row.title.clone();
    "decided_on" "议定" "Decided" left |row, _| row.decided_on.to_string();
    "stage" "阶段" "Stage" left |row, lang| of(row, |it| it.stage.map(|it| lang.word(it)).unwrap_or_default());
    "publicised" "公示" "Publicised" left |row, lang| of(row, |it| publicised(it, lang));
    "objections" "异议(未答复)" "Objections (open)" right |row, _| of(row, |it| format!("{} ({})", it.objections, it.open));
    "executor" "执行人" "Executor" left |row, _| of(row, |it| [it.executor.as_deref(), it.office.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    "due" "期限" "Due" left |row, lang| of(row, |it| due(it, lang));
    "claimed" "报告完成" "Claimed" left |row, _| of(row, |it| or_blank(it.claimed_on));
    "verified" "核实" "Verified" left |row, _| of(row, |it| [it.verified_on.map(|on| on.to_string()), it.verifier.clone()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    "branch" "反馈党支部" "Party branch" left |row, _| of(row, |it| or_blank(it.branch_on));
    "meeting" "会议通报" "Meeting" left |row, _| of(row, |it| or_blank(it.meeting_on));
    "completed" "完成公示" "Completion publicised" left |row, _| of(row, |it| or_blank(it.completed_on));
    "findings" "缺失、违规" "Missing, wrong" left |row, _| row.codes();
};

/// 急事急议、特事特议, for the eye.
pub const EXPEDITED: &[Column<Row>] = columns! { Row:
    "stream" "议题" "Issue" left |row, _| row.stream.clone();
    "station" "工作站" "Station" left |row, _| row.station.clone();
    "urgency" "类别" "Kind" left |row, lang| urgency(row, lang);
    "title" "办理情况" "Measure" left |row, _| row.title.clone();
    "decided_on" "批准" "Approved" left |row, _| row.decided_on.to_string();
    "approver" "批准人" "Approver" left |row, _| or_blank(row.expedition().map(|it| &it.approver));
    "ratified_on" "追认" "Ratified" left |row, _| or_blank(row.expedition().and_then(|it| it.ratified_on));
    "ratified_by" "追认会议" "Ratified by" left |row, _| or_blank(row.expedition().and_then(|it| it.ratified_by.as_ref()));
    "denied_on" "不予追认" "Denied" left |row, _| or_blank(row.expedition().and_then(|it| it.denied_on));
    "findings" "缺失、违规" "Missing, wrong" left |row, _| row.codes();
};

/// Everything, for spreadsheets.
pub const ALL: &[Column<Row>] = columns! { Row:
    "stream" "事件流" "Stream" left |row, _| row.stream.clone();
    "station" "工作站" "Station" left |row, _| row.station.clone();
    "title" "标题" "Title" left |row, _| row.title.clone();
    "decided_on" "议定或批准日" "Decided or approved on" left |row, _| row.decided_on.to_string();
    "urgency" "急事特事" "Urgency" left |row, lang| urgency(row, lang);
    "approver" "批准人" "Approver" left |row, _| or_blank(row.expedition().map(|it| &it.approver));
    "ratified_on" "追认日" "Ratified on" left |row, _| or_blank(row.expedition().and_then(|it| it.ratified_on));
    "ratified_by" "追认会议" "Ratified by" left |row, _| or_blank(row.expedition().and_then(|it| it.ratified_by.as_ref()));
    "denied_on" "不予追认日" "Denied on" left |row, _| or_blank(row.expedition().and_then(|it| it.denied_on));
    "denied_by" "不予追认会议" "Denied by" left |row, _| or_blank(row.expedition().and_then(|it| it.denied_by.as_ref()));
    "rejected_on" "不予列入日" "Rejected on" left |row, _| or_blank(row.expedition().and_then(|it| it.rejected_on));
    "stage" "阶段" "Stage" left |row, lang| of(row, |it| it.stage.map(|it| lang.word(it)).unwrap_or_default());
    "periods" "公示期数" "Periods" right |row, _| of(row, |it| it.periods.to_string());
    "opens_on" "公示首日" "Opens on" left |row, _| of(row, |it| or_blank(it.opens_on));
    "closes_on" "公示末日" "Closes on" left |row, _| of(row, |it| or_blank(it.closes_on));
    "notice_days" "公示天数" "Notice days" right |row, _| of(row, |it| it.notice_days.to_string());
    "closed_on" "公示期满日" "Closed on" left |row, _| of(row, |it| or_blank(it.closed_on));
    "objections" "异议" "Objections" right |row, _| of(row, |it| it.objections.to_string());
    "upheld" "成立异议" "Upheld" right |row, _| of(row, |it| it.upheld.to_string());
    "open" "未答复异议" "Open" right |row, _| of(row, |it| it.open.to_string());
    "executor" "执行人" "Executor" left |row, _| of(row, |it| or_blank(it.executor.as_ref()));
    "office" "职务" "Office" left |row, _| of(row, |it| or_blank(it.office.as_ref()));
    "due" "期限" "Due" left |row, _| of(row, |it| or_blank(it.due));
    "first_due" "最初期限" "First due" left |row, _| of(row, |it| or_blank(it.first_due));
    "due_moves" "改期次数" "Due moves" right |row, _| of(row, |it| it.due_moves.to_string());
    "claimed_on" "报告完成日" "Claimed on" left |row, _| of(row, |it| or_blank(it.claimed_on));
    "claims" "报告完成次数" "Claims" right |row, _| of(row, |it| it.claims.to_string());
    "returns" "退回次数" "Returns" right |row, _| of(row, |it| it.returns.to_string());
    "verifier" "核实人" "Verifier" left |row, _| of(row, |it| or_blank(it.verifier.as_ref()));
    "verified_on" "核实日" "Verified on" left |row, _| of(row, |it| or_blank(it.verified_on));
    "branch_on" "反馈党支部日" "Branch on" left |row, _| of(row, |it| or_blank(it.branch_on));
    "meeting_on" "会议通报日" "Meeting on" left |row, _| of(row, |it| or_blank(it.meeting_on));
    "completed_on" "完成公示日" "Completed on" left |row, _| of(row, |it| or_blank(it.completed_on));
    "missing" "缺失" "Missing" left |row, _| listed(row, Weight::Missing);
    "wrong" "违规" "Wrong" left |row, _| listed(row, Weight::Wrong);
    "doubtful" "存疑" "Doubtful" left |row, _| listed(row, Weight::Doubtful);
    "late" "迟延" "Late" left |row, _| listed(row, Weight::Late);
    "notes" "提示" "Notes" left |row, _| listed(row, Weight::Note);
};

fn of(row: &Row, show: impl Fn(&Resolution) -> String) -> String {
    row.resolution().map(show).unwrap_or_default()
}

/// 公示首日至末日, and for how many days in all.
fn publicised(it: &Resolution, lang: Lang) -> String {
    let period = |(from, to): (Date, Date)| {
        let days = it.notice_days;
        lang.pick(format!("{from}至{to}(共{days}天)"), format!("{from} to {to} ({days} days)"))
    };
    it.opens_on.zip(it.closes_on).map(period).unwrap_or_default()
}

/// 期限; where it was moved, also the first one and how often.
fn due(it: &Resolution, lang: Lang) -> String {
    match (it.due, it.first_due, it.due_moves) {
        (Some(due), Some(first), moves @ 1..) => lang.pick(
            format!("{due}(原{first},改期{moves}次)"),
            format!("{due} (first {first}, moved {moves} times)"),
        ),
        (due, _, _) => or_blank(due),
    }
}

fn urgency(row: &Row, lang: Lang) -> String {
    let kind = row.expedition().map(|it| it.urgency);
    kind.map(|kind| lang.word(kind)).unwrap_or_default()
}

fn listed(row: &Row, weight: Weight) -> String {
    let found = row.findings.iter().filter(|finding| finding.weight == weight);
    found.map(|finding| finding.code).collect::<Vec<_>>().join(" ")
}
