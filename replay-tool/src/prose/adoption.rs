//! How a decision came about: who raised what, and how the meeting decided.

use domain::county_date;
use domain::issue;
use domain::meeting::{Convened, Event as MeetingEvent, Outcome, Tally};
use domain::resolution::Adopted;
use domain::{Event, IssueId};
use projections::Fact;

use super::page::{Page, masked};
use super::story::Around;
use crate::lang::Said;

/// Begins the page.
pub fn tell(page: &mut Page, adopted: &Adopted, topic: u8, around: &Around) {
    page.paragraph();
    if let Some(issue) = adopted.issue {
        raised(page, issue, &around.issue);
    }
    let day = page.day(adopted.decided_on);
    let (title, text) = (masked(&adopted.title), masked(&adopted.text));
    let village = around
        .village
        .as_deref()
        .map_or_else(|| adopted.station.to_string(), |name| format!("{name}({})", adopted.station));
    let (convened, tally) = (convened(&around.meeting), tally(&around.meeting, topic));
    let (body_zh, body_en) = convened.map_or_else(
        || ("议事会".to_owned(), "council".to_owned()),
        |convened| (convened.body.zh().to_owned(), convened.body.en()),
    );
    let votes = tally.map_or_else(|| Said::new("", ""), votes);
    page.say(
        format!("{},{village}{body_zh}{}通过决议“{title}”:“{text}”。", day.zh, votes.zh),
        format!(
            "On {} the {body_en} of {village} adopted the resolution \"{title}\"{}: \"{text}\".",
            day.en, votes.en
        ),
    );
}

/// When the problem was raised; never by whom.
fn raised(page: &mut Page, id: IssueId, facts: &[Fact]) {
    let registered = facts.iter().find_map(|fact| {
        let Event::Issue(issue::Event::Registered(it)) = &fact.event else { return None };
        Some((it, county_date(fact.recorded_at)))
    });
    let Some((registered, on)) = registered else { return };
    let (raised, entered) = (page.day(county_date(registered.raised_at)), page.day(on));
    let problem = masked(&registered.problem);
    page.say(
        format!("{},有人反映“{problem}”,{}登记为议题{id}。", raised.zh, entered.zh),
        format!(
            "On {} a problem was raised: \"{problem}\"; it was registered on {} as issue {id}.",
            raised.en, entered.en
        ),
    );
}

fn convened(meeting: &[Fact]) -> Option<&Convened> {
    meeting.iter().find_map(|fact| {
        let Event::Meeting(MeetingEvent::Convened(convened)) = &fact.event else { return None };
        Some(&**convened)
    })
}

fn tally(meeting: &[Fact], topic: u8) -> Option<&Tally> {
    meeting.iter().rev().find_map(|fact| {
        let Event::Meeting(MeetingEvent::TopicDecided(it)) = &fact.event else { return None };
        (it.topic == topic && it.outcome == Outcome::Adopted).then_some(&it.tally)
    })
}

fn votes(tally: &Tally) -> Said {
    let [entitled, present] = [tally.entitled.heads, tally.present.heads];
    let [agree, against, abstain] = [tally.agree.heads, tally.against.heads, tally.abstain.heads];
    Said::new(
        format!(
            "召开会议,有权参加{entitled}人,到会{present}人,赞成{agree}人、反对{against}人、弃权{abstain}人,"
        ),
        format!(
            " ({present} of {entitled} entitled present; {agree} for, {against} against, {abstain} abstaining)"
        ),
    )
}
