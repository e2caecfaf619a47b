//! 问题登记簿.

use projections::models::issue_register::{self, Filter, Issue};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::moment::county;
use crate::table::{Column, columns, or_blank, yes};

/// The read model *issue register*: the nine fields of the register, and what became of each issue.
pub struct IssueRegister;

impl Shown for IssueRegister {
    type Row = Issue;
    const COLUMNS: &'static [Column<Issue>] = columns! { Issue:
        "number" "登记号" "Number" left |row, _| row.number.clone();
        "issue" "议题编号" "Issue" left |row, _| row.issue.to_string();
        "station" "工作站" "Station" left |row, _| row.station.to_string();
        "raised_at" "时间" "Raised" left |row, _| county(row.raised_at);
        "place" "地点" "Place" left |row, _| row.place.clone();
        "registrar" "登记人" "Registrar" left |row, _| or_blank(row.registrar);
        "source" "来源" "Source" left |row, lang| lang.word(row.source);
        "has_asker" "咨询人留名" "Asker left a name" left |row, lang| yes(row.has_asker, lang);
        "channel" "咨询方式" "Channel" left |row, lang| lang.word(row.channel);
        "problem" "具体问题" "Problem" left |row, _| row.problem.clone();
        "wish" "希望的解决方式" "Wish" left |row, _| or_blank(row.wish.as_ref());
        "solution" "解决方式" "Solution" left |row, lang| row.solution.map(|how| lang.pick(how.zh().to_owned(), how.en())).unwrap_or_default();
        "remark" "备注" "Remark" left |row, _| or_blank(row.remark.as_ref());
        "topic" "清单" "Topic" left |row, _| or_blank(row.topic.as_ref());
        "stage" "状态" "Stage" left |row, lang| lang.word(row.stage);
        "answer_due" "答复期限" "Answer due" left |row, _| or_blank(row.answer_due);
        "answered_at" "答复" "Answered" left |row, _| or_blank(row.answered_at.map(county));
        "answer_overdue" "答复逾期" "Answer overdue" left |row, lang| yes(row.answer_overdue, lang);
        "routed_to" "转办单位" "Routed to" left |row, _| or_blank(row.routed_to.as_ref());
        "routing_due" "转办期限" "Reply due" left |row, _| or_blank(row.routing_due);
        "routing_replied_at" "转办回复" "Replied" left |row, _| or_blank(row.routing_replied_at.map(county));
        "routing_overdue" "转办逾期" "Reply overdue" left |row, lang| yes(row.routing_overdue, lang);
        "expedited" "急事特事" "Expedited" left |row, lang| row.expedited.map(|kind| lang.word(kind)).unwrap_or_default();
        "ratified_at" "追认" "Ratified" left |row, _| or_blank(row.ratified_at.map(county));
        "ratification_missed" "逾期未追认" "Ratification missed" right |row, _| row.ratification_missed.to_string();
        "resolution" "决议" "Resolution" left |row, _| or_blank(row.resolution);
        "settled_at" "办结" "Settled" left |row, _| or_blank(row.settled_at.map(county));
        "reopened" "重新办理" "Reopened" right |row, _| row.reopened.to_string();
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Issue>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        issue_register::list(conn, &filter, page)
    }
}
