//! From the claim to the publicised completion.

use domain::PersonId;
use domain::station::Group;

use crate::audit::decision::Decision;
use crate::audit::finding::{Finding, Weight};
use crate::audit::meeting::Meeting;
use crate::audit::seen::Seen;
use crate::audit::station::{Basis, Station};
use crate::lang::Said;

/// Only the executor says that it is done.
pub fn claiming(seen: Seen<'_>, decision: &Decision) -> Option<Finding> {
    let executor = decision.assigned.as_ref().map(|assigned| assigned.executor);
    let person = seen.fact.metadata.actor.person;
    (executor.is_none() || person != executor).then(|| {
        seen.wrong(
            "decision.claimed_by_another",
            "报告完成的不是执行人。",
            "Somebody who is not its executor claimed completion.",
        )
    })
}

/// Claims are judged by the supervision group, and nobody judges their own work or decision, nor that of a near
/// relative (after 村民委员会组织法 §32).
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
    if decision.deciders().any(|who| *who == verifier) {
        find(
            "decision.verifier_voted",
            "参与决定了该决议",
            "decided it: for it in the council, or by a vote that counts as theirs",
        );
    }
    let since = decision.decided_on;
    let mut concerned = decision.executors.iter().chain(decision.deciders());
    if station.is_some_and(|it| concerned.any(|who| it.are_related(verifier, *who, since))) {
        find(
            "decision.verifier_related",
            "是执行人或决定人申报的近亲属",
            "is a declared near relative of somebody who executes or decided it",
        );
    }
    if decision.tells_body && station.is_some_and(|it| it.kin_governed(verifier, since, seen.day)) {
        find(
            "decision.verifier_near_governing",
            "是决议之日或之后任领导小组成员或两委成员的人的近亲属",
            "is a near relative of somebody who sat in the leading group or a committee on the day of the decision or later",
        );
    }
    if station.is_some_and(|it| it.governed(verifier, decision.decided_on, seen.day)) {
        find(
            "decision.verifier_governs",
            "在决议之日或之后任领导小组成员或两委成员",
            "sat in the leading group or a committee on the day of the decision or later",
        );
    }
    if !station.is_some_and(|it| it.is_in(Group::Supervision, verifier, seen.day)) {
        find(
            "decision.verifier_not_in_office",
            "当日不是监督小组成员",
            "was not in office in the supervision group that day",
        );
    }
    found.extend(station.and_then(|it| electing(seen, it, verifier)));
    found
}

/// Residents choose who supervises (after 村民委员会组织法 §32). Before the first election of a station is on record, appointments did
/// not tell of one: that is to be known and nothing worse.
fn electing(seen: Seen<'_>, station: &Station, verifier: PersonId) -> Option<Finding> {
    match station.basis(verifier, seen.day)? {
        Basis::Election => None,
        Basis::Untold => Some(seen.note(
            "decision.verifier_unelected",
            format!("核实人{verifier}的聘任没有登记推选依据。"),
            format!("The appointment of the verifier {verifier} tells of no election."),
        )),
        Basis::Nothing => Some(seen.wrong(
            "decision.verifier_unelected",
            format!("核实人{verifier}的聘任没有他人登记、有其当选的推选为依据。"),
            format!("The appointment of the verifier {verifier} rests on no election that somebody else recorded and that chose them."),
        )),
    }
}

/// Notes that somebody joined or left the supervision group while the decision was executed.
pub fn changing(seen: Seen<'_>, member: PersonId, left: bool) -> Finding {
    let (zh, en) = if left { ("离开", "left") } else { ("进入", "joined") };
    seen.note(
        "decision.supervisors_changed",
        format!("执行期间{member}{zh}监督小组。"),
        format!("{member} {en} the supervision group while it was executed."),
    )
}

/// A near relative who was declared only after the verdict, or again after it: the first breaks no rule and a reader should know;
/// with the second, somebody has to ask whether the tie ever ended.
pub fn related_since(decision: &Decision, station: Option<&Station>) -> Option<Finding> {
    const KNOWN: &str = "decision.verifier_related";
    let ((on, verifier), station) = (decision.verified?, station?);
    if decision.findings.iter().any(|it| it.code == KNOWN && it.on == on) {
        return None;
    }
    let concerned = || decision.executors.iter().chain(decision.deciders());
    let find = |code, weight, who: &PersonId, zh: &str, en: &str| {
        let said = Said::new(
            format!("核实人{verifier}与执行人或决定人{who}为近亲属,{zh}。"),
            format!(
                "The verifier {verifier} is a near relative of {who}, who executes or decided it, {en}."
            ),
        );
        Finding { code, weight, on, event: None, said }
    };
    if let Some(who) = concerned().find(|who| station.resumed_after(verifier, **who, on)) {
        return Some(find(
            "decision.verifier_related_again",
            Weight::Doubtful,
            who,
            "核实之前登记为终止,核实之后又再申报",
            "which was said to have ended before the verdict and was declared again after it",
        ));
    }
    let who = concerned().find(|who| station.are_related(verifier, **who, decision.decided_on))?;
    Some(find(
        "decision.verifier_related_since",
        Weight::Note,
        who,
        "核实之后才申报",
        "which was declared only afterwards",
    ))
}

/// The meeting that was told is the station's, its sealed minutes report on the resolution, and it was held when that
/// had been verified.
pub fn informing(seen: Seen<'_>, decision: &Decision, meeting: Option<&Meeting>) -> Vec<Finding> {
    let mut found = Vec::new();
    let reported = meeting.and_then(|meeting| meeting.reported(decision.id));
    if reported.is_none() {
        found.push(seen.wrong(
            "decision.meeting_without_report",
            "所称会议没有封存的记录载明通报了该决议。",
            "No sealed minutes of the meeting named hold a report on it.",
        ));
    }
    let station = meeting.and_then(|it| it.convened.as_deref()).map(|it| &it.station);
    if let Some(station) = station.filter(|station| **station != decision.station) {
        found.push(seen.wrong(
            "decision.meeting_elsewhere",
            format!("所称会议是{station}的会议。"),
            format!("The meeting named is one of {station}."),
        ));
    }
    let verified = decision.verified.map(|(on, _)| on);
    if verified.is_none() || reported.is_some_and(|held_on| verified > Some(held_on)) {
        found.push(seen.wrong(
            "decision.meeting_before_verification",
            "通报的会议不在核实之后。",
            "The meeting was not held after the verification.",
        ));
    }
    found
}

/// Only what was verified, and what branch and meeting know, is publicised as completed.
pub fn completing(seen: Seen<'_>, decision: &Decision) -> Vec<Finding> {
    let unverified = decision.verified.is_none().then_some((
        "decision.completed_unverified",
        "未经监督小组核实即公示完成。",
        "Its completion was publicised although nobody had verified it.",
    ));
    let branch = decision.branch.is_none().then_some((
        "decision.completed_without_branch",
        "未反馈党支部即公示完成。",
        "Its completion was publicised although the party branch had not been told.",
    ));
    let meeting = decision.meeting.is_none().then_some((
        "decision.completed_without_meeting",
        "未向会议通报即公示完成。",
        "Its completion was publicised although no meeting had been told.",
    ));
    // Without a verification there was nothing to tell anybody.
    let told = branch.into_iter().chain(meeting).filter(|_| unverified.is_none());
    unverified.into_iter().chain(told).map(|(code, zh, en)| seen.wrong(code, zh, en)).collect()
}
