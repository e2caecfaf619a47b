//! How a decision was executed, and what supervision found. A claim is never written as if the work were done.

use domain::resolution::{
    Assigned, CompletionClaimed, CompletionPublicised, CompletionReturned, CompletionVerified,
    ExecutionOverdue, Extended, MeetingInformed, Progressed, Reopened,
};
use jiff::civil::Date;

use super::page::{Page, masked};
use super::story::{Around, Story, days};

impl Story {
    pub(super) fn assigned(&mut self, page: &mut Page, it: &Assigned, on: Date) {
        page.paragraph();
        let (day, due) = (page.day(on), page.day(it.due));
        let (office, who) = (masked(&it.office), it.executor);
        self.due = Some(it.due);
        page.say(
            format!("{},明确由{office}({who})执行,期限是{}。", day.zh, due.zh),
            format!("On {} it was given to {office} ({who}) to execute until {}.", day.en, due.en),
        );
    }

    pub(super) fn extended(&mut self, page: &mut Page, it: &Extended, on: Date) {
        let (day, from, to) = (page.day(on), page.day(it.from), page.day(it.to));
        let (reason, late) = (masked(&it.reason), self.overdue(on));
        self.due = Some(it.to);
        let (late_zh, late_en) = late.map_or_else(Default::default, |late| {
            (format!("在逾期{late}天之后"), format!(", when it was {late} days overdue,"))
        });
        page.say(
            format!("{},{late_zh}期限由{}延到{},原因是“{reason}”。", day.zh, from.zh, to.zh),
            format!(
                "On {}{late_en} the last day was moved from {} to {}, because: \"{reason}\".",
                day.en, from.en, to.en
            ),
        );
    }

    pub(super) fn claimed(&mut self, page: &mut Page, it: &CompletionClaimed, on: Date) {
        let (day, claim, note) = (page.day(on), it.claim, masked(&it.note));
        let (late_zh, late_en) = self.overdue(on).map_or_else(Default::default, |late| {
            (format!(",比期限晚{late}天"), format!(", {late} days after the last day,"))
        });
        page.say(
            format!("{},执行人第{claim}次报告完成{late_zh},称“{note}”;是否完成,要由监督小组核实。", day.zh),
            format!(
                "On {} the executor claimed completion (claim {claim}){late_en} and said: \"{note}\"; whether it is done is for the supervision group to verify.",
                day.en
            ),
        );
    }

    pub(super) fn returned(&mut self, page: &mut Page, it: &CompletionReturned, on: Date) {
        let (day, due) = (page.day(on), page.day(it.due));
        let (who, claim, findings) = (it.verifier, it.claim, masked(&it.findings));
        self.due = Some(it.due);
        page.say(
            format!(
                "{},监督小组{who}把第{claim}次报告退回,认为没有完成:“{findings}”,期限改为{}。",
                day.zh, due.zh
            ),
            format!(
                "On {} {who} of the supervision group returned claim {claim} as not done: \"{findings}\"; the last day became {}.",
                day.en, due.en
            ),
        );
    }

    fn overdue(&self, on: Date) -> Option<i32> {
        self.due.filter(|due| *due < on).map(|due| days(due, on))
    }
}

pub(super) fn progressed(page: &mut Page, it: &Progressed, on: Date) {
    let note = masked(&it.note);
    page.on(
        on,
        format!("执行人报告进展:“{note}”"),
        format!("the executor told how far it was: \"{note}\""),
    );
}

pub(super) fn overdue(page: &mut Page, it: &ExecutionOverdue) {
    let due = page.day(it.due);
    page.say(
        format!("到期限{}没有报告完成,记为执行逾期。", due.zh),
        format!(
            "The last day, {}, passed without a claim of completion and was recorded as overdue.",
            due.en
        ),
    );
}

pub(super) fn reopened(page: &mut Page, it: &Reopened, on: Date) {
    page.paragraph();
    let reason = masked(&it.reason);
    page.on(
        on,
        format!("决议重新办理,须重新明确由谁执行,原因是“{reason}”"),
        format!("it was reopened and has to be assigned anew, because: \"{reason}\""),
    );
}

pub(super) fn branch(page: &mut Page, on: Date) {
    page.on(on, "监督情况反馈党支部", "the party branch was told what supervision had found");
}

pub(super) fn verified(page: &mut Page, it: &CompletionVerified, on: Date) {
    page.paragraph();
    let (day, who, claim, findings) = (page.day(on), it.verifier, it.claim, masked(&it.findings));
    page.say(
        format!("{},监督小组{who}核实第{claim}次报告,确已完成:“{findings}”。", day.zh),
        format!(
            "On {} {who} of the supervision group verified claim {claim} and found it done: \"{findings}\".",
            day.en
        ),
    );
}

pub(super) fn heard(page: &mut Page, it: &MeetingInformed, on: Date, around: &Around) {
    let held_on = around.held.get(&it.meeting).copied().unwrap_or(on);
    page.on(held_on, "向议事会通报了执行情况", "a meeting was told how the execution went");
}

pub(super) fn publicised(page: &mut Page, it: &CompletionPublicised) {
    let (day, length, result) =
        (page.day(it.opens_on), days(it.opens_on, it.closes_on), masked(&it.result));
    page.say(
        format!("{}起向居民公示完成情况{length}天:“{result}”。", day.zh),
        format!(
            "From {} the residents could read for {length} days what came of it: \"{result}\".",
            day.en
        ),
    );
}
