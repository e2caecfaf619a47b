use domain::{IssueId, Month, ResolutionId, SurveyId, UnitCode};
use event_store::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Figure;
use crate::engine::row::table;

table! {
    /// 月报计数: a figure of a station in a month.
    pub struct Count in "monthly_count" {
        key {
            /// 月份 month in which the log learned the facts
            month: Month,
            /// 指标 figure
            figure: Figure,
            /// 村社区 station's village
            station: UnitCode,
        }
        /// 数量 how many
        count: i64,
        /// 事件数 events behind it
        entries: u32,
    }
}

table! {
    /// 月报依据: an event behind a figure.
    pub struct Entry in "monthly_entry" as "MonthlyReportEntry" {
        key {
            /// 月份 month
            month: Month,
            /// 指标 figure
            figure: Figure,
            /// 村社区 station's village
            station: UnitCode,
            /// 序号 number within the station's figure, from 1
            n: u32,
        }
        /// 事件流 stream of the event
        stream: StreamId,
        /// 版本 version of the event in its stream
        version: u64,
        /// 记录时间 when the log learned it (UTC)
        recorded_at: Timestamp,
    }
}

table! {
    /// 月报议题: what the report needs of an issue.
    pub struct Issue in "monthly_issue" {
        key {
            /// 议题编号 case number
            issue: IssueId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 答复期限 last day for the answer
        answer_due: Option<Date>,
        /// 是否已答复 whether it was answered
        answered: bool,
        /// 是否已记逾期 whether it is on record that the last day passed
        overdue: bool,
    }
}

table! {
    /// 月报决议: what the report needs of a resolution.
    pub struct Resolution in "monthly_resolution" {
        key {
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
        /// 村社区 station's village
        station: UnitCode,
    }
}

table! {
    /// 月报测评: what the report needs of a survey.
    pub struct Survey in "monthly_survey" {
        key {
            /// 测评编号 survey
            survey: SurveyId,
        }
        /// 村社区 station's village
        station: UnitCode,
    }
}

table! {
    /// 月报议事月: a month of which a station's first meeting was counted.
    pub struct MonthHeld in "monthly_held" {
        key {
            /// 村社区 station's village
            station: UnitCode,
            /// 月份 month in which a meeting was held
            month: Month,
        }
    }
}

table! {
    /// 月报测评下限: replies from which on a survey counts towards the rates, by rulebook.
    pub struct Minimum in "monthly_minimum" {
        key {
            /// 规则簿版本 version of the rulebook
            version: u32,
        }
        /// 最低回复数 replies
        replies: u32,
    }
}
