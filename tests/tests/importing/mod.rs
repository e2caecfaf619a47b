//! 导入和更正: what a table says is held against what is known; what was entered wrongly is corrected.

mod comparing;
mod correcting;
mod outcomes;
mod returning;
mod undoing;

use serde_json::{Value, json};

use crate::http::play::adult;
use crate::http::{Account, Service};

/// The columns that these tables have.
const HEADINGS: [&str; 16] = [
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "联系电话",
    "政治面貌",
    "单位代码",
    "居住区域",
    "技能",
    "类别",
    "招募方式",
    "同意",
    "监护人",
    "同意日期",
    "政治面貌日期",
    "志愿者编号",
];

/// A row about the adult of this number, with other cells where told.
fn row(number: u32, otherwise: &[(&str, &str)]) -> String {
    let body = adult(number);
    let text = |field: &str| body[field].as_str().unwrap().to_owned();
    let cell = |heading: &str| match heading {
        "姓名" => text("name"),
        "身份证号" => text("identity_number"),
        "联系电话" => text("telephone"),
        "政治面貌" => "中共党员".to_owned(),
        "单位代码" => text("unit"),
        "居住区域" => text("residence"),
        "类别" => "注册志愿者".to_owned(),
        "招募方式" => "长期".to_owned(),
        "同意" => "是".to_owned(),
        _ => String::new(),
    };
    let said = |heading: &str| {
        let other = otherwise.iter().find(|(of, _)| *of == heading);
        other.map_or_else(|| cell(heading), |(_, said)| (*said).to_owned())
    };
    HEADINGS.map(said).join(",")
}

fn table(rows: &[String]) -> Vec<u8> {
    format!("{}\n{}\n", HEADINGS.join(","), rows.join("\n")).into_bytes()
}

/// Imports a roster of these rows.
async fn roster(by: &Account, rows: &[String]) -> Value {
    by.upload("roster", table(rows)).await.done().json()
}

/// Says what importing it would come to.
async fn preview(by: &Account, rows: &[String]) -> Value {
    by.upload("roster?dry_run=true", table(rows)).await.done().json()
}

/// Added, changed, unchanged and not taken.
fn counts(report: &Value) -> [u64; 4] {
    ["added", "changed", "unchanged", "not_taken"].map(|of| report[of].as_u64().unwrap())
}

/// Code and column of each problem.
fn problems(report: &Value) -> Vec<(&str, &str)> {
    let problems = report["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["column"].as_str().unwrap()))
        .collect()
}

/// Number of the volunteer of a row.
fn number(report: &Value, row: usize) -> &str {
    report["outcomes"][row]["number"].as_str().unwrap()
}

async fn held(by: &Account, volunteer: &str) -> Value {
    let path = format!("volunteers/{volunteer}/personal-data?purpose=核对");
    by.get(&path).await.done().json()
}

/// A volunteer's file, once these fields say this.
async fn file_says(service: &Service, by: &Account, volunteer: &str, fields: &Value) {
    let says = |file: &Value| {
        fields.as_object().unwrap().iter().all(|(field, value)| file[field] == *value)
    };
    service.shown(by, &format!("volunteers/{volunteer}"), says).await;
}

async fn corrections(service: &Service, by: &Account, volunteer: &str) -> Vec<Value> {
    let path = format!("volunteers/{volunteer}/corrections");
    let listed = service.shown(by, &path, |_| true).await;
    listed["items"].as_array().unwrap().clone()
}

fn reason(text: &str) -> Value {
    json!({ "reason": text })
}
