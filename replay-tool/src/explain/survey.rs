//! 满意度测评.

use domain::survey::{Carrier, Event, Maker, Reach};

use super::description::Description;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Opened(opened) => {
            let (station, question, due) = (&opened.station, &opened.question, opened.closes_on);
            let eligible = opened.eligible;
            let (asked_zh, asked_en) = opened.households.map_or_else(
                || (format!("可回复{eligible}人"), format!("{eligible} may reply")),
                |all| {
                    (
                        format!("向{all}户中的{eligible}户发放,一户一码"),
                        format!("{eligible} of {all} households may reply"),
                    )
                },
            );
            let (zh, en) = opened.resolution.map_or_else(
                || ("本站工作".to_owned(), "the station's work".to_owned()),
                |about| (format!("决议{about}"), format!("resolution {about}")),
            );
            Description::new(
                format!("{station}就{zh}开始测评,{asked_zh},{due}截止:“{question}”。"),
                format!(
                    "{station} began a survey about {en}, {asked_en} until {due}: \"{question}\".",
                ),
            )
        }
        Event::BallotsIssued(issued) => {
            let ballots = issued.ballots;
            let (zh, en) = match issued.maker {
                Some(Maker::County) => ("县级", " by the county"),
                Some(Maker::UnitAbove) => ("上级单位", " by a unit above"),
                None => ("", ""),
            };
            Description::new(
                format!("{zh}制作测评码{ballots}个。"),
                format!("The codes of {ballots} ballots were made{en}."),
            )
        }
        Event::HandedOut(handed) => {
            let (carrier, on) = (handed.carrier, handed.handed_out_on);
            let en = match carrier {
                Carrier::Maker => "by whoever made them",
                Carrier::Post => "by post",
                Carrier::Village => "through the village",
            };
            Description::new(
                format!("密封的测评码已于{on}前分发:{}。", carrier.zh()),
                format!("The sealed ballots were handed out until {on}, {en}."),
            )
        }
        Event::Replied(replied) => {
            let (ballot, satisfaction) = (replied.ballot, replied.satisfaction);
            let (reach_zh, reach_en) = replied.aware.zip(replied.took_part).map_or_else(
                Default::default,
                |(aware, took_part)| {
                    let zh = [
                        if aware { "知晓" } else { "不知晓" },
                        if took_part { "参与过" } else { "没有参与" },
                    ];
                    let en = [
                        if aware { "knows" } else { "does not know" },
                        if took_part { "took part in" } else { "took no part in" },
                    ];
                    (format!("{},{},", zh[0], zh[1]), format!("{} and {} ", en[0], en[1]))
                },
            );
            let (zh, en) = if replied.recognises {
                ("认可", "recognises")
            } else {
                ("不认可", "does not recognise")
            };
            Description::new(
                format!("第{ballot}号测评回复:{reach_zh}{zh},{}。", satisfaction.zh()),
                format!(
                    "Ballot {ballot} came back: {reach_en}{en} the work, {}.",
                    satisfaction.en()
                ),
            )
        }
        Event::Closed(closed) => {
            let (eligible, replies) = (closed.eligible, closed.replies);
            let (recognised, satisfied) = (closed.recognised, closed.satisfied);
            let (reach_zh, reach_en) = closed.reach.map_or_else(Default::default, |reach| {
                let Reach { asked, aware, took_part } = reach;
                (
                    format!(";答知晓参与的{asked}份中知晓{aware}份、参与{took_part}份"),
                    format!("; of {asked} asked, {aware} know of it and {took_part} took part"),
                )
            });
            let description = Description::new(
                format!(
                    "测评结束:可回复{eligible}人,回复{replies}人,认可{recognised}人,满意{satisfied}人{reach_zh}。"
                ),
                format!(
                    "The survey ended: {replies} of {eligible} replied, {recognised} recognise the work, {satisfied} are satisfied{reach_en}."
                ),
            );
            description.rule("survey_minimum_replies").rule("survey_target_percent")
        }
    }
}
