//! `explain STREAM`: when, who, what, why, under which rule.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::rulebook::{Adopted, Event as RulebookEvent};
use domain::{Category, Event};
use event_store::{Place, Recorded, StreamId, Version};
use projections::{Fact, Until};
use uuid::Uuid;

use crate::audit;
use crate::cli::Explain;
use crate::console::Console;
use crate::explain::{self, Rulebooks};
use crate::failure::{Failure, exit};
use crate::lang::{Lang, Said};
use crate::log::Log;
use crate::moment::{Cut, county};
use crate::prose;

/// Names of streams that are offered for one that does not exist.
const OFFERED: usize = 5;

pub(super) fn run(
    place: &Place,
    asked: &Explain,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let log = Log::open(place)?;
    let stream = StreamId::new(&asked.stream).map_err(|_| {
        Failure::usage(
            "事件流名称应为“类别-编号”,例 unit-330225001。",
            "A stream is named \"category-key\", for example unit-330225001.",
        )
    })?;
    let mut events = log.stream(&stream)?;
    if events.is_empty() {
        return Err(unknown(&asked.stream, &like(&log, &asked.stream)?));
    }
    if let Some(as_of) = asked.as_of {
        events.truncate(events.partition_point(|event| event.recorded_at <= as_of));
    }
    let facts: Result<Vec<Fact>, _> = events.iter().map(Fact::read).collect();
    let facts = facts.map_err(projections::ProjectionError::from)?;
    if asked.prose {
        return prose(&log, asked, &facts, console);
    }
    let background = Background::of(&facts, &log, console)?;
    let count = facts.len();
    console
        .say(&Said::new(format!("{stream}:{count}件事件"), format!("{stream}: {count} events")))?;
    facts.iter().try_for_each(|fact| entry(console, fact, &background))?;
    Ok(exit::OK)
}

/// The life of a resolution, to be read aloud.
fn prose(
    log: &Log,
    asked: &Explain,
    facts: &[Fact],
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let cut = Cut { as_of: asked.as_of, position: None };
    let audit = audit::decisions(log, &cut, console)?;
    let Some(row) =
        audit.rows.iter().find(|row| row.resolution().is_some() && row.stream == asked.stream)
    else {
        return Err(Failure::usage(
            "只有该时刻已通过的决议(resolution-…)能用 --prose。",
            "Only a resolution (resolution-…) that was adopted by that time is told with --prose.",
        ));
    };
    let page = prose::write(log, facts, row, audit.as_of)?;
    writeln!(console.out, "{}", page.text(console.lang))?;
    Ok(exit::OK)
}

/// What the rest of the log says of a stream's events. No engine finds an event by its id, so the log is read once.
struct Background {
    /// The events that policies answered.
    causes: HashMap<Uuid, (StreamId, Version, String)>,
    rulebooks: Rulebooks,
}

impl Background {
    /// Reads the log up to the last of the facts: causes and rulebooks come before what rests on them.
    fn of(facts: &[Fact], log: &Log, console: &mut Console<'_>) -> Result<Self, Failure> {
        let wanted: HashSet<Uuid> = facts.iter().filter_map(|fact| fact.metadata.cause).collect();
        let end = facts.last().map_or(Until::Head, |last| Until::Position(last.position));
        let goal = log.goal(end)?;
        let (mut causes, mut adopted) = (HashMap::new(), Vec::new());
        let progress = console.progress(Said::new("查找", "search"), goal.position);
        let mut events = 0;
        let read = log.for_each(goal, |event| {
            events += 1;
            progress.at(event.position);
            if wanted.contains(&event.id) {
                let place = (event.stream.clone(), event.version, event.kind.clone());
                causes.insert(event.id, place);
            }
            adopted.extend(adoption(event)?);
            Ok(())
        });
        console.done(progress, events);
        read?;
        Ok(Self { causes, rulebooks: Rulebooks::new(adopted) })
    }
}

/// The version of the rulebook that an event adopts, if it does.
fn adoption(event: &Recorded) -> Result<Option<Adopted>, Failure> {
    if event.stream.category() != Category::Rulebook.as_str() {
        return Ok(None);
    }
    let fact = Fact::read(event).map_err(projections::ProjectionError::from)?;
    if let Event::Rulebook(RulebookEvent::Adopted(adopted)) = fact.event {
        return Ok(Some(*adopted));
    }
    Ok(None)
}

