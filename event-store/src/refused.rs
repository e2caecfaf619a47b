//! Why the place of a log, or the files it names, cannot be used.

use std::fmt;
use std::path::PathBuf;

/// What is wrong with the place of a log, a connection string or the files that it names. `Display` gives both languages
/// and never repeats user or password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Neither a folder nor a connection string.
    Place,
    /// A connection string, but the program was built without KurrentDB.
    NotBuiltIn,
    /// No scheme of KurrentDB's.
    Scheme,
    /// A host, or its port, that cannot be.
    Host(String),
    /// User and password are not percent-encoded as they should be.
    Credentials,
    /// A parameter that does not exist.
    Parameter(String),
    /// A parameter's value cannot be; the client's words.
    Value(String),
    /// Another preference than the leader: reads would lag behind what was just written.
    NodePreference,
    /// A prefix that cannot begin a stream's name.
    Prefix,
    /// A file with a certificate or key cannot be read.
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        why: String,
    },
    /// A file holds no certificate, or one that cannot be.
    Certificate {
        /// Which.
        path: PathBuf,
        /// What is wrong, in English.
        why: String,
    },
    /// A file holds no private key, or one that does not belong to the certificate.
    Key {
        /// Which.
        path: PathBuf,
        /// What is wrong, in English.
        why: String,
    },
    /// The database does not let this account read or write.
    Denied,
}

impl Refused {
    /// What is wrong and what would be accepted, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Place => {
                "事件日志的位置应为 sqlite:目录 或 kurrentdb://…,或 @文件(其中写明位置)。"
                    .to_owned()
            }
            Self::NotBuiltIn => "本程序编译时未包含KurrentDB;请使用 sqlite:目录。".to_owned(),
            Self::Scheme => {
                "连接串应以 kurrentdb://、esdb:// 或 kurrentdb+discover:// 开头。".to_owned()
            }
            Self::Host(host) => format!(
                "连接串中的主机“{host}”有误;应为 主机[:端口],多个之间用逗号,端口为1至65535。"
            ),
            Self::Credentials => {
                "连接串中的用户名或密码有误;应写作 用户名:密码@,其中的特殊字符用百分号编码。"
                    .to_owned()
            }
            Self::Parameter(name) => format!(
                "连接串中没有参数“{name}”;可用的有 tls, tlsCaFile, userCertFile, userKeyFile, prefix, connectionName 等。"
            ),
            Self::Value(why) => format!("连接串中的参数值有误({why})。"),
            Self::NodePreference => {
                "nodePreference 只能是 leader:其他节点的读取会落后于刚写入的内容。".to_owned()
            }
            Self::Prefix => "prefix 应为1至50个字母、数字或 . _ -,以字母或数字开头。".to_owned(),
            Self::File { path, why } => {
                format!("无法读取 {}({why});请检查路径和权限。", path.display())
            }
            Self::Certificate { path, why } => {
                format!("{} 不是可用的PEM证书({why})。", path.display())
            }
            Self::Key { path, why } => {
                format!("{} 不是与证书相符的PEM私钥({why})。", path.display())
            }
            Self::Denied => {
                "数据库拒绝该账号;请检查用户名、密码,以及对 $all 和该前缀事件流的读写权限。"
                    .to_owned()
            }
        }
    }

    /// What is wrong and what would be accepted, in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Place => {
                "The place of an event log is sqlite:DIR or kurrentdb://…, or @FILE that holds one of these."
                    .to_owned()
            }
            Self::NotBuiltIn => {
                "This program was built without KurrentDB; use sqlite:DIR.".to_owned()
            }
            Self::Scheme => {
                "A connection string begins with kurrentdb://, esdb:// or kurrentdb+discover://."
                    .to_owned()
            }
            Self::Host(host) => format!(
                "The host \"{host}\" cannot be; hosts are host[:port], with commas between them and ports of 1 to 65535."
            ),
            Self::Credentials => {
                "The user or password cannot be; write user:password@ with special characters percent-encoded.".to_owned()
            }
            Self::Parameter(name) => format!(
                "There is no parameter \"{name}\"; there are tls, tlsCaFile, userCertFile, userKeyFile, prefix, connectionName and others."
            ),
            Self::Value(why) => format!("A parameter's value cannot be ({why})."),
            Self::NodePreference => {
                "nodePreference can only be leader: other nodes lag behind what was just written."
                    .to_owned()
            }
            Self::Prefix => {
                "A prefix has 1 to 50 letters, digits or . _ - and begins with a letter or digit."
                    .to_owned()
            }
            Self::File { path, why } => format!(
                "{} cannot be read ({why}); check the path and its permissions.",
                path.display()
            ),
            Self::Certificate { path, why } => {
                format!("{} is no usable PEM certificate ({why}).", path.display())
            }
            Self::Key { path, why } => format!(
                "{} is no PEM private key that belongs to the certificate ({why}).",
                path.display()
            ),
            Self::Denied => {
                "The database denies this account; check user and password, and that it may read $all and read and write the streams of this prefix.".to_owned()
            }
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())
    }
}

impl std::error::Error for Refused {}
