//! 满意度测评.

use projections::models::survey_result::{self, Answers, Filter, SurveyResult as Row};
use projections::{Page, PageRequest, QueryError, Rate};
use rusqlite::Connection;

use super::shown::{Asked, Shown, percent};
use crate::lang::Lang;
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *survey result*. Rates appear once a survey is closed with enough replies.
pub struct SurveyResult;

impl Shown for SurveyResult {
    type Row = Row;
    const COLUMNS: &'static [Column<Row>] = columns! { Row:
        "survey" "测评" "Survey" left |row, _| row.survey.to_string();
        "station" "工作站" "Station" left |row, _| row.station.to_string();
        "resolution" "决议" "Resolution" left |row, _| or_blank(row.resolution);
        "question" "问题" "Question" left |row, _| row.question.clone();
        "closes_on" "截止日" "Closes" left |row, _| row.closes_on.to_string();
        "closed_at" "结束" "Closed" left |row, _| or_blank(row.closed_at.map(county));
        "replies" "回复数" "Replies" right |row, _| row.response.count.to_string();
        "response" "回复率" "Response" right |row, _| percent(row.response);
        "target" "目标" "Target" right |row, _| or_blank(row.target_percent.map(|it| format!("{it}%")));
        "awareness" "知晓率" "Awareness" right |row, _| reach(row, |answers| answers.awareness);
        "participation" "参与率" "Participation" right |row, _| reach(row, |answers| answers.participation);
        "recognition" "认可度" "Recognition" right |row, lang| answer(row, |answers| answers.recognition, lang);
        "satisfaction" "满意率" "Satisfaction" right |row, lang| answer(row, |answers| answers.satisfaction, lang);
    };

    fn page(conn: &Connection, asked: &Asked, page: &PageRequest) -> Result<Page<Row>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        survey_result::list(conn, &filter, page)
    }
}

/// Blank where too few were asked, as in surveys from before it was asked.
fn reach(row: &Row, rate: fn(&Answers) -> Option<Rate>) -> String {
    or_blank(row.answers.as_ref().and_then(rate).map(percent))
}

fn answer(row: &Row, rate: fn(&Answers) -> Rate, lang: Lang) -> String {
    match (&row.answers, row.closed_at) {
        (Some(answers), _) => percent(rate(answers)),
        (None, Some(_)) => lang.pick("回复不足", "too few replies").to_owned(),
        (None, None) => String::new(),
    }
}
