//! 通报: a bulletin to be printed, on A4 across. A table for each kind of unit.

use std::sync::LazyLock;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const STYLE: &str = "@page{size:A4 landscape;margin:15mm}body{font-family:serif;margin:1rem;color:#000}\
h1{font-size:1.5rem;text-align:center}h2{font-size:1.1rem;margin-top:1.2rem}.about{text-align:center}\
.note{white-space:pre-wrap;text-indent:2em}.correction{border:1px solid;padding:.5rem}\
table{border-collapse:collapse;width:100%;font-size:.9rem}thead{display:table-header-group}\
tr{break-inside:avoid}th,td{border:1px solid;padding:.2rem .4rem}td.figure{text-align:right}\
footer{margin-top:1rem;font-size:.85rem}";

/// What the page may load, for the header `Content-Security-Policy`: its own style sheet and nothing else.
pub static POLICY: LazyLock<String> = LazyLock::new(|| {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; sandbox")
});

/// What a bulletin says; every text is written as it is given.
#[derive(Debug, Clone, Default)]
pub struct Bulletin {
    /// 通报编号.
    pub id: String,
    /// 文号.
    pub number: Option<String>,
    /// 标题.
    pub title: String,
    /// 说明.
    pub note: Option<String>,
    /// 截至, in the county's time.
    pub as_of: String,
    /// 发布时间, in the county's time.
    pub published_at: String,
    /// The earlier bulletin that it corrects, and why.
    pub corrects: Option<(String, String)>,
    /// The later bulletin that corrects it.
    pub corrected_by: Option<String>,
    /// A table for each kind of unit, in this order.
    pub tables: Vec<Table>,
}

/// The units of a kind.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// 类别.
    pub kind: String,
    /// A row each, in order.
    pub units: Vec<Unit>,
}

/// A unit of the table.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// 名次.
    pub rank: Option<u32>,
    /// 单位名称.
    pub name: String,
    /// 应有队员; none without a task.
    pub required: Option<u32>,
    /// 队员.
    pub members: u32,
    /// 差额; none without a task.
    pub gap: Option<u32>,
    /// 完成率, in tenths of a percent; none without a task.
    pub completion: Option<u32>,
    /// 注册.
    pub registered: u32,
    /// 比对一致.
    pub matched: u32,
    /// 比对不一致.
    pub refused: u32,
    /// 未比对.
    pub pending: u32,
    /// 待办.
    pub open: u32,
    /// 逾期.
    pub late: Vec<String>,
}

impl Unit {
    fn completion(&self) -> String {
        let share = |share: u32| format!("{}.{}%", share / 10, share % 10);
        self.completion.map_or_else(|| "无任务".to_owned(), share)
    }
}

/// A figure that there may be none of.
fn figure(figure: Option<&u32>) -> String {
    figure.map_or_else(|| "—".to_owned(), u32::to_string)
}

#[derive(Template)]
#[template(path = "bulletin.html")]
struct Page<'a> {
    style: &'static str,
    bulletin: &'a Bulletin,
}

/// The page as HTML.
///
/// # Errors
/// When it cannot be written.
pub fn page(bulletin: &Bulletin) -> Result<String, askama::Error> {
    Page { style: STYLE, bulletin }.render()
}

#[cfg(test)]
mod tests;
