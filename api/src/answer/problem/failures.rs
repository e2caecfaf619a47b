//! From the application's errors to problems.

use application::Error;
use axum::http::StatusCode as S;
use domain::Refusal as _;
use event_store::{AppendError, Shortage, StoreError};
use evidence::{Digest, KeepError, ReadError};
use jiff::Timestamp;
use projections::QueryError;
use vault::{Refusal, VaultError};

use super::Problem;
use super::failed::{failed, lacking, log, short_of, unavailable};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::refused(&*refusal),
            Error::Forbidden(refusal) => {
                Self::new(S::FORBIDDEN, refusal.code(), refusal.zh(), refusal.en())
            }
            Error::Doubt(doubt) => {
                unavailable(doubt.code(), &doubt.zh(), &doubt.en()).retry_after(60)
            }
            Error::Outdated { actual, .. } => outdated(actual),
            Error::Contended => contended(),
            Error::Append(error) => append(error),
            Error::Store(error) => error.into(),
            Error::WithoutVault => without_vault(),
            Error::NoRoomForEvidence => no_room_for_evidence(),
            Error::EvidenceRemoved(at) => removed(at),
            Error::Vault(error) => error.into(),
            Error::Keep(error) => error.into(),
            Error::Evidence(error) => error.into(),
            Error::Undecodable(error) => failed(&error),
            Error::NotEncodable(error) => failed(&error),
            Error::Node(error) => error.into(),
            Error::Query(error) => error.into(),
            Error::Worker(error) => failed(&error),
            Error::Past(error) => failed(&error),
            Error::NotPast => not_past(),
            Error::AccountForPast => account_for_past(),
            Error::Behind => behind(),
            Error::Beyond => beyond(),
            Error::Closing => Self::internal(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_) | StoreError::Closed => unavailable(
                "store.busy",
                "事件日志正忙或正在关闭，请稍后重试。",
                "The event log is busy or closing; try again shortly.",
            ),
            StoreError::Full(_) => {
                log(&error);
                short_of(Shortage::Room)
            }
            StoreError::Exhausted(_) => {
                log(&error);
                short_of(Shortage::Means)
            }
            StoreError::Unreachable(_) => {
                log(&error);
                unavailable(
                    "store.unreachable",
                    "暂时连不上事件日志，请稍后重试。",
                    "The event log cannot be reached at the moment; try again shortly.",
                )
            }
            StoreError::Io(_) | StoreError::Corrupt(_) => failed(&error),
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Refused(refusal) => vault_refusal(refusal),
            VaultError::WrongMasterKey
            | VaultError::Tampered(_)
            | VaultError::Format { .. }
            | VaultError::BytesRemain
            | VaultError::BackupExists
            | VaultError::BackupDisturbed
            | VaultError::Database(_)
            | VaultError::File(_)
            | VaultError::Random(_) => failed(&error),
        }
    }
}

impl From<KeepError> for Problem {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Refused(refusal) => {
                Self::new(S::UNPROCESSABLE_ENTITY, refusal.code(), refusal.zh(), refusal.en())
                    .at("evidence")
            }
            KeepError::Damaged(digest) => damaged(&error, &digest),
            KeepError::Storage(_) => without_evidence(&error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(digest) => damaged(&error, &digest),
            ReadError::Storage(_) => without_evidence(&error),
        }
    }
}

fn no_room_for_evidence() -> Problem {
    unavailable(
        "evidence.no_room",
        "磁盘余量不足，暂不接收佐证材料；请管理人员腾出空间。",
        "The disk is nearly full, so no evidence is taken in; the operators must make room.",
    )
    .retry_after(60)
}

fn removed(at: Timestamp) -> Problem {
    Problem::new(
        S::GONE,
        "evidence.removed",
        format!("此佐证材料上传后30天内无人引用，已于{at}清除；需要的请重新上传。"),
        format!("Nobody cited this evidence within 30 days after it was uploaded, so it was removed at {at}; upload it again if it is needed."),
    )
    .at("digest")
}

fn without_vault() -> Problem {
    Problem::new(
        S::SERVICE_UNAVAILABLE,
        "vault.none",
        "本服务没有个人信息库；涉及个人信息的事项请到有个人信息库的服务办理。",
        "This service has no vault; whatever needs personal data is done at the service that has one.",
    )
}

/// What lies behind the service gave other bytes than were kept. It is 502 and not 500, because nothing failed in the service,
/// and not 503, because waiting does not help.
fn damaged(error: &dyn std::error::Error, digest: &Digest) -> Problem {
    log(error);
    Problem::new(
        S::BAD_GATEWAY,
        "evidence.damaged",
        format!(
            "佐证材料{digest}在库中已损坏或被改，不能提供或引用；请管理人员从备份恢复此文件，并运行 replay verify 核对其余材料。"
        ),
        format!(
            "Evidence {digest} is damaged or was changed in its storage and is neither handed out nor cited; the operators restore this file from a backup and check the others with replay verify."
        ),
    )
}

fn without_evidence(error: &(dyn std::error::Error + 'static)) -> Problem {
    log(error);
    lacking(error).unwrap_or_else(|| {
        unavailable(
            "evidence.unavailable",
            "佐证材料库暂不可用，请稍后重试。",
            "The evidence store is not available at the moment; try again shortly.",
        )
    })
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::BadCursor => bad_cursor(),
            QueryError::Database(error) => failed(&error),
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        failed(&error)
    }
}

