//! What the rows look like, for `/openapi.json`.

use std::borrow::Cow;

use projections::models::{
    execution_ledger, issue_register, meeting_calendar, monthly_report, station_board,
    supervision_worklist,
};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use crate::routes::read::shape::{Field, columns, object, page, shown, shown_page};

shown! {
    StationRow StationPage "Station" from station_board::Station;
    MemberRow MemberPage "StationMember" from station_board::Member;
    ItemEvidenceRow ItemEvidencePage "StationEvidence" from station_board::ItemEvidence;
    TopicRow TopicPage "ListedTopic" from ,
        "topic" "TEXT" "清单编码 code",
        "list" "TEXT" "清单 which list",
        "title" "TEXT" "事项 what may be deliberated",
        "own" "BOOLEAN" "是否本站增列 whether the station added it";
    MonthRow MonthPage "CalendarMonth" from ,
        "month" "TEXT" "月份 month",
        "meetings" "INTEGER" "已议事次数 meetings held in it, with sealed minutes",
        "missed" "BOOLEAN" "是否曾记为未议事 whether it was found to have passed without one",
        "late" "BOOLEAN" "是否补报 whether a meeting came to light after that";
    IssueRow IssuePage "Issue" from issue_register::Issue;
    MeetingRow MeetingPage "Meeting" from meeting_calendar::Meeting;
    MinutesRow "MeetingMinutes" from meeting_calendar::Meeting,
        "agenda" "JSON" "议程 its topics, in order",
        "reported" "JSON" "落实通报 what it was told of earlier resolutions",
        "corrected" "JSON" "更正 what stands beside the minutes";
    LedgerRow LedgerPage "Resolution" from execution_ledger::Resolution,
        "days_overdue" "INTEGER" "逾期天数 days between the last day and today, or the claim that stands";
    StepRow StepPage "ResolutionStep" from ,
        "version" "INTEGER" "版本 version of the event in the resolution's stream",
        "kind" "TEXT" "步骤 what happened",
        "at" "TEXT" "时间 when the log learned it (UTC)",
        "number" "INTEGER" "序号 number of the period, objection or claim",
        "day" "TEXT" "期限 last day that it sets or names",
        "note" "TEXT" "说明 note, masked",
        "evidence" "JSON" "佐证 what shows it: digest, media_type, bytes";
    ResolutionObjectionRow ResolutionObjectionPage "ResolutionObjection" from execution_ledger::ObjectionText;
    SurveyRow SurveyPage "Survey" from ,
        "survey" "TEXT" "测评编号 survey",
        "station" "TEXT" "村社区 station's village",
        "resolution" "TEXT" "决议编号 resolution that is asked about",
        "question" "TEXT" "测评内容 what is asked",
        "ballots_issued_at" "TEXT" "发放测评码时间 when the codes were handed out (UTC)",
        "closes_on" "TEXT" "截止日 last day for replies",
        "closed_at" "TEXT" "结束时间 when it was closed (UTC)",
        "response" "JSON" "回复率 replies of those who may reply: count, whole, per_mille",
        "minimum" "INTEGER" "最少回复数 replies from which on the answers are shown; none before the end",
        "answers" "JSON" "结果 recognition, satisfaction and counts; none before the end, or below the minimum";
    ReportLineRow ReportLinePage "MonthlyReportLine" from ,
        "unit" "TEXT" "单位代码 unit",
        "name" "TEXT" "单位名称 name",
        "parent" "TEXT" "上级 parent",
        "is_station" "BOOLEAN" "是否工作站 whether it is a station itself",
        "stations" "INTEGER" "工作站数 stations that are counted here",
        "meeting_months" "JSON" "每月议事 months held, owed so far, owed in the year",
        "of_month" "JSON" "当月 figures and rates of the month",
        "of_year" "JSON" "本年 figures and rates of the year up to the month";
    ReportEntryRow ReportEntryPage "MonthlyReportEntry" from monthly_report::Entry;
    TaskRow TaskPage "Task" from supervision_worklist::Task;
}
