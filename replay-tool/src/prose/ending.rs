//! How a decision stands, and what is missing as of the moment.

use domain::county_date;
use domain::resolution::Stage;
use jiff::Timestamp;

use super::page::Page;
use crate::audit::{Listed as _, Row, Weight};
use crate::lang::Said;

/// Ends the page.
pub fn tell(page: &mut Page, row: &Row, as_of: Timestamp) {
    page.paragraph();
    let day = page.day(county_date(as_of));
    if let Some(resolution) = row.resolution() {
        let Said { zh, en } = stands(resolution.stage);
        page.say(format!("截至{},{zh}。", day.zh), format!("As of {}, {en}.", day.en));
        let (claims, returns) = (resolution.claims, resolution.returns);
        if returns > 0 {
            page.say(
                format!("报告完成共{claims}次,其中退回{returns}次。"),
                format!("Claims of completion: {claims}, of them returned: {returns}."),
            );
        }
    }
    if !row.fails() {
        page.say(
            "没有逾期未办的环节,也没有发现违反规则之处。",
            "No step is overdue, and nothing was found that the rules forbid.",
        );
    }
    list(page, row, Weight::Missing, "逾期未办", "overdue");
    list(page, row, Weight::Wrong, "违反规则", "against the rules");
    list(page, row, Weight::Doubtful, "存疑", "doubtful");
    list(page, row, Weight::Late, "办得晚了", "done late");
    list(page, row, Weight::Note, "另请留意", "to note");
}

fn stands(stage: Option<Stage>) -> Said {
    let Some(stage) = stage else {
        return Said::new(
            "还没有封存的会议记录载明通过",
            "no sealed minutes say that it was adopted",
        );
    };
    match stage {
        Stage::Adopted => {
            Said::new("决议已经通过,还没有公示", "it was adopted and is not yet publicised")
        }
        Stage::Publicised => Said::new(
            "决议正在公示,还没有交付执行",
            "it stands open to objections and is not yet executed",
        ),
        Stage::AwaitingCorrection => Said::new(
            "有异议成立,决议还没有修正或撤销",
            "an objection was upheld, and it is neither corrected nor withdrawn yet",
        ),
        Stage::Closed => Said::new(
            "公示已经结束,还没有明确由谁执行",
            "its notice has closed, and nobody has been named to execute it",
        ),
        Stage::Executing => Said::new(
            "决议正在执行,没有待核实的完成报告",
            "it is being executed, and no claim of completion waits",
        ),
        Stage::Claimed => Said::new(
            "执行人报告已经完成,但监督小组还没有核实,不能算完成",
            "the executor claims that it is done, which the supervision group has not verified, so that it does not count as done",
        ),
        Stage::Verified => Said::new(
            "监督小组已经核实完成,完成情况还没有公示",
            "the supervision group found it done, and the completion is not yet publicised",
        ),
        Stage::Completed => Said::new(
            "决议已经核实完成,完成情况已经公示",
            "it is verified as done, and the completion was publicised",
        ),
        Stage::Withdrawn => {
            Said::new("决议已经撤销,不再执行", "it was withdrawn and is not executed")
        }
    }
}

fn list(page: &mut Page, row: &Row, weight: Weight, zh: &str, en: &str) {
    let found: Vec<&Said> =
        row.findings.iter().filter(|it| it.weight == weight).map(|it| &it.said).collect();
    if found.is_empty() {
        return;
    }
    let count = found.len();
    let items = |said: fn(usize, &Said) -> String| {
        (1..).zip(&found).map(|(number, it)| said(number, it)).collect::<Vec<_>>()
    };
    let (all_zh, all_en) = (
        items(|number, said| format!("({number}){}", said.zh)).join(""),
        items(|number, said| format!("({number}) {}", said.en)).join(" "),
    );
    page.say(format!("{zh}{count}处:{all_zh}"), format!("{count} {en}: {all_en}"));
}
