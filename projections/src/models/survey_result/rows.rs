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
        /// 可参加人数 how many may reply
        eligible: u32,
        /// 开始时间 when it was opened (UTC)
        opened_at: Timestamp,
        /// 测评码发放时间 when the codes were handed out (UTC)
        ballots_issued_at: Option<Timestamp>,
        /// 截止日 last day for replies
        closes_on: Date,
        /// 回复数 replies
        replies: u32,
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
    }
    index (station);
    index (resolution);
    index (closed_at, closes_on);
}

table! {
    /// 测评最低回复数: replies from which on rates are shown, by rulebook.
    pub struct Minimum in "survey_minimum" {
        key {
            /// 规则簿版本 version of the rulebook
            version: u32,
        }
        /// 最低回复数 replies
        replies: u32,
    }
}
