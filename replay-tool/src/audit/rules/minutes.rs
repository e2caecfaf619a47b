//! What sealed minutes must say, and who may have something done before there are any.

use domain::PersonId;
use domain::station::Group;

use crate::audit::finding::Finding;
use crate::audit::meeting::Meeting;
use crate::audit::seen::Seen;
use crate::audit::station::Station;

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
