//! A notice's proof, over HTTP and from the printed page: scanned, joined, checked with the ledger's key and nothing else.

use ledger::{Bundle, Policy, Record};
use rqrr::PreparedImage;
use serde_json::json;

use super::{Service, until};

impl Service {
    /// A notice on the board, covered by the published checkpoint.
    async fn notice(&self) -> String {
        self.county().await;
        let new =
            json!({"title": "积分规则公示", "text": "服务一小时计一分 <b>。", "unit": "330225"});
        let done = self.post("/api/v1/notices", new).await;
        assert!(done.status.is_success(), "{}", done.text);
        let head = self.state.app.store.head().await.unwrap().0;
        until(self.state.ledger.published(), |one| {
            one.as_ref().is_some_and(|one| one.size >= head)
        })
        .await;
        done.headers["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    async fn policy(&self) -> Policy {
        let key = self.get_as("/ledger/key", None).await.text;
        format!("log {key}quorum none\n").parse().unwrap()
    }
}

/// What a camera makes of the QR codes of a page: each is drawn as black squares on a path.
fn scan(page: &str) -> Vec<String> {
    let codes = page.split("<svg").skip(1).map(|svg| {
        let size = |name: &str| -> usize {
            let from = svg.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            svg[from..].split('"').next().unwrap().parse().unwrap()
        };
        let (width, height) = (size("width"), size("height"));
        let mut dark = vec![false; width * height];
        let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for square in path.split('M').skip(1) {
            let numbers: Vec<usize> = square
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, w, h, ..] = numbers[..] else { panic!("{square}") };
            for row in y..y + h {
                dark[row * width + x..row * width + x + w].fill(true);
            }
        }
        let mut image = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            if dark[y * width + x] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    });
    codes.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_notice_is_checked_with_the_ledgers_key_alone() {
    let service = Service::start().await;
    let notice = service.notice().await;
    let policy = service.policy().await;

    let proof = service.get_as(&format!("/api/v1/notices/{notice}/proof"), None).await.text;
    let page = service.get_as(&format!("/notices/{notice}"), None).await;
    assert!(page.text.contains("积分规则公示") && !page.text.contains("<b>。"), "{}", page.text);
    let allowed = page.headers["content-security-policy"].to_str().unwrap();
    assert!(allowed.starts_with("default-src 'none'; style-src 'sha256-"), "{allowed}");
    let scanned = scan(&page.text);
    assert!(scanned.len() > 1);
    let printed = ledger::join(&scanned.concat()).unwrap().unwrap();
    for text in [proof, printed] {
        let bundle: Bundle = text.parse().unwrap();
        bundle.check(&policy).unwrap();
        let record = Record::decode(&bundle.record).unwrap();
        assert_eq!((record.stream, record.version), (&*format!("notice-{notice}"), 1));
        assert!(str::from_utf8(record.data).unwrap().contains("服务一小时计一分"));
    }
    service.get_as("/notices/n-1", None).await.refused(404, "notice.unknown");
    let unknown = service.get_as("/api/v1/notices/n-1/proof", None).await;
    unknown.refused(404, "notice.unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_events_proof_is_for_those_who_may_read_it() {
    let service = Service::start().await;
    service.notice().await;
    let path = "/api/v1/streams/unit-330225/1/proof";
    service.get_as(path, None).await.refused(401, "token.missing");
    let recorder = service.token(domain::Role::Recorder, Some("330225"));
    service.get_as(path, Some(&recorder)).await.refused(403, "permission.role");
    let bundle: Bundle = service.get(path).await.text.parse().unwrap();
    bundle.check(&service.policy().await).unwrap();
    assert_eq!(Record::decode(&bundle.record).unwrap().kind, "UnitRegistered");
    for absent in ["unit-330225/99", "unit-7/1"] {
        let absent = service.get(&format!("/api/v1/streams/{absent}/proof")).await;
        absent.refused(404, "stream.no_event");
    }
}
