//! How a decision stood open to objections, and what became of them. Who objected is never told.

use domain::Event as Any;
use domain::notice::Verdict;
use domain::resolution::{
    Corrected, Escalation, Event, ObjectionAnswered, ObjectionEscalated, ObjectionFiled,
    ObjectionOverdue, Publicised, Withdrawn,
};
use jiff::civil::Date;
use projections::Fact;

use super::page::{Page, masked};
use super::story::{Story, days};

/// Objections of a period that are told one by one; of more, only the numbers.
const ONE_BY_ONE: usize = 10;

impl Story {
    pub(super) fn publicised(&mut self, page: &mut Page, it: &Publicised, later: &[Fact]) {
        if it.period == 1 {
            page.paragraph();
        }
        let filed: Vec<&ObjectionFiled> = objections(later).collect();
        self.one_by_one = filed.len() <= ONE_BY_ONE;
        let (count, open) = (filed.len(), !is_over(later));
        let (from, to, length) =
            (page.day(it.opens_on), page.day(it.closes_on), days(it.opens_on, it.closes_on));
        let (again_zh, again_en) = if it.period == 1 {
            ("公示", "publicised")
        } else {
            ("重新公示", "publicised again")
        };
        let (time_zh, time_en) =
            if open { ("至今", "so far") } else { ("期间", "in that time") };
        let (objections_zh, objections_en) = match count {
            0 => ("没有收到异议".to_owned(), "no objection was filed".to_owned()),
            1 => ("收到1件异议".to_owned(), "1 objection was filed".to_owned()),
            _ => (format!("收到{count}件异议"), format!("{count} objections were filed")),
        };
        page.say(
            format!("{}起{again_zh}{length}天,到{}为止,{time_zh}{objections_zh}。", from.zh, to.zh),
            format!(
                "It was {again_en} on {} for {length} days, until {}; {time_en} {objections_en}.",
                from.en, to.en
            ),
        );
    }

    pub(super) fn filed(&mut self, page: &mut Page, it: &ObjectionFiled, on: Date) {
        self.answers.insert(it.objection, it.answer_due);
        if !self.one_by_one && !it.late {
            return;
        }
        let (day, due, number) = (page.day(on), page.day(it.answer_due), it.objection);
        let (zh, en) = if it.late {
            ("在公示期满后提出,由乡镇(街道)答复", "came after the period, for the town to answer")
        } else {
            ("提出", "was filed")
        };
        page.say(
            format!("{},第{number}件异议{zh},应于{}前答复。", day.zh, due.zh),
            format!("On {} objection {number} {en}; the answer was due until {}.", day.en, due.en),
        );
    }

    pub(super) fn answered(&mut self, page: &mut Page, it: &ObjectionAnswered, on: Date) {
        let due = self.answers.remove(&it.objection);
        let late = due.filter(|due| *due < on).map(|due| days(due, on));
        let told = self.one_by_one || late.is_some() || it.verdict == Verdict::Upheld;
        if !told {
            return;
        }
        let (day, number) = (page.day(on), it.objection);
        let (zh, en) = match it.verdict {
            Verdict::Upheld => (
                "成立,一切停下,须先修正或撤销决议",
                "was upheld, which stopped everything until the resolution is corrected or withdrawn",
            ),
            Verdict::Dismissed => ("不成立", "was dismissed"),
        };
        let (late_zh, late_en) = late.map_or_else(Default::default, |late| {
            (format!("(答复逾期{late}天)"), format!(", {late} days after its last day"))
        });
        page.say(
            format!("{},第{number}件异议答复为{zh}{late_zh}。", day.zh),
            format!("On {} objection {number} {en}{late_en}.", day.en),
        );
    }

    pub(super) fn escalated(&mut self, page: &mut Page, it: &ObjectionEscalated, on: Date) {
        let (zh, en) = match it.cause {
            Escalation::Late => return,
            Escalation::Overdue => (
                "村里逾期没有答复,转由",
                "the village had not answered in time, so that it went up to",
            ),
            Escalation::Unsatisfied => {
                self.answers.insert(it.objection, it.answer_due);
                ("提出人对答复不服,转由", "its answer was not accepted, so that it went up to")
            }
        };
        let (day, due, number) = (page.day(on), page.day(it.answer_due), it.objection);
        page.say(
            format!("{},第{number}件异议{zh}乡镇(街道)在{}前答复。", day.zh, due.zh),
            format!(
                "On {} it was recorded of objection {number} that {en} the town, with an answer due until {}.",
                day.en, due.en
            ),
        );
    }
}

pub(super) fn corrected(page: &mut Page, it: &Corrected, on: Date) {
    let (day, text, reason) = (page.day(on), masked(&it.text), masked(&it.reason));
    page.say(
        format!("{},决议修正为“{text}”,原因是“{reason}”。", day.zh),
        format!("On {} it was changed to \"{text}\", because: \"{reason}\".", day.en),
    );
}

pub(super) fn overdue(page: &mut Page, it: &ObjectionOverdue, on: Date) {
    let number = it.objection;
    page.on(
        on,
        format!("第{number}件异议逾期没有答复"),
        format!("objection {number} was recorded as overdue without an answer"),
    );
}

pub(super) fn withdrawn(page: &mut Page, it: &Withdrawn, on: Date) {
    let reason = masked(&it.reason);
    page.on(
        on,
        format!("决议撤销,不再执行,原因是“{reason}”"),
        format!("it was withdrawn and is not executed, because: \"{reason}\""),
    );
}

/// The objections of the period that has just begun.
fn objections(later: &[Fact]) -> impl Iterator<Item = &ObjectionFiled> {
    let period = resolution(later).take_while(|event| !ends_period(event));
    period.filter_map(|event| {
        let Event::ObjectionFiled(filed) = event else { return None };
        (!filed.late).then_some(filed)
    })
}

fn is_over(later: &[Fact]) -> bool {
    resolution(later).any(ends_period)
}

fn resolution(facts: &[Fact]) -> impl Iterator<Item = &Event> {
    facts.iter().filter_map(|fact| {
        let Any::Resolution(event) = &fact.event else { return None };
        Some(event)
    })
}

fn ends_period(event: &Event) -> bool {
    matches!(event, Event::Publicised(_) | Event::NoticeClosed(_) | Event::Withdrawn(_))
}
