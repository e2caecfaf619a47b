//! 月报.

use domain::{Month, UnitCode, county_date};
use jiff::Timestamp;
use projections::described::{Shape, Shaped, Word};
use projections::models::monthly_report::{self, Figure, Line, MeetingMonths, Sums};
use projections::{Page, PageRequest, QueryError, Rate, described};
use rusqlite::Connection;
use serde::Serialize;

use super::shown::{Asked, Shown, percent};
use crate::lang::Said;
use crate::table::{Column, columns, or_blank};

/// The read model *monthly report*: two lines a unit, the month and its year so far; stations first counted in
/// themselves, then in every unit above them.
pub struct MonthlyReport;

described! {
    /// 月报: a unit in a month, or in the year up to it.
    pub struct Row as "MonthlyReportRow" {
        /// 月份 month
        pub month: Month,
        /// 范围 the month alone, or the year so far
        pub scope: Scope,
        /// 单位 code of the unit
        pub unit: UnitCode,
        /// 名称 name
        pub name: Option<String>,
        /// 是否工作站 whether it is a station itself
        pub is_station: bool,
        /// 工作站数 stations in it
        pub stations: u32,
        /// 议事月份 months with a meeting
        pub meeting_months: MeetingMonths,
        /// 指标 figures
        #[serde(flatten)]
        pub sums: Sums,
    }
}

/// What a line sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 本月.
    Month,
    /// 本年累计.
    Year,
}

impl Shaped for Scope {
    const SHAPE: Shape = Shape::Words(|| {
        let word = |stored, zh| Word { stored, zh };
        vec![word("month", "本月"), word("year", "本年累计")]
    });
}

impl Row {
    fn lines(month: Month, line: Line) -> [Self; 2] {
        let Line { unit, name, is_station, stations, meeting_months, of_month, of_year, .. } = line;
        [(Scope::Month, of_month), (Scope::Year, of_year)].map(|(scope, sums)| Self {
            month,
            scope,
            unit: unit.clone(),
            name: name.clone(),
            is_station,
            stations,
            meeting_months,
            sums,
        })
    }

    fn figure(&self, figure: Figure) -> String {
        self.sums.figures.of(figure).to_string()
    }
}

/// The month asked for; else the last one that was over at a moment.
pub fn month(asked: Option<Month>, at: Timestamp) -> Month {
    let this = Month::of(county_date(at)).first_day();
    asked.unwrap_or_else(|| Month::of(this.yesterday().unwrap_or(this)))
}

impl Shown for MonthlyReport {
    type Row = Row;
    const COLUMNS: &'static [Column<Row>] = columns! { Row:
        "month" "月份" "Month" left |row, _| row.month.to_string();
        "scope" "范围" "Scope" left |row, lang| scope(row.scope).pick(lang).to_owned();
        "unit" "单位" "Unit" left |row, _| row.unit.to_string();
        "name" "名称" "Name" left |row, _| or_blank(row.name.as_ref());
        "stations" "工作站" "Stations" right |row, _| row.stations.to_string();
        "meeting_months" "议事月份(应议/全年)" "Months met (of so far/of year)" right |row, _| {
            let MeetingMonths { held, so_far, of_year } = row.meeting_months;
            format!("{held} ({so_far}/{of_year})")
        };
        "meetings_missed" "未议事" "Missed" right |row, _| row.figure(Figure::MeetingsMissed);
        "issues_registered" "登记议题" "Issues" right |row, _| row.figure(Figure::IssuesRegistered);
        "urgent" "急事特事占比" "Urgent" right |row, _| percent(row.sums.urgent);
        "response" "响应率" "Response" right |row, _| percent(row.sums.response);
        "settlement" "解决率" "Settlement" right |row, _| percent(row.sums.settlement);
        "ratifications_missed" "逾期未追认" "Ratifications missed" right |row, _| row.figure(Figure::RatificationsMissed);
        "resolutions_adopted" "通过决议" "Adopted" right |row, _| row.figure(Figure::ResolutionsAdopted);
        "objections_filed" "异议" "Objections" right |row, _| row.figure(Figure::ObjectionsFiled);
        "objections_upheld" "成立" "Upheld" right |row, _| row.figure(Figure::ObjectionsUpheld);
        "objections_overdue" "答复逾期" "Answers overdue" right |row, _| row.figure(Figure::ObjectionsOverdue);
        "assigned" "明确专人" "Assigned" right |row, _| row.figure(Figure::Assigned);
        "executions_overdue" "执行逾期" "Executions overdue" right |row, _| row.figure(Figure::ExecutionsOverdue);
        "completions_claimed" "报告完成" "Claimed" right |row, _| row.figure(Figure::CompletionsClaimed);
        "completions_returned" "退回" "Returned" right |row, _| row.figure(Figure::CompletionsReturned);
        "completions_verified" "核实完成" "Verified" right |row, _| row.figure(Figure::CompletionsVerified);
        "completions_publicised" "完成公示" "Completions publicised" right |row, _| row.figure(Figure::CompletionsPublicised);
        "survey_response" "测评回复率" "Survey response" right |row, _| percent(row.sums.survey.response);
        "awareness" "知晓率" "Awareness" right |row, _| enough(row.sums.survey.awareness);
        "participation" "参与率" "Participation" right |row, _| enough(row.sums.survey.participation);
        "recognition" "认可度" "Recognition" right |row, _| enough(row.sums.survey.recognition);
        "satisfaction" "满意率" "Satisfaction" right |row, _| enough(row.sums.survey.satisfaction);
    };

    fn page(conn: &Connection, asked: &Asked, _: &PageRequest) -> Result<Page<Row>, QueryError> {
        let month = month(asked.month, asked.at);
        let report = monthly_report::report(conn, asked.unit.as_ref(), month)?;
        let items = report.lines.into_iter().flat_map(|line| Row::lines(month, line)).collect();
        Ok(Page { items, next: None })
    }
}

fn scope(scope: Scope) -> Said {
    match scope {
        Scope::Month => Said::new("本月", "month"),
        Scope::Year => Said::new("本年累计", "year so far"),
    }
}

/// A rate that is shown only of enough replies.
fn enough(rate: Option<Rate>) -> String {
    rate.map_or_else(String::new, percent)
}
