//! What can go wrong. No message repeats a credential or anything of a file's content.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::{Digest, Refusal};

/// Why a location could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The location cannot be used as it is written, or the environment holds no credentials for it.
    #[error(transparent)]
    Place(#[from] BadLocation),
    /// The folder could not be made or entered.
    #[error("the evidence folder {} cannot be used", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The client of the storage could not be made.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something was not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// It is not taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An object of this digest is there and damaged; restore it from a backup, or remove it and send it again.
    #[error("evidence {0} is damaged in its storage")]
    Damaged(Digest),
    /// The storage failed. Whether the bytes are kept is open; sending them again does no harm.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// What is stored is not what was kept.
    #[error("evidence {0} is damaged in its storage")]
    Damaged(Digest),
    /// The storage failed; trying again may help.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<ReadError> for KeepError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(digest) => Self::Damaged(digest),
            ReadError::Storage(error) => Self::Storage(error),
        }
    }
}

/// How many characters of what a server says are repeated.
const MAX_WORDS: usize = 600;

/// The disk or the service failed. Holds its words, in English, without the credentials that a service may repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageError(String);

impl StorageError {
    pub(crate) fn new(words: &impl fmt::Display, secrets: &[String]) -> Self {
        let words = words.to_string();
        let cleaned = secrets.iter().fold(words, |words, secret| words.replace(secret, "…"));
        Self(cleaned.chars().take(MAX_WORDS).collect())
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the evidence storage failed: {}", self.0)
    }
}

impl std::error::Error for StorageError {}

/// What is wrong with the location of the evidence. `Display` gives both languages and never repeats what may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLocation {
    /// Neither a folder nor a bucket.
    Form,
    /// A bucket, but the program was built without S3.
    NotBuiltIn,
    /// No name of a bucket.
    Bucket,
    /// No prefix of names.
    Prefix,
    /// A user or key stands in the text.
    Credentials,
    /// The environment holds no credentials.
    NoCredentials,
    /// A parameter that does not exist, or stands there twice.
    Parameter(String),
    /// The address of a service that cannot be.
    Endpoint,
    /// A region that cannot be.
    Region,
    /// Another style than the two there are.
    Style,
}

impl BadLocation {
    /// What is wrong and what would be accepted, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Form => {
                "佐证材料的位置应为 目录、file:目录 或 s3://桶/前缀?endpoint=…&region=…。"
            }
            Self::NotBuiltIn => "本程序编译时未包含S3;请使用目录。",
            Self::Bucket => "桶名应为3至63个小写字母、数字或 . -,以字母或数字开头和结尾。",
            Self::Prefix => "前缀的每一段应为字母、数字或 . _ -,用 / 分隔,不能为 . 或 ..。",
            Self::Credentials => {
                "位置中不能写密钥;请用环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。"
            }
            Self::NoCredentials => {
                "缺少环境变量 AWS_ACCESS_KEY_ID 或 AWS_SECRET_ACCESS_KEY;请设置后重新启动。"
            }
            Self::Parameter(name) => {
                return format!(
                    "参数“{name}”不存在或重复;可用的有 endpoint, region, style,各写一次。"
                );
            }
            Self::Endpoint => "endpoint 应为 https://主机[:端口](内网可用 http://),不带路径。",
            Self::Region => "region 应为小写字母、数字或 -,例如 cn-hangzhou。",
            Self::Style => "style 应为 path(默认)或 virtual(桶名写在主机名中)。",
        }
        .to_owned()
    }

    /// What is wrong and what would be accepted, in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Form => {
                "The place of evidence is DIR, file:DIR or s3://bucket/prefix?endpoint=…&region=…."
            }
            Self::NotBuiltIn => "This program was built without S3; use a folder.",
            Self::Bucket => {
                "A bucket's name has 3 to 63 of a-z 0-9 . - and begins and ends with a letter or digit."
            }
            Self::Prefix => {
                "A prefix has parts of letters, digits or . _ - with / between them, none of them . or .."
            }
            Self::Credentials => {
                "No key may stand in the place; use the environment's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            }
            Self::NoCredentials => {
                "The environment lacks AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY; set both and start again."
            }
            Self::Parameter(name) => {
                return format!(
                    "There is no parameter \"{name}\", or it stands there twice; there are endpoint, region and style, each once."
                );
            }
            Self::Endpoint => {
                "An endpoint is https://host[:port] (http:// inside one's own network), without a path."
            }
            Self::Region => "A region has a-z 0-9 -, for example cn-hangzhou.",
            Self::Style => {
                "The style is path (as usual) or virtual (the bucket's name stands in the host's)."
            }
        }
        .to_owned()
    }
}

impl fmt::Display for BadLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())
    }
}

impl std::error::Error for BadLocation {}
