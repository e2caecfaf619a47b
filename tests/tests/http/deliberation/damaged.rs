//! Evidence that is no longer what was kept.

use std::fs;
use std::path::{Path, PathBuf};

use domain::Role;
use serde_json::{Value, json};

use super::village::{VILLAGE, Village, picture};
use crate::http::{Reply, Service};

fn object(data: &Path, digest: &str) -> PathBuf {
    data.join("evidence").join(&digest[..2]).join(digest)
}

/// The answer must be described for this operation, status and code.
fn is_described(document: &Value, path: &str, method: &str, reply: &Reply) {
    let described = &document["paths"][path][method];
    let told = &described["responses"][reply.status.to_string()]["description"];
    let code = reply.json()["code"].as_str().unwrap().to_owned();
    assert!(told.as_str().is_some_and(|told| told.contains(&code)), "{method} {path}: {told}");
    let listed = json!({"status": reply.status, "code": code, "field": null});
    assert!(described["x-refusals"].as_array().unwrap().contains(&listed), "{method} {path}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_piece_of_evidence_is_a_problem_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let document = serde_json::to_value(api::openapi()).unwrap();
    let digest = office.evidence(picture(1)).await.done().json()["digest"].clone();
    let digest = digest.as_str().unwrap();
    let (path, file) = (format!("evidence/{digest}"), object(folder.path(), digest));
    let whole = fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(&file, &flipped).unwrap();

    let read = office.get(&path).await;
    read.refused(502, "evidence.damaged");
    is_described(&document, "/api/v1/evidence/{digest}", "get", &read);
    for sentence in ["detail_zh", "detail_en"] {
        let told = read.json()[sentence].as_str().unwrap().to_owned();
        assert!(told.contains(digest) && told.contains("replay verify"), "{told}");
    }
    assert!(!read.json()["title"].as_str().unwrap().contains("Internal"));
    let again = office.evidence(picture(1)).await;
    again.refused(502, "evidence.damaged");
    is_described(&document, "/api/v1/evidence", "post", &again);
    assert_eq!(fs::read(&file).unwrap(), flipped, "what may be proof of something is not replaced");

    fs::remove_file(&file).unwrap();
    let gone = office.get(&path).await;
    gone.refused(404, "evidence.unknown");
    assert!(gone.json()["detail_en"].as_str().unwrap().contains("restore it from a backup"));
    fs::write(&file, whole).unwrap();
    office.get(&path).await.done();
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_cites_a_damaged_piece_of_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let document = serde_json::to_value(api::openapi()).unwrap();
    fs::write(object(folder.path(), &village.photo), b"no picture any more").unwrap();
    let shown = json!({"note": "已设立。", "evidence": [village.photo]});
    let path = format!("stations/{VILLAGE}/items/premises");
    let cited = village.leader.post(&path, shown).await;
    cited.refused(502, "evidence.damaged");
    let described = "/api/v1/stations/{unit}/items/{item}";
    is_described(&document, described, "post", &cited);
    village.stop().await;
}
