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
    /// A PDF that does something when it is opened, sends what is filled in, or carries other files.
    ActivePdf,
    /// A PDF without its end, or with a part that cannot be read.
    BrokenPdf,
    /// A PDF that nobody can open without a password.
    LockedPdf,
    /// A PDF that unpacks to too much, or whose parts lie within each other.
    IntricatePdf,
}

impl Refusal {
    /// The code, which never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.said().0
    }

    /// The rule and what would be accepted, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        self.said().1
    }

    /// The rule and what would be accepted, in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        self.said().2
    }

    const fn said(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Empty => (
                "evidence.empty",
                "文件是空的;请选择照片(JPEG、PNG、WebP)或PDF文件。",
                "The file is empty; choose a photo (JPEG, PNG, WebP) or a PDF.",
            ),
            Self::TooLarge => (
                "evidence.too_large",
                "文件超过20 MB;请缩小照片或拆分文件后重新上传。",
                "The file is larger than 20 MB; make the photo smaller or split the document.",
            ),
            Self::UnknownType => (
                "evidence.unknown_type",
                "无法识别的文件类型;可上传JPEG、PNG、WebP照片或PDF文件。",
                "This type of file is not known; JPEG, PNG and WebP photos and PDF are accepted.",
            ),
            Self::NotAPicture => (
                "evidence.not_a_picture",
                "图片已损坏、不完整或是动图,无法打开;请上传完整的静态JPEG、PNG或WebP图片。",
                "The picture is damaged, cut off or animated; a whole, still JPEG, PNG or WebP is accepted.",
            ),
            Self::TooManyPixels => (
                "evidence.too_many_pixels",
                "图片过大;最多6400万像素,每边不超过12000像素,请缩小后重新上传。",
                "The picture is too large; up to 64 megapixels and 12,000 pixels a side are accepted.",
            ),
            Self::ActivePdf => (
                "evidence.active_pdf",
                "PDF中含有脚本、启动程序或提交数据的动作、XFA表单或附件;请另存或打印为普通PDF后重新上传。",
                "The PDF holds scripts, actions that start programs or send data, an XFA form, or attached files; save or print it as a plain PDF.",
            ),
            Self::BrokenPdf => (
                "evidence.broken_pdf",
                "PDF不完整,缺少文件结尾或有无法读取的部分;请重新导出后上传完整的PDF文件。",
                "The PDF lacks its end or a part of it cannot be read; export it again and send the whole file.",
            ),
            Self::LockedPdf => (
                "evidence.locked_pdf",
                "PDF设有打开密码,他人无法查看;请去掉打开密码后重新上传(仅限制打印或修改的可以上传)。",
                "The PDF needs a password to be opened; remove that and send it again. One that only restricts printing or changes is accepted.",
            ),
            Self::IntricatePdf => (
                "evidence.intricate_pdf",
                "PDF解压后过大,或内部结构互相重叠;请打印为普通PDF后重新上传。",
                "The PDF unpacks to too much, or its parts lie within each other; print it as a plain PDF and send that.",
            ),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())
    }
}

impl std::error::Error for Refusal {}
