//! 通报.

use domain::bulletin::{Event, Ordered, Published, Row, Tabled};

use super::description::Description;
use crate::moment::county;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Ordered(ordered) => told(ordered),
        Event::Tabled(Tabled { rows }) => {
            let count = rows.len();
            let named = |rank: fn(&Row) -> String| rows.iter().map(rank).collect::<Vec<_>>();
            let zh = named(|row| {
                let rank =
                    row.rank.map_or_else(|| "不排名".to_owned(), |rank| format!("第{rank}名"));
                let figures = &row.figures;
                format!("{}{rank}({}/{})", figures.unit, figures.members, figures.required)
            });
            let en = named(|row| {
                let rank =
                    row.rank.map_or_else(|| "not ranked".to_owned(), |rank| format!("rank {rank}"));
                let figures = &row.figures;
                format!("{} {rank} ({}/{})", figures.unit, figures.members, figures.required)
            });
            Description::new(
                format!("列出{count}个单位(队员/应有队员):{}。", zh.join(",")),
                format!("{count} units are listed (members of those required): {}.", en.join(", ")),
            )
        }
        Event::Published(Published { as_of, units }) => {
            let as_of = county(*as_of);
            Description::new(
                format!("通报发布:{units}个单位,数字截至{as_of}。"),
                format!("The bulletin was published: {units} units, as of {as_of}."),
            )
        }
    }
}

fn told(ordered: &Ordered) -> Description {
    let Ordered { number, title, note: _, as_of, corrects } = ordered;
    let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    let (zh, en) = as_of.map_or_else(
        || ("编制之时".to_owned(), "the moment of the order".to_owned()),
        |as_of| (county(as_of), county(as_of)),
    );
    let mut description = Description::new(
        format!("编制通报“{number}{title}”,截至{zh}。"),
        format!("The bulletin \"{number}{title}\" is to be published, as of {en}."),
    );
    if let Some(correction) = corrects {
        let earlier = correction.bulletin;
        description = Description::new(
            format!("编制通报“{number}{title}”,截至{zh},更正通报{earlier}。"),
            format!(
                "The bulletin \"{number}{title}\" is to be published, as of {en}; it corrects bulletin {earlier}."
            ),
        )
        .because(&correction.reason);
    }
    description
}
