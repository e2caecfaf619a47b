//! What sealed minutes must say, and who may have something done before there are any.

use domain::PersonId;
use domain::issue::Step;
use domain::meeting::Body;
use domain::station::Group;

use crate::audit::finding::Finding;
use crate::audit::meeting::Meeting;
use crate::audit::seen::Seen;
use crate::audit::station::Station;

/// 四议两公开: the villagers or their representatives adopt a great matter, after all its steps.
pub fn great_matter(seen: Seen<'_>, body: Body, taken: &[Step]) -> Vec<Finding> {
    let mut found = Vec::new();
    if !matches!(body, Body::Villagers | Body::Representatives) {
        found.push(seen.wrong(
            "decision.great_matter_body",
            format!("重大事项由{}通过,应由村民会议或村民代表会议决议。", body.zh()),
            format!("A great matter was adopted by the {}, not by the villagers or their representatives.", body.en()),
        ));
    }
    let skipped = Step::ALL.iter().filter(|step| !taken.contains(step));
    found.extend(skipped.map(|step| {
        seen.wrong(
            "decision.step_skipped",
            format!("重大事项未经{}即通过。", step.zh()),
            format!("A great matter was adopted without the step {}.", step.en()),
        )
    }));
    found
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

/// Sealed minutes of the meeting must say that it was ratified.
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

/// Sealed minutes of the meeting must say that the topic was adopted.
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
