//! 公示栏: what stands open to objections, for everybody to read.

use domain::{Event, NoticeId, PersonId, UnitCode, notice, privacy::mask_text};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use crate::column::words;
use crate::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::table::{TableDef, table};
use crate::{Fact, Projection, Rows};

words! {
    /// What a notice is about.
    SubjectKind {
        /// 星级变更
        StarChange "star_change",
        /// 其他
        General "general",
    }
}

words! {
    /// How a notice stands.
    Status {
        /// 公示中
        Open "open",
        /// 期满
        Closed "closed",
        /// 期满,异议成立
        Upheld "upheld",
        /// 撤回
        Withdrawn "withdrawn",
    }
}

table! {
    /// 公示: a public notice. Nothing here names a person or says who objected.
    pub struct Notice in "public_notice" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
        }
        /// 公示编号 number for the public: 公示〔year〕第n号
        number: String,
        /// 年份 year of the number
        year: i16,
        /// 序号 number within the year
        serial: u32,
        /// 公示事项类别 what it is about
        subject: SubjectKind,
        /// 志愿者编号 volunteer whose star changes
        volunteer: Option<PersonId>,
        /// 拟评序号 which of the volunteer's proposals
        proposal: Option<u32>,
        /// 公示单位 unit that publishes it
        unit: Option<UnitCode>,
        /// 标题 title
        title: String,
        /// 正文 text, masked
        text: String,
        /// 公示首日 first day
        opens_on: Date,
        /// 公示末日 last day for objections
        closes_on: Date,
        /// 待答复异议数 open objections
        objections_open: i64,
        /// 已答复异议数 answered objections
        objections_answered: i64,
        /// 成立异议数 upheld objections
        objections_upheld: i64,
        /// 状态 status
        status: Status,
        /// 发布时间 when it was published (UTC)
        published_at: Timestamp,
        /// 结束时间 when it closed or was withdrawn (UTC)
        ended_at: Option<Timestamp>,
    }
    index (status, closes_on);
    index (year, serial);
}

table! {
    /// 异议办理: an objection and how it was dealt with; what it says stands elsewhere.
    pub struct Objection in "notice_objection" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
            /// 异议序号 number of the objection
            objection: u32,
        }
        /// 提出时间 when it was filed (UTC)
        filed_at: Timestamp,
        /// 答复期限 last day for the answer
        answer_due: Date,
        /// 答复时间 when it was answered (UTC)
        answered_at: Option<Timestamp>,
        /// 处理结果 verdict
        verdict: Option<notice::Verdict>,
    }
    index (verdict, answer_due);
}

table! {
    /// 异议内容(不公开): what an objection says and the answer; not for the public.
    pub struct ObjectionText in "notice_objection_text" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
            /// 异议序号 number of the objection
            objection: u32,
        }
        /// 异议理由 ground
        ground: String,
        /// 答复 answer
        answer: Option<String>,
    }
}

table! {
    /// 公示编号计数: how many notices a year has seen.
    pub struct Year in "notice_year" {
        key {
            /// 年份 year
            year: i16,
        }
        /// 公示数 notices
        notices: u32,
    }
}

/// The read model *public notice*.
pub struct PublicNotice;

impl Projection for PublicNotice {
    const NAME: &'static str = "public_notice";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Notice>(),
        TableDef::of::<Objection>(),
        TableDef::of::<ObjectionText>(),
        TableDef::of::<Year>(),
    ];

    fn apply(fact: &Fact, rows: &mut Rows<'_>) {
        match &fact.event {
            Event::Notice(event) => {
                if let Some(notice) = fact.notice() {
                    on_notice(rows, fact.recorded_at, notice, event);
                }
            }
            Event::Rulebook(_)
            | Event::Unit(_)
            | Event::Squad(_)
            | Event::Volunteer(_)
            | Event::Activity(_)
            | Event::Service(_)
            | Event::Points(_)
            | Event::Station(_)
            | Event::Issue(_)
            | Event::Meeting(_)
            | Event::Resolution(_)
            | Event::Survey(_) => {}
        }
    }
}

