//! What the rules forbid, each rule once, as an auditor checks it from the facts alone.
//!
//! What ought to have been done in time stands in [`Duty`](super::duty::Duty).

use domain::PersonId;
use domain::meeting::{Convened, Share};
use domain::resolution::NoticeClosed;
use domain::station::Group;

use super::decision::Decision;
use super::expedited::Expedited;
use super::finding::{Finding, Weight};
use super::meeting::{Meeting, Topic};
use super::seen::Seen;
use super::station::Station;
use crate::lang::Said;

/// Who votes was present.
pub fn voter_absent(seen: Seen<'_>, voter: PersonId) -> Finding {
    seen.wrong(
        "decision.voter_absent",
        format!("{voter}没有签到却参加了表决。"),
        format!("{voter} voted without having been present."),
    )
}

/// Everybody votes once.
pub fn voted_twice(seen: Seen<'_>, voter: PersonId) -> Finding {
    seen.wrong(
        "decision.voted_twice",
        format!("{voter}对同一议题表决两次。"),
        format!("{voter} voted twice on one topic."),
    )
}

/// A topic is adopted by the body's quorum and majority (村民委员会组织法 §21–26, 民法典 §278), with a legal
/// opinion that it is lawful.
pub fn counted(
    seen: Seen<'_>,
    convened: &Convened,
    number: u8,
    present: Share,
    topic: &Topic,
) -> Vec<Finding> {
    let Some(body) = seen.rules.body(convened.body) else { return Vec::new() };
    let entitled = convened.electorate.map_or_else(
        || Share { heads: u32::try_from(convened.members.len()).unwrap_or(u32::MAX), area: 0 },
        |all| Share { heads: all.heads, area: u64::from(all.area.0) },
    );
    let met = |part: domain::rulebook::Part, count: Share, whole: Share| {
        part.is_met(count.heads.into(), whole.heads.into())
            && (!body.by_area || part.is_met(count.area, whole.area))
    };
    let mut found = Vec::new();
    if !met(body.quorum, present, entitled) {
        let (came, all, quorum) = (present.heads, entitled.heads, body.quorum);
        found.push(seen.wrong(
            "decision.without_quorum",
            format!("第{number}项未达到会人数即通过:到会{came}人,有权参加{all}人,应{quorum}(面积同)。"),
            format!("Topic {number} was adopted without a quorum: {came} of {all} present, {quorum} required (of the area too)."),
        ));
    }
    let item = number.checked_sub(1).and_then(|index| convened.agenda.get(usize::from(index)));
    let majority = item.map_or(body.majority, |item| body.agreeing(item.matter));
    if !met(majority, topic.agree, present) {
        let (agree, came) = (topic.agree.heads, present.heads);
        found.push(seen.wrong(
            "decision.without_majority",
            format!("第{number}项未达多数即通过:到会{came}人,同意{agree}人,应{majority}(面积同)。"),
            format!("Topic {number} was adopted without a majority: {agree} of {came} present agreed, {majority} required (of the area too)."),
        ));
    }
    if topic.lawful != Some(true) {
        found.push(seen.wrong(
            "decision.without_legal_opinion",
            format!("第{number}项没有认为合法的法律意见即通过。"),
            format!("Topic {number} was adopted without a legal opinion that it is lawful."),
        ));
    }
    found
}

/// What is adopted, sealed minutes of the meeting say.
pub fn adopted_by(seen: Seen<'_>, meeting: Option<&Meeting>, topic: u8) -> Option<Finding> {
    let says_so = meeting.is_some_and(|meeting| meeting.adopted(topic));
    (!says_so).then(|| {
        seen.wrong(
            "decision.without_minutes",
            "没有封存的会议记录载明该议题通过。",
            "No sealed minutes of the meeting say that the topic was adopted.",
        )
    })
}

/// A notice stands until the end of its last day, and does not close over an open objection.
pub fn closing(seen: Seen<'_>, decision: &Decision, closed: &NoticeClosed) -> Vec<Finding> {
    let mut found = Vec::new();
    let last = decision.notice.as_ref().map(|notice| notice.closes_on);
    if last.is_none_or(|last| seen.day <= last) {
        let period = closed.period;
        let (zh, en) = last.map_or_else(
            || ("从未公示".to_owned(), "it was never publicised".to_owned()),
            |last| (format!("公示至{last}"), format!("it stands until {last}")),
        );
        found.push(seen.wrong(
            "decision.notice_closed_early",
            format!("第{period}次公示提前结束:{zh}。"),
            format!("Period {period} of the notice closed early: {en}."),
        ));
    }
    if decision.duties.has_open_objection() {
        found.push(seen.wrong(
            "decision.closed_over_objection",
            "有异议未答复即结束公示。",
            "The notice closed although an objection was open.",
        ));
    }
    found
}

