//! The way to a decision: who is called, comes, advises and votes, and how votes are counted.

use domain::PersonId;
use domain::meeting::{
    AgendaItem, Ballots, Body, Convened, CountingList, OpinionGiven, Outcome, Required, Share,
    TopicDecided,
};
use domain::rulebook::{BodyRule, Part};
use jiff::ToSpan as _;

use crate::audit::finding::{Finding, Weight};
use crate::audit::seen::Seen;
use crate::audit::topic::Topic;

/// A meeting is called so many days before it, as the body's rule says; not one that was entered from paper later.
pub fn convening(seen: Seen<'_>, convened: &Convened) -> Option<Finding> {
    if convened.paper.is_some() {
        return None;
    }
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

/// What comes before the vote on a topic: what its call tells, and what the rulebook asked for then, whatever that tells.
pub fn required(seen: Seen<'_>, body: Body, item: &AgendaItem) -> Required {
    let procedure = seen.rules.procedure();
    let told = procedure.required(body, item);
    let asked = item.required.map_or(told, |_| procedure.requires(body, item));
    Required { opinion: told.opinion || asked.opinion, steps: told.steps || asked.steps }
}

/// Since calls tell what their topics require, each topic falls under an item of the list.
pub fn unlisted(seen: Seen<'_>, number: u8, item: &AgendaItem) -> Option<Finding> {
    (item.required.is_some() && item.listed.is_none()).then(|| {
        seen.wrong(
            "decision.unlisted",
            format!("第{number}项没有对应的清单事项,无从判断是否属重大事项。"),
            format!("Topic {number} falls under no item of the list, so that nobody can tell whether it is a great matter."),
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

/// Only owners have proxies, and each proxy no more of them than the rulebook allows.
pub fn representing(
    seen: Seen<'_>,
    convened: &Convened,
    proxy: PersonId,
    held: u32,
) -> Option<Finding> {
    let most = *seen.rules.procedure().proxies_per_person;
    let allowed = convened.body == Body::Owners && held <= u32::from(most);
    (!allowed).then(|| {
        seen.wrong(
            "decision.too_many_proxies",
            format!("{proxy}受{held}人委托;只有业主可以委托,每人最多受托{most}名。"),
            format!("{proxy} is the proxy of {held}; only owners have proxies, and one person is so for at most {most} of them."),
        )
    })
}

/// A list took the place of an earlier one of its building, or took it away.
pub fn replacing(
    seen: Seen<'_>,
    number: u8,
    list: &CountingList,
    before: Option<Ballots>,
) -> Option<Finding> {
    let CountingList { building, count } = list;
    before.filter(|before| before != count).map(|before| {
        let heads = |it: Ballots| [it.agree, it.against, it.abstain].map(|share| share.heads);
        let ([agree, against, abstain], [yes, no, neither]) = (heads(before), heads(*count));
        seen.note(
            "decision.list_replaced",
            format!("第{number}项“{building}”的计票表由赞成{agree}、反对{against}、弃权{abstain}改为赞成{yes}、反对{no}、弃权{neither}。"),
            format!("On topic {number} the list of {building} said {agree} agree, {against} against, {abstain} abstain, and then {yes}, {no} and {neither}."),
        )
    })
}

/// A secret count comes to as many votes as people put ballots into the box.
pub fn opening(seen: Seen<'_>, number: u8, stated: Share, voted: Share) -> Option<Finding> {
    (stated.heads != voted.heads).then(|| {
        let (stated, voted) = (stated.heads, voted.heads);
        seen.wrong(
            "decision.ballots_differ",
            format!("第{number}项无记名投票{voted}人,计票却有{stated}票。"),
            format!("{voted} voted on topic {number} in secret, and {stated} votes were counted."),
        )
    })
}

/// Those who were there and have not voted.
#[derive(Clone, Copy)]
pub struct Silent {
    /// All of them.
    pub all: Share,
    /// Those of them who were not there for the votes before.
    pub late: Share,
}

/// A count waits for those present whose votes could turn it. Whoever counts may confirm that they will not vote: then somebody
/// has to look.
pub fn counting(
    seen: Seen<'_>,
    decided: &TopicDecided,
    count: &Count<'_>,
    silent: Silent,
) -> Option<Finding> {
    (silent.all.heads > 0 && count.could_turn(decided.outcome, silent)).then(|| {
        let (number, unvoted) = (decided.topic, silent.all.heads);
        let is_confirmed = decided.unvoted == Some(unvoted);
        let weight = if is_confirmed { Weight::Doubtful } else { Weight::Wrong };
        seen.found(
            weight,
            "decision.counted_early",
            format!("第{number}项计票时,在场尚有{unvoted}人未表决,其表决足以改变结果。"),
            format!("Topic {number} was counted before {unvoted} of those present had voted, who could have turned it."),
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
        let majority =
            convened.item(number).map_or(body.majority, |item| body.agreeing(item.matter));
        let taking_part = if by_votes { topic.voted() } else { present };
        Some(Self { body, by_votes, majority, entitled, taking_part, agree: topic.agree() })
    }

    fn met(&self, part: Part, count: Share, whole: Share) -> bool {
        part.is_met(count.heads.into(), whole.heads.into())
            && (!self.body.by_area || part.is_met(count.area, whole.area))
    }

    /// Whether those who have not voted could turn an outcome.
    fn could_turn(&self, outcome: Outcome, silent: Silent) -> bool {
        let more = if self.by_votes { silent.all } else { silent.late };
        let whole = self.taking_part.and(more);
        let agreed = |agree: Share| self.met(self.majority, agree, whole);
        match outcome {
            Outcome::Adopted => !agreed(self.agree),
            Outcome::NotAdopted => {
                self.met(self.body.quorum, whole, self.entitled)
                    && agreed(self.agree.and(silent.all))
            }
            Outcome::Deferred => false,
        }
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
/// opinion where the rulebook asks for one, and with none that calls it unlawful.
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
        let (agree, majority) = (count.agree.heads, count.majority);
        found.push(seen.wrong(
            "decision.without_majority",
            format!("第{number}项未达多数即通过:{zh}{part}人,赞成{agree}人,应{majority}(面积同)。"),
            format!("Topic {number} was adopted without a majority: {agree} of {part} {en} agreed, {majority} required (of the area too)."),
        ));
    }
    found.extend(lawful(seen, convened, number, topic));
    found
}

fn lawful(seen: Seen<'_>, convened: &Convened, number: u8, topic: &Topic) -> Option<Finding> {
    if let Some((adviser, _)) = topic.opinions.iter().find(|(_, lawful)| !**lawful) {
        return Some(seen.wrong(
            "decision.held_unlawful",
            format!("法律顾问{adviser}认为第{number}项不合法,仍予通过。"),
            format!("Topic {number} was adopted although the legal adviser {adviser} holds it to be unlawful."),
        ));
    }
    // Before calls told it, the rulebook of the vote said whether an opinion is needed.
    let item = convened.item(number);
    let told = topic.required.filter(|_| item.is_some_and(|item| item.required.is_some()));
    let of_vote = || item.map(|item| required(seen, convened.body, item));
    let needed = told.or_else(of_vote).is_none_or(|it| it.opinion);
    (topic.opinions.is_empty() && needed).then(|| {
        seen.wrong(
            "decision.without_legal_opinion",
            format!("第{number}项没有法律意见即通过。"),
            format!("Topic {number} was adopted without a legal opinion."),
        )
    })
}

/// A count that was opened again came out otherwise.
pub fn recounting(
    seen: Seen<'_>,
    before: &TopicDecided,
    decided: &TopicDecided,
) -> Option<Finding> {
    let is_same = (before.outcome, before.tally) == (decided.outcome, decided.tally);
    (!is_same).then(|| {
        let number = decided.topic;
        let zh = |it: &TopicDecided| {
            let [agree, against, abstain] = heads(it);
            format!("{}(赞成{agree}、反对{against}、弃权{abstain})", it.outcome.zh())
        };
        let en = |it: &TopicDecided| {
            let [agree, against, abstain] = heads(it);
            format!("{} ({agree} agree, {against} against, {abstain} abstain)", it.outcome.as_str())
        };
        seen.note(
            "decision.recounted",
            format!("第{number}项重新计票:先前{},后为{}。", zh(before), zh(decided)),
            format!(
                "Topic {number} was counted again: first {}, then {}.",
                en(before),
                en(decided)
            ),
        )
    })
}

fn heads(decided: &TopicDecided) -> [u32; 3] {
    let tally = decided.tally;
    [tally.agree, tally.against, tally.abstain].map(|share| share.heads)
}

/// A topic may be put off only where its votes do not decide it, whatever those say who have not voted. Ballots in a closed
/// box decide once everybody has voted.
pub fn deferring(
    seen: Seen<'_>,
    topic: &Topic,
    count: &Count<'_>,
    number: u8,
    silent: Silent,
    is_closed: bool,
) -> Option<Finding> {
    let outcome = if count.is_agreed() { Outcome::Adopted } else { Outcome::NotAdopted };
    let may_be_adopted = is_closed || outcome == Outcome::Adopted;
    let stopped = may_be_adopted && topic.opinions.values().any(|lawful| !lawful);
    let could_turn =
        if is_closed { silent.all.heads > 0 } else { count.could_turn(outcome, silent) };
    let is_open = topic.last_count.is_none() && could_turn;
    (topic.voted().heads > 0 && count.has_quorum() && !stopped && !is_open).then(|| {
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
