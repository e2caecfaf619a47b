//! 令牌条: slips that hand out the secrets of accounts, one for each, to be printed and cut apart; and the same as a table.

use askama::Template;
use jiff::civil::Date;
use qrcode::types::QrError;

use crate::notice::draw;
use crate::table::{TableError, texts};

const STYLE: &str = "@page{size:A4;margin:12mm}body{font-family:sans-serif;margin:1rem auto;max-width:50rem}\
article{border:1px dashed #555;padding:.6rem 1rem;margin:0 0 4mm;break-inside:avoid;display:flex;gap:1rem}\
article>div{flex:1;min-width:0}article>.code{flex:none}h2{font-size:1.1rem;margin:.2rem 0}p{margin:.25rem 0;font-size:.9rem}\
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;margin:.3rem 0;font-size:.9rem}dd{margin:0}\
code{font-size:1rem;overflow-wrap:anywhere}svg{width:38mm;height:38mm}.note{font-size:.8rem}\
@media screen{.warn{background:#fff3cd;padding:.5rem 1rem}}@media print{.warn{display:none}}";

/// One account as its slip shows it.
pub struct Slip {
    /// 单位名称.
    pub unit: String,
    /// 单位代码.
    pub code: String,
    /// 角色, in Chinese.
    pub role: &'static str,
    /// What the role may do, in Chinese.
    pub duties: &'static str,
    /// 持有人.
    pub holder: Option<String>,
    /// 账号.
    pub account: String,
    /// The last day on which the secret works; none: until it is revoked.
    pub last_day: Option<Date>,
    /// 令牌 itself.
    pub secret: String,
}

/// Why slips cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SlipError {
    /// A secret does not fit into a QR code.
    #[error("a QR code cannot be drawn")]
    Code(#[from] QrError),
    /// The page cannot be written.
    #[error("the page cannot be written")]
    Page(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "slips.html")]
struct Page<'a> {
    style: &'static str,
    made_on: Date,
    address: Option<&'a str>,
    slips: Vec<(&'a Slip, String)>,
}

/// The slips as a page to print on A4; `address` is where the service answers.
///
/// # Errors
/// See [`SlipError`].
pub fn page(slips: &[Slip], made_on: Date, address: Option<&str>) -> Result<String, SlipError> {
    let drawn = slips.iter().map(|slip| Ok((slip, draw(slip.secret.clone())?)));
    let slips = drawn.collect::<Result<_, QrError>>()?;
    Ok(Page { style: STYLE, made_on, address, slips }.render()?)
}

/// The slips as CSV, for whoever hands them out by machine.
///
/// # Errors
/// See [`TableError`].
pub fn table(slips: &[Slip]) -> Result<Vec<u8>, TableError> {
    let header = ["单位代码", "单位名称", "角色", "持有人", "账号", "到期日", "令牌"];
    let cells = |slip: &Slip| {
        let Slip { unit, code, role, holder, account, last_day, secret, duties: _ } = slip;
        let last_day = last_day.map(|day| day.to_string()).unwrap_or_default();
        let holder = holder.clone().unwrap_or_default();
        let (code, unit, account) = (code.clone(), unit.clone(), account.clone());
        [code, unit, (*role).to_owned(), holder, account, last_day, secret.clone()]
    };
    texts(header, slips.iter().map(cells))
}

#[cfg(test)]
mod tests;
