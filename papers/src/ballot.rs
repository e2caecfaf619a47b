//! 测评码: sealed slips of a survey, one for each household, to be printed, cut apart and folded.

use std::sync::LazyLock;

use askama::Template;
use jiff::civil::Date;

use crate::notice::policy_of;

const STYLE: &str = "@page{size:A4;margin:12mm}body{font-family:sans-serif;margin:1rem auto;max-width:50rem}\
article{border:1px dashed #555;padding:.6rem 1rem;margin:0 0 4mm;break-inside:avoid}h2{font-size:1.1rem;margin:.2rem 0}\
p{margin:.25rem 0;font-size:.9rem}.fold{border-top:1px dashed #555;margin-top:.4rem;padding-top:.4rem}\
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;margin:.3rem 0;font-size:.9rem}dd{margin:0}\
code{font-size:1rem;overflow-wrap:anywhere}\
@media screen{.warn{background:#fff3cd;padding:.5rem 1rem}}@media print{.warn{display:none}}";

/// What the page may load, for the header `Content-Security-Policy`: its own style sheet and nothing else.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy_of(STYLE));

/// The slips of a survey. Has no `Debug` form: it holds every code.
pub struct Sheet {
    /// 村(社区).
    pub station: String,
    /// What is asked.
    pub question: String,
    /// Last day for replies.
    pub closes_on: Date,
    /// 制作单位.
    pub maker: String,
    /// Where residents reply.
    pub address: Option<String>,
    /// Number and code of each ballot.
    pub ballots: Vec<String>,
}

#[derive(Template)]
#[template(path = "ballots.html")]
struct Page<'a> {
    style: &'static str,
    sheet: &'a Sheet,
}

/// The slips as a page to print on A4.
///
/// # Errors
/// When the page cannot be written.
pub fn page(sheet: &Sheet) -> Result<String, askama::Error> {
    Page { style: STYLE, sheet }.render()
}

#[cfg(test)]
mod tests;
