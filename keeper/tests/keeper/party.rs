//! Witnesses on real sockets: true ones, and ones that do as a test says.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use keeper::witness::{Witness, serve};
use ledger::{KeyKind, SigningKey, Submission, VerifyingKey};
use serving::Limits;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::bench::Bench;

pub fn log() -> SigningKey {
    SigningKey::new("county.example.invalid", KeyKind::Log, &[1; 32]).unwrap()
}

/// The log line of a policy, and that no witness is needed: what a witness is told.
pub fn logs() -> String {
    format!("log {}\nquorum none\n", log().public())
}

/// A policy of these witnesses, of whom so many must have cosigned.
pub fn policy(least: usize, witnesses: &[(&VerifyingKey, SocketAddr)]) -> String {
    let (mut text, mut names) = (format!("log {}\n", log().public()), String::new());
    for (number, (key, address)) in witnesses.iter().enumerate() {
        text += &format!("witness w{number} {key} http://{address}\n");
        names += &format!(" w{number}");
    }
    text + &format!("group enough {least}{names}\nquorum enough\n")
}

/// A witness that can be stopped and comes back where it was.
pub struct Party {
    pub folder: TempDir,
    pub address: SocketAddr,
    pub key: VerifyingKey,
    serving: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Party {
    pub fn new(bench: &Bench, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::open(folder.path(), logs().parse().unwrap(), Some(name)).unwrap();
        let key = witness.key().clone();
        drop(witness);
        let address = "127.0.0.1:0".parse().unwrap();
        let mut party = Self { folder, address, key, serving: None };
        party.start(bench);
        party
    }

    pub fn start(&mut self, bench: &Bench) {
        let witness = Witness::open(self.folder.path(), logs().parse().unwrap(), None).unwrap();
        let listener = bench.runtime.block_on(TcpListener::bind(self.address)).unwrap();
        self.address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async { drop(stopped.await) };
        let serving = bench.runtime.spawn(serve(Arc::new(witness), listener, stopped));
        self.serving = Some((stop, serving));
    }

    pub fn stop(&mut self, bench: &Bench) {
        let (stop, serving) = self.serving.take().unwrap();
        stop.send(()).unwrap();
        bench.in_time(serving).unwrap();
    }
}

/// Somebody who answers to checkpoints whatever the test says.
pub fn somebody<F, A>(bench: &Bench, answer: F) -> SocketAddr
where
    F: Fn(Submission) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response> + Send,
{
    let answer = move |body: String| {
        let answer = answer.clone();
        async move { answer(body.parse().unwrap()).await }
    };
    let listener = bench.runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/add-checkpoint", post(answer));
    bench.runtime.spawn(serving::serve(listener, router, Limits::default(), pending()));
    address
}

pub fn size(size: u64) -> Response {
    let response = Response::builder().status(StatusCode::CONFLICT);
    let response = response.header("content-type", "text/x.tlog.size");
    response.body(format!("{size}\n").into()).unwrap()
}

pub fn witness_key(seed: u8) -> SigningKey {
    SigningKey::new("somebody.invalid", KeyKind::Witness, &[seed; 32]).unwrap()
}
