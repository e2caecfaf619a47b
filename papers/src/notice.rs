//! 公示页: a notice to be printed, with the proof of its publication in QR codes.

use std::sync::LazyLock;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{BadCheckpoint, Bundle, Checkpoint, pieces};
use qrcode::types::QrError;
use qrcode::{EcLevel, QrCode, render::svg};
use sha2::{Digest as _, Sha256};

use crate::table::county_time;

/// Bytes of a proof in one QR code: at level M a telephone still reads it from paper.
const PIECE: usize = 600;
const STYLE: &str = "@page{size:A4;margin:15mm}body{font-family:serif;margin:2rem;max-width:60rem}h1{font-size:1.6rem}\
.text{white-space:pre-wrap;font-size:1.2rem}ol{display:flex;flex-wrap:wrap;gap:1rem;padding:0}\
li{width:6.5cm;break-inside:avoid}svg{width:6cm;height:6cm}pre{white-space:pre-wrap}";

/// What the page may load, for the header `Content-Security-Policy`: its own style sheet and nothing else.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy_of(STYLE));

/// The policy of a page that loads this style sheet and nothing else.
pub(crate) fn policy_of(style: &str) -> String {
    let digest = STANDARD.encode(Sha256::digest(style));
    format!("default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; sandbox")
}

/// What a notice says, as the board shows it.
pub struct Notice {
    /// 文号.
    pub number: String,
    /// 发布单位, where it is one unit's.
    pub unit: Option<String>,
    /// 公示对象, masked.
    pub person: Option<String>,
    /// 标题.
    pub title: String,
    /// 正文.
    pub text: String,
    /// First day of the period.
    pub opens_on: Date,
    /// Last day of the period.
    pub closes_on: Date,
    /// The moment of the past that is told of.
    pub as_of: Option<Timestamp>,
    /// 状态 then.
    pub status: &'static str,
    /// 异议; none where it is not open to any.
    pub objections: Option<Objections>,
}

/// Who takes objections, and where anybody files one.
pub struct Objections {
    /// 受理单位.
    pub to: String,
    /// 提交地址.
    pub at: String,
}

/// What the page can show of the proof.
pub enum Proof {
    /// All of it.
    Whole(Codes),
    /// No published checkpoint covers it yet.
    Pending,
    /// Its record says more than the board does.
    Masked,
}

/// Why a page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The bundle's checkpoint is none.
    #[error("the proof holds no checkpoint")]
    Checkpoint(#[from] BadCheckpoint),
    /// A piece of the proof does not fit into a QR code.
    #[error("a QR code cannot be drawn")]
    Code(#[from] QrError),
    /// The page cannot be written.
    #[error("the page cannot be written")]
    Page(#[from] askama::Error),
}

/// A proof in QR codes.
pub struct Codes {
    origin: String,
    size: u64,
    index: u64,
    codes: Vec<String>,
}

impl Codes {
    /// Draws the codes of a proof.
    ///
    /// # Errors
    /// See [`PageError`].
    pub fn of(bundle: &Bundle) -> Result<Self, PageError> {
        let Checkpoint { origin, size, .. } = Checkpoint::of(&bundle.checkpoint)?;
        let codes = pieces(&bundle.to_string(), PIECE).into_iter().map(draw);
        let codes = codes.collect::<Result<_, _>>()?;
        Ok(Self { origin: origin.into(), size, index: bundle.index, codes })
    }
}

/// A QR code of a text, as an image within a page.
pub(crate) fn draw(piece: String) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(piece, EcLevel::M)?;
    let drawn = code.render::<svg::Color<'_>>().build();
    // Within a page it needs no XML declaration.
    Ok(drawn[drawn.find("<svg").unwrap_or(0)..].to_owned())
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Page {
    style: &'static str,
    as_of: Option<String>,
    notice: Notice,
    proof: Proof,
}

/// The page as HTML.
///
/// # Errors
/// [`PageError::Page`].
pub fn page(notice: Notice, proof: Proof) -> Result<String, PageError> {
    let as_of = notice.as_of.map(|at| county_time(at).to_string());
    Ok(Page { style: STYLE, as_of, notice, proof }.render()?)
}
