//! The service as its clients meet it: the real routes on a real socket, an SQLite log in a folder of its own.

mod accounts;
mod comparing;
pub mod deliberation;
mod halting;
mod openapi;
mod people;
pub mod play;
mod reading;
mod refusals;
mod setup;
mod story;
mod tables;
mod unread;
mod waits;
pub mod wire;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api::{Limits, Options};
use application::StartError;
use application::tokens::{NewToken, Tokens};
use application::{App, Clock as _, ManualClock, files};
use domain::Role;
use event_store::{Position, SqliteOptions, SqliteStore};
use jiff::{SignedDuration, Timestamp};
use projections::described::Described;
use regex::Regex;
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use tests::county::{code, time};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Longer than anything here takes; who waits so long has found a fault.
const PATIENCE: Duration = Duration::from_secs(120);

/// Every answer that clients of a service got: what was asked, and the body.
pub type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// Holds an answer, and the example of it, to what its type says of itself.
#[track_caller]
pub fn fits<T: Described>(answer: &Value) {
    let matches = |pattern: &str, text: &str| Regex::new(pattern).unwrap().is_match(text);
    for value in [answer, &T::DESCRIPTION.example()] {
        assert_eq!(T::DESCRIPTION.misfit(value, &matches), None, "{value}");
    }
}

/// A running service.
pub struct Service {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    pub heard: Heard,
    base: String,
    tokens: Tokens,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), StartError>>,
}

impl Service {
    /// Serves a folder, on 2021-11-12 at nine.
    pub async fn start(data: &Path) -> Self {
        Self::start_with(data, SqliteOptions::default()).await
    }

    /// The same with other options for the log.
    pub async fn start_with(data: &Path, options: SqliteOptions) -> Self {
        Self::start_limited(data, options, Limits::DEFAULT).await
    }

    /// The same with other limits too.
    pub async fn start_limited(data: &Path, options: SqliteOptions, limits: Limits) -> Self {
        let clock = Arc::new(ManualClock::at(time("2021-11-12T09:00:00+08:00")));
        let log = Arc::new(SqliteStore::open(data.join(files::LOG), options).unwrap());
        let master = App::master_key(data).unwrap();
        let app = App::with_store(data, log, master, Arc::clone(&clock) as _).await.unwrap();
        let app = Arc::new(app);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let options = Options { limits, ..Options::default() };
        let stopped = async move { drop(stopped.await) };
        let serving = tokio::spawn(yuanfa::serve(Arc::clone(&app), listener, options, stopped));
        let tokens = Tokens::open(&data.join(files::NODE)).unwrap();
        Self { app, clock, heard: Heard::default(), base, tokens, stop, serving }
    }

    /// Stops it in order; the folder is free afterwards.
    pub async fn stop(self) {
        let Self { app, stop, serving, .. } = self;
        drop(app);
        stop.send(()).unwrap();
        tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap().unwrap();
    }

    /// Where it answers.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Somebody without a token.
    pub fn anybody(&self) -> Account {
        let client = Client::builder().timeout(PATIENCE).no_proxy().build().unwrap();
        Account { client, base: self.base.clone(), token: None, heard: Arc::clone(&self.heard) }
    }

    /// Somebody with a token.
    pub fn account(&self, role: Role, unit: Option<&str>) -> Account {
        self.token(role, unit, None)
    }

    /// A person with a token of this role.
    pub fn account_of(&self, role: Role, unit: Option<&str>, person: &str) -> Account {
        self.token(role, unit, Some(person))
    }

    /// The holder of a token of the service that ran on this folder before.
    pub fn again(&self, account: &Account) -> Account {
        Account { token: account.token.clone(), ..self.anybody() }
    }

    fn token(&self, role: Role, unit: Option<&str>, person: Option<&str>) -> Account {
        let person = person.map(|person| person.parse().unwrap());
        let new = NewToken { role, unit: unit.map(code), person, label: None, expires_at: None };
        let (_, secret) = self.tokens.create(new, self.clock.now()).unwrap();
        Account { token: Some(secret.reveal().to_owned()), ..self.anybody() }
    }

    /// Position of the last event.
    pub async fn head(&self) -> Position {
        self.app.store.head().await.unwrap()
    }

    /// Lets minutes pass; gives the moment before.
    pub fn minutes(&self, minutes: i64) -> Timestamp {
        let now = self.clock.now();
        self.clock.set(now + SignedDuration::from_mins(minutes));
        now
    }

    /// Reads until the answer is as wanted, again after each new event: for what policies bring about.
    pub async fn shown(
        &self,
        reader: &Account,
        path: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        let mut head = self.app.store.watch_head();
        let looking = async {
            loop {
                let position = *head.borrow_and_update();
                let reply = reader.get(&after(path, position)).await;
                if reply.status == 200 && wanted(&reply.json()) {
                    return reply.json();
                }
                head.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("never so: {path}"))
    }
}

/// The path, to be answered once the read models are at a position.
pub fn after(path: &str, position: Position) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}after_position={position}")
}

/// A client with its token, or without one.
#[derive(Clone)]
pub struct Account {
    client: Client,
    base: String,
    token: Option<String>,
    heard: Heard,
}

impl Account {
    /// A request to an absolute path, or to one under `/api/v1/`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let under = if path.starts_with('/') { "" } else { "/api/v1/" };
        let request = self.client.request(method, format!("{}{under}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Reply {
        let request = request.build().unwrap();
        let asked = format!("{} {}", request.method(), request.url());
        let response = self.client.execute(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // A workbook is no text; nobody here looks into one.
        let body = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        let said = format!("{headers:?}\n{body}");
        self.heard.lock().unwrap().push((asked.clone(), said));
        Reply { asked, status, headers, body }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A command under a key.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Reply {
        let request = self.request(Method::POST, path).header(api::IDEMPOTENCY_KEY, key);
        self.send(request.json(&body)).await
    }

    /// A table to import.
    pub async fn upload(&self, kind: &str, file: Vec<u8>) -> Reply {
        let form = Form::new().part("file", Part::bytes(file).file_name("table"));
        self.send(self.request(Method::POST, &format!("imports/{kind}")).multipart(form)).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// It was done.
    #[track_caller]
    pub fn done(self) -> Self {
        assert!((200..300).contains(&self.status), "{}: {} {}", self.asked, self.status, self.body);
        self
    }

    /// Position of a command's last event.
    #[track_caller]
    pub fn position(&self) -> Position {
        Position(self.header("x-position").parse().unwrap())
    }

    /// What was made: the last part of its address.
    #[track_caller]
    pub fn made(self) -> String {
        let made = self.done();
        assert_eq!(made.status, 201, "{}", made.body);
        made.header("location").rsplit('/').next().unwrap().to_owned()
    }

    /// It was refused, as a problem with this code and sentences in both languages.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        let found = (self.status, self.json()["code"].as_str().map(str::to_owned));
        assert_eq!(found, (status, Some(code.to_owned())), "{}: {}", self.asked, self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        let sentence = |field: &str| problem[field].as_str().unwrap_or_default().to_owned();
        assert!(!sentence("detail_zh").is_ascii(), "no Chinese: {}", self.body);
        assert!(sentence("detail_en").contains(' '), "no English: {}", self.body);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
    }
}
