//! The way to a decision: who is called, comes, advises and votes, and how votes are counted.

use domain::PersonId;
use domain::meeting::{Body, Convened, OpinionGiven, Share};
use domain::rulebook::{BodyRule, Part};
use jiff::ToSpan as _;

use crate::audit::finding::Finding;
use crate::audit::seen::Seen;
use crate::audit::topic::Topic;

/// A meeting is called so many days before it, as the body's rule says.
pub fn convening(seen: Seen<'_>, convened: &Convened) -> Option<Finding> {
    let days = seen.rules.body(convened.body)?.notice_days;
    let earliest = seen.day.saturating_add(i32::from(days).days());
    let on = convened.held_on();
    (on < earliest).then(|| {
        seen.wrong(
            "decision.short_notice",
            format!("会议召集不足{days}天:{on}开会,最早应为{earliest}。"),
            format!("The meeting was called less than {days} days ahead: it was to be held on {on}, not before {earliest}."),
        )
    })
}

/// Only a body's members come to its meeting.
pub fn attending(seen: Seen<'_>, convened: &Convened, who: PersonId) -> Option<Finding> {
    (!may_attend(convened, who)).then(|| {
        seen.wrong(
            "decision.stranger_attended",
            format!("{who}不是该议事主体成员,却签到参会。"),
            format!("{who} is no member of the body and was taken down as present."),
        )
    })
}

/// Owners and villagers come as they are; other bodies have members.
pub fn may_attend(convened: &Convened, who: PersonId) -> bool {
    convened.electorate.is_some() || convened.members.contains(&who)
}

/// Legal opinions are those of the advisers whom the meeting was called with.
pub fn advising(seen: Seen<'_>, convened: &Convened, given: &OpinionGiven) -> Option<Finding> {
    let (who, number) = (given.adviser, given.topic);
    (!convened.advisers.contains(&who)).then(|| {
        seen.wrong(
            "decision.opinion_by_stranger",
            format!("{who}不是本次会议的法律顾问,却对第{number}项出具法律意见。"),
            format!(
                "{who} is no legal adviser of the meeting and gave an opinion on topic {number}."
            ),
        )
    })
}

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

/// A vote under its body's rule: owners take part by voting (民法典 §278), others by being there.
pub struct Count<'a> {
    body: &'a BodyRule,
    by_votes: bool,
    majority: Part,
    entitled: Share,
    taking_part: Share,
    agree: Share,
}

impl<'a> Count<'a> {
    /// Counts a topic; none for a body without a rule.
    pub fn of(
        seen: Seen<'a>,
        convened: &Convened,
        number: u8,
        present: Share,
        topic: &Topic,
    ) -> Option<Self> {
        let body = seen.rules.body(convened.body)?;
        let by_votes = convened.body == Body::Owners;
        let entitled = convened.electorate.map_or_else(
            || Share { heads: u32::try_from(convened.members.len()).unwrap_or(u32::MAX), area: 0 },
            |all| Share { heads: all.heads, area: u64::from(all.area.0) },
        );
        let item = number.checked_sub(1).and_then(|index| convened.agenda.get(usize::from(index)));
        let majority = item.map_or(body.majority, |item| body.agreeing(item.matter));
        let taking_part = if by_votes { topic.voted } else { present };
        Some(Self { body, by_votes, majority, entitled, taking_part, agree: topic.agree })
    }

    fn met(&self, part: Part, count: Share, whole: Share) -> bool {
        part.is_met(count.heads.into(), whole.heads.into())
            && (!self.body.by_area || part.is_met(count.area, whole.area))
    }

    fn has_quorum(&self) -> bool {
        self.met(self.body.quorum, self.taking_part, self.entitled)
    }

    fn is_agreed(&self) -> bool {
        self.met(self.majority, self.agree, self.taking_part)
    }

    fn taking_part(&self) -> (&'static str, &'static str) {
        if self.by_votes { ("参与表决", "voting") } else { ("到会", "present") }
    }
}

/// A topic is adopted by the body's quorum and majority (村民委员会组织法 §21–26, 民法典 §278), with a legal
/// opinion and with none that calls it unlawful.
pub fn adopting(
    seen: Seen<'_>,
    convened: &Convened,
    number: u8,
    present: Share,
    topic: &Topic,
) -> Vec<Finding> {
    let Some(count) = Count::of(seen, convened, number, present, topic) else { return Vec::new() };
    let mut found = Vec::new();
    let (part, (zh, en)) = (count.taking_part.heads, count.taking_part());
    if !count.has_quorum() {
        let (all, quorum) = (count.entitled.heads, count.body.quorum);
        found.push(seen.wrong(
            "decision.without_quorum",
            format!("第{number}项未达法定人数即通过:{zh}{part}人,有权参加{all}人,应{quorum}(面积同)。"),
            format!("Topic {number} was adopted without a quorum: {part} of {all} {en}, {quorum} required (of the area too)."),
        ));
    }
    if !count.is_agreed() {
        let (agree, majority) = (topic.agree.heads, count.majority);
        found.push(seen.wrong(
            "decision.without_majority",
            format!("第{number}项未达多数即通过:{zh}{part}人,同意{agree}人,应{majority}(面积同)。"),
            format!("Topic {number} was adopted without a majority: {agree} of {part} {en} agreed, {majority} required (of the area too)."),
        ));
    }
    found.extend(lawful(seen, number, topic));
    found
}

fn lawful(seen: Seen<'_>, number: u8, topic: &Topic) -> Option<Finding> {
    if let Some((adviser, _)) = topic.opinions.iter().find(|(_, lawful)| !**lawful) {
        return Some(seen.wrong(
            "decision.held_unlawful",
            format!("法律顾问{adviser}认为第{number}项不合法,仍予通过。"),
            format!("Topic {number} was adopted although the legal adviser {adviser} holds it to be unlawful."),
        ));
    }
    topic.opinions.is_empty().then(|| {
        seen.wrong(
            "decision.without_legal_opinion",
            format!("第{number}项没有法律意见即通过。"),
            format!("Topic {number} was adopted without a legal opinion."),
        )
    })
}

/// A topic may be put off only where its votes do not decide it.
pub fn deferring(seen: Seen<'_>, number: u8, topic: &Topic, count: &Count<'_>) -> Option<Finding> {
    let stopped = count.is_agreed() && topic.opinions.values().any(|lawful| !lawful);
    (!topic.voters.is_empty() && count.has_quorum() && !stopped).then(|| {
        seen.wrong(
            "decision.deferred_after_vote",
            format!("第{number}项已经表决,表决足以议定,却予暂缓。"),
            format!("Topic {number} was put off after votes that decide it."),
        )
    })
}

/// A meeting that adopted something by vote may not be called off; it has to be minuted.
pub fn cancelling(seen: Seen<'_>) -> Finding {
    seen.wrong(
        "decision.cancelled_after_vote",
        "表决通过之后会议被取消。",
        "The meeting was cancelled after the topic had been adopted.",
    )
}

/// The minutes say what the vote decided.
pub fn minuting(seen: Seen<'_>) -> Finding {
    seen.wrong(
        "decision.minutes_differ",
        "表决已经通过,封存的会议记录却不是通过。",
        "The vote adopted it, and the sealed minutes say otherwise.",
    )
}
