//! 议事会.

use domain::Area;
use domain::meeting::{
    AgendaItem, AttendanceTaken, Attendee, Body, Convened, CountingListsTaken, Event, Matter,
    MinutesSealed, Share, TopicDecided, VotesCast,
};

use super::backfill;
use super::description::{Description, list};
use crate::lang::Said;
use crate::moment::county;

const OWNERS: &str = "民法典 §278";
const VILLAGE: &str = "村民委员会组织法 §21–26";

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Convened(convened) => convening(convened),
        Event::AttendanceTaken(taken) => attendance(taken),
        Event::OpinionGiven(given) => {
            let (topic, adviser, opinion) = (given.topic, given.adviser, &given.opinion);
            let (zh, en) = if given.lawful {
                ("可以依法议定", "lawful")
            } else {
                ("不合法,不得通过", "unlawful, so that it cannot be adopted")
            };
            Description::new(
                format!("法律顾问{adviser}认为第{topic}项{zh}:“{opinion}”。"),
                format!("The legal adviser {adviser} found topic {topic} {en}: \"{opinion}\"."),
            )
        }
        Event::Departed(departed) => {
            let (count, who) = (departed.members.len(), list(&departed.members));
            Description::new(
                format!("{count}人离会:{who}。"),
                format!("{count} left and no longer count as present: {who:#}."),
            )
        }
        Event::Returned(returned) => {
            let (count, who) = (returned.members.len(), list(&returned.members));
            Description::new(
                format!("{count}人返会:{who}。"),
                format!("{count} who had left are there again: {who:#}."),
            )
        }
        Event::VotesCast(cast) => votes(cast),
        Event::BallotsCast(cast) => {
            let (topic, count, who) = (cast.topic, cast.voters.len(), list(&cast.voters));
            Description::new(
                format!("第{topic}项{count}人无记名投票:{who}。"),
                format!("{count} voted on topic {topic} in secret: {who:#}."),
            )
        }
        Event::CountingListsTaken(taken) => counting_lists(taken),
        Event::TopicDecided(decided) => decision(decided),
        Event::CountReopened(reopened) => {
            let topic = reopened.topic;
            let description = Description::new(
                format!("第{topic}项重新计票,原计票不作数。"),
                format!("The count of topic {topic} was opened again; the earlier one is void."),
            );
            description.because(&reopened.reason)
        }
        Event::BackfillRequested(asked) => backfill::requested(minutes(&asked.minutes), &asked.by),
        Event::BackfillApproved(approved) => backfill::approval(approved),
        Event::BackfillRefused(refused) => backfill::refusal(refused),
        Event::MinutesSealed(sealed) => minutes(sealed),
        Event::MinutesCorrected(corrected) => {
            let (topic, correction) = (corrected.topic, &corrected.correction);
            let description = Description::new(
                format!("对会议记录第{topic}项附加更正:“{correction}”;原记录不变。"),
                format!(
                    "A correction stands beside topic {topic} of the minutes, which stay as they are: \"{correction}\"."
                ),
            );
            description.because(&corrected.reason)
        }
        Event::Cancelled(cancelled) => {
            Description::new("会议取消。", "The meeting was cancelled.").because(&cancelled.reason)
        }
    }
}

fn convening(convened: &Convened) -> Description {
    let Convened { station, body, form, place, agenda, reports, members, advisers, .. } = convened;
    let at = county(convened.starts_at);
    let (items_zh, items_en): (Vec<_>, Vec<_>) =
        agenda.iter().zip(1..).map(|(item, number)| topic(number, item)).unzip();
    let (entitled, advisers) = (entitled(convened), list(advisers));
    let (reports_zh, reports_en) = if reports.is_empty() {
        (String::new(), String::new())
    } else {
        let about = list(reports);
        (format!(";通报决议{about}的落实"), format!("; the execution of {about:#} is reported"))
    };
    let (people_zh, people_en) = if members.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(":{}", list(members)), format!(" ({:#})", list(members)))
    };
    let (occasion_zh, occasion_en) = convened.occasion.map_or_else(Default::default, |occasion| {
        (format!(",依托{}", occasion.zh()), format!(", on the {}", occasion.en()))
    });
    let (items_zh, items_en) = if agenda.is_empty() {
        ("只听取通报".to_owned(), "reports only".to_owned())
    } else {
        (items_zh.join(","), items_en.join(", "))
    };
    let Said { zh: paper_zh, en: paper_en } = backfill::from(convened.paper.as_ref());
    let description = Description::new(
        format!(
            "{station}召集{}({}{occasion_zh}),{at}在{place};议程:{};有权参加{}{people_zh};法律顾问{advisers}{reports_zh}{paper_zh}。",
            body.zh(),
            form.zh(),
            items_zh,
            entitled.zh,
        ),
        format!(
            "{station} called a meeting of the {} ({}{occasion_en}) for {at} at {place}; agenda: {}; entitled: {}{people_en}; legal advisers: {advisers:#}{reports_en}{paper_en}.",
            body.en(),
            form.en(),
            items_en,
            entitled.en,
        ),
    );
    let description = description.rule("bodies");
    match body {
        Body::Council => description,
        Body::Villagers | Body::Representatives => description.law(VILLAGE),
        Body::Owners => description.law(OWNERS),
    }
}

fn topic(number: usize, item: &AgendaItem) -> (String, String) {
    let title = &item.title;
    let mut zh = format!("第{number}项“{title}”");
    let mut en = format!("{number} \"{title}\"");
    if let Some(issue) = item.issue {
        zh.push_str(&format!("(议题{issue})"));
        en.push_str(&format!(" of issue {issue}"));
    }
    if item.ratifies {
        zh.push_str("(追认)");
        en.push_str(" to be ratified");
    }
    if item.secret {
        zh.push_str("(无记名)");
        en.push_str(", voted on in secret");
    }
    if item.matter == Matter::Major {
        zh.push_str("(重大事项)");
        en.push_str(", a major matter");
    }
    (zh, en)
}

