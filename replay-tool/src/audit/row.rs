//! One decision in an auditor's list.

use domain::IssueId;
use domain::resolution::Stage;
use jiff::civil::Date;
use serde::Serialize;

use super::around::Around;
use super::decision::Decision;
use super::expedited::Expedited;
use super::finding::Finding;
use super::listed::Listed;
use super::{duty::Duty, rules};

/// A decision, and what is missing or wrong about it.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its stream.
    pub stream: String,
    /// The station's village.
    pub station: String,
    /// What was decided, or done.
    pub title: String,
    /// The day of the meeting, or of the approval.
    pub decided_on: Date,
    /// How it came about and how far it is.
    #[serde(flatten)]
    pub life: Life,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What happened to it.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Life {
    /// 决议.
    Resolution(Box<Resolution>),
    /// 急事急议、特事特议.
    Expedited(Expedition),
}

/// The life of a resolution.
#[derive(Debug, Serialize)]
pub struct Resolution {
    /// How far it has come; none while no sealed minutes say that it was adopted.
    pub stage: Option<Stage>,
    /// Periods so far.
    pub periods: u32,
    /// First day of the latest period.
    pub opens_on: Option<Date>,
    /// Its last day.
    pub closes_on: Option<Date>,
    /// Days for which it really stood, all periods together.
    pub notice_days: i32,
    /// When the latest period closed with no objection open.
    pub closed_on: Option<Date>,
    /// Objections filed.
    pub objections: u32,
    /// Objections upheld.
    pub upheld: u32,
    /// Objections that wait for an answer.
    pub open: u32,
    /// Who is to execute it.
    pub executor: Option<String>,
    /// In which office.
    pub office: Option<String>,
    /// Until when.
    pub due: Option<Date>,
    /// Until when at first.
    pub first_due: Option<Date>,
    /// How often another last day was set since: by extension, reassignment or return.
    pub due_moves: u32,
    /// When completion was last claimed.
    pub claimed_on: Option<Date>,
    /// How often it was claimed.
    pub claims: usize,
    /// How often a claim was returned.
    pub returns: u32,
    /// Who verified it.
    pub verifier: Option<String>,
    /// When.
    pub verified_on: Option<Date>,
    /// When the party branch was told.
    pub branch_on: Option<Date>,
    /// When a meeting was told.
    pub meeting_on: Option<Date>,
    /// When the completion was publicised.
    pub completed_on: Option<Date>,
}

/// What was dealt with before the meeting.
#[derive(Debug, Serialize)]
pub struct Expedition {
    /// 急事急议 or 特事特议.
    pub urgency: domain::issue::Expedition,
    /// Who approved.
    pub approver: String,
    /// When it was ratified.
    pub ratified_on: Option<Date>,
    /// By which meeting.
    pub ratified_by: Option<String>,
    /// When a meeting denied that.
    pub denied_on: Option<Date>,
    /// Which meeting.
    pub denied_by: Option<String>,
    /// When the issue was rejected after that.
    pub rejected_on: Option<Date>,
}

impl Row {
    /// A decision as of a day.
    pub fn decision(around: Around<'_>, decision: Decision, today: Date) -> Self {
        let life = Life::Resolution(Box::new(Resolution::of(&decision, today)));
        let related = rules::related_since(&decision, around.station);
        let id = decision.id;
        let meeting = around.meetings.get(&id.meeting);
        let taken = meeting.into_iter().flat_map(|meeting| meeting.findings(id.topic)).cloned();
        let owed = decision.duties.missing(today).chain(related);
        let findings = taken.chain(decision.findings).chain(owed).collect();
        Self {
            stream: format!("resolution-{id}"),
            station: decision.station.to_string(),
            title: decision.title,
            decided_on: decision.decided_on,
            life,
            findings,
        }
    }

    /// What was dealt with before the meeting, as of a day.
    pub fn expedited(id: IssueId, around: Around<'_>, expedited: Expedited, today: Date) -> Self {
        let owed = expedited.owed(today, around.station);
        let (ratified, denied) = (expedited.ratified, expedited.denied);
        let life = Life::Expedited(Expedition {
            urgency: expedited.kind,
            approver: expedited.approver.to_string(),
            ratified_on: ratified.map(|verdict| verdict.on),
            ratified_by: ratified.map(|verdict| verdict.meeting.to_string()),
            denied_on: denied.map(|verdict| verdict.on),
            denied_by: denied.map(|verdict| verdict.meeting.to_string()),
            rejected_on: expedited.rejected,
        });
        Self {
            stream: format!("issue-{id}"),
            station: expedited.station.to_string(),
            title: expedited.measure,
            decided_on: expedited.on,
            life,
            findings: expedited.findings.into_iter().chain(owed).collect(),
        }
    }

    /// The life of a resolution, if it is one.
    pub fn resolution(&self) -> Option<&Resolution> {
        match &self.life {
            Life::Resolution(resolution) => Some(resolution),
            Life::Expedited(_) => None,
        }
    }

    /// What was dealt with before the meeting, if it was.
    pub fn expedition(&self) -> Option<&Expedition> {
        match &self.life {
            Life::Expedited(expedition) => Some(expedition),
            Life::Resolution(_) => None,
        }
    }
}

impl Listed for Row {
    fn about(&self) -> &str {
        &self.stream
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Resolution {
    fn of(decision: &Decision, today: Date) -> Self {
        let (notice, assigned) = (decision.notice.as_ref(), decision.assigned.as_ref());
        let answers = decision.duties.open().filter(|(duty, _)| matches!(duty, Duty::Answer(_)));
        Self {
            stage: decision.stage,
            periods: notice.map_or(0, |notice| notice.period),
            opens_on: notice.map(|notice| notice.opens_on),
            closes_on: notice.map(|notice| notice.closes_on),
            notice_days: decision.notice_days(today),
            closed_on: notice.and_then(|notice| notice.closed),
            objections: decision.objections.filed,
            upheld: decision.objections.upheld,
            open: u32::try_from(answers.count()).unwrap_or(u32::MAX),
            executor: assigned.map(|assigned| assigned.executor.to_string()),
            office: assigned.map(|assigned| assigned.office.to_string()),
            due: assigned.map(|assigned| assigned.due),
            first_due: decision.first_due,
            due_moves: decision.due_moves,
            claimed_on: decision.claims.last().copied(),
            claims: decision.claims.len(),
            returns: decision.returns,
            verifier: decision.verified.map(|(_, verifier)| verifier.to_string()),
            verified_on: decision.verified.map(|(on, _)| on),
            branch_on: decision.branch,
            meeting_on: decision.meeting.map(|(on, _)| on),
            completed_on: decision.completed,
        }
    }
}