fn on_notice(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, event: &notice::Event) {
    use notice::Event;
    match event {
        Event::Published(published) => publish(rows, at, id, published),
        Event::ObjectionFiled(filed) => {
            let (notice, objection) = (id.clone(), filed.objection);
            rows.put(ObjectionText {
                notice: notice.clone(),
                objection,
                ground: filed.ground.to_string(),
                answer: None,
            });
            let answer_due = filed.answer_due;
            let (answered_at, verdict) = (None, None);
            rows.put(Objection {
                notice,
                objection,
                filed_at: at,
                answer_due,
                answered_at,
                verdict,
            });
            rows.update::<Notice, _>(id, |notice| notice.objections_open += 1);
        }
        Event::ObjectionAnswered(answered) => {
            let key = (id.clone(), answered.objection);
            rows.update::<ObjectionText, _>(&key, |text| {
                text.answer = Some(answered.answer.to_string());
            });
            rows.update::<Objection, _>(&key, |objection| {
                objection.answered_at = Some(at);
                objection.verdict = Some(answered.verdict);
            });
            let upheld = i64::from(answered.verdict == notice::Verdict::Upheld);
            rows.update::<Notice, _>(id, |notice| {
                notice.objections_open -= 1;
                notice.objections_answered += 1;
                notice.objections_upheld += upheld;
            });
        }
        Event::Closed(closed) => {
            let status = if closed.upheld { Status::Upheld } else { Status::Closed };
            end(rows, at, id, status);
        }
        Event::Withdrawn(_) => end(rows, at, id, Status::Withdrawn),
    }
}

fn publish(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, published: &notice::Published) {
    let year = published.opens_on.year();
    let serial = rows.get::<Year>(&year).map_or(0, |year| year.notices) + 1;
    rows.put(Year { year, notices: serial });
    let (subject, volunteer, proposal) = match &published.subject {
        notice::Subject::StarChange { volunteer, proposal } => {
            (SubjectKind::StarChange, Some(*volunteer), Some(*proposal))
        }
        notice::Subject::General => (SubjectKind::General, None, None),
    };
    rows.put(Notice {
        notice: id.clone(),
        number: format!("公示〔{year}〕第{serial}号"),
        year,
        serial,
        subject,
        volunteer,
        proposal,
        unit: published.unit.clone(),
        title: mask_text(published.title.as_str()),
        text: mask_text(published.text.as_str()),
        opens_on: published.opens_on,
        closes_on: published.closes_on,
        objections_open: 0,
        objections_answered: 0,
        objections_upheld: 0,
        status: Status::Open,
        published_at: at,
        ended_at: None,
    });
}

fn end(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, status: Status) {
    rows.update::<Notice, _>(id, |notice| {
        notice.status = status;
        notice.ended_at = Some(at);
    });
}

/// Notices, the latest number first; only those of a status, where one is given.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    status: Option<Status>,
    page: &PageRequest,
) -> Result<Page<Notice>, QueryError> {
    Select::<Notice>::ordered(&["year", "serial"], Direction::Falling)
        .only("status", "=", status.map(Status::as_str))?
        .page(conn, page)
}

/// One notice.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, notice: &NoticeId) -> Result<Option<Notice>, QueryError> {
    find(conn, notice)
}

/// How the objections to a notice were dealt with.
///
/// # Errors
/// See [`QueryError`].
pub fn objections(
    conn: &Connection,
    notice: &NoticeId,
    page: &PageRequest,
) -> Result<Page<Objection>, QueryError> {
    Select::<Objection>::ordered(&["objection"], Direction::Rising)
        .only("notice", "=", Some(notice.as_str()))?
        .page(conn, page)
}

/// What an objection says and the answer to it. Not for the public.
///
/// # Errors
/// See [`QueryError`].
pub fn objection_text(
    conn: &Connection,
    notice: &NoticeId,
    objection: u32,
) -> Result<Option<ObjectionText>, QueryError> {
    find(conn, &(notice.clone(), objection))
}

#[cfg(test)]
#[path = "public_notice_tests.rs"]
mod tests;