fn entitled(convened: &Convened) -> Said {
    match convened.electorate {
        Some(all) => {
            let (heads, area) = (all.heads, all.area);
            if area == Area(0) {
                Said::new(format!("{heads}人"), format!("{heads}"))
            } else {
                Said::new(format!("{heads}人、{area}"), format!("{heads} with {area:#}"))
            }
        }
        None => {
            let heads = convened.members.len();
            Said::new(format!("{heads}人"), format!("{heads}"))
        }
    }
}

fn attendance(taken: &AttendanceTaken) -> Description {
    let who = |one: &Attendee| match one.proxy {
        Some(proxy) => format!("{}({proxy})", one.member),
        None => one.member.to_string(),
    };
    let (count, who) = (taken.present.len(), list(taken.present.iter().map(who)));
    Description::new(format!("{count}人签到:{who}。"), format!("{count} were present: {who:#}."))
}

fn votes(cast: &VotesCast) -> Description {
    let (topic, count) = (cast.topic, cast.votes.len());
    let zh = list(cast.votes.iter().map(|vote| format!("{}{}", vote.member, vote.choice.zh())));
    let en = list(cast.votes.iter().map(|vote| format!("{} {}", vote.member, vote.choice.en())));
    Description::new(
        format!("第{topic}项{count}人表决:{zh}。"),
        format!("{count} voted on topic {topic}: {en:#}."),
    )
}

fn counting_lists(taken: &CountingListsTaken) -> Description {
    let topic = taken.topic;
    let zh = taken.lists.iter().map(|one| {
        let [agree, against, abstain] =
            [one.count.agree, one.count.against, one.count.abstain].map(|of| share(of).zh);
        format!("{}赞成{agree}、反对{against}、弃权{abstain}", one.building)
    });
    let en = taken.lists.iter().map(|one| {
        let [agree, against, abstain] =
            [one.count.agree, one.count.against, one.count.abstain].map(|of| share(of).en);
        format!("{} agree {agree}, against {against}, abstain {abstain}", one.building)
    });
    let description = Description::new(
        format!("第{topic}项按楼栋、小组计票:{}。", zh.collect::<Vec<_>>().join(";")),
        format!(
            "Votes on topic {topic} by building or group: {}.",
            en.collect::<Vec<_>>().join("; ")
        ),
    );
    description.rule("bodies")
}

fn decision(decided: &TopicDecided) -> Description {
    let TopicDecided { topic, outcome, tally, unvoted } = decided;
    let parts = [
        ("有权参加", "entitled", tally.entitled),
        ("到会", "present", tally.present),
        ("赞成", "agree", tally.agree),
        ("反对", "against", tally.against),
        ("弃权", "abstain", tally.abstain),
    ];
    let zh = parts.map(|(zh, _, share)| format!("{zh}{}", self::share(share).zh)).join("、");
    let en = parts.map(|(_, en, share)| format!("{en} {}", self::share(share).en)).join(", ");
    let early = unvoted.filter(|unvoted| *unvoted > 0).map(|unvoted| {
        (
            format!(";经确认,在场尚有{unvoted}人未表决"),
            format!("; it was confirmed that {unvoted} of those present had not voted"),
        )
    });
    let (early_zh, early_en) = early.unwrap_or_default();
    let description = Description::new(
        format!("第{topic}项{}:{zh}{early_zh}。", outcome.zh()),
        format!("Topic {topic} was {}: {en}{early_en}.", outcome.en()),
    );
    let description = description.rule("bodies");
    if tally.entitled.area > 0 { description.law(OWNERS) } else { description }
}

fn share(share: Share) -> Said {
    let Share { heads, area } = share;
    if area == 0 {
        return Said::new(format!("{heads}人"), heads.to_string());
    }
    let area = format!("{}.{:02}", area / 100, area % 100);
    Said::new(format!("{heads}人({area}平方米)"), format!("{heads} ({area} m²)"))
}

fn minutes(sealed: &MinutesSealed) -> Description {
    let MinutesSealed { held_on, recorder, topics, reports } = sealed;
    let (recorder_zh, recorder_en) = recorder.map_or_else(Default::default, |who| {
        (format!(",记录人{who}"), format!(" by recorder {who}"))
    });
    let zh = topics.iter().map(|topic| {
        let (number, result) = (topic.topic, &topic.result);
        format!("第{number}项{},结果“{result}”,过程“{}”", topic.outcome.zh(), topic.process)
    });
    let en = topics.iter().map(|topic| {
        let (number, outcome) = (topic.topic, topic.outcome.en());
        format!("topic {number} {outcome}, result \"{}\", how: \"{}\"", topic.result, topic.process)
    });
    let told_zh = reports
        .iter()
        .map(|report| format!(";决议{}落实情况“{}”", report.resolution, report.findings));
    let told_en = reports
        .iter()
        .map(|report| format!("; reported on {}: \"{}\"", report.resolution, report.findings));
    let description = Description::new(
        format!(
            "{held_on}会议的记录封存{recorder_zh}:{}{}。",
            zh.collect::<Vec<_>>().join(";"),
            told_zh.collect::<String>()
        ),
        format!(
            "The minutes of {held_on} were sealed{recorder_en}: {}{}.",
            en.collect::<Vec<_>>().join("; "),
            told_en.collect::<String>()
        ),
    );
    description.rule("minutes_days")
}
