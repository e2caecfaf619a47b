//! 活动.

use domain::activity::{Event, Published};

use super::backfill;
use super::description::{Description, list};
use crate::lang::Said;
use crate::moment::county;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Published(published) => publication(published),
        Event::BackfillApproved(approved) => backfill::approval(approved),
        Event::BackfillRefused(refused) => backfill::refusal(refused),
        Event::RiskAssessed(assessed) => {
            let (zh, en) = if assessed.dangerous {
                ("有危险", "dangerous")
            } else {
                ("无危险", "not dangerous")
            };
            let findings = &assessed.findings;
            let description = Description::new(
                format!("风险评估为{zh}:“{findings}”。"),
                format!("The risk was assessed as {en}: \"{findings}\"."),
            );
            description.law("志愿服务条例 §17")
        }
        Event::Insured(insured) => {
            let (people, policy) = (insured.volunteers.len(), &insured.policy);
            let who = list(&insured.volunteers);
            let description = Description::new(
                format!("为{people}名参加者投保(保单{policy}):{who}。"),
                format!("{people} participants were insured (policy {policy}): {who:#}."),
            );
            description.law("志愿服务条例 §17")
        }
        Event::SignedUp(signed_up) => {
            let who = signed_up.volunteer;
            let (zh, en) =
                if signed_up.minor { ("(未成年人)", ", a minor,") } else { ("", "") };
            if signed_up.walk_in {
                Description::new(
                    format!("{who}{zh}临时到场,现场报名。"),
                    format!("{who}{en} came unannounced and was signed up while it ran."),
                )
            } else {
                Description::new(format!("{who}{zh}报名。"), format!("{who}{en} signed up."))
            }
        }
        Event::SignUpCancelled(cancelled) => {
            let who = cancelled.volunteer;
            Description::new(format!("{who}取消报名。"), format!("{who} cancelled the sign-up."))
        }
        Event::Started(started) => {
            let people = started.participants;
            let description = Description::new(
                format!("活动开始,报名{people}人。"),
                format!("The activity started with {people} signed up."),
            );
            description.law("志愿服务条例 §17")
        }
        Event::Closed(closed) => {
            let (at, summary) = (county(closed.ended_at), &closed.summary);
            Description::new(
                format!("活动于{at}结束:“{summary}”。"),
                format!("The activity ended at {at}: \"{summary}\"."),
            )
        }
        Event::Cancelled(cancelled) => {
            Description::new("活动取消。", "The activity was cancelled.").because(&cancelled.reason)
        }
    }
}

fn publication(published: &Published) -> Description {
    let Published { title, kind, class, organiser, place, in_charge, .. } = published;
    let (from, to) = (county(published.starts_at), county(published.ends_at));
    let room = |count: Option<u32>| count.map_or("不限".to_owned(), |count| format!("{count}人"));
    let (emergency_zh, emergency_en) =
        if published.emergency { ("应急", "emergency ") } else { ("经常性", "") };
    let (danger_zh, danger_en) = if published.dangerous {
        ("有危险", "dangerous")
    } else {
        ("无危险", "not dangerous")
    };
    let Said { zh: paper_zh, en: paper_en } = backfill::from(published.paper.as_ref());
    Description::new(
        format!(
            "{organiser}发布{emergency_zh}活动“{title}”({},{}),{from}至{to},地点{place},名额{},{danger_zh},负责人账号{in_charge}{paper_zh}。",
            kind.zh(),
            class.zh(),
            room(published.capacity)
        ),
        format!(
            "{organiser} published the {emergency_en}activity \"{title}\" ({}, {}), {from} to {to}, at {place}, room for {}, {danger_en}, account in charge {in_charge}{paper_en}.",
            kind.en(),
            class.en(),
            published.capacity.map_or("all".to_owned(), |count| count.to_string())
        ),
    )
}