/// One event, a few lines.
fn entry(console: &mut Console<'_>, fact: &Fact, background: &Background) -> Result<(), Failure> {
    let lang = console.lang;
    let (description, line) = (explain::describe(&fact.event), fact.event.kind());
    let head = lang.pick(line.zh, line.name);
    let out = &mut *console.out;
    writeln!(out, "\n{}. {}  {head}", fact.version, county(fact.recorded_at))?;
    let mut row = |label: (&str, &str), text: &str| {
        let label = lang.pick(label.0, label.1);
        writeln!(out, "   {label} {text}")
    };
    row(("经过:", "what: "), description.what.pick(lang))?;
    row(("操作:", "who:  "), &who(fact, lang))?;
    if let Some(reason) = &description.reason {
        row(("原因:", "why:  "), reason)?;
    }
    if let Some(cause) = fact.metadata.cause {
        row(("起因:", "after:"), &caused_by(background, cause, lang))?;
    }
    let version = fact.metadata.rulebook;
    let cited: Result<Vec<String>, Failure> = description
        .basis
        .iter()
        .map(|basis| background.rulebooks.cite(version, basis, lang))
        .collect();
    let book = match lang {
        Lang::Zh => format!("规则簿第{version}版"),
        Lang::En => format!("rulebook version {version}"),
    };
    let basis: Vec<String> = std::iter::once(book).chain(cited?).collect();
    row(("依据:", "under:"), &basis.join(lang.pick(";", "; ")))?;
    Ok(())
}

fn who(fact: &Fact, lang: Lang) -> String {
    let actor = &fact.metadata.actor;
    let (id, unit) = (&actor.id, actor.unit.as_ref());
    let mut text = match lang {
        Lang::Zh => format!("{},账号{id}", actor.role.zh()),
        Lang::En => format!("{}, account {id}", actor.role.en()),
    };
    if let Some(person) = actor.person {
        text.push_str(&lang.pick(format!(",人员{person}"), format!(", person {person}")));
    }
    if let Some(unit) = unit {
        text.push_str(&lang.pick(format!(",单位{unit}"), format!(", unit {unit}")));
    }
    text
}

/// The event that a policy answered.
fn caused_by(background: &Background, cause: Uuid, lang: Lang) -> String {
    let Some((stream, version, kind)) = background.causes.get(&cause) else {
        return lang.pick(
            format!("此前的日志中没有事件{cause}"),
            format!("event {cause}, which the log does not hold before it"),
        );
    };
    let known = domain::catalogue::CATALOGUE.iter().find(|known| known.name == kind);
    let name = known.map_or(kind.as_str(), |known| lang.pick(known.zh, known.name));
    lang.pick(
        format!("{stream}第{version}件事件“{name}”"),
        format!("event {version} of {stream}, {name}"),
    )
}

/// The first names of streams that hold the key asked for, whatever its case.
fn like(log: &Log, asked: &str) -> Result<BTreeSet<StreamId>, Failure> {
    let key = asked.split_once('-').map_or(asked, |(_, key)| key).to_lowercase();
    let mut names = BTreeSet::new();
    log.for_each(log.goal(Until::Head)?, |event| {
        if event.stream.as_str().to_lowercase().contains(&key) {
            names.insert(event.stream.clone());
        }
        if names.len() > OFFERED {
            names.pop_last();
        }
        Ok(())
    })?;
    Ok(names)
}

/// Says which streams there are that the user may have meant.
fn unknown(asked: &str, near: &BTreeSet<StreamId>) -> Failure {
    let (mut zh, mut en) =
        (format!("日志中没有事件流 {asked}。"), format!("The log has no stream {asked}."));
    if near.is_empty() {
        let categories: Vec<&str> =
            Category::ALL.iter().map(|category| category.as_str()).collect();
        let categories = categories.join(", ");
        zh.push_str(&format!("名称为“类别-编号”,类别有:{categories}。"));
        en.push_str(&format!(" A name is \"category-key\"; categories are: {categories}."));
    } else {
        let names: Vec<&str> = near.iter().map(StreamId::as_str).collect();
        zh.push_str(&format!("相近的有:{}。", names.join("、")));
        en.push_str(&format!(" Names like it: {}.", names.join(", ")));
    }
    Failure::NotThere(Said::new(zh, en))
}
