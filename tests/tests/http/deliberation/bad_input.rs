//! Files that are none, too large, or called something that no file should be.

use std::ops::Range;

use domain::Role;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use tests::process::Program;

use super::village::picture;
use crate::http::wire::{Framing, connect};
use crate::http::{Account, Service};

async fn upload(by: &Account, name: &str, bytes: Vec<u8>) -> crate::http::Reply {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
    by.send(by.request(Method::POST, "evidence").multipart(form)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_file_is_called_is_never_kept_or_said() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let kept = office.evidence(picture(1)).await.done();
    let digest = kept.json()["digest"].as_str().unwrap().to_owned();
    assert_eq!((kept.status, &kept.json()["media_type"]), (201, &json!("image/png")));
    let hostile = [
        "../../../vault.key",
        "C:\\boot.ini",
        "a\u{202e}gpj.exe",
        ".",
        "示例<script>.png",
        "a\"; b=\"c",
    ];
    for name in hostile {
        let again = upload(&office, name, picture(1)).await.done();
        assert_eq!(again.json()["digest"], json!(digest), "{name:?}");
        assert!(!again.body.contains(name), "{name:?}");
    }
    // A header with control characters is no header, so the form is none.
    for name in ["a\0b", "\u{7}"] {
        upload(&office, name, picture(1)).await.refused(400, "evidence.broken");
    }
    let path = format!("evidence/{digest}");
    let read = office.get(&path).await.done();
    assert_eq!(read.header("content-type"), "image/png");
    assert_eq!(
        read.header("content-disposition"),
        format!("attachment; filename=\"{digest}.png\"")
    );
    assert_eq!(read.header("x-content-type-options"), "nosniff");
    assert!(read.header("content-security-policy").contains("sandbox"));
    let tag = read.header("etag").to_owned();
    let seen = office.request(Method::GET, &path).header("if-none-match", tag);
    assert_eq!(office.send(seen).await.status, 304);
    let unknown = format!("evidence/{}", "0".repeat(64));
    office.get(&unknown).await.refused(404, "evidence.unknown");
    office.get("evidence/..%2F..%2Fvault.key").await.refused(404, "value.digest");
    service.anybody().get(&path).await.refused(401, "token.missing");
    let volunteer = service.account(Role::Volunteer, None);
    volunteer.get(&path).await.refused(403, "permission.role");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_proves_nothing_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let truncated = picture(2)[..40].to_vec();
    let script = b"%PDF-1.7\n1 0 obj << /JavaScript (x) >>\n%%EOF".to_vec();
    let cases = [
        (b"".to_vec(), "evidence.empty"),
        (b"MZ\x90\0".to_vec(), "evidence.unknown_type"),
        (b"<svg onload=x>".to_vec(), "evidence.unknown_type"),
        (truncated, "evidence.not_a_picture"),
        (b"\x89PNG\r\n\x1a\nno picture".to_vec(), "evidence.not_a_picture"),
        (script, "evidence.active_pdf"),
        (b"%PDF-1.7\nwithout an end".to_vec(), "evidence.broken_pdf"),
    ];
    for (bytes, code) in cases {
        office.evidence(bytes.clone()).await.refused(422, code);
        upload(&office, "photo.jpg", bytes).await.refused(422, code);
    }
    office.evidence(vec![b'x'; (20 << 20) + 1]).await.refused(413, "evidence.too_large");
    let form = Form::new().text("remark", "no file");
    let nothing = office.send(office.request(Method::POST, "evidence").multipart(form)).await;
    nothing.refused(400, "evidence.no_file");
    let auditor = service.account(Role::Auditor, None);
    auditor.evidence(picture(3)).await.refused(403, "permission.role");
    service.stop().await;
}

/// What is taken of a body that does not end: the bound, and what lies in the buffers of both ends.
const TAKEN: Range<usize> = 0..80 << 20;
/// Memory that one upload may take.
const ONE_UPLOAD: u64 = 64 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_gigabytes_are_refused_early_and_take_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), folder.path());
    let (serving, base) = program.serve();
    let tokens =
        application::tokens::Tokens::open(&folder.path().join(application::files::NODE)).unwrap();
    let new = application::tokens::NewToken {
        role: Role::CountyOffice,
        unit: None,
        person: None,
        label: None,
        expires_at: None,
    };
    let (_, secret) = tokens.create(new, jiff::Timestamp::now()).unwrap();
    let head =
        format!("POST /api/v1/evidence HTTP/1.1\r\nauthorization: Bearer {}\r\n", secret.reveal());
    let before = serving.peak_memory();
    for framing in [Framing::Length, Framing::Chunks] {
        let (mut mouth, mut ear) = connect(&base).await;
        mouth.announce(&head, framing, 2 << 30).await;
        let speaking = tokio::spawn(async move { mouth.say(framing, 2 << 30).await });
        let heard = ear.hear().await.unwrap();
        assert_eq!(heard.status, 413, "{}", heard.body);
        assert!(heard.body.contains("evidence.too_large"), "{}", heard.body);
        let (taken, ended) = speaking.await.unwrap();
        assert!(TAKEN.contains(&taken) && ended.is_err(), "{taken} bytes were taken");
    }
    let grown = serving.peak_memory() - before;
    assert!(grown < ONE_UPLOAD, "{grown} bytes more");
}
