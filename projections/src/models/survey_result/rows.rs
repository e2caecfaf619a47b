use domain::survey::{Carrier, Maker};
use domain::{ResolutionId, SurveyId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::row::table;

table! {
    /// 满意度测评: a survey and its counts. Below the minimum they are shown to nobody.
    pub struct Survey in "survey_result" {
        key {
            /// 测评编号 survey
            survey: SurveyId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 决议编号 resolution that is asked about; none: the station's work as a whole
        resolution: Option<ResolutionId>,
        /// 测评问题 what is asked, masked
        #[example = "您对援法议事是否满意"]
        question: String,
        /// 发放户数 how many households are asked; residents, where the number of households is not known
        eligible: u32,
        /// 登记户数 how many households the station was known to have; none before they were asked for
        households: Option<u32>,
        /// 开始时间 when it was opened (UTC)
        opened_at: Timestamp,
        /// 测评码制作时间 when the codes were made (UTC)
        ballots_issued_at: Option<Timestamp>,
        /// 制作单位层级 who made the codes; none: the village itself, as was once the way
        ballots_maker: Option<Maker>,
        /// 分发方式 through whom the sealed ballots reached the households
        carrier: Option<Carrier>,
        /// 分发完成日 last day of handing them out
        handed_out_on: Option<Date>,
        /// 截止日 last day for replies
        closes_on: Date,
        /// 回复数 replies
        replies: u32,
        /// 答知晓参与数 replies that were asked for 知晓 and 参与
        reach_asked: u32,
        /// 知晓数 of them, those who know of 援法议事
        aware: u32,
        /// 参与数 of them, those who took part
        took_part: u32,
        /// 认可数 residents who recognise 援法议事
        recognised: u32,
        /// 非常满意数 very satisfied
        very_satisfied: u32,
        /// 满意数 satisfied
        satisfied: u32,
        /// 一般数 neither
        neutral: u32,
        /// 不满意数 dissatisfied
        dissatisfied: u32,
        /// 结束时间 when it was closed (UTC)
        closed_at: Option<Timestamp>,
        /// 公布比率所需回复数 replies from which on the rates are shown, under the rulebook of its closing
        minimum: Option<u32>,
        /// 目标百分比 percent that 认可度 and 满意率 are to reach, under the same rulebook
        target_percent: Option<u8>,
    }
    index (station);
    index (resolution);
    index (closed_at, closes_on);
}

table! {
    /// 测评最低回复数和目标: replies from which on rates are shown and what they are to reach, by rulebook.
    pub struct Minimum in "survey_minimum" {
        key {
            /// 规则簿版本 version of the rulebook
            version: u32,
        }
        /// 最低回复数 replies
        replies: u32,
        /// 目标百分比 percent
        target_percent: u8,
    }
}