/// The log lacked something and stored nothing.
fn not_stored(error: StoreError) -> Problem {
    match error {
        StoreError::Full(_) => {
            log(&error);
            unavailable(
                "store.full",
                "磁盘已满，未写入任何内容；请管理人员腾出空间，之后自动恢复。",
                "The disk is full and nothing was written; the operators must make room, then it goes on by itself.",
            )
        }
        StoreError::Exhausted(_) => {
            log(&error);
            unavailable(
                "store.exhausted",
                "系统内存或可打开的文件数不足，未写入任何内容，请稍后重试。",
                "The system is short of memory or open files and nothing was written; try again shortly.",
            )
        }
        error @ (StoreError::Busy(_)
        | StoreError::Unreachable(_)
        | StoreError::Io(_)
        | StoreError::Corrupt(_)
        | StoreError::Closed) => error.into(),
    }
}

/// A cursor that this list did not give.
pub fn bad_cursor() -> Problem {
    Problem::new(
        S::BAD_REQUEST,
        "query.cursor",
        "cursor 应取自同一列表上一页的回答。",
        "The cursor is that of the page before of the same list.",
    )
    .at("cursor")
}

fn not_past() -> Problem {
    Problem::new(
        S::BAD_REQUEST,
        "query.as_of_in_future",
        "as_of 不能晚于现在。",
        "as_of cannot be later than now.",
    )
    .at("as_of")
}

fn account_for_past() -> Problem {
    Problem::new(
        S::UNAUTHORIZED,
        "token.missing",
        "查询过去某一时间的公示需要令牌。",
        "Reading notices as of an earlier time needs a token.",
    )
    .at("Authorization")
}

fn beyond() -> Problem {
    Problem::new(
        S::BAD_REQUEST,
        "read.beyond",
        "日志中没有这个位置；请使用以前答复中的 X-Position。",
        "The log has no such position; give the X-Position of an earlier answer.",
    )
    .at("after_position")
}

fn behind() -> Problem {
    Problem::new(
        S::SERVICE_UNAVAILABLE,
        "read.behind",
        "查询数据尚未更新到所要求的位置，请稍后重试。",
        "The read models have not reached that position yet; try again shortly.",
    )
    .retry_after(1)
}

fn outdated(actual: event_store::Version) -> Problem {
    Problem::new(
        S::PRECONDITION_FAILED,
        "stream.outdated",
        format!("内容已有变化，现为第{actual}版；请重新读取后再办理。"),
        format!("It has changed and is at version {actual} now; read it again first."),
    )
    .at("If-Match")
}

fn contended() -> Problem {
    Problem::new(
        S::CONFLICT,
        "stream.contended",
        "同时有多人办理同一事项，请重试。",
        "Others were writing to the same thing; try again.",
    )
    .retry_after(1)
}

fn append(error: AppendError) -> Problem {
    match error {
        AppendError::Conflict { .. } => contended(),
        AppendError::Halted(reason) => {
            unavailable("store.halted", reason.zh(), reason.en()).retry_after(30)
        }
        AppendError::OutcomeUnknown(_) => {
            log(&error);
            unavailable(
                "store.outcome_unknown",
                "不能确定是否已写入；请用同一 Idempotency-Key 重试，不会重复办理。",
                "It is unknown whether it was stored; repeat with the same Idempotency-Key, nothing is done twice.",
            )
        }
        AppendError::TooLarge { limit, .. } => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "event.too_large",
            format!("一件事实最多{limit}字节；请分次办理。"),
            format!("One fact holds at most {limit} bytes; do it in parts."),
        ),
        AppendError::BatchTooLarge { limit, .. } => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "event.batch_too_large",
            format!("一次办理的事实合计最多{limit}字节；请分次办理。"),
            format!(
                "The facts of one command hold at most {limit} bytes together; do it in parts."
            ),
        ),
        AppendError::TooMany { .. }
        | AppendError::IdTaken { .. }
        | AppendError::BadKind { .. }
        | AppendError::Empty => failed(&error),
        AppendError::Store(error) => not_stored(error),
    }
}

fn vault_refusal(refusal: Refusal) -> Problem {
    let refused = |code: &'static str, zh: &str, en: &str| {
        Problem::new(S::UNPROCESSABLE_ENTITY, code, zh, en)
    };
    match refusal {
        Refusal::NoSuchPerson(_) => Problem::new(
            S::NOT_FOUND,
            "vault.no_such_person",
            "个人信息库中没有此人。",
            "The vault knows no such person.",
        ),
        Refusal::Erased(_) => Problem::new(
            S::GONE,
            "vault.erased",
            "此人的个人信息已依法删除。",
            "The personal data was erased as the law provides.",
        ),
        Refusal::CommandReused => reused(),
        Refusal::IdentityTaken => {
            Problem::refused(&domain::volunteer::Rejection::AlreadyRegistered {})
        }
        Refusal::IdentityNumber => refused(
            "vault.identity_number",
            "公民身份号码不能为空或过长。",
            "The identity number is empty or too long.",
        )
        .at("identity_number"),
        Refusal::PlainTooLong => refused(
            "vault.too_long",
            "个人信息内容过长，请缩短。",
            "The personal data is too long; shorten it.",
        ),
        Refusal::Reader => refused(
            "vault.purpose",
            "请写明查阅目的，1至200字节，不得含个人信息。",
            "Say what it is read for, in 1 to 200 bytes and without personal data.",
        )
        .at("purpose"),
        Refusal::SectionName | Refusal::TooManyAtOnce => failed(&refusal),
    }
}

/// One key stands for one request.
pub fn reused() -> Problem {
    Problem::new(
        S::UNPROCESSABLE_ENTITY,
        "idempotency.reused",
        "此 Idempotency-Key 已用于另一请求；新的请求请用新的键。",
        "This Idempotency-Key was used for another request; a new request needs a new key.",
    )
    .at("Idempotency-Key")
}
