//! 满意度测评.

use domain::survey::Event;

use super::description::{Description, words};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Opened(opened) => {
            let (station, question, due) = (&opened.station, &opened.question, opened.closes_on);
            let eligible = opened.eligible;
            let (zh, en) = opened.resolution.map_or_else(
                || ("本站工作".to_owned(), "the station's work".to_owned()),
                |about| (format!("决议{about}"), format!("resolution {about}")),
            );
            Description::new(
                format!("{station}就{zh}开始测评,可回复{eligible}人,{due}截止:“{question}”。"),
                format!(
                    "{station} began a survey about {en}, {eligible} may reply until {due}: \"{question}\".",
                ),
            )
        }
        Event::BallotsIssued(issued) => {
            let ballots = issued.ballots;
            Description::new(
                format!("发放测评码{ballots}个。"),
                format!("The codes of {ballots} ballots were handed out."),
            )
        }
        Event::Replied(replied) => {
            let (ballot, satisfaction) = (replied.ballot, replied.satisfaction);
            let (zh, en) = if replied.recognises {
                ("认可", "recognises")
            } else {
                ("不认可", "does not recognise")
            };
            Description::new(
                format!("第{ballot}号测评回复:{zh},{}。", satisfaction.zh()),
                format!(
                    "Ballot {ballot} came back: {en} the work, {}.",
                    words(satisfaction.as_str())
                ),
            )
        }
        Event::Closed(closed) => {
            let (eligible, replies) = (closed.eligible, closed.replies);
            let (recognised, satisfied) = (closed.recognised, closed.satisfied);
            let description = Description::new(
                format!(
                    "测评结束:可回复{eligible}人,回复{replies}人,认可{recognised}人,满意{satisfied}人。"
                ),
                format!(
                    "The survey ended: {replies} of {eligible} replied, {recognised} recognise the work, {satisfied} are satisfied."
                ),
            );
            description.rule("survey_minimum_replies").rule("survey_target_percent")
        }
    }
}
