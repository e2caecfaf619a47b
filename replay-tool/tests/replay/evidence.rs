//! `verify` against the evidence: every piece that an event names is there and as it was kept.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use evidence::{Digest, Evidence, Location};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::fixture::Folder;
use crate::village::{Village, photo};

fn document(number: u32) -> Vec<u8> {
    format!("%PDF-1.7\n% {number}\ntrailer << >>\n%%EOF\n").into_bytes()
}

/// Keeps a document in a folder; gives its digest.
fn keep(folder: &Path, number: u32) -> String {
    let evidence = Evidence::open(&Location::Folder(folder.to_owned())).unwrap();
    let kept = Runtime::new().unwrap().block_on(evidence.keep(document(number).into()));
    kept.unwrap().digest.to_string()
}

fn object(folder: &Path, digest: &str) -> PathBuf {
    folder.join(&digest[..2]).join(digest)
}

/// A village whose events name this piece of evidence, and where they stand.
fn village(digest: &str) -> (Folder, Vec<u64>) {
    let named = photo()[0]["digest"].as_str().unwrap().to_owned();
    let mut village = Village::clean();
    for line in &mut village.0 {
        let data = line.data.to_string().replace(&named, digest);
        line.data = serde_json::from_str(&data).unwrap();
    }
    let names = |data: &Value| data["evidence"].as_array().is_some_and(|all| !all.is_empty());
    let positions = (1..).zip(&village.0).filter(|(_, line)| names(&line.data));
    let positions = positions.map(|(position, _)| position).collect();
    (village.told(), positions)
}

#[test]
fn what_is_as_it_was_kept_passes_and_what_nobody_names_is_only_mentioned() {
    let (folder, positions) = village(&Digest::of(&document(1)).to_string());
    assert!(positions.len() > 2);
    folder.project();
    let evidence = folder.path("evidence");
    keep(&evidence, 1);
    folder.run(&["verify"]).exits(0).says(&["1 of 1 piece(s) of evidence", "0 more are named"]);
    let other = keep(&evidence, 2);
    folder.run(&["verify", "--strict"]).exits(0).says(&[
        "note [evidence.uncited] 1 piece(s) of evidence are named by no event",
        &other,
        "1 more are named by none",
        "nothing found",
    ]);
    let zh = folder.run_in("zh", &["verify"]).exits(0);
    let zh = zh.says(&["提示 [evidence.uncited] 1件佐证材料没有事件引用", "没有发现问题"]);
    assert!(zh.err.contains("核对佐证材料:1件佐证材料"), "{}", zh.err);
}

#[test]
fn a_changed_byte_and_a_lost_piece_are_named_with_every_event_that_names_them() {
    let (folder, positions) = village(&Digest::of(&document(1)).to_string());
    let evidence = folder.path("evidence");
    let digest = keep(&evidence, 1);
    let mut bytes = document(1);
    bytes[10] ^= 1;
    fs::write(object(&evidence, &digest), bytes).unwrap();
    let said: Vec<String> = positions.iter().map(u64::to_string).collect();
    folder.run(&["verify"]).exits(1).says(&[
        &format!("[evidence.changed] position {} stream ", positions[0]),
        &format!("The piece of evidence {digest} is not the bytes of this digest"),
        &format!("It is named at: {}", said[..said.len().min(5)].join(", ")),
        "0 of 1 piece(s)",
    ]);
    let told = folder.run(&["verify", "--format", "json"]).exits(1).json();
    let finding = &told["findings"][0];
    assert_eq!((&finding["digest"], &finding["cited_at"]), (&json!(digest), &json!(positions)));
    assert_eq!(told["evidence"]["changed"], 1);

    fs::remove_file(object(&evidence, &digest)).unwrap();
    let told = folder.run(&["verify", "--format", "json"]).exits(1).json();
    let finding = &told["findings"][0];
    assert_eq!(finding["check"], "evidence.missing");
    assert_eq!((&finding["digest"], &finding["cited_at"]), (&json!(digest), &json!(positions)));
    let counts =
        json!({"cited": 1, "sound": 0, "changed": 0, "missing": 1, "elsewhere": 0, "uncited": 0});
    assert_eq!(told["evidence"], counts);
    folder.run_in("zh", &["verify"]).exits(1).says(&["不在佐证材料库中;请从备份恢复"]);
}