/// Only what was publicised and has no open objection is assigned.
pub fn assigning(seen: Seen<'_>, decision: &Decision) -> Option<Finding> {
    let clean = decision.is_closed() && !decision.duties.has_open_objection();
    (!clean).then(|| {
        seen.wrong(
            "decision.assigned_early",
            "公示未期满或有未答复、未修正的异议即交付执行。",
            "It was assigned before its notice had closed with no objection open or uncorrected.",
        )
    })
}

/// Claims are judged by the supervision group, and nobody judges their own work or vote, nor that of a near
/// relative (村民委员会组织法 §32).
pub fn judging(
    seen: Seen<'_>,
    decision: &Decision,
    station: Option<&Station>,
    verifier: PersonId,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |code, zh: &str, en: &str| {
        let (zh, en) =
            (format!("核实人{verifier}{zh}。"), format!("The verifier {verifier} {en}."));
        found.push(seen.wrong(code, zh, en));
    };
    let actor = &seen.fact.metadata.actor;
    let claimed = decision.claim.as_ref();
    if claimed.is_none() {
        find(
            "decision.nothing_claimed",
            "核实时没有待核实的报告",
            "judged what nobody had claimed",
        );
    }
    if claimed.is_some_and(|claim| actor.is_same_as(&claim.by.id, claim.by.person)) {
        find(
            "decision.verified_by_claimant",
            "的账号就是报告完成的账号",
            "used the account that claimed completion",
        );
    }
    if decision.executors.contains(&verifier) {
        find("decision.verifier_executes", "是执行人", "is an executor of it");
    }
    if decision.voters.contains(&verifier) {
        find("decision.verifier_voted", "参加了该决议的表决", "voted on it");
    }
    let mut concerned = decision.executors.iter().chain(&decision.voters);
    if station.is_some_and(|station| concerned.any(|who| station.are_related(verifier, *who))) {
        find(
            "decision.verifier_related",
            "是执行人或表决人申报的近亲属",
            "is a declared near relative of an executor or voter",
        );
    }
    if !station.is_some_and(|it| it.is_in(Group::Supervision, verifier, seen.day)) {
        find(
            "decision.verifier_not_in_office",
            "当日不是监督小组成员",
            "was not in office in the supervision group that day",
        );
    }
    found
}

/// A near relative who was declared only afterwards was one all the same.
pub fn related_since(decision: &Decision, station: Option<&Station>) -> Option<Finding> {
    const KNOWN: &str = "decision.verifier_related";
    let (on, verifier) = decision.verified?;
    let mut concerned = decision.executors.iter().chain(&decision.voters);
    let related =
        concerned.find(|who| station.is_some_and(|it| it.are_related(verifier, **who)))?;
    let known = decision.findings.iter().any(|it| it.code == KNOWN && it.on == on);
    (!known).then(|| Finding {
        code: "decision.verifier_related_since",
        weight: Weight::Wrong,
        on,
        event: None,
        said: Said::new(
            format!("核实人{verifier}与执行人或表决人{related}为近亲属,核实之后才申报。"),
            format!("The verifier {verifier} is a near relative of {related}, an executor or voter, which was declared only afterwards."),
        ),
    })
}

/// Only what was verified is publicised as completed.
pub fn completing(seen: Seen<'_>, decision: &Decision) -> Option<Finding> {
    decision.verified.is_none().then(|| {
        seen.wrong(
            "decision.completed_unverified",
            "未经监督小组核实即公示完成。",
            "Its completion was publicised although nobody had verified it.",
        )
    })
}

/// Whoever approves 急事急议 is in the leading group.
pub fn approving(seen: Seen<'_>, station: Option<&Station>, approver: PersonId) -> Option<Finding> {
    let leads = station.is_some_and(|it| it.is_in(Group::LeadingGroup, approver, seen.day));
    (!leads).then(|| {
        seen.wrong(
            "expedited.approver_not_in_office",
            format!("批准人{approver}当日不是领导小组成员。"),
            format!("The approver {approver} was not in office in the leading group that day."),
        )
    })
}

/// What counts as ratified, sealed minutes of the meeting say.
pub fn ratified_by(seen: Seen<'_>, meeting: Option<&Meeting>, topic: u8) -> Option<Finding> {
    let says_so = meeting.is_some_and(|meeting| meeting.adopted(topic));
    (!says_so).then(|| {
        seen.wrong(
            "expedited.ratified_without_minutes",
            "没有封存的会议记录载明予以追认。",
            "No sealed minutes of the meeting say that it was ratified.",
        )
    })
}

/// The next meeting ratifies what was done before it.
pub fn unratified(expedited: &Expedited, station: Option<&Station>) -> Option<Finding> {
    let next = station.and_then(|station| station.first_after(expedited.at))?;
    let (meeting, on) = (next.meeting, next.held_on);
    expedited.ratified.is_none().then(|| Finding {
        code: "expedited.not_ratified",
        weight: Weight::Missing,
        on,
        event: None,
        said: Said::new(
            format!("{on}召开的下一次会议{meeting}没有追认,至今未追认。"),
            format!("The next meeting {meeting}, held on {on}, passed without ratifying it; nobody has since."),
        ),
    })
}
