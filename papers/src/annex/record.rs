//! 附件3 “援法议事”活动会议记录.

use super::{Annex, Heading, Layout};
use crate::table::{Cell, Column, Kind};

/// What a meeting's record says. Has no `Debug` form: it may name people.
pub struct Record {
    /// 活动时间, with what is to be known of the record: that it is not sealed, or the meeting cancelled.
    pub time: String,
    /// 活动地点.
    pub place: String,
    /// 参加人员.
    pub present: Vec<String>,
    /// Its topics, in order.
    pub topics: Vec<Topic>,
    /// What was reported of earlier resolutions.
    pub reports: Vec<String>,
    /// Corrections that stand beside the minutes.
    pub corrections: Vec<String>,
    /// 记录人.
    pub recorder: Option<String>,
}

/// A topic.
pub struct Topic {
    /// 活动议题.
    pub title: String,
    /// 会议内容.
    pub process: Option<String>,
    /// 处理意见.
    pub result: Option<String>,
}

/// The record of a meeting, line by line as in the form.
#[must_use]
pub fn annex(heading: Heading, record: Record) -> Annex {
    let Record { time, place, present, topics, reports, corrections, recorder } = record;
    let people = format!("{}（共{}人）", present.join("、"), present.len());
    let titles = topics.iter().map(|topic| Some(topic.title.as_str()));
    let reported = reports.iter().map(|report| format!("通报：{report}"));
    let content = [numbered(topics.iter().map(|topic| topic.process.as_deref()))];
    let corrected = corrections.iter().map(|correction| format!("更正：{correction}"));
    let results = [numbered(topics.iter().map(|topic| topic.result.as_deref()))];
    let rows = [
        ("活动时间", time),
        ("活动地点", place),
        ("参加人员", people),
        ("活动议题", numbered(titles)),
        ("会议内容", lines(content.into_iter().chain(reported))),
        ("处理意见", lines(results.into_iter().chain(corrected))),
        ("记录人", recorder.unwrap_or_default()),
    ];
    let town = heading.town.as_ref().unwrap_or(&heading.unit);
    Annex {
        title: format!("{town}“援法议事”活动会议记录"),
        heading,
        layout: Layout::Labelled,
        columns: vec![
            Column::new("item", "项目", "Item", Kind::Text),
            Column::new("content", "内容", "Content", Kind::Text),
        ],
        rows: rows.map(|(label, text)| vec![Cell::text(Some(label)), Cell::Text(text)]).into(),
    }
}

/// A line for each topic that says something, with its number where there are several.
fn numbered<'a>(texts: impl ExactSizeIterator<Item = Option<&'a str>>) -> String {
    let several = texts.len() > 1;
    let said = (1..).zip(texts).filter_map(|(number, text)| Some((number, text?)));
    lines(said.map(|(number, text)| match several {
        true => format!("{number}. {text}"),
        false => text.to_owned(),
    }))
}

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}
