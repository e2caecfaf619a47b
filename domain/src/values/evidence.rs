use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::SealedDigest;

named! {
    /// What a piece of evidence is, as its content says.
    MediaType {
        Jpeg "image/jpeg" "JPEG照片",
        Png "image/png" "PNG图片",
        Webp "image/webp" "WebP图片",
        Pdf "application/pdf" "PDF文件",
    }
}

/// 佐证材料: a photograph or document that proves a fact. It is kept outside the log; the event holds
/// what identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// SHA-256 of its bytes.
    pub digest: SealedDigest,
    /// What it is.
    pub media_type: MediaType,
    /// Its length in bytes.
    pub bytes: u32,
}

/// The most pieces that one fact may name.
const AT_MOST: usize = 20;

/// What is wrong with a list of evidence.
#[derive(Debug)]
pub(crate) enum Flaw {
    TooMuch { limit: usize },
    Twice { digest: SealedDigest },
}

impl Evidence {
    /// Each piece once, and not too many.
    pub(crate) fn check(list: &[Self]) -> Result<(), Flaw> {
        if list.len() > AT_MOST {
            return Err(Flaw::TooMuch { limit: AT_MOST });
        }
        let mut seen = HashSet::new();
        match list.iter().find(|piece| !seen.insert(piece.digest)) {
            Some(piece) => Err(Flaw::Twice { digest: piece.digest }),
            None => Ok(()),
        }
    }
}
