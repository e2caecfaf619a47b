//! 导入.

use domain::import::{Began, Event, Finished, Undone};

use super::description::{Description, short, words};

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Began(Began { table, file, rows, unit: _ }) => {
            let file = short(file);
            Description::new(
                format!("开始导入{}:{rows}行,文件摘要{file}…。", table.zh()),
                format!(
                    "The import of {} began: {rows} rows, file with digest {file}….",
                    words(table.as_str())
                ),
            )
        }
        Event::Finished(Finished { added, changed, unchanged, problems }) => Description::new(
            format!("导入完成:新增{added}行,变更{changed}行,未变{unchanged}行,问题{problems}行。"),
            format!(
                "The import ended: {added} rows added, {changed} changed, {unchanged} unchanged, {problems} with problems."
            ),
        ),
        Event::Undone(Undone { reason, undone, stayed }) => Description::new(
            format!("导入撤销:{undone}项已撤回,{stayed}项因有后续事项而保留。"),
            format!(
                "The import was undone: {undone} taken back, {stayed} stay because later facts rest on them."
            ),
        )
        .because(reason),
    }
}
