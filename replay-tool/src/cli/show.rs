use clap::Args;
use domain::Month;
use projections::models::monthly_report::Figure;

use super::Cache;
use crate::moment::Cut;
use crate::show::Model;
use crate::table::Format;

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
    /// 组建行动代码,仅用于quota:显示该行动的任务和期限(默认为最近一次行动)。
    ///
    /// Campaign, for quota only: its tasks and deadlines; by default those of the one that runs.
    #[arg(long, value_name = "CODE")]
    pub campaign: Option<String>,
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
        format!("没有这个指标;可用的有:{}。 Figures are: {}", all.join("、"), all.join(", "))
    })
}
