//! 监督工作清单.

use domain::county_date;
use jiff::civil::Date;
use projections::models::supervision_worklist::{self, Filter, Task};
use projections::{Page, PageRequest, QueryError, described};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *supervision worklist*: what waits for whom, the longest first.
pub struct SupervisionWorklist;

described! {
    /// 监督工作清单: a task as of a day.
    pub struct Row as "TaskOfDay" {
        /// 待办事项 the task
        #[serde(flatten)]
        pub task: Task,
        /// 逾期天数 days since it should have been done
        pub days_overdue: i64,
    }
}

impl Shown for SupervisionWorklist {
    type Row = Row;
    const COLUMNS: &'static [Column<Row>] = columns! { Row:
        "waits_for" "责任方" "Waits for" left |row, lang| lang.word(row.task.waits_for);
        "kind" "事项" "What" left |row, lang| lang.word(row.task.kind);
        "station" "工作站" "Station" left |row, _| row.task.station.to_string();
        "subject" "对象" "Subject" left |row, _| row.task.subject.to_string();
        "number" "异议" "Objection" right |row, _| or_blank(Some(row.task.number).filter(|number| *number > 0));
        "title" "名称" "Title" left |row, _| row.task.title.clone();
        "executor" "执行人" "Executor" left |row, _| or_blank(row.task.executor);
        "since" "起始" "Since" left |row, _| county(row.task.since);
        "due" "期限" "Due" left |row, _| or_blank(row.task.due);
        "supervisors_changed_on" "监督人员变动" "Supervisors changed" left |row, _| or_blank(row.task.supervisors_changed_on);
        "days_overdue" "逾期天数" "Days overdue" right |row, _| row.days_overdue.to_string();
    };

    fn page(conn: &Connection, asked: &Asked, page: &PageRequest) -> Result<Page<Row>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        let today = county_date(asked.at);
        let found = supervision_worklist::list(conn, &filter, page)?;
        let row = |task: Task| Row { days_overdue: overdue(task.due, today), task };
        Ok(Page { items: found.items.into_iter().map(row).collect(), next: found.next })
    }
}

fn overdue(due: Option<Date>, today: Date) -> i64 {
    due.map_or(0, |due| i64::from((today - due).get_days().max(0)))
}
