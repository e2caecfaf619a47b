//! Why something is not taken as evidence.

use std::fmt;

/// Bytes that are not taken. Nothing was stored. `Display` gives both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No bytes at all.
    Empty,
    /// More than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// None of the kinds that are accepted.
    UnknownType,
    /// It begins like a picture, or like a PDF, and is not a whole one.
    NotAPicture,
    /// More than [`MAX_PIXELS`](crate::MAX_PIXELS), or a side longer than [`MAX_SIDE`](crate::MAX_SIDE).
    TooManyPixels,
    /// A PDF that does something when it is opened, or carries other files.
    ActivePdf,
    /// A PDF without its end.
    BrokenPdf,
}

impl Refusal {
    /// The code, which never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "evidence.empty",
            Self::TooLarge => "evidence.too_large",
            Self::UnknownType => "evidence.unknown_type",
            Self::NotAPicture => "evidence.not_a_picture",
            Self::TooManyPixels => "evidence.too_many_pixels",
            Self::ActivePdf => "evidence.active_pdf",
            Self::BrokenPdf => "evidence.broken_pdf",
        }
    }

    /// The rule and what would be accepted, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Empty => "文件是空的;请选择照片(JPEG、PNG、WebP)或PDF文件。",
            Self::TooLarge => "文件超过20 MB;请缩小照片或拆分文件后重新上传。",
            Self::UnknownType => "无法识别的文件类型;可上传JPEG、PNG、WebP照片或PDF文件。",
            Self::NotAPicture => {
                "图片已损坏、不完整或是动图,无法打开;请上传完整的静态JPEG、PNG或WebP图片。"
            }
            Self::TooManyPixels => "图片过大;最多6400万像素,每边不超过12000像素,请缩小后重新上传。",
            Self::ActivePdf => {
                "PDF中含有脚本、启动程序的动作或附件;请另存或打印为普通PDF后重新上传。"
            }
            Self::BrokenPdf => "PDF不完整,缺少文件结尾;请重新导出后上传完整的PDF文件。",
        }
    }

    /// The rule and what would be accepted, in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Empty => "The file is empty; choose a photo (JPEG, PNG, WebP) or a PDF.",
            Self::TooLarge => {
                "The file is larger than 20 MB; make the photo smaller or split the document."
            }
            Self::UnknownType => {
                "This type of file is not known; JPEG, PNG and WebP photos and PDF are accepted."
            }
            Self::NotAPicture => {
                "The picture is damaged, cut off or animated; a whole, still JPEG, PNG or WebP is accepted."
            }
            Self::TooManyPixels => {
                "The picture is too large; up to 64 megapixels and 12,000 pixels a side are accepted."
            }
            Self::ActivePdf => {
                "The PDF holds scripts, actions that start programs, or attached files; save or print it as a plain PDF."
            }
            Self::BrokenPdf => "The PDF lacks its end; export it again and send the whole file.",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())
    }
}

impl std::error::Error for Refusal {}
