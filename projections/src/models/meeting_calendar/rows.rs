use domain::meeting::{Body, Form, Matter, Occasion, Outcome};
use domain::{IssueId, MeetingId, PersonId, ResolutionId, SealedDigest, TopicCode, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::column::words;
use crate::engine::row::table;

words! {
    /// How a meeting stands.
    Status {
        /// 已召集
        Convened "convened",
        /// 补录待核准: entered from paper, and a second person is to approve it
        AwaitingApproval "awaiting_approval",
        /// 已封存会议记录
        Sealed "sealed",
        /// 已取消
        Cancelled "cancelled",
    }
}

table! {
    /// 议事会: a meeting.
    pub struct Meeting in "meeting" as "Meeting" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 议事主体 body
        body: Body,
        /// 议事形式 form
        form: Form,
        /// 依托活动 what it goes with
        occasion: Option<Occasion>,
        /// 开始时间 when it begins (UTC)
        starts_at: Timestamp,
        /// 地点 place, masked
        #[example = "村委会会议室"]
        place: String,
        /// 召集时间 when it was called (UTC)
        convened_at: Timestamp,
        /// 议题数 topics on the agenda
        topics: u32,
        /// 通报数 resolutions whose execution is reported
        reports: u32,
        /// 应到人数 how many may vote
        entitled: u32,
        /// 应到面积(百分之一平方米) area of all owners together, in hundredths of m²; zero where it does not count
        entitled_area: u64,
        /// 实到人数 how many came
        present: u32,
        /// 离会人数 how many of them left and have not come back
        departed: u32,
        /// 封存时间 when the minutes were sealed (UTC)
        sealed_at: Option<Timestamp>,
        /// 议事日 day on which it was held
        held_on: Option<Date>,
        /// 记录人编号 number of who kept the minutes, where known
        recorder: Option<PersonId>,
        /// 取消时间 when it was cancelled (UTC)
        cancelled_at: Option<Timestamp>,
        /// 取消原因 why, masked
        #[example = "人数不足"]
        reason: Option<String>,
        /// 是否补录 whether it was entered later, from paper
        backfilled: bool,
        /// 状态 status
        status: Status,
    }
    index (station, starts_at);
    index (status, starts_at);
}

table! {
    /// 会议议题: a topic of a meeting, its votes and what the minutes say of it.
    pub struct Topic in "meeting_topic" as "MeetingTopic" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
            /// 议题序号 number on the agenda, from 1
            topic: u8,
        }
        /// 议题 title, masked
        #[example = "路灯维修"]
        title: String,
        /// 来源议题编号 issue it comes from
        issue: Option<IssueId>,
        /// 清单编码 item of the list it falls under, where known
        listed: Option<TopicCode>,
        /// 事项轻重 how heavy the matter is
        matter: Matter,
        /// 是否无记名 whether it is voted on in secret
        secret: bool,
        /// 是否追认 whether what was done before the meeting is to be ratified
        ratifies: bool,
        /// 法律意见数 legal opinions
        opinions: u32,
        /// 是否合法 whether the latest opinion finds it lawful; none: no opinion
        lawful: Option<bool>,
        /// 议定结果 what became of it
        outcome: Option<Outcome>,
        /// 应到人数 heads that might have voted
        entitled: u32,
        /// 实到人数 heads present when it was voted on
        present: u32,
        /// 未表决人数 heads present that had not voted when it was counted; none: not counted, or not asked then
        unvoted: Option<u32>,
        /// 赞成人数 heads that agreed
        agree: u32,
        /// 反对人数 heads against
        against: u32,
        /// 弃权人数 heads that abstained
        abstain: u32,
        /// 应到面积(百分之一平方米) area that might have voted, in hundredths of m²
        entitled_area: u64,
        /// 实到面积(百分之一平方米) area present
        present_area: u64,
        /// 赞成面积(百分之一平方米) area that agreed
        agree_area: u64,
        /// 反对面积(百分之一平方米) area against
        against_area: u64,
        /// 弃权面积(百分之一平方米) area that abstained
        abstain_area: u64,
        /// 重新计票次数 how often the count was opened again
        reopened: u32,
        /// 过程 how it was discussed, masked
        #[example = "逐项讨论"]
        process: Option<String>,
        /// 结果、处理意见 what is to be done, masked
        #[example = "由村电工维修"]
        result: Option<String>,
        /// 更正数 corrections that stand beside the minutes
        corrections: u32,
    }
    index (issue);
}

table! {
    /// 补录材料: a photograph of the paper that a meeting was entered from.
    pub struct Photograph in "meeting_photograph" as "MeetingPhotograph" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
            /// 序号 number, from 1
            n: u8,
        }
        /// 照片摘要 SHA-256 of the photograph
        digest: SealedDigest,
    }
}

table! {
    /// 楼栋计票表: the votes of a building or a group on a topic.
    pub struct CountingList in "meeting_counting_list" as "MeetingCountingList" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
            /// 议题序号 topic
            topic: u8,
            /// 楼栋、村民小组 building or group, masked
            #[example = "3号楼"]
            building: String,
        }
        /// 赞成人数 heads that agreed
        agree: u32,
        /// 反对人数 heads against
        against: u32,
        /// 弃权人数 heads that abstained
        abstain: u32,
        /// 赞成面积(百分之一平方米) area that agreed, in hundredths of m²
        agree_area: u64,
        /// 反对面积(百分之一平方米) area against
        against_area: u64,
        /// 弃权面积(百分之一平方米) area that abstained
        abstain_area: u64,
    }
}

table! {
    /// 会议记录更正: what stands beside sealed minutes.
    pub struct Correction in "meeting_correction" as "MeetingCorrection" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
            /// 议题序号 topic
            topic: u8,
            /// 更正序号 number of the correction, from 1
            n: u32,
        }
        /// 更正内容 what is right, masked
        #[example = "应为东巷三盏"]
        correction: String,
        /// 更正原因 why, masked
        #[example = "笔误"]
        reason: String,
        /// 更正时间 when (UTC)
        at: Timestamp,
    }
}

table! {
    /// 决议落实通报: what the minutes say of an earlier resolution's execution.
    pub struct Report in "meeting_report" as "MeetingReport" {
        key {
            /// 会议编号 meeting
            meeting: MeetingId,
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
        /// 落实情况 findings, masked
        #[example = "按期完成"]
        findings: String,
    }
    index (resolution);
}

table! {
    /// 议事月: a month of a station in which a meeting was held or missed.
    pub struct Month in "meeting_month" {
        key {
            /// 村社区 station's village
            station: UnitCode,
            /// 月份 month
            month: domain::Month,
        }
        /// 已议事次数 meetings held in it, with sealed minutes
        meetings: u32,
        /// 是否曾记为未议事 whether it was found to have passed without one
        missed: bool,
        /// 是否补录 whether its meetings came to light later: after that, or from paper
        late: bool,
    }
    index (month);
}

table! {
    /// 应议事起点: from when on a station owes a meeting a month.
    pub struct Since in "meeting_since" {
        key {
            /// 村社区 station's village
            station: UnitCode,
        }
        /// 首个应议事月 first month that begins on the day of its opening or later
        first_month: domain::Month,
        /// 首个未定月 first month that was neither held nor missed yet
        open_month: domain::Month,
    }
    index (open_month);
}
