//! A data folder with a log, and the program run on it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Actor, ActorId, Event, Metadata, Role};
use event_store::{EventStore, Expected, NewEvent, SqliteOptions, SqliteStore, StreamId, Version};
use jiff::Timestamp;
use keeper::{Keeper, Options, Rotation};
use ledger::SigningKey;
use projections::{ReadModels, Until};
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// A data folder.
pub struct Folder {
    dir: TempDir,
    runtime: Runtime,
    store: Option<SqliteStore>,
}

/// What the program answered.
pub struct Answer {
    pub code: u8,
    pub out: String,
    pub err: String,
}

impl Folder {
    /// A folder with an empty log, open for writing as under a running service.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let runtime = Builder::new_current_thread().build().unwrap();
        let store =
            SqliteStore::open(dir.path().join("log.sqlite"), SqliteOptions::default()).unwrap();
        Self { dir, runtime, store: Some(store) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Appends one event to a stream, recorded at a time, as the answer to another event.
    pub fn tell(
        &self,
        stream: &str,
        kind: &str,
        data: &str,
        at: &str,
        cause: Option<Uuid>,
    ) -> Uuid {
        let id = ActorId::new("office").unwrap();
        let actor = Actor { id, role: Role::CountyOffice, unit: None, person: None };
        self.tell_as(&actor, stream, kind, data, at, cause)
    }

    /// As [`tell`](Self::tell), by another account.
    pub fn tell_as(
        &self,
        actor: &Actor,
        stream: &str,
        kind: &str,
        data: &str,
        at: &str,
        cause: Option<Uuid>,
    ) -> Uuid {
        let event =
            Event::decode(kind, data.as_bytes()).unwrap_or_else(|e| panic!("{kind}: {e:?}"));
        let actor = actor.clone();
        let command =
            Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{stream}{kind}{data}{at}").as_bytes());
        let metadata = Metadata { actor, command, cause, import: None, rulebook: 0 };
        let metadata = serde_json::to_vec(&metadata).unwrap();
        self.append(stream, kind, event.encode().unwrap(), metadata, at)
    }

    /// Appends what no rule would have let in.
    pub fn append(
        &self,
        stream: &str,
        kind: &str,
        data: Vec<u8>,
        metadata: Vec<u8>,
        at: &str,
    ) -> Uuid {
        let store = self.store.as_ref().unwrap();
        let stream = StreamId::new(stream).unwrap();
        let recorded_at: Timestamp = at.parse().unwrap();
        self.runtime.block_on(async {
            let there = store.read_stream(&stream, Version::NONE, 1000).await.unwrap();
            let version = there.last().map_or(Version::NONE, |last| last.version);
            let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{stream}#{version}").as_bytes());
            let event = NewEvent { id, kind: kind.to_owned(), recorded_at, data, metadata };
            store.append(&stream, Expected::Exactly(version), vec![event]).await.unwrap();
            id
        })
    }

    /// Brings the live read models up to the log.
    pub fn project(&self) {
        let mut models = ReadModels::open(self.path("read.sqlite")).unwrap();
        let store = self.store.as_ref().unwrap();
        models.run_until(store, self.runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    }

    /// As [`project`](Self::project), after the service was stopped.
    pub fn project_closed(&self) {
        let store = SqliteStore::open_read_only(self.path("log.sqlite")).unwrap();
        let mut models = ReadModels::open(self.path("read.sqlite")).unwrap();
        models.run_until(&store, self.runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    }

    /// Brings the ledger up to the log and signs it under this name; gives the key that checks it.
    pub fn sign(&mut self, name: &str) -> String {
        let store: Arc<dyn EventStore> = Arc::new(self.store.take().unwrap());
        let origin = Some(name.into());
        let options = Options { origin, ..Options::default() };
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let keeper =
            Keeper::open(&self.path("ledger"), store, runtime.handle().clone(), &options).unwrap();
        keeper.stop();
        let key = keeper.key().to_string();
        drop(keeper);
        self.store =
            Some(SqliteStore::open(self.path("log.sqlite"), SqliteOptions::default()).unwrap());
        key
    }

    /// Lets another key sign the ledger from here on; gives it.
    pub fn rotate(&mut self) -> String {
        let ledger = self.path("ledger");
        let old = fs::read_to_string(ledger.join("key")).unwrap();
        let old = old.parse::<SigningKey>().unwrap().public().to_string();
        let new = Rotation::prepare(&ledger).unwrap().to_string();
        let told = json!({"old": old, "new": new, "reason": "每年更换"}).to_string();
        self.tell("ledger_key-county", "LedgerKeyRotated", &told, "2021-12-21T00:00:00Z", None);
        self.project();
        let store: Arc<dyn EventStore> = Arc::new(self.store.take().unwrap());
        let handle = self.runtime.handle().clone();
        Rotation::begin(&ledger, store, handle, false).unwrap().finish().unwrap();
        self.store =
            Some(SqliteStore::open(self.path("log.sqlite"), SqliteOptions::default()).unwrap());
        new
    }

    /// The service again, on the same folder.
    pub fn reopen(mut self) -> Self {
        self.store =
            Some(SqliteStore::open(self.path("log.sqlite"), SqliteOptions::default()).unwrap());
        self
    }

    /// Stops the service.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// Changes the log as somebody with a database tool would, after taking its guards away.
    pub fn tamper(&mut self, sql: &str) {
        self.close();
        let tool = rusqlite::Connection::open(self.path("log.sqlite")).unwrap();
        let guards = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
        let guards: Vec<String> = {
            let mut query = tool.prepare(guards).unwrap();
            query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        for guard in guards {
            tool.execute_batch(&format!("DROP TRIGGER {guard}")).unwrap();
        }
        tool.execute_batch(sql).unwrap();
    }

    /// Changes the live read models.
    pub fn tamper_read_models(&self, sql: &str) {
        let tool = rusqlite::Connection::open(self.path("read.sqlite")).unwrap();
        assert!(tool.execute(sql, []).unwrap() > 0, "{sql}");
    }

    /// Runs the program on this folder, in English.
    pub fn run(&self, args: &[&str]) -> Answer {
        self.run_in("en", args)
    }

    pub fn run_in(&self, lang: &str, args: &[&str]) -> Answer {
        let data = self.dir.path().to_str().unwrap();
        let head = ["replay", "--data", data, "--lang", lang];
        run(head.iter().chain(args).copied())
    }
}

/// Runs the program, in so many columns that every table stays one.
pub fn run<'a>(args: impl IntoIterator<Item = &'a str>) -> Answer {
    run_within(1000, args)
}

/// Runs the program in so many columns.
pub fn run_within<'a>(columns: usize, args: impl IntoIterator<Item = &'a str>) -> Answer {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = args.into_iter().map(OsString::from);
    let code = replay_tool::run_within(columns, args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer { code, out: text(out), err: text(err) }
}

impl Answer {
    /// The answer must have this exit code.
    #[track_caller]
    pub fn exits(self, code: u8) -> Self {
        assert_eq!(self.code, code, "out:\n{}\nerr:\n{}", self.out, self.err);
        self
    }

    /// The answer must contain all of these.
    #[track_caller]
    pub fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.out.contains(text), "no {text:?} in:\n{}", self.out);
        }
        self
    }

    /// What went wrong must contain this.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} in:\n{}", self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// A path as an argument.
pub fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}
