use domain::resolution::Escalation;
use domain::{NoticeId, PersonId, ResolutionId, SealedDigest, UnitCode, notice};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::column::words;
use crate::engine::row::table;

words! {
    /// What a notice is about.
    SubjectKind {
        /// 星级变更
        StarChange "star_change",
        /// 其他
        General "general",
        /// 议事会决议
        Resolution "resolution",
        /// 决议完成情况
        Completion "completion",
    }
}

words! {
    /// How a notice stands.
    Status {
        /// 公示中
        Open "open",
        /// 公布: shown until its last day, and not open to objections
        Posted "posted",
        /// 期满
        Closed "closed",
        /// 异议成立
        Upheld "upheld",
        /// 撤回
        Withdrawn "withdrawn",
    }
}

table! {
    /// 公示: a public notice. Nothing here names a person or says who objected.
    pub struct Notice in "public_notice" as "Notice" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
        }
        /// 公示编号 number for the public: 公示〔year〕第n号
        #[example = "公示〔2022〕第3号"]
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
        /// 决议编号 resolution that is publicised, or whose completion is
        resolution: Option<ResolutionId>,
        /// 公示期次 which of the resolution's periods
        period: Option<u32>,
        /// 公示单位 unit that publishes it
        unit: Option<UnitCode>,
        /// 标题 title, masked
        #[example = "星级变更公示"]
        title: String,
        /// 正文 text, masked
        #[example = "拟评一星"]
        text: String,
        /// 公示首日 first day
        opens_on: Date,
        /// 公示末日 last day, for objections where it is open to them
        closes_on: Date,
        /// 待答复异议数 open objections
        objections_open: i64,
        /// 已答复异议数 answered objections
        objections_answered: i64,
        /// 成立异议数 upheld objections
        objections_upheld: i64,
        /// 是否补录 whether it hung on the board before it was entered; the last day counts from the entry
        backfilled: bool,
        /// 状态 status
        status: Status,
        /// 发布时间 when it was published (UTC)
        published_at: Timestamp,
        /// 结束时间 when it closed, was upheld or withdrawn (UTC)
        ended_at: Option<Timestamp>,
    }
    index (status, closes_on);
    index (year, serial);
    index (resolution);
}

table! {
    /// 异议办理: an objection and how it was dealt with; what it says and who it is from stands elsewhere.
    pub struct Objection in "notice_objection" as "Objection" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
            /// 异议序号 number of the objection
            objection: u32,
        }
        /// 决议编号 resolution that it is about
        resolution: Option<ResolutionId>,
        /// 提出时间 when it was filed (UTC)
        filed_at: Timestamp,
        /// 是否逾期提出 whether the period was over
        late: bool,
        /// 答复期限 last day for the answer
        answer_due: Date,
        /// 答复时间 when it was answered (UTC)
        answered_at: Option<Timestamp>,
        /// 处理结果 verdict
        verdict: Option<notice::Verdict>,
        /// 最近逾期的答复期限 latest last day that passed without an answer
        overdue_since: Option<Date>,
        /// 上报时间 when it went up to a unit above (UTC)
        escalated_at: Option<Timestamp>,
        /// 上报原因 why
        escalation: Option<Escalation>,
        /// 可上报至 last day on which the notice waits for the answer to be taken further
        escalate_until: Option<Date>,
    }
    index (answer_due) where "verdict IS NULL";
}

table! {
    /// 异议内容(不公开): what an objection to a notice says and the answer; not for the public.
    pub struct ObjectionText in "notice_objection_text" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
            /// 异议序号 number of the objection
            objection: u32,
        }
        /// 异议理由 ground
        #[example = "时长存疑"]
        ground: String,
        /// 答复 answer
        #[example = "经核实"]
        answer: Option<String>,
    }
}

table! {
    /// 公示张贴: the boards on which a notice hung, a row for each photograph.
    pub struct Posting in "notice_posting" as "NoticePosting" {
        key {
            /// 公示标识 id of the notice
            notice: NoticeId,
            /// 公示事件版本 version of the event in the notice's stream
            version: u64,
            /// 序号 number within the event, from 1
            n: u8,
        }
        /// 公示栏单位 unit whose board it is
        unit: UnitCode,
        /// 公示栏位置 where the board is, masked
        #[example = "村委会门口公示栏"]
        board: String,
        /// 张贴日 day on which it was there
        posted_on: Date,
        /// 照片摘要 SHA-256 of the photograph
        digest: SealedDigest,
    }
}

table! {
    /// 公示的决议: what the notices of a resolution say.
    pub struct Resolution in "notice_resolution" {
        key {
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 标题 title, masked
        title: String,
        /// 决议内容 text as last corrected, masked
        text: String,
        /// 公示期数 periods so far
        periods: u32,
        /// 完成公示次数 completions publicised so far
        completions: u32,
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
