//! What residents file without an account, and the secret links that they get.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::village::{VILLAGE, Village};
use crate::http::{Account, Reply, Service};

fn complaint() -> Value {
    json!({
        "station": VILLAGE, "place": "示例小区", "problem": "充电桩太少。",
        "name": "示例咨询人", "telephone": "13900007777",
    })
}

async fn filed_once(by: &Account, key: Uuid, body: &Value) -> Reply {
    let request =
        by.request(Method::POST, "public/issues").header("idempotency-key", key.to_string());
    by.send(request.json(body)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_shows_one_case_to_whoever_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let anybody = village.service.anybody();
    let key = Uuid::from_u128(7);
    let first = filed_once(&anybody, key, &complaint()).await.done();
    let again = filed_once(&anybody, key, &complaint()).await.done();
    assert_eq!((first.status, &again.body), (201, &first.body), "the same filing, the same link");
    let mut other = complaint();
    other["problem"] = json!("消防通道被占。");
    let other = filed_once(&anybody, key, &other).await.done().json();
    let mine = first.json();
    assert_ne!(other["number"], mine["number"], "who knows a key without the body gets nothing");
    for header in ["cache-control", "referrer-policy"] {
        assert!(first.header(header).starts_with("no-"), "{header}: {:?}", first.headers);
    }

    let link = mine["link"].as_str().unwrap();
    let followed = anybody.get(link).await.done();
    let shown = followed.json();
    assert_eq!(
        (&shown["stage"], &shown["answer_due"]),
        (&json!("registered"), &json!("2021-11-17"))
    );
    assert_eq!(followed.header("cache-control"), "no-store");
    assert_eq!(followed.header("referrer-policy"), "no-referrer");
    for personal in ["示例咨询人", "13900007777"] {
        assert!(!first.body.contains(personal) && !followed.body.contains(personal));
    }
    let issue = mine["number"].as_str().unwrap();
    let answer = json!({"answer": "下月增设两处。"});
    village.leader.post(&format!("issues/{issue}/answer"), answer).await.done();
    assert_eq!(anybody.get(link).await.done().json()["answer"], "下月增设两处。");

    let (path, code) = (format!("public/issues/{issue}"), mine["code"].as_str().unwrap());
    let other_code = other["code"].as_str().unwrap();
    let wrong = [
        path.clone(),
        format!("{path}?key="),
        format!("{path}?key={other_code}"),
        format!("public/issues/Y000000000000?key={code}"),
        format!("public/issues/nothing?key={code}"),
    ];
    let mut answers = Vec::new();
    for guess in &wrong {
        let reply = anybody.get(guess).await;
        reply.refused(404, "link.unknown");
        let mut body = reply.json();
        body.as_object_mut().unwrap().remove("request_id");
        answers.push(body);
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "one and the same: {answers:?}");

    let purpose = json!({"purpose": "电话回访"});
    let asker = village.grid.post(&format!("issues/{issue}/asker"), purpose).await.done().json();
    assert_eq!(asker, json!({"name": "示例咨询人", "telephone": "13900007777"}));
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_files_so_much_an_hour_and_no_more_also_of_what_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let anybody = village.service.anybody();
    anybody.post("public/issues", json!({"text": 1})).await.refused(400, "json.unknown_field");
    for _ in 1..api::Limits::DEFAULT.filings_per_hour {
        assert_eq!(anybody.post("public/issues", complaint()).await.status, 201);
    }
    let head = village.service.head().await;
    let refused = anybody.post("public/issues", complaint()).await;
    refused.refused(429, "public.too_many_filings");
    assert!(refused.headers.contains_key("retry-after"), "{:?}", refused.headers);
    assert_eq!(village.service.head().await, head, "nothing was kept");
    village.grid.post("issues", super::village::raised("示例问题。")).await.made();
    village.stop().await;
}
