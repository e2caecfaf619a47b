//! 任务分解表: how many volunteers each unit is to raise in a campaign.

use domain::UnitCode;
use domain::campaign::Task;
use domain::writing::Writing;

use super::fields::{Fields, read_rows};
use super::table::Tables;
use super::values::{Once, count};
use super::{BadFile, Column, Form, Need, Reading};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "单位代码",
        also: &["单位编码", "机构代码", "所属单位代码", "所在单位代码"],
        need: Need::Value,
        writing: Writing::Code,
        zh: "已登记单位的代码。",
        en: "Code of a registered unit.",
        example: "999999-101",
        ..Column::PLAIN
    },
    Column {
        name: "任务数",
        also: &["任务", "下达任务数", "志愿者任务数"],
        need: Need::Value,
        form: Form::Number,
        zh: "下达的志愿者任务数；没有任务的填0。",
        en: "Volunteers the unit must raise; 0 where it has no task.",
        example: "80",
        ..Column::PLAIN
    },
];

/// Reads a table of tasks.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8]) -> Result<Reading<Task>, BadFile> {
    let mut once = Once::new();
    read_rows(&Tables::read(bytes, COLUMNS)?, |fields| task(fields, &mut once))
}

fn task(fields: &mut Fields<'_>, once: &mut Once<UnitCode>) -> Option<Task> {
    let unit = fields.read("单位代码", UnitCode::new);
    let task = fields.read("任务数", count);
    let unit = unit?;
    if let Err(repeated) = once.note(unit.clone(), fields.row(), "task.repeated") {
        fields.refuse("单位代码", repeated);
    }
    Some(Task { unit, task: task? })
}
