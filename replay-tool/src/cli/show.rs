use clap::{Args, ValueEnum};
use domain::Month;
use projections::models::monthly_report::Figure;

use super::{Cache, Format};
use crate::moment::Cut;

/// `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// 哪个读模型。 Which read model.
    #[arg(value_enum)]
    pub model: Model,
    /// Up to where.
    #[command(flatten)]
    pub cut: Cut,
    /// Where what was replayed is kept.
    #[command(flatten)]
    pub cache: Cache,
    /// 只看该单位;quota、notice-board和援法议事各模型含其下属。 Only this unit; quota, notice-board and the read models of deliberation include those below it.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// 月份,例 2022-03:月报的月份(默认为最近一个完整的月);meeting-calendar显示该年至该月。
    ///
    /// Month: that of monthly-report, by default the last full one; meeting-calendar shows its year up to it.
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
    /// 只列出月报某一指标背后的事件。 List the events behind this figure of the monthly report, for example meetings_held.
    #[arg(long, value_name = "NAME", value_parser = figure)]
    pub figure: Option<Figure>,
    /// 最多行数,默认全部。 At most so many rows; all by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

fn figure(text: &str) -> Result<Figure, String> {
    let found = Figure::ALL.iter().find(|figure| figure.as_str() == text);
    found.copied().ok_or_else(|| {
        let all: Vec<&str> = Figure::ALL.iter().map(|figure| figure.as_str()).collect();
        format!("没有这个指标;可用: Figures are: {}", all.join(", "))
    })
}

/// The read models that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Model {
    /// 任务进度。 How far every unit has come.
    Quota,
    /// 积分银行。 Accounts of points.
    PointsBank,
    /// 公示公告栏,又名public-notice。 The public notice board, also known as public-notice.
    #[value(alias = "public-notice")]
    NoticeBoard,
    /// 志愿者档案。 What is known of each volunteer, without personal data.
    VolunteerArchive,
    /// 服务记录及时性。 Service records and whether they were in time.
    ServiceTimeliness,
    /// 活动一览。 Activities.
    ActivityBoard,
    /// 援法议事工作站和五有。 Stations, and which of the five each has.
    StationBoard,
    /// 问题登记簿。 Issues, as the register holds them.
    IssueRegister,
    /// 执行台账:各项决议办到哪一步。 Every resolution, and how far it has come.
    ExecutionLedger,
    /// 月报:各站当月和本年累计,并逐级汇总。 Every station's month and year so far, and the units above them.
    MonthlyReport,
    /// 监督工作清单:什么事等谁办、逾期多久。 What waits for whom, and how long it is overdue.
    SupervisionWorklist,
    /// 满意度测评结果。 Surveys; rates only of enough replies.
    SurveyResult,
    /// 议事日历:各站各月是否议事。 Each station's months, with and without a meeting.
    MeetingCalendar,
}