#[test]
fn a_place_without_evidence_is_a_notice_where_nobody_named_it() {
    let (folder, _) = village(&Digest::of(&document(1)).to_string());
    folder.run(&["verify"]).exits(0).says(&["note [evidence.absent]", "--evidence"]);
    assert!(!folder.path("evidence").exists(), "an auditor makes nothing");
    let nowhere = folder.path("nowhere");
    let named = folder.run(&["verify", "--evidence", nowhere.to_str().unwrap()]).exits(2);
    named.complains("There is no evidence folder");
    let bad = folder.run(&["verify", "--evidence", "s3://id:hidden@county"]).exits(2);
    let bad = bad.complains("No key may stand in the place");
    assert!(!bad.err.contains("hidden"));
    let elsewhere = tempfile::tempdir().unwrap();
    keep(elsewhere.path(), 1);
    let found = folder.run(&["verify", "--evidence", elsewhere.path().to_str().unwrap()]).exits(0);
    found.says(&["1 of 1 piece(s) of evidence"]);
}

/// A document that a backfill names need never have been uploaded, but what is there must be it.
#[test]
fn a_document_of_a_backfill_may_be_kept_elsewhere() {
    let (folder, _) = village(&Digest::of(&document(1)).to_string());
    let evidence = folder.path("evidence");
    keep(&evidence, 1);
    let digest = Digest::of(&document(2)).to_string();
    let stored = include_str!("../../../domain/catalogue/BackfillRequested.json");
    let mut asked: Value = serde_json::from_str(stored).unwrap();
    (asked["record"], asked["digest"]) = (1.into(), digest.clone().into());
    let stream = "service-V3K7M9QX2TB4D";
    folder.tell(stream, "BackfillRequested", &asked.to_string(), "2022-06-01T00:00:00Z", None);
    folder.run(&["verify"]).exits(0).says(&["note [evidence.elsewhere] 1 document(s)"]);
    keep(&evidence, 2);
    folder.run(&["verify"]).exits(0).says(&["2 of 2 piece(s) of evidence"]);
    fs::write(object(&evidence, &digest), b"%PDF-1.7 another").unwrap();
    folder.run(&["verify"]).exits(1).says(&["[evidence.changed]"]);
}

/// Serves objects as an S3 service does, as far as an auditor asks for them.
fn bucket(objects: BTreeMap<String, Vec<u8>>) -> (Runtime, String) {
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(async move |uri: Uri| answer(&objects, uri.path()));
    runtime.spawn(async move { axum::serve(listener, router).await });
    (runtime, format!("s3://county/photos?endpoint=http://{address}&region=cn-test"))
}

fn answer(objects: &BTreeMap<String, Vec<u8>>, path: &str) -> Response {
    if path == "/county" {
        let listed = objects.iter().map(|(key, object)| {
            format!(
                "<Contents><Key>{key}</Key><Size>{}</Size>\
                 <LastModified>2025-11-22T07:00:00.000Z</LastModified></Contents>",
                object.len()
            )
        });
        let listed: String = listed.collect();
        return format!(
            "<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
        )
        .into_response();
    }
    let headers =
        [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Sat, 22 Nov 2025 07:00:00 GMT")];
    match path.strip_prefix("/county/").and_then(|key| objects.get(key)) {
        Some(object) => (headers, object.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn replay(folder: &Folder, place: &str) -> Output {
    let data = folder.path("");
    let args = ["--lang", "en", "verify", "--format", "json", "--evidence", place, "--data"];
    Command::new(env!("CARGO_BIN_EXE_replay"))
        .args(args.map(OsStr::new))
        .arg(data)
        .envs([("AWS_ACCESS_KEY_ID", "GENERATED"), ("AWS_SECRET_ACCESS_KEY", "generated")])
        .output()
        .unwrap()
}

#[test]
fn a_bucket_is_held_against_the_log_too() {
    let digest = Digest::of(&document(1)).to_string();
    let (folder, positions) = village(&digest);
    let key = |digest: &str| format!("photos/{}/{digest}", &digest[..2]);
    let other = Digest::of(&document(2)).to_string();
    let sound = [(key(&digest), document(1)), (key(&other), document(2))];
    for (objects, check, uncited) in [
        (BTreeMap::from(sound), None, 1),
        (BTreeMap::from([(key(&digest), document(2))]), Some("evidence.changed"), 0),
        (BTreeMap::new(), Some("evidence.missing"), 0),
    ] {
        let (_runtime, place) = bucket(objects);
        let answer = replay(&folder, &place);
        let errors = String::from_utf8_lossy(&answer.stderr);
        let told: Value = serde_json::from_slice(&answer.stdout).expect(&errors);
        assert_eq!(answer.status.code(), Some(i32::from(check.is_some())), "{told}");
        assert_eq!(told["evidence"]["uncited"], uncited);
        if let Some(check) = check {
            assert_eq!(told["findings"][0]["check"], check);
            assert_eq!(told["findings"][0]["cited_at"], json!(positions));
        }
    }
    let (runtime, place) = bucket(BTreeMap::new());
    drop(runtime);
    let nobody = replay(&folder, &place.replace("127.0.0.1", "localhost.invalid"));
    assert_eq!(nobody.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("The evidence cannot be read"));
}
