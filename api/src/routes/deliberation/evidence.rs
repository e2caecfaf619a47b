//! 佐证材料: photographs and documents, taken in and handed out.

use std::sync::Arc;
use std::time::Instant;

use application::Caller;
use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::permission::Act;
use domain::{Evidence, MediaType, SealedDigest};
use evidence::{MAX_BYTES, Refusal};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{also, evidenced, one, upload};
use crate::request::account::Account;
use crate::request::path::PathParam;
use crate::request::upload::{self, AROUND_THE_FILE, NoFile};
use crate::state::AppState;

/// The longest file.
const LONGEST: usize = MAX_BYTES as usize;
/// The longest request: such a file, and a form around it.
const MOST: usize = LONGEST + AROUND_THE_FILE;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(evidenced(upload(routes!(keep_evidence), Act::KeepEvidence, &[])))
        .layer(DefaultBodyLimit::max(MOST))
        .routes(also(
            evidenced(one(routes!(read_evidence), Act::ReadEvidence)),
            &[
                (StatusCode::NOT_FOUND, "evidence.unknown", "No evidence has this digest."),
                (StatusCode::GONE, "evidence.removed", "Nobody had cited it, so it was removed."),
            ],
        ))
}

/// A piece of evidence that is kept; commands cite it by its digest.
#[derive(Serialize, ToSchema)]
struct Kept {
    /// SHA-256 of what is kept: a picture without the place, time and remarks that it carried.
    digest: String,
    /// What it is, as its content says.
    #[schema(example = "image/jpeg")]
    media_type: &'static str,
    /// Its length in bytes.
    bytes: u32,
}

/// 上传佐证材料。Keeps a JPEG, PNG or WebP picture or a PDF of at most 20 MB.
///
/// 可直接作为正文，或放在表单的 `file` 字段；不保留文件名。图片最多6400万像素。PDF不得含脚本、提交数据的动作、XFA表单或附件，也不得设打开密码。It is
/// the body itself or the field `file` of a form. What the sender calls it is not kept. A picture has at most 64 megapixels; a PDF
/// holds no scripts, actions that send data, XFA forms or attached files, and opens without a password.
#[utoipa::path(post, path = "/evidence", tag = "evidence",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = Kept)))]
async fn keep_evidence(
    State(state): State<AppState>,
    Account(actor): Account,
    request: Request,
) -> Result<Response, Problem> {
    // Nobody sends 20 MB to hear that they may not.
    state.app.permit(&actor, Act::KeepEvidence, None, None)?;
    let form = upload::is_form(&request);
    if upload::announces_more(&request, if form { MOST } else { LONGEST }) {
        return Err(no_file(NoFile::TooLarge));
    }
    let file = if form {
        upload::of_form(request, &state).await
    } else {
        upload::raw(request, &state).await
    };
    let bytes = file.map_err(no_file)?;
    if bytes.len() > LONGEST {
        return Err(no_file(NoFile::TooLarge));
    }
    if let Some(sent) = &state.evidence_sent
        && let Some(seconds) = sent.take(actor.id.clone(), bytes.len() as u64, Instant::now())
    {
        return Err(too_much().retry_after(seconds));
    }
    let (app, caller) = (Arc::clone(&state.app), Caller::new(actor, Uuid::now_v7()));
    // A client that hangs up leaves nothing behind that is not remembered.
    let keeping = tokio::spawn(async move { app.keep_evidence(bytes, &caller).await });
    let kept = keeping.await.map_err(|error| failed(&error))??;
    let Evidence { digest, media_type, bytes } = kept;
    let location = [(header::LOCATION, format!("/api/v1/evidence/{digest}"))];
    let kept = Kept { digest: digest.to_string(), media_type: media_type.as_str(), bytes };
    Ok((StatusCode::CREATED, location, Json(kept)).into_response())
}

fn too_much() -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "evidence.too_much",
        "本账号一天内上传的佐证材料过多；请稍后再传，或请管理人员调整上限。",
        "This account sent too much evidence within a day; send the rest later, or ask the operators for more.",
    )
}

fn no_file(why: NoFile) -> Problem {
    let refused = |status, refusal: Refusal| {
        Problem::new(status, refusal.code(), refusal.zh(), refusal.en()).at("file")
    };
    let broken = |code: &'static str, zh: &str, en: &str| {
        Problem::new(StatusCode::BAD_REQUEST, code, zh, en).at("file")
    };
    match why {
        NoFile::TooLarge => refused(StatusCode::PAYLOAD_TOO_LARGE, Refusal::TooLarge),
        NoFile::NotThere => broken(
            "evidence.no_file",
            "没有找到文件；字段名应为 file。",
            "There is no file; its field is called `file`.",
        ),
        NoFile::NotAForm | NoFile::Broken => broken(
            "evidence.broken",
            "上传内容不完整或格式有误。",
            "The upload is incomplete or malformed.",
        ),
    }
}

/// 查看佐证材料。Returns the bytes of a piece of evidence, to save.
#[utoipa::path(get, path = "/evidence/{digest}", tag = "evidence",
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 304)))]
async fn read_evidence(
    State(state): State<AppState>,
    PathParam(digest): PathParam<SealedDigest>,
    Account(actor): Account,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::new(actor, Uuid::now_v7());
    let found = state.app.read_evidence(digest, &caller).await?;
    let Some((Evidence { media_type, .. }, bytes)) = found else { return Err(unknown()) };
    let tag = format!("\"{digest}\"");
    let seen = headers.get(header::IF_NONE_MATCH).and_then(|seen| seen.to_str().ok());
    let seen = seen.is_some_and(|seen| seen.split(',').any(|one| one.trim() == tag));
    let ending = ending(media_type);
    let into_response_with: [(HeaderName, HeaderValue); 4] = [
        (header::ETAG, value(&tag)),
        // Whoever is shown it keeps it; whether they still may, they ask each time.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type.as_str())),
        (
            header::CONTENT_DISPOSITION,
            value(&format!("attachment; filename=\"{digest}.{ending}\"")),
        ),
    ];
    let shown = match seen {
        true => (StatusCode::NOT_MODIFIED, Body::empty()),
        false => (StatusCode::OK, Body::from(bytes)),
    };
    Ok((shown.0, into_response_with, shown.1).into_response())
}

fn ending(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Jpeg => "jpg",
        MediaType::Png => "png",
        MediaType::Webp => "webp",
        MediaType::Pdf => "pdf",
    }
}

/// A digest and our own words make a header's value always.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "evidence.unknown",
        "没有此摘要的佐证材料；如有事件引用它，请管理人员运行 replay verify 并从备份恢复。",
        "There is no evidence with this digest; if an event names it, the operators restore it from a backup (see replay verify).",
    )
    .at("digest")
}
