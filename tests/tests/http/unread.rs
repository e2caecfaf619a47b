//! Requests that are answered before they were read to their end.

use std::ops::Range;
use std::time::Duration;

use domain::Role;
use futures::future::join_all;
use tests::county::TOWN;
use tests::process::Program;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{interval, timeout};

use super::wire::{Framing, Heard, connect};
use super::{Account, PATIENCE, Service};

const TEN_MIB: usize = 10 << 20;
const TWO_GIB: usize = 2 << 30;
/// Memory that a few such bodies may take.
const A_LITTLE: u64 = 16 << 20;

impl Account {
    /// A request line and headers, less what says how long the body is.
    fn head(&self, line: &str, headers: &str) -> String {
        let token = self.token.as_ref().map(|token| format!("authorization: Bearer {token}\r\n"));
        format!("{line} HTTP/1.1\r\n{}{headers}", token.unwrap_or_default())
    }
}

/// Says all, then hears the answer, then asks something else on the same connection.
async fn stubborn(base: &str, head: &str, framing: Framing) -> Heard {
    let (mut mouth, mut ear) = connect(base).await;
    mouth.announce(head, framing, TEN_MIB).await;
    let (said, ended) = mouth.say(framing, TEN_MIB).await;
    assert!(ended.is_ok(), "cut off after {said} bytes, {ended:?}: {head}");
    let heard = ear.hear().await.unwrap();
    mouth.announce("GET /healthz HTTP/1.1\r\n", Framing::Length, 0).await;
    let next = ear.hear().await.unwrap_or_else(|error| panic!("not kept open, {error}: {head}"));
    assert_eq!((next.status, next.body.as_str()), (200, "ok\n"), "{head}");
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_listens_only_after_speaking_hears_every_early_answer() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let anybody = service.anybody();
    let office = service.account(Role::CountyOffice, None);
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let (volunteers, roster) = ("POST /api/v1/volunteers", "POST /api/v1/imports/roster");
    let json = "content-type: application/json\r\n";
    let form = "content-type: multipart/form-data; boundary=end\r\n";
    let long = format!("x-long: {}\r\n", "x".repeat(17 << 10));
    let cases = [
        (&anybody, volunteers, json, 401, "token.missing"),
        (&office, volunteers, json, 413, "json.too_large"),
        (&office, volunteers, "if-match: any\r\n", 400, "if_match.malformed"),
        (&office, volunteers, &long, 431, "request.headers_too_large"),
        (&recorder, roster, form, 403, "permission.role"),
        (&office, roster, json, 415, "import.multipart"),
        (&office, "POST /api/v1/imports/members", form, 404, "import.kind"),
        (&anybody, "POST /nowhere", json, 404, "route.unknown"),
        (&anybody, "PUT /healthz", json, 405, "route.method"),
        (&anybody, "GET /healthz", json, 200, "ok"),
    ];
    for (account, line, headers, status, code) in cases {
        let head = account.head(line, headers);
        for framing in [Framing::Length, Framing::Chunks] {
            let several = join_all((0..4).map(|_| stubborn(&service.base, &head, framing)));
            for Heard { status: heard, body } in timeout(PATIENCE, several).await.unwrap() {
                assert_eq!(heard, status, "{line}: {body}");
                assert!(body.contains(code), "{line}: {body}");
            }
        }
    }
    service.stop().await;
}

/// What is taken of a body that does not end: the bound, and what lies in the buffers of both ends, as long as the system
/// lets them grow.
fn may_be_taken() -> Range<usize> {
    let longest = |which: &str| -> usize {
        let lengths = std::fs::read_to_string(format!("/proc/sys/net/ipv4/tcp_{which}")).unwrap();
        lengths.split_whitespace().next_back().unwrap().parse().unwrap()
    };
    16 << 20..(33 << 20) + longest("rmem") + longest("wmem")
}

/// Speaks on while it listens; gives the answer, and how much was taken until the connection was closed.
async fn endless(base: &str) -> (Heard, usize) {
    let (mut mouth, mut ear) = connect(base).await;
    mouth.announce("POST /api/v1/volunteers HTTP/1.1\r\n", Framing::Length, TWO_GIB).await;
    let speaking = tokio::spawn(async move { mouth.say(Framing::Length, TWO_GIB).await });
    let heard = ear.hear().await.unwrap();
    (heard, speaking.await.unwrap().0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_never_ends_is_answered_and_cut_off_and_takes_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::new(env!("CARGO_BIN_EXE_yuanfa-process"), folder.path());
    let (serving, base) = program.serve();
    drop(stubborn(&base, "POST /api/v1/volunteers HTTP/1.1\r\n", Framing::Length).await);
    let before = serving.peak_memory();
    let several = join_all((0..4).map(|_| endless(&base)));
    for (heard, taken) in timeout(PATIENCE, several).await.unwrap() {
        assert_eq!(heard.status, 401, "{}", heard.body);
        assert!(may_be_taken().contains(&taken), "{taken} bytes were taken");
    }
    let grown = serving.peak_memory() - before;
    assert!(grown < A_LITTLE, "{grown} bytes more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_drips_is_cut_off_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let (mut mouth, mut ear) = connect(&service.base).await;
    mouth.announce("POST /api/v1/volunteers HTTP/1.1\r\n", Framing::Length, TEN_MIB).await;
    assert_eq!(ear.hear().await.unwrap().status, 401);
    let dripping = tokio::spawn(async move {
        let mut drops = interval(Duration::from_millis(20));
        while mouth.0.write_all(b"x").await.is_ok() {
            drops.tick().await;
        }
    });
    let more = timeout(PATIENCE, ear.0.read_u8()).await.expect("never closed");
    assert!(more.is_err(), "more than an answer: {more:?}");
    dripping.await.unwrap();
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_first_is_not_told_to_send_what_nobody_wants() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let head = service.anybody().head("POST /api/v1/volunteers", "expect: 100-continue\r\n");
    let (mut mouth, mut ear) = connect(&service.base).await;
    mouth.announce(&head, Framing::Length, TEN_MIB).await;
    assert_eq!(ear.hear().await.unwrap().status, 401);
    let office = service.account(Role::CountyOffice, None);
    let head = office.head("POST /api/v1/volunteers", "expect: 100-continue\r\n");
    let (mut mouth, mut ear) = connect(&service.base).await;
    mouth.announce(&head, Framing::Length, TEN_MIB).await;
    assert_eq!(ear.hear().await.unwrap().status, 100);
    let (said, ended) = mouth.say(Framing::Length, TEN_MIB).await;
    assert!(ended.is_ok(), "cut off after {said} bytes: {ended:?}");
    assert_eq!(ear.hear().await.unwrap().status, 413);
    service.stop().await;
}
