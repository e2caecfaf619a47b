//! 组建行动.

use domain::campaign::{
    Adopted, Deadlines, DeadlinesMoved, Ended, Event, KindDeadlines, deadlines_of,
};
use jiff::Timestamp;

use super::description::Description;
use crate::lang::Said;
use crate::moment::county;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Adopted(adopted) => adoption(adopted),
        Event::DeadlinesMoved(DeadlinesMoved { deadlines, by_kind, reason }) => {
            let until = until(*deadlines, by_kind);
            Description::new(
                format!("期限延长:{}。", until.zh),
                format!("Deadlines were put off: {}.", until.en),
            )
            .because(reason)
        }
        Event::Ended(Ended { on, reason }) => Description::new(
            format!("行动自{on}起结束;此前逾期的仍为逾期。"),
            format!("The campaign is over from {on}; who was late under it stays so."),
        )
        .because(reason),
    }
}

fn adoption(adopted: &Adopted) -> Description {
    let Adopted { name, source, starts_on, ends_on, deadlines, by_kind, county_total, tasks } =
        adopted;
    let last = ends_on.map_or_else(
        || Said::new("至宣布结束", "until it is ended"),
        |last| Said::new(format!("至{last}"), format!("to {last}")),
    );
    let until = until(*deadlines, by_kind);
    let whole = county_total.map_or_else(
        || Said::new("", ""),
        |total| {
            Said::new(format!("全县目标{total}人,"), format!("{total} members in the county, "))
        },
    );
    let people: u64 = tasks.iter().map(|task| u64::from(task.task)).sum();
    Description::new(
        format!(
            "发起“{name}”,{starts_on}{}:{}{}个单位有任务,共{people}人;{}。",
            last.zh,
            whole.zh,
            tasks.len(),
            until.zh
        ),
        format!(
            "The campaign \"{name}\" was adopted, {starts_on} {}: {}{} units have tasks, {people} members in all; {}.",
            last.en,
            whole.en,
            tasks.len(),
            until.en
        ),
    )
    .cited(source)
}

/// Until when, of the campaign and of the kinds that differ.
fn until(deadlines: Deadlines, by_kind: &[KindDeadlines]) -> Said {
    let mut until = both(deadlines);
    for KindDeadlines { kind, .. } in by_kind {
        let of = both(deadlines_of(*kind, deadlines, by_kind));
        until = Said::new(
            format!("{};{}:{}", until.zh, kind.zh(), of.zh),
            format!("{}; {}: {}", until.en, kind.en(), of.en),
        );
    }
    until
}

fn both(deadlines: Deadlines) -> Said {
    let Deadlines { administrator, squad } = deadlines;
    let (administrator, squad) = (moment(administrator), moment(squad));
    Said::new(
        format!("管理员上报期限{},小分队组建期限{}", administrator.zh, squad.zh),
        format!("administrators until {}, squads until {}", administrator.en, squad.en),
    )
}

fn moment(deadline: Option<Timestamp>) -> Said {
    deadline.map_or_else(
        || Said::new("不限", "any time"),
        |deadline| Said::new(county(deadline), county(deadline)),
    )
}
