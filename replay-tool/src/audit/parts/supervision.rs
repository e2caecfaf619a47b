//! `audit supervision`: whether whoever judged that a decision was carried out was independent of those who did.
//!
//! What the rules of supervision forbid is found where decisions are audited, and shown here verdict by verdict; here is
//! added what only the whole log shows.

use domain::{PersonId, UnitCode};
use jiff::civil::Date;
use serde::Serialize;

use crate::audit::decision::Decision;
use crate::audit::finding::{Finding, Weight};
use crate::audit::known::Known;
use crate::audit::listed::Listed;
use crate::audit::verdict::Verdict;
use crate::lang::Said;
use crate::table::{Column, columns, yes};

/// 本程序默认值,由县确定: who judges a claim within so many minutes can hardly have looked at what was done.
const LOOK_MINUTES: i64 = 10;

/// A verdict of a supervision group.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The resolution's stream.
    pub stream: String,
    /// The station's village.
    pub station: String,
    /// The day.
    pub on: Date,
    /// Whether it was found to be done.
    pub done: bool,
    /// Who judged.
    pub verifier: String,
    /// By which account.
    pub account: String,
    /// Whoever was to execute it until then.
    pub executors: Vec<String>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of verdicts shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "stream" "决议" "Resolution" left |row, _| row.stream.clone();
    "station" "工作站" "Station" left |row, _| row.station.clone();
    "on" "日期" "Day" left |row, _| row.on.to_string();
    "done" "已完成" "Done" left |row, lang| yes(row.done, lang);
    "verifier" "核实人" "Verifier" left |row, _| row.verifier.clone();
    "account" "账号" "Account" left |row, _| row.account.clone();
    "executors" "执行人" "Executors" left |row, _| row.executors.join(" ");
    "findings" "发现" "Found" left |row, _| row.codes();
};

impl Listed for Row {
    fn about(&self) -> &str {
        &self.stream
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Every verdict on the decisions of stations that are asked for.
pub fn rows<'a>(
    decisions: impl Iterator<Item = &'a Decision>,
    known: &Known,
    asked: &dyn Fn(&UnitCode) -> bool,
) -> Vec<Row> {
    let asked = decisions.filter(|decision| asked(&decision.station));
    let verdicts = asked.flat_map(|it| it.verdicts.iter().map(move |verdict| (it, verdict)));
    verdicts.map(|(decision, verdict)| row(decision, verdict, known)).collect()
}

fn row(decision: &Decision, verdict: &Verdict, known: &Known) -> Row {
    let mut findings = verdict.findings.clone();
    findings.extend(shared(verdict, known));
    findings.extend(in_anothers_name(verdict, known));
    findings.extend(at_once(verdict));
    Row {
        stream: format!("resolution-{}", decision.id),
        station: decision.station.to_string(),
        on: verdict.on,
        done: verdict.done,
        verifier: verdict.verifier.to_string(),
        account: verdict.by.account.to_string(),
        executors: verdict.executors.iter().map(PersonId::to_string).collect(),
        findings,
    }
}

fn find(verdict: &Verdict, code: &'static str, weight: Weight, zh: String, en: String) -> Finding {
    let event = Some(verdict.event.clone());
    Finding { code, weight, on: verdict.on, event, said: Said { zh, en } }
}

/// The account of the verdict is one that the log also knows as an executor's, or as the claimant's other one.
fn shared(verdict: &Verdict, known: &Known) -> Option<Finding> {
    let by = &verdict.by;
    let executes = verdict.executors.iter().any(|it| known.is_behind(by, *it));
    let claims = verdict.claim.as_ref().filter(|(claimant, _)| claimant.account != by.account);
    let claims = claims.is_some_and(|(claimant, _)| known.is_one_desk(claimant, by));
    // Who judges as an executor is found by the rules themselves.
    let is_verifier = verdict.executors.contains(&verdict.verifier);
    ((executes || claims) && !is_verifier).then(|| {
        let account = &by.account;
        find(
            verdict,
            "supervision.shared_account",
            Weight::Wrong,
            format!("核实所用账号{account},日志另见执行人或报告人使用。"),
            format!("The verdict came from the account {account}, behind which the log also knows an executor or claimant."),
        )
    })
}

/// The account of the verdict belongs to somebody else, and never to the verifier.
fn in_anothers_name(verdict: &Verdict, known: &Known) -> Option<Finding> {
    let (by, verifier) = (&verdict.by, verdict.verifier);
    (known.has_somebody_behind(by) && !known.is_behind(by, verifier)).then(|| {
        let account = &by.account;
        find(
            verdict,
            "supervision.in_anothers_name",
            Weight::Wrong,
            format!("账号{account}不是核实人{verifier}的账号。"),
            format!("The account {account} is not that of the verifier {verifier}."),
        )
    })
}

/// A verdict that follows on the claim at once.
fn at_once(verdict: &Verdict) -> Option<Finding> {
    let (_, claimed_at) = verdict.claim.as_ref()?;
    let minutes = verdict.at.duration_since(*claimed_at).as_mins();
    (minutes < LOOK_MINUTES).then(|| {
        find(
            verdict,
            "supervision.judged_at_once",
            Weight::Doubtful,
            format!("报告完成{minutes}分钟后即予判定,不足{LOOK_MINUTES}分钟。"),
            format!("Judged {minutes} minutes after the claim, in less than {LOOK_MINUTES}."),
        )
    })
}
