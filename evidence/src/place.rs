//! Where evidence lies, as an operator writes it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

#[cfg(feature = "s3")]
use crate::Bucket;

const FILE: &str = "file:";
const S3: &str = "s3:";

/// The place of the evidence. `Display` writes it as it is read; it never holds credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// `DIR` or `file:DIR`: a folder, on a file system that knows hard links.
    Folder(PathBuf),
    /// `s3://bucket/prefix?endpoint=…&region=…`: see [`Bucket`].
    #[cfg(feature = "s3")]
    S3(Bucket),
}

impl FromStr for Where {
    type Err = BadPlace;

    fn from_str(text: &str) -> Result<Self, BadPlace> {
        if text.starts_with(S3) {
            return bucket(text);
        }
        let named = text.strip_prefix(FILE);
        match named.unwrap_or(text) {
            "" => Err(BadPlace::Form),
            folder if named.is_none() && folder.contains("://") => Err(BadPlace::Form),
            folder => Ok(Self::Folder(folder.into())),
        }
    }
}

#[cfg(feature = "s3")]
fn bucket(text: &str) -> Result<Where, BadPlace> {
    text.parse().map(Where::S3)
}

#[cfg(not(feature = "s3"))]
fn bucket(_: &str) -> Result<Where, BadPlace> {
    Err(BadPlace::NotBuiltIn)
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{FILE}{}", folder.display()),
            #[cfg(feature = "s3")]
            Self::S3(bucket) => bucket.fmt(f),
        }
    }
}

/// What is wrong with the place of the evidence. `Display` gives both languages and never repeats what may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPlace {
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

impl BadPlace {
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

impl fmt::Display for BadPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())
    }
}

impl std::error::Error for BadPlace {}
