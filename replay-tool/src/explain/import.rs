//! 导入.

use domain::import::{Began, Event, Finished, Undone};

use super::description::Description;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Began(Began { table, rows, unit: _ }) => Description::new(
            format!("开始导入{}:{rows}行。", table.zh()),
            format!("The import of {} began: {rows} rows.", table.en()),
        ),
        Event::Finished(Finished { added, changed, unchanged, not_taken }) => Description::new(
            format!("导入完成:新增{added}行,变更{changed}行,未变{unchanged}行,未导入{not_taken}行。"),
            format!(
                "The import ended: {added} rows added, {changed} changed, {unchanged} unchanged, {not_taken} not taken."
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
